using System.Diagnostics;
using System.Text.Json;
using NodaTime;

namespace Scheduler.Cli.Tests;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("13 days", "ends on the same day.", "Treatment is missing from this calendar: booster has no place because of 'later' and the clinic's opening hours and closures. check hangs on it.")]
    [InlineData("14 days", "ends at the latest on 2027-01-18, 14 days later (on the same day where no result asks for more).", "2027-01-25")]
    public void Treatment_that_depends_on_a_result_is_told_with_the_end_or_with_why_it_has_no_place(string target, string end, string told)
    {
        using var scratch = new Scratch();
        var protocol = scratch.Write("trial.yaml", """
            protocol: trial
            version: 1.0.0
            title: Trial
            conditions:
              ill: {means: Still ill.}
            visits:
              dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
              booster: {purpose: treatment, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
              check: {purpose: assessment, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
            rules:
              monday: {weekdays for: dose, days: Monday}
              later: {window for: booster, counts from: start of dose, target: TARGET, ideal: on the day}
              then: {window for: check, counts from: start of booster, target: 7 days, ideal: on the day}
            """.Replace("TARGET", target, StringComparison.Ordinal));
        var run = Cli.Run("schedule", "--protocol", protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04");

        Assert.Contains(end, run.Output, StringComparison.Ordinal);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_weeks_as_rows_so_that_the_weave_is_seen()
    {
        var run = Cli.Schedule("small");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("| 2026-12-14 | infusion 4 08:00   | wet 1 09:00          | infusion 5 08:00 | wet 2 09:00 | infusion 6 08:00 |", run.Output, StringComparison.Ordinal);
        Assert.Contains("the best calendar, proved", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void The_row_of_a_visit_that_deviates_says_how_far()
    {
        using var scratch = new Scratch();
        var protocol = scratch.Write("trial.yaml", """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Wednesday}
              week-1: {window for: b, counts from: start of a, target: 1 week, ideal: on the day, allowed: 2 days before to 2 days after}
            """);

        var run = Cli.Run("schedule", "--protocol", protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04", "--deviations", "minor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Treatment begins on 2027-01-04, the earliest day, and ends on the same day; 1 minor deviation; 2 preference points.", run.Output, StringComparison.Ordinal);
        Assert.Contains("2027-01-11 to 2027-01-11 (week-1): 2 days after its target, minor deviation", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conditional_visit_says_on_what_it_depends()
    {
        using var scratch = new Scratch();
        var run = Cli.Run("schedule", "--protocol", Conditional(scratch), "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("| if not-better |", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nb (if not-better) ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_or_none_leaves_visits_out_it_is_said_which_of_them_had_no_place()
    {
        string[] asked = ["schedule", "--protocol", "protocols/feder-2014-crossover.yaml", "--clinic", "protocols/samples/clinic-busy.yaml", "--from", "2026-12-01"];
        var (table, json) = (Cli.Run(asked), Cli.Run([.. asked, "--format", "json"]));

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains(
            "Of these, infusion-2 would have had a place, but not rating-24h-2 and caps-day7-2 as well (rule no-second-infusion-without-its-ratings).",
            table.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        var forgone = parsed.RootElement.GetProperty("proposals")[0].GetProperty("forgone")[0];
        Assert.Equal("infusion-2[1]", forgone.GetProperty("visits")[0].GetString());
        Assert.Equal("rating-24h-2[1]", forgone.GetProperty("missing")[0].GetString());
    }

    [Fact]
    public void A_narrow_terminal_keeps_days_whole_and_no_line_ends_with_blanks()
    {
        using var output = new StringWriter();
        CommandLine.Run(
            ["schedule", "--protocol", Cli.Resolve(Cli.Protocol), "--clinic", Cli.Resolve("protocols/samples/clinic-small.yaml"), "--from", "2026-12-01"],
            output, TextWriter.Null, SystemClock.Instance, isTerminal: false, width: 80);
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        var table = lines.Where(l => l.StartsWith('|') || l.StartsWith("caps5-", StringComparison.Ordinal) || l.StartsWith("infusion[", StringComparison.Ordinal)).ToList();

        Assert.All(table, l => Assert.True(l.Length <= 80, l));
        Assert.Contains(table, l => l.StartsWith("| 2026-12-14 |", StringComparison.Ordinal));
        Assert.Contains(table, l => l.Contains("| caps5-baseline |", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Trim() == "2027-03-06 to 2027-03-12 (week-12)");
        Assert.Equal(["visit", "day", "time", "people", "and", "places;", "window"], lines.First(l => l.StartsWith("visit", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(table, l => l.StartsWith("infusion[4]", StringComparison.Ordinal) && l.Contains("Mon 2026-12-14 08:00-10:40", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.EndsWith(' '));
    }

    [Fact]
    public void Where_there_is_room_titles_stand_beside_ids_and_the_only_visit_of_a_type_has_no_number()
    {
        var output = Cli.Schedule("small").Output;

        Assert.Contains("\ncaps5-baseline CAPS-5 before treatment ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("caps5-baseline[1]", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output.Split('\n'), l => l.TrimEnd('\r').EndsWith(' '));
    }

    [Theory]
    [InlineData("small", "none", "evenings", "Not tried, but may help: another --from or a longer --start-within.")]
    [InlineData("full", "none", "any", "Not tried, but may help: another --from or a longer --start-within.")]
    public void Only_what_can_apply_is_offered_where_there_is_no_calendar(string clinic, string deviations, string patient, string offer) =>
        Assert.Contains(
            offer,
            Cli.Schedule(clinic, "--deviations", deviations, "--patient", $"protocols/samples/patient-{patient}.yaml").Output.ReplaceLineEndings("\n").Split('\n'));

    [Fact]
    public void Nothing_is_offered_against_a_role_that_nobody_has()
    {
        using var scratch = new Scratch();
        var clinic = scratch.Write("clinic.yaml", File.ReadAllText(Cli.Resolve("protocols/samples/clinic-small.yaml")).Replace("roles: nurse", "roles: helper", StringComparison.Ordinal));

        var run = Cli.Run("schedule", "--protocol", Cli.Protocol, "--clinic", clinic, "--from", "2026-12-01");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("role 'nurse'", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("may help", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--deviations", "none", "Not tried, but may help: --deviations minor.")]
    [InlineData("--deviations", "minor", "Not tried, but may help: --deviations major.")]
    public void What_was_given_already_is_not_offered(string option, string value, string offer)
    {
        using var scratch = new Scratch();

        // Monday and Thursday are three days apart, so a week is missed whatever the dates are.
        var protocol = scratch.Write("trial.yaml", """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Thursday}
              week-1: {window for: b, counts from: start of a, target: 1 week, ideal: on the day, allowed: 1 day before to 1 day after}
            """);

        var run = Cli.Run("schedule", "--protocol", protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04", option, value);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(offer, Assert.Single(run.Output.ReplaceLineEndings("\n").Split('\n'), l => l.Contains("may help", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_offered_where_rules_contradict_each_other_on_any_day()
    {
        using var scratch = new Scratch();
        var protocol = scratch.Write("trial.yaml", """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Thursday}
              near: {order: a before b, at most: 2 days}
            """);

        var run = Cli.Run("schedule", "--protocol", protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("'near'", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("may help", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_ended_early_says_how_many_more_steps_to_allow()
    {
        var run = Cli.Schedule("small", "--steps", "10");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("within 10 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("Allow more, for example --steps 2000000.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_proposals_do_not_go_into_one_iCalendar_file_and_that_is_said()
    {
        var run = Cli.Schedule("small", "--format", "ics", "--proposals", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Only the first of 2 proposals is in the iCalendar file; csv and json have all of them.", run.Error.TrimEnd());
    }

    [Fact]
    public void Two_patients_of_one_protocol_have_no_event_in_common_and_a_proposal_is_tentative()
    {
        var far = Cli.Schedule("small", "--format", "ics", "--patient", "protocols/samples/patient-far.yaml").Output;
        var worker = Cli.Schedule("small", "--format", "ics", "--patient", "protocols/samples/patient-worker.yaml").Output;

        Assert.NotEmpty(Uids(far));
        Assert.Equal(Uids(far).Distinct(StringComparer.Ordinal), Uids(far));
        Assert.Empty(Uids(far).Intersect(Uids(worker), StringComparer.Ordinal));
        Assert.DoesNotContain("STATUS:CONFIRMED", far, StringComparison.Ordinal);

        static List<string> Uids(string ics) => [.. ics.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n').Where(l => l.StartsWith("UID:", StringComparison.Ordinal))];
    }

    [Fact]
    public void Exchanged_files_are_told_in_one_line_each()
    {
        var run = Cli.Run("schedule", "--protocol", "protocols/samples/clinic-small.yaml", "--clinic", Cli.Protocol, "--from", "2026-12-01");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("This is a clinic file; a protocol file is needed here. Are two files exchanged?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_calendar_ends_with_3_and_names_rules_and_resources()
    {
        var run = Cli.Schedule("full");

        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Contains("'infusions-in-the-morning'", run.Output, StringComparison.Ordinal);
        Assert.Contains("the bookings of chair-1, chair-2, chair-3 and chair-4", run.Output, StringComparison.Ordinal);
        Assert.Contains("the hours and bookings of rater-chen, rater-dube and rater-evans", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_is_used_up_ends_with_4()
    {
        Assert.Equal(4, Cli.Schedule("small", "--steps", "1").ExitCode);
    }

    [Fact]
    public void Json_has_the_documented_members_in_their_order_and_times_with_offsets()
    {
        using var json = JsonDocument.Parse(Cli.Schedule("small", "--format", "json", "--proposals", "2").Output);
        var root = json.RootElement;

        Assert.Equal(
            ["protocol", "clinic", "timeZone", "request", "outcome", "steps", "proposals", "conflicts"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("placed", root.GetProperty("outcome").GetString());
        Assert.Equal(2, root.GetProperty("proposals").GetArrayLength());
        var week12 = root.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Single(v => v.GetProperty("type").GetString() == "caps5-week12");
        Assert.Equal("2027-03-08T09:00:00-05:00", week12.GetProperty("start").GetString());
        var window = week12.GetProperty("windows")[0];
        Assert.Equal(("week-12", "start of wet[1]"), (window.GetProperty("rule").GetString(), window.GetProperty("anchor").GetString()));
        Assert.Equal(["2027-03-06", "2027-03-12"], window.GetProperty("ideal").EnumerateArray().Select(d => d.GetString()));
        var month6 = root.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Single(v => v.GetProperty("type").GetString() == "caps5-month6");
        Assert.EndsWith("-04:00", month6.GetProperty("start").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Proposals_differ_in_start_weekdays_or_person()
    {
        using var json = JsonDocument.Parse(Cli.Schedule("busy", "--format", "json", "--proposals", "4").Output);

        var impressions = json.RootElement.GetProperty("proposals").EnumerateArray().Select(p => string.Join(' ', p.GetProperty("visits").EnumerateArray()
            .Where(v => v.GetProperty("type").GetString() is "infusion" or "wet")
            .Select(v => v.GetProperty("start").GetString()![..10] + v.GetProperty("resources")[0].GetProperty("id").GetString()))).ToList();

        Assert.Equal(4, impressions.Count);
        Assert.Equal(impressions.Count, impressions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_same_request_prints_the_same_bytes()
    {
        Assert.Equal(Cli.Schedule("busy", "--format", "json").Output, Cli.Schedule("busy", "--format", "json").Output);
    }

    [Fact]
    public void A_calendar_program_that_is_not_ours_reads_the_same_times_from_iCalendar_as_the_json_has()
    {
        var events = ReadWithIcalJs(Cli.Schedule("small", "--format", "ics").Output);
        using var json = JsonDocument.Parse(Cli.Schedule("small", "--format", "json").Output);
        var visits = json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().ToList();

        Assert.Equal(visits.Count, events.RootElement.GetArrayLength());
        foreach (var (visit, read) in visits.Zip(events.RootElement.EnumerateArray()))
        {
            Assert.Equal(visit.GetProperty("start").GetDateTimeOffset(), read.GetProperty("start").GetDateTimeOffset());
            Assert.Equal(visit.GetProperty("end").GetDateTimeOffset(), read.GetProperty("end").GetDateTimeOffset());
            Assert.StartsWith(visit.GetProperty("title").GetString()!, read.GetProperty("summary").GetString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_of_iCalendar_are_folded_and_end_as_they_must()
    {
        var lines = Cli.Schedule("small", "--format", "ics").Output.Split("\r\n");

        Assert.All(lines, l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 75));
        Assert.DoesNotContain(lines, l => l.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void Csv_has_one_row_a_visit()
    {
        var rows = Cli.Schedule("small", "--format", "csv").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(15, rows.Length);
        Assert.StartsWith("proposal,visit,type,ordinal,title,date", rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_option_ends_with_2()
    {
        var run = Cli.Run("schedule", "--from", "2026-12-01");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--protocol", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_set_from_the_command_line()
    {
        var run = Cli.Schedule("small", "--set", "rating=45 min", "--format", "json");

        Assert.Contains("\"rating\": \"45 min\"", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Cli.Schedule("small", "--set", "rating=5 h").ExitCode);
    }

    [Theory]
    [InlineData("--arm", "RQ013")]
    [InlineData("--with", "RQ014")]
    public void Arms_and_streams_are_refused_where_the_protocol_has_none(string option, string code)
    {
        var run = Cli.Schedule("small", option, "x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wish_for_a_visit_type_that_does_not_exist_is_a_mistake()
    {
        using var scratch = new Scratch();
        var patient = scratch.Write("patient.yaml", "patient: P-1\npreferences:\n  - days: Monday\n    for: infusoin\n");

        var run = Cli.Schedule("small", "--patient", patient);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("patient.yaml:3:5: RQ010", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'infusion'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_of_ours_ends_with_70_and_one_line_without_a_stack_trace()
    {
        var run = Cli.Run(new BrokenClock(), "schedule", "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01", "--format", "ics");

        Assert.Equal(70, run.ExitCode);
        Assert.Equal("scheduler: a defect of this program (NotSupportedException). Please report it with the command line and, where you may, the files.", run.Error.TrimEnd());
    }

    private static string Conditional(Scratch scratch) => scratch.Write("conditional.yaml", """
        protocol: trial
        version: 1.0.0
        title: Trial
        conditions:
          not-better: {means: The patient is not better.}
        visits:
          a: {purpose: treatment, duration: 30 min}
          b: {purpose: assessment, duration: 30 min, only if: not-better}
        rules:
          b-after-a: {order: a before b, at most: 3 days}
        """);

    private static JsonDocument ReadWithIcalJs(string ics)
    {
        var folder = Path.Combine(Cli.Root, "tests", "Scheduler.Cli.Tests", "ical");
        using var node = Process.Start(new ProcessStartInfo("node", "read.mjs") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        node.StandardInput.Write(ics);
        node.StandardInput.Close();
        var read = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return JsonDocument.Parse(read);
    }

    private sealed class BrokenClock : IClock
    {
        public Instant GetCurrentInstant() => throw new NotSupportedException("A patient's name must not be seen.");
    }
}
