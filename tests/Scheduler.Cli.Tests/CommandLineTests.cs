using System.Diagnostics;
using System.Text;

namespace Scheduler.Cli.Tests;

/// <summary>Command lines that cannot run: what is said of each, word for word, before the line that points to the help.</summary>
public sealed class CommandLineTests
{
    private const string Schedule = "schedule --protocol P --clinic C --from 2026-12-01 ";

    public static TheoryData<string, string> Wrong => new()
    {
        { Schedule + "--proposals x", "'x' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--proposals 1e6", "'1e6' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--proposals 99999999999999999999", "'99999999999999999999' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--proposals 0", "'0' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--proposals -1", "'-1' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--proposals ''", "'' does not fit --proposals, which takes a whole number from 1 to 20." },
        { Schedule + "--start-within 367", "'367' does not fit --start-within, which takes a whole number from 1 to 366." },
        { Schedule + "--steps 1.5", "'1.5' does not fit --steps, which takes a whole number from 1 to 1000000000000." },
        { "check CALENDAR --proposal x", "'x' does not fit --proposal, which takes a whole number from 1 to 1000." },
        { Schedule + "--deviations 7", "'7' does not fit --deviations; expected none, minor or major." },
        { Schedule + "--deviations 1", "'1' does not fit --deviations; expected none, minor or major." },
        { Schedule + "--deviations minor,major", "'minor,major' does not fit --deviations; expected none, minor or major." },
        { Schedule + "--deviations mnor", "'mnor' does not fit --deviations; expected none, minor or major. Did you mean 'minor'?" },
        { Schedule + "--format xml", "'xml' does not fit --format; expected table, json, ics or csv." },
        { "completion pwsh", "'pwsh' does not fit SHELL; expected bash, zsh, fish or powershell." },
        { "schedule --from 9999-12-31", "'9999-12-31' does not fit --from; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04." },
        { "schedule --from 1899-12-31", "'1899-12-31' does not fit --from; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04." },
        { "schedule --from tomorrow", "'tomorrow' does not fit --from; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04." },
        { Schedule + "--enrolled 9999-12-31", "'9999-12-31' does not fit --enrolled; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04." },
        { "schedule --from", "Required argument missing for option: '--from'." },
        { "schedule --protocol '' --clinic C --from 2026-12-01", "--protocol takes the path of a file; found nothing." },
        { "validate ''", "FILE takes the path of a file; found nothing." },
        { "check ''", "CALENDAR takes the path of a file; found nothing." },
        { "validate P --verbose", "There is no option '--verbose' here. There is only '--help'." },
        { "check --propsal", "There is no option '--propsal' here. Did you mean '--proposal'?" },
        { "schedule --form 2027-01-04", "There is no option '--form' here. Did you mean '--from'?" },
        { "schedule --form=2027-01-04", "There is no option '--form' here. Did you mean '--from'?" },
        { "check a.json b.json", "'b.json' is one word too many." },
        { "shedule --from 2027-01-04", "There is no command 'shedule'. Did you mean 'schedule'?" },
        { Schedule + "--set rating", "'rating' does not fit --set; expected NAME=VALUE such as 'rating=45 min'." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_command_line_that_cannot_run_ends_with_2_and_says_in_one_line_what_fits(string line, string message)
    {
        var run = Cli.Run([.. line.Split(' ').Select(w => w switch { "P" => Cli.Protocol, "C" => "protocols/samples/clinic-small.yaml", "''" => "", _ => w })]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        var said = run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(message, said[0]);
        Assert.StartsWith("Try 'scheduler ", Assert.Single(said[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_name_looks_like_an_option_follows_two_dashes() =>
        Assert.Contains("--verbose:1:1: RQ001", Cli.Run("validate", "--", "--verbose").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--deviations", "MINOR")]
    [InlineData("--format", "JSON")]
    public void Words_are_taken_in_any_case(string option, string value) => Assert.Equal(0, Cli.Schedule("small", option, value).ExitCode);

    [Fact]
    public void Help_names_values_as_they_are_typed()
    {
        var help = Cli.Run("schedule", "--help").Output;

        foreach (var shown in new[] { "--start-within <DAYS>", "--proposals <NUMBER>", "--steps <NUMBER>", "--deviations <none|minor|major>", "[default: none]", "--format <table|json|ics|csv>" })
        {
            Assert.Contains(shown, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_that_does_not_fit_a_parameter_is_told_once_and_of_the_command_line()
    {
        var run = Cli.Schedule("small", "--set", "rating=90min", "--set", "ratng=45 min");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "RQ023: '--set rating=90min' cannot be used. The parameter 'rating' is '90min'; there is a space between a number and its unit. Write '90 min'.",
                "RQ023: '--set ratng=45 min' cannot be used. The protocol has no parameter 'ratng' to set. Did you mean 'rating'? It has 'wet-first-session', 'wet-later-session', 'rating'.",
            ],
            run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => l[l.IndexOf("RQ", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void A_day_of_enrolment_from_which_nothing_counts_is_warned_about()
    {
        var run = Cli.Schedule("small", "--enrolled", "2026-11-30");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning RQ022: '--enrolled' was given, but no window of this protocol counts from enrolment, so it makes no difference.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_cannot_be_written_is_no_defect_and_ends_with_74()
    {
        using var error = new StringWriter();

        var code = CommandLine.Run(["--version"], new FullDisk(), error, NodaTime.SystemClock.Instance, isTerminal: false);

        Assert.Equal((74, "scheduler: the output cannot be written: No space left on device."), (code, error.ToString().TrimEnd()));
        Assert.Equal(74, CommandLine.Run(["--version"], new FullDisk(), new FullDisk(), NodaTime.SystemClock.Instance, isTerminal: false));
    }

    [Fact]
    public void A_file_without_end_is_refused_as_too_long()
    {
        if (File.Exists("/dev/zero"))
        {
            var run = Cli.Run("validate", "/dev/zero");

            Assert.Equal((1, "/dev/zero:1:1: RQ005: The file has more than 4194304 bytes; nothing that long is read."), (run.ExitCode, run.Error.TrimEnd()));
        }
    }

    [Fact]
    public void The_output_of_the_process_is_utf8_without_a_mark_whatever_the_locale()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("é.yaml", "patient: P-1\n");
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "validate", file]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "en_US.ISO-8859-1";
        using var process = Process.Start(start)!;
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();

        Assert.Equal($"{file}: patient P-1, 0 preferences", Encoding.UTF8.GetString(bytes.ToArray()).TrimEnd());
    }

    [Fact]
    public void Text_of_a_file_steers_no_terminal()
    {
        using var scratch = new Scratch();
        var titled = scratch.Write("trial.yaml", "protocol: trial\nversion: 1.0.0\ntitle: \"Tri\\e[31mal\"\nvisits:\n  a: {purpose: treatment, duration: 30 min, places: {room: {exclusive: whole visit}}}\n");
        var mistaken = scratch.Write("mistaken.yaml", "protocol: trial\nversion: 1.0.0\ntitle: T\n\"vi\\e[31msits\": 1\n");

        var shown = Cli.Run("schedule", "--protocol", titled, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01");
        var told = Cli.Run("validate", mistaken);

        Assert.Equal((0, 1), (shown.ExitCode, told.ExitCode));
        Assert.StartsWith("Tri\uFFFD[31mal (trial", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[31m", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown.Output + told.Error);
    }

    private sealed class FullDisk : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }
}
