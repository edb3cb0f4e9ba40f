#!/usr/bin/env bash
# Sets up, runs, tests and measures the project. People and CI use the same verbs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

usage() {
  cat <<'TEXT'
./build.sh VERB

  setup   checks for the .NET SDK, finds out whether Hangfire's packages can be had, and restores packages
  run     serves the pages of a sample clinic, which it makes in ./data where there is none, at
          http://localhost:8080 until Ctrl-C, and prints a link to sign in;
          'run --listen http://localhost:8081' takes another port
  schedule places the Feder 2025 course in a sample clinic and prints it
  test    does all set-up that is missing, builds, and runs every test;
          the last line is 'N passed, N failed, N skipped'
  bench   runs the benchmarks and prints their tables;
          'bench latency' times many requests, 'bench growth' ever larger ones,
          'bench peers' the planner beside CP-SAT and Gecode, 'bench book' the
          clinic's book in SQLite and PostgreSQL, a million bookings large,
          'bench reminders' 10,000 reminders that are due at one minute
  hostile runs spoilt files through the command line in a process of their own:
          'hostile 100000' that many, 'hostile giants' the largest legal ones
  soak    runs the long forms of the tests of book and reminders, for many minutes: 'soak races' has
          many book at once, 'soak deaths' kills whoever books; a number behind it
          is how often, where the full figure takes too long. 'soak reminders' has
          20,000 reminders sent to a mail server while whoever sends is killed 200
          times, or stands still; 'soak reminders 2000 20' fewer. 'soak model' holds
          random operations against a plain model: 'soak model 100 1000' is 100
          seeds of 1,000, 'soak model 1 200 7' the seed 7 of 200 alone
TEXT
}

setup() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK is missing. Install version 10 of it, as its vendor describes, so that 'dotnet --version' prints 10.0 or later." >&2
    exit 1
  fi
  local major
  major=$(dotnet --version | cut -d. -f1)
  if [ "$major" -lt 10 ]; then
    echo "The .NET SDK is version $(dotnet --version); version 10 or later is needed." >&2
    exit 1
  fi
}

# Hangfire is part of the build where its packages can be had. What was found out is kept for all builds that follow, with the versions that the environment names.
find_hangfire() {
  local included=false words="left out, since its packages cannot be had here; Quartz delivers" versions="" name
  rm -f Directory.Build.local.props
  for name in HangfireVersion HangfirePostgreSqlVersion; do
    versions+=${!name:+"<$name>${!name}</$name>"}
  done
  if NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 dotnet restore src/Scheduler.Hangfire -p:Hangfire=true >/dev/null 2>&1; then
    included=true words="part of the build; settings with \"delivery\": \"hangfire\" have it deliver"
  fi
  echo "<Project><PropertyGroup><Hangfire>$included</Hangfire>$versions</PropertyGroup></Project>" >Directory.Build.local.props
  echo "Hangfire: $words."
}

has_hangfire() {
  grep -qs '<Hangfire>true' Directory.Build.local.props
}

# Installs Debian packages where a command is missing.
install() {
  local command=$1 as_root=()
  shift
  if ! command -v "$command" >/dev/null; then
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null || { echo "'$command' is missing. Install the packages $*, then run this again." >&2; exit 1; }
      as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq "$@"
  fi
}

setup_node() {
  install node nodejs npm
  install npm nodejs npm
}

# Tests start a server of their own from the installed programs, which Debian keeps off the path. A cluster that its package makes is left alone.
setup_postgres() {
  local program
  for program in /usr/lib/postgresql/*/bin/postgres "$(pg_config --bindir 2>/dev/null || true)/postgres"; do
    if [ -x "$program" ]; then return; fi
  done
  install postgres postgresql
}

setup_tests() {
  setup
  [ -e Directory.Build.local.props ] || find_hangfire
  # iCalendar output and the schema for editors are checked by programs that are not ours, which need Node.js.
  setup_node
  for checker in ical schema; do
    (cd "tests/Scheduler.Cli.Tests/$checker" && npm ci --silent --no-audit --no-fund)
  done
  # The pages are tested in a real browser.
  install chromium chromium
  # The store is tested on a real PostgreSQL.
  setup_postgres
}

program=src/Scheduler.Cli/bin/Release/net10.0/scheduler.dll

build() {
  setup
  dotnet build src/Scheduler.Cli --configuration Release --verbosity quiet --nologo >&2
}

run() {
  build
  if [ ! -e data/book.db ]; then
    dotnet "$program" init --sample --store sqlite --data data
  fi
  # Ctrl-C reaches the program itself, which then ends cleanly.
  exec dotnet "$program" serve --as admin --store sqlite --data data "$@"
}

schedule() {
  build
  dotnet "$program" schedule \
    --protocol protocols/feder-2025-ketamine-wet.yaml \
    --clinic protocols/samples/clinic-busy.yaml \
    --patient protocols/samples/patient-any.yaml \
    --from 2027-01-04
}

run_tests() {
  setup_tests
  local results failed=0
  results=$(mktemp -d)
  dotnet build Scheduler.sln --configuration Release --verbosity quiet --nologo
  for project in tests/*.Tests; do
    local name
    name=$(basename "$project")
    if [ "$name" = Scheduler.Hangfire.Tests ] && ! has_hangfire; then continue; fi
    dotnet test "$project" --no-build --configuration Release --nologo \
      --logger "trx;LogFileName=$name.trx" --results-directory "$results" || failed=1
    if ! grep -qs '<Counters total="[1-9]' "$results/$name.trx"; then
      echo "$name ran no test." >&2
      failed=1
    fi
  done
  local passed=0 broken=0 skipped=0 line total ran good
  for trx in "$results"/*.trx; do
    [ -e "$trx" ] || continue
    line=$(grep -o '<Counters [^>]*' "$trx")
    total=$(sed 's/.* total="\([0-9]*\)".*/\1/' <<<" $line")
    ran=$(sed 's/.* executed="\([0-9]*\)".*/\1/' <<<"$line")
    good=$(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$line")
    passed=$((passed + good))
    broken=$((broken + ran - good))
    skipped=$((skipped + total - ran))
  done
  rm -rf "$results"
  [ "$broken" -eq 0 ] || failed=1
  [ "$passed" -gt 0 ] || failed=1
  echo "$passed passed, $broken failed, $skipped skipped"
  return "$failed"
}

bench() {
  setup
  if [ "${1:-}" = peers ]; then
    # The peers are measured, and are no part of the product: CP-SAT as WebAssembly from npm, Gecode by way of MiniZinc from Debian.
    setup_node
    install minizinc minizinc
    (cd tests/Scheduler.Benchmarks/Peers && npm ci --silent --no-audit --no-fund)
  fi
  case "${1:-}" in book | reminders) setup_postgres ;; esac
  dotnet run --project tests/Scheduler.Benchmarks --configuration Release -- "$@"
}

hostile() {
  setup
  dotnet build tests/Scheduler.Hostile --configuration Release --verbosity quiet --nologo >&2
  dotnet tests/Scheduler.Hostile/bin/Release/net10.0/Scheduler.Hostile.dll "${@:-1000}"
}

soak() {
  setup
  setup_postgres
  dotnet build tests/Scheduler.App.Tests --configuration Release --verbosity quiet --nologo >&2
  dotnet tests/Scheduler.App.Tests/bin/Release/net10.0/Scheduler.App.Tests.dll soak "$@"
}

case "${1:-help}" in
  setup) setup; find_hangfire; dotnet restore Scheduler.sln ;;
  run) shift; run "$@" ;;
  schedule) schedule ;;
  test) run_tests ;;
  bench) shift; bench "$@" ;;
  hostile) shift; hostile "$@" ;;
  soak) shift; soak "$@" ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
