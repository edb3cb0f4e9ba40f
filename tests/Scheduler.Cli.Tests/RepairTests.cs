using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>Several courses at once: from their calendars and what has happened to the next calendars, which go together.</summary>
public sealed class RepairTests : IDisposable
{
    private const string Clinic = "protocols/samples/clinic-small.yaml";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Two_courses_that_want_the_same_times_get_calendars_that_go_together_and_go_on()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-03-02"));
        var said = Repair([one, two]);
        var json = Repair([one, two], "--format", "json");

        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        Assert.Matches("^2 courses with 28 booked visits still to come: [0-9]+ move; fewer cannot, proved.", said.Output);
        Assert.Contains("P-001: Ketamine infusions", said.Output, StringComparison.Ordinal);
        Assert.Contains("- it could not stay with the rest as it is now.", said.Output, StringComparison.Ordinal);

        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        using var read = JsonDocument.Parse(json.Output);
        var courses = read.RootElement.GetProperty("courses").EnumerateArray().Select(c => c.GetRawText()).ToList();
        var taken = courses.SelectMany(Uses).ToList();
        Assert.NotEmpty(taken);
        Assert.DoesNotContain(
            from a in taken
            from b in taken
            where a.Course != b.Course && a.Resource == b.Resource && a.Use == "exclusive" && b.Use == "exclusive" && string.CompareOrdinal(a.Start, b.End) < 0 && string.CompareOrdinal(b.Start, a.End) < 0
            select (a, b),
            _ => true);

        var next = courses.Select((c, i) => scratch.Write($"next-{i}.json", c)).ToArray();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((0, ""), Cli.Run("check", next[i], "--protocol", Cli.Protocol, "--clinic", Clinic, "--patient", Patient($"P-00{i + 1}")) is var judged ? (judged.ExitCode, judged.Error) : default);
        }

        Assert.Contains(": none moves; fewer cannot, proved.", Repair(next).Output, StringComparison.Ordinal);

        // What it wrote is as good as the calendars one by one.
        var whole = Repair([scratch.Write("whole.json", json.Output)], "--patient", Patient("P-002"));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        Assert.Equal(Repair(next).Output, whole.Output);
    }

    [Fact]
    public void Of_a_file_with_several_calendars_mistakes_are_told_where_they_are()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var json = Repair([one, two], "--format", "json").Output;
        var whole = scratch.Write("whole.json", json);
        var lines = json.ReplaceLineEndings("\n").Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains("\"P-002\"", StringComparison.Ordinal)) + 1;

        Assert.Matches($"^[^\\n]*whole.json:{line}:[0-9]+: CA029: The calendar was made for patient 'P-002', and no --patient FILE given is theirs", Repair([whole]).Error);
        string[] patients = ["--patient", Patient("P-002")];
        Assert.Matches($"^[^\\n]*whole.json:{line}:[0-9]+: CA026: This is a calendar of patient 'P-002', and so is [^\\n]*first-P-002.json", Repair([two, whole], patients).Error);
        var other = scratch.Write("other.json", string.Join('\n', lines[..(line - 30)]) + string.Join('\n', lines[(line - 30)..]).Replace("\"id\": \"feder-2025-ketamine-wet\"", "\"id\": \"feder-2021\"", StringComparison.Ordinal));
        Assert.Matches("^[^\\n]*other.json:[0-9]{3,}:[0-9]+: CA028: The calendar was made for protocol 'feder-2021', and no --protocol FILE given is that one: feder-2025-ketamine-wet", Repair([other], patients).Error);
        Assert.Matches("^[^\\n]*none.json:[0-9]+:[0-9]+: CA032: The calendar does not say for which protocol it was made.", Repair([scratch.Write("none.json", json.Replace("\"id\": \"feder-2025-ketamine-wet\",", "", StringComparison.Ordinal))], patients).Error);
        Assert.Matches("^[^\\n]*empty.json:1:1: CA031: 'courses' is empty", Repair([scratch.Write("empty.json", "{\"courses\": []}")]).Error);
        Assert.Contains("CA008: 'the calendar' is the number 4; expected an object.", Repair([scratch.Write("number.json", "{\"courses\": [4]}")]).Error, StringComparison.Ordinal);
        Assert.Contains("CA006: Unknown member 'curses' in the calendars.", Repair([scratch.Write("curses.json", "{\"courses\": [{}], \"curses\": 1}")]).Error, StringComparison.Ordinal);
        Assert.Matches("whole.json:[0-9]+:[0-9]+: CA030: The file has the calendars of several courses, and here one is asked about.", Cli.Run("check", whole, "--protocol", Cli.Protocol, "--clinic", Clinic).Error);
    }

    [Fact]
    public void A_course_for_which_no_calendar_was_found_goes_on_with_what_is_booked()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var evenings = scratch.Write("evenings.yaml", "patient: P-001\navailable:\n  Monday to Friday: 19:00 to 21:00\n");
        string[] asked = ["repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--patient", Patient("P-002"), "--as-of", "2027-02-01"];
        var none = Cli.Run([.. asked, "--calendar", one, "--calendar", two, "--patient", evenings, "--format", "json"]);
        var next = Cli.Run([.. asked, "--calendar", scratch.Write("none.json", none.Output), "--patient", Patient("P-001")]);

        Assert.Equal(3, none.ExitCode);
        Assert.Equal((0, ""), (next.ExitCode, next.Error));
        Assert.StartsWith("2 courses with 28 booked visits still to come: none moves; fewer cannot, proved.", next.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-001")]
    [InlineData("P-002")]
    public void What_was_booked_by_hand_comes_before_what_was_merely_booked_in_all_courses(string patient)
    {
        // Both are blindly booked for the same times; of one, somebody has just chosen that of its third session.
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-03-01"));
        string Happened(string who) => scratch.Write(
            $"events-{who}.yaml", $"events: {who}\nhappened:\n  - took place: caps5-baseline, infusion[1 to 6], wet[1 to 2]\n" + (who == patient ? "  - booked: wet[3]\n    for: 2027-03-15 09:00\n" : ""));
        var run = Cli.Run(
            "repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", two, "--patient", Patient("P-001"), "--patient", Patient("P-002"),
            "--events", Happened("P-001"), "--events", Happened("P-002"), "--as-of", "2027-03-14T12:00");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("booked by hand, but it cannot stay there", run.Output, StringComparison.Ordinal);
        Assert.Contains(": wet[3", run.Output[run.Output.IndexOf($"{patient}: Ketamine", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Matches("- wet\\[3\\]: Mon 2027-03-15 09:00, now ", run.Output);
    }

    [Fact]
    public void A_course_that_is_over_and_one_that_waits_for_a_place_are_told_as_alone()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var hold = scratch.Write("hold.yaml", "events: P-001\nhappened:\n  - took place: caps5-baseline, infusion[1 to 4], wet[1]\n  - on hold: infusion[5]\n");
        var waits = Cli.Run(
            "repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", two, "--patient", Patient("P-001"), "--patient", Patient("P-002"), "--events", hold, "--as-of", "2027-03-10T12:00");

        Assert.Equal((3, ""), (waits.ExitCode, waits.Error));
        Assert.Contains("If it is infusion[5] for which there is no place, tell it: with '- no place: infusion[5]' at the end of the events", waits.Output, StringComparison.Ordinal);

        var all = scratch.Write("all.yaml", "events: P-001\nhappened:\n  - took place: caps5-baseline, infusion[1 to 6], wet[1 to 5], caps5-week12, caps5-month6\n");
        var over = Cli.Run(
            "repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", Booked("P-002", "2027-10-01"), "--patient", Patient("P-001"), "--patient", Patient("P-002"), "--events", all, "--as-of", "2027-09-20");

        Assert.Equal((0, ""), (over.ExitCode, over.Error));
        Assert.Matches("P-001: Ketamine infusions [^\\n]*\nThe course is over since 2027-08-[0-9]{2} [0-9:]{5}.\n\nTook place: ", over.Output.ReplaceLineEndings("\n"));
        Assert.Contains("Stays: caps5-baseline, infusion[1 to 6]", over.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_file_of_events_was_given_one_is_asked_for()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var run = Cli.Run("repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", two, "--patient", Patient("P-001"), "--patient", Patient("P-002"), "--as-of", "2027-03-02");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "CO021: What happened to caps5-baseline[1], booked for 2027-03-01 09:00? That is before 2027-03-02 00:00, and no file of this patient's events was given that tells what became of it."
            + " Give one by --events FILE, with 'took place: caps5-baseline[1]' under 'happened', or 'missed', 'cancelled' or 'on hold'.",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_happened_to_one_of_them_counts()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var events = scratch.Write("events.yaml", "events: P-001\nhappened:\n  - took place: caps5-baseline, infusion[1 to 2]\n  - missed: infusion[3]\n");
        var run = Cli.Run(
            "repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", two, "--patient", Patient("P-001"), "--patient", Patient("P-002"), "--events", events, "--as-of", "2027-03-05T12:00");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("^2 courses with 14 booked visits still to come, and [0-9]+ that were put off: none moves; fewer cannot, proved.", run.Output);
        Assert.Contains("missed; the rest is put off with it (missed-infusion, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("P-002: Ketamine infusions with written exposure therapy for chronic PTSD\n\nStays: caps5-baseline, infusion[1 to 6]", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_without_a_calendar_is_told_with_its_reason_and_the_other_goes_on()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-06-01"));
        var evenings = scratch.Write("evenings.yaml", "patient: P-001\navailable:\n  Monday to Friday: 19:00 to 21:00\n");
        var run = Cli.Run("repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--calendar", two, "--patient", evenings, "--patient", Patient("P-002"), "--as-of", "2027-02-01");

        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("2 courses, 1 of them without a calendar; the others with 14 booked visits still to come: none moves; fewer cannot, proved.", run.Output, StringComparison.Ordinal);
        Assert.Contains("No calendar exists beside those of the others.", run.Output, StringComparison.Ordinal);
        Assert.Contains("because of when the patient can come", run.Output, StringComparison.Ordinal);
        Assert.Contains("Stays: caps5-baseline, infusion[1 to 6]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_steps_end_nothing_is_said_to_be_proved()
    {
        var (one, two) = (Booked("P-001", "2027-03-01"), Booked("P-002", "2027-03-02"));
        var run = Repair([one, two], "--steps", "5");

        Assert.Equal((4, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("cannot, proved", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"proved\": false", Repair([one, two], "--steps", "5", "--format", "json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Deviations_are_told_with_their_reason()
    {
        var one = Booked("P-001", "2027-03-01");
        var closed = scratch.Write("closed.yaml", File.ReadAllText(Cli.Resolve(Clinic)).ReplaceLineEndings("\n").Replace("closures:\n", "closures:\n  works: 2027-05-10 to 2027-06-18\n", StringComparison.Ordinal));
        var events = scratch.Write("events.yaml", "events: P-001\nhappened:\n  - took place: caps5-baseline, infusion[1 to 2]\n");
        var run = Cli.Run("repair", "--protocol", Cli.Protocol, "--clinic", closed, "--calendar", one, "--patient", Patient("P-001"), "--events", events, "--as-of", "2027-03-04", "--deviations", "major");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("A visit lies outside its allowed window, because no calendar keeps all of them inside:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Major deviation: caps5-week12", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_belong_to_nobody_or_to_somebody_twice_are_refused()
    {
        var one = Booked("P-001", "2027-03-01");
        var nobody = scratch.Write("nobody.json", Cli.Run("schedule", "--protocol", Cli.Protocol, "--clinic", Clinic, "--from", "2027-03-01", "--format", "json").Output);
        var events = scratch.Write("events.yaml", "events: P-010\nhappened: []\n");

        Assert.Matches("^[^\\n]*nobody.json:1:1: CA025: The calendar names no patient", Repair([one, nobody]).Error);
        Assert.Matches("^[^\\n]*first-P-001.json:[0-9]+:[0-9]+: CA026: This is a calendar of patient 'P-001', and so is ", Repair([one, one]).Error);
        Assert.Matches("^[^\\n]*first-P-001.json:[0-9]+:[0-9]+: CA029: The calendar was made for patient 'P-001', and no --patient FILE given is theirs", Cli.Run("repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--calendar", one, "--as-of", "2027-02-01").Error);
        Assert.Matches("^[^\\n]*P-002.yaml:1:1: CA027: No calendar of patient 'P-002' is given. Did you mean 'P-001'\\?", Repair([one], "--patient", Patient("P-002")).Error);
        Assert.Matches("^[^\\n]*events.yaml:1:9: CA027: No calendar of patient 'P-010' is given.", Repair([one], "--events", events).Error);
        var other = Cli.Run("repair", "--protocol", "protocols/ect-acute.yaml", "--clinic", Clinic, "--calendar", one, "--patient", Patient("P-001"), "--as-of", "2027-02-01");
        Assert.Equal(1, other.ExitCode);
        Assert.Matches("^[^\\n]*first-P-001.json:[0-9]+:[0-9]+: CA028: The calendar was made for protocol 'feder-2025-ketamine-wet', and no --protocol FILE given is that one: ect-acute.", other.Error);
        Assert.Equal(2, Cli.Run("repair", "--protocol", Cli.Protocol, "--clinic", Clinic, "--as-of", "2027-02-01").ExitCode);
    }

    private Cli Repair(string[] calendars, params string[] more) => Cli.Run(
        ["repair", "--protocol", Cli.Protocol, "--clinic", Clinic, .. calendars.SelectMany(c => new[] { "--calendar", c }), .. calendars.Length == 2 && calendars[0] != calendars[1] && more is not ["--patient", ..] ? new[] { "--patient", Patient("P-001"), "--patient", Patient("P-002") } : ["--patient", Patient("P-001")], "--as-of", "2027-02-01", .. more]);

    private string Booked(string patient, string from) => scratch.Write(
        $"first-{patient}.json", Cli.Run("schedule", "--protocol", Cli.Protocol, "--clinic", Clinic, "--patient", Patient(patient), "--from", from, "--format", "json").Output);

    private string Patient(string id) => scratch.Write($"{id}.yaml", $"patient: {id}\n");

    private static IEnumerable<(string Course, string Resource, string Use, string Start, string End)> Uses(string course)
    {
        using var json = JsonDocument.Parse(course);
        return
        [
            .. from visit in json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray()
               from use in visit.GetProperty("resources").EnumerateArray()
               select (course, use.GetProperty("id").GetString()!, use.GetProperty("use").GetString()!, use.GetProperty("start").GetString()!, use.GetProperty("end").GetString()!),
        ];
    }
}
