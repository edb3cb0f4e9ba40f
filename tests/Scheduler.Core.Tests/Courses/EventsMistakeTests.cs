using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Courses;

/// <summary>
/// Each file of Mistakes tells events wrongly, and ends with what is said about it: lines that begin with <c>#&gt; </c>. It is told to the course of
/// Protocols/told.yaml, booked in the small clinic from Monday, 4 January 2027 on but for the follow-up, on Thursday of that week at noon.
/// </summary>
public sealed partial class EventsMistakeTests
{
    private const string Mark = "#> ";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Scheduler.Core.Tests", "Courses", "Mistakes");

    private static readonly LocalDate Monday = new(2027, 1, 4);

    private static readonly LocalDateTime Noon = new(2027, 1, 7, 12, 0);

    private static readonly Clinic Small = Repository.Clinic("clinic-small.yaml");

    private static readonly CourseState Booked = Book();

    public static TheoryData<string> Cases => [.. Files()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told_where_it_is_and_in_these_words(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        string[] found = [.. Tell(file, text).Diagnostics.Select(d => d.ToString())];

        // To write what is said now into the files, run the tests once with SCHEDULER_WRITE_MISTAKES=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_MISTAKES") == "1")
        {
            var kept = string.Join('\n', text.Split('\n').Where(l => !l.StartsWith(Mark, StringComparison.Ordinal))).TrimEnd('\n');
            text = kept + "\n" + string.Concat(found.Select(f => Mark + f + "\n"));
            File.WriteAllText(Path.Combine(Folder, file), text);
        }

        Assert.NotEmpty(found);
        Assert.Equal(text.Split('\n').Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..]), found);
        Assert.Null(Tell(file, text).Value);
    }

    [Fact]
    public void There_are_at_least_fifteen_mistakes_and_each_code_of_a_file_of_events_is_shown_here_or_by_the_command()
    {
        var catalogue = Code().Matches(Repository.Text("src/Scheduler.Core/Diagnostics/Messages.Events.cs")).Select(m => m.Groups["code"].Value).ToList();
        var shown = string.Concat(Files().Select(f => File.ReadAllText(Path.Combine(Folder, f)))) + Repository.Text("tests/Scheduler.Cli.Tests/ContinueTests.cs")
            + Repository.Text("tests/Scheduler.Core.Tests/Courses/EventsMistakeTests.cs");

        Assert.InRange(Files().Count(), 15, 100);
        Assert.Equal(catalogue.Distinct(), catalogue);
        Assert.Equal([], catalogue.Where(c => !shown.Contains(c, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_more_is_read_or_told_than_anybody_needs()
    {
        var many = EventsReader.Read("many.yaml", "events: P-1\nhappened:\n" + string.Concat(Enumerable.Repeat("  - missed: infusion[1]\n", EventsReader.MostEvents + 1)));
        var wrong = Tell("wrong.yaml", "events: P-1\nhappened:\n" + string.Concat(Enumerable.Repeat("  - missed: infsion[1]\n", 150)));

        Assert.Equal("many.yaml:2003:5: CO035: At most 2000 events are read from one file. Begin a new file with each new calendar.", Assert.Single(many.Diagnostics).ToString());
        Assert.Equal(101, wrong.Diagnostics.Length);
        Assert.Equal("CO036", wrong.Diagnostics[^1].Code);
    }

    [Theory]
    [InlineData("took place: caps5-baseline", "caps5-baseline[1] completed")]
    [InlineData("took place: caps5-baseline\n    until: 09:40", "caps5-baseline[1] completed")]
    [InlineData("confirmed: infusion[3]", "infusion[3] confirmed")]
    [InlineData("cancelled: infusion[3 to last]\n    by: clinic", "infusion[3] cancelled")]
    [InlineData("missed: infusion[3]\n    at: 2027-01-07 11:00\n  - booked: infusion[4]\n    for: 2027-01-07 11:30\n  - took place: infusion[4]\n    until: 11:50", "infusion[4] completed")]
    [InlineData("judged: responder\n    holds: no", "follow-up[1] released")]
    [InlineData("booked: infusion[3]\n    for: 2027-01-08 10:00\n    with: {chair: chair-1}", "infusion[3] booked")]
    [InlineData("booked: follow-up\n    for: 2027-02-09 10:00\n    with: {rater: rater-singh, room: room-1}", "follow-up[1] booked")]
    public void Told_rightly_an_event_is_one_of_the_course(string entry, string comes)
    {
        var others = entry.Contains("caps5-baseline", StringComparison.Ordinal) ? "infusion[1 to 2]" : "caps5-baseline, infusion[1 to 2]";
        var told = Tell("told.yaml", $"events: P-1\nhappened:\n  - took place: {others}\n  - {entry}\n");

        Assert.Equal([], told.Diagnostics.Select(d => d.ToString()));
        Assert.Contains(comes, told.Required.State.Visits.Values.Select(v => $"{v.Id} {v.Status.ToString().ToLowerInvariant()}"));
    }

    [Fact]
    public void Who_was_really_there_is_known_of_a_visit_that_took_place()
    {
        var nurse = Small.Resources.Last(r => r.Roles.Contains("nurse")).Id;
        var told = Tell("told.yaml", $"events: P-1\nhappened:\n  - took place: caps5-baseline, infusion[1]\n  - took place: infusion[2]\n    at: 08:20\n    with: {{nurse: {nurse}}}\n").Required;
        var infusion = told.State.Find(new("infusion", 2));

        Assert.Equal((nurse, new LocalDateTime(2027, 1, 6, 8, 20), VisitStatus.Completed), (infusion.Booking!.ResourceFor("nurse"), infusion.Started, infusion.Status));
    }

    [Theory]
    [InlineData("arrived: infusion[2]\n    at: 08:10\n  - took place: infusion[2]", "08:10", "09:10")]
    [InlineData("arrived: infusion[2]\n    at: 07:50\n  - took place: infusion[2]", "08:00", "09:00")]
    [InlineData("began: infusion[2]\n    at: 08:05\n  - took place: infusion[2]\n    until: 09:30", "08:05", "09:30")]
    public void A_visit_begins_when_it_was_told_that_it_began_or_as_booked_once_the_patient_is_there(string entries, string began, string ended)
    {
        var infusion = Tell("told.yaml", $"events: P-1\nhappened:\n  - took place: caps5-baseline, infusion[1]\n  - {entries}\n").Required.State.Find(new("infusion", 2));

        Assert.Equal(($"2027-01-06 {began}", $"2027-01-06 {ended}"), ($"{infusion.Started:uuuu'-'MM'-'dd HH:mm}", $"{infusion.Completed:uuuu'-'MM'-'dd HH:mm}"));
    }

    [Fact]
    public void Entries_may_stand_in_any_order_and_a_time_that_is_not_written_is_that_of_the_entry_above()
    {
        var told = Tell("told.yaml", "events: P-1\nhappened:\n  - took place: infusion[1 to 2]\n  - took place: caps5-baseline\n  - recorded: caps5\n    measured at: caps5-baseline\n    is: 41\n").Required;

        Assert.Equal(41, told.State.Scores[("caps5", new("caps5-baseline", 1))]);
        Assert.Equal(told.State.Find(new("infusion", 2)).Completed, told.State.LastAt);
    }

    [Fact]
    public void What_an_event_did_is_known_with_the_rule_that_says_so()
    {
        var told = Tell("told.yaml", "events: P-1\nhappened:\n  - took place: caps5-baseline, infusion[1]\n  - missed: infusion[2]\n").Required;

        Assert.Equal(
            ["caps5-baseline[1] -", "infusion[1] -", .. Enumerable.Range(2, 5).Select(n => $"infusion[{n}] missed-infusion")],
            told.Consequences.Select(c => $"{c.Visit} {c.Rule ?? "-"}"));
    }

    [Fact]
    public void Two_visits_that_were_kept_break_no_rule_unseen()
    {
        // The rest is booked as it lies, but the first infusion is told for the day of the second.
        var told = Tell("told.yaml", "events: P-1\nhappened:\n  - took place: caps5-baseline\n  - took place: infusion[1]\n    at: 2027-01-05 08:00\n  - cancelled: infusion[2]\n    by: clinic\n    at: 2027-01-05 12:00\n").Required;
        var request = new Continuation(told.State, new(2027, 1, 5, 12, 0), new(2027, 1, 6)).Request(Small, Patient.Anyone with { Id = "P-1" }).Required;
        var plan = Keeping.Plan(told.State, request);
        var calendar = Assert.IsType<Outcome.Placed>(plan.Outcome).Proposals[0].Calendar;

        Assert.Equal([], Verifier.Judge(request, calendar).Breaches.Select(b => b.Message));
        Assert.NotEqual(Booked.Find(new("infusion", 2)).Booking!.Start, calendar.Find(new("infusion", 2))!.Start);
        Assert.All(plan.Kept, v => Assert.Equal(Booked.Find(v).Booking!.Start, calendar.Find(v)!.Start));
    }

    [GeneratedRegex("\"(?<code>CO[0-9]{3})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private static Read<ToldCourse> Tell(string file, string text)
    {
        var read = EventsReader.Read(file, text);
        return read.Value is { } events ? Telling.Tell(events, Booked, Noon, Small, []) : new(null, read.Diagnostics);
    }

    private static CourseState Book()
    {
        var protocol = ProtocolCompiler.Compile("told.yaml", Repository.Text("tests/Scheduler.Core.Tests/Courses/Protocols/told.yaml")).Required;
        var course = CourseState.Begin(Course.Enrol("P-1", Monday, protocol).Required);
        var planned = Assert.IsType<Outcome.Placed>(Planner.Plan(NextRequest.Of(course, Small, Patient.Anyone with { Id = "P-1" }, Monday).Required));
        ImmutableArray<PlacedVisit> certain = [.. planned.Proposals[0].Calendar.Visits.Where(v => v.Id.Type != "follow-up")];
        return course.After(new CourseEvent.Booked(new(2027, 1, 1, 12, 0), certain)).Required;
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
