using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>How courses go on, on either store.</summary>
public abstract class CourseConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_sick_day_is_repaired_for_all_courses_by_one_acceptance()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002"), await book.Enrol("P-003")];
        var calendars = new List<TreatmentCalendar>();
        foreach (var course in courses)
        {
            calendars.Add(await book.Book(course, new(2027, 3, 1)));
        }

        // The day on which most of them see the same therapist.
        var (who, day) = calendars.SelectMany(c => c.Visits).SelectMany(v => v.Uses.Where(u => u.Role == "therapist").Select(u => (u.Resource, v.Date))).GroupBy(x => x).MaxBy(g => g.Count())!.Key;
        var absent = Done(await book.App.Send(new AddAbsence(who, day, day, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id }));
        Assert.NotEmpty(absent.Hit);
        var before = await Places(book);

        var repaired = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        Assert.Equal(before, await Places(book));
        Assert.All(repaired.Courses, c => Assert.NotEmpty(c.Moved));
        Assert.Equal("BK016", (await book.App.Send(new Reserve(repaired.Proposal, 10) { As = "root", Clinic = book.Id })).Refusal?.Code);
        var booked = Done(await book.Accept(repaired.Proposal, "all at once"));

        Assert.Equal(absent.Hit.Order(), booked.Enrolments.Order());
        Assert.Empty(await book.Rows<string>(
            "select b.visit from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource where r.id = @who and b.date = @day and b.enrolment is not null", new { who, day = Storage.Times.Of(day) }));
        var moved = repaired.Courses.SelectMany(c => c.Moved.Select(v => $"{c.Enrolment} {v}")).Order().ToList();
        var changed = (await Places(book)).Except(before).Select(p => string.Join(' ', p.Split(' ').Take(2))).Order().ToList();
        Assert.Empty(moved.Except(changed));
    }

    [Fact]
    public async Task What_a_clinics_file_says_is_booked_is_taken_over_and_booked_beside()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml", withBookings: true);
        var clinic = Core.Clinics.Compilation.ClinicReader.Read("busy", Text("protocols/samples/clinic-busy.yaml")).Required;
        Assert.Equal(clinic.Bookings.Length, (await book.Rows<long>("select count(*) from booking")).Single());

        var calendar = await book.Book(await book.Enrol("P-001"), January);

        // As the planner places it beside the file.
        var alone = Planner.Plan(new(Core.Protocols.Compilation.ProtocolCompiler.Compile("feder", Text("protocols/feder-2025-ketamine-wet.yaml")).Required, clinic, Patient.Anyone, January));
        Assert.Equal(((Outcome.Placed)alone).Proposals[0].Calendar.Visits.Select(v => (v.Id, v.Start)), calendar.Visits.Select(v => (v.Id, v.Start)));
    }

    [Fact]
    public async Task A_repair_that_somebody_was_quicker_than_moves_nobody()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002")];
        foreach (var course in courses)
        {
            _ = await book.Book(course, January);
        }

        var repaired = Done(await book.App.Send(new Repair(courses, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        _ = await book.Book(courses[0], deviations: DeviationLimit.Minor);
        var visit = (await book.Rows<string>("select visit from booking where enrolment = 2 order by starts")).First();
        _ = Done(await book.App.Send(new Tell(courses[1], new Core.Courses.CourseEvent.Confirmed(book.Wall, EventText.Id(visit)), "") { As = "root", Clinic = book.Id }));
        var before = await Places(book);

        Assert.Contains((await book.Accept(repaired.Proposal, "late")).Refusal?.Code, (string[])["BK016", "BK017"]);
        Assert.Equal(before, await Places(book));
    }

    [Fact]
    public async Task A_clinic_that_changes_tells_whose_visits_no_longer_fit_and_old_proposals_are_refused()
    {
        await using var book = await (await NewBook()).WithClinic();
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002")];
        var calendar = await book.Book(courses[0], January);
        var waiting = Done(await book.Propose(courses[1], January)).Proposals[0];
        var text = Text("protocols/samples/clinic-small.yaml");

        var same = Done(await book.App.Send(new ImportClinic("same.yaml", text) { As = "root", Clinic = book.Id }));
        Assert.Equal(2, same.Version);
        Assert.Empty(same.Hit);
        var closed = text.Replace("closures:", $"closures:\n  repairs: {Storage.Times.Of(calendar.Visits[^1].Date)}", StringComparison.Ordinal)
            .Replace("closures:", $"closures:\n  painting: {Storage.Times.Of(waiting.Calendar.Visits.Min(v => v.Date))}", StringComparison.Ordinal);
        var changed = Done(await book.App.Send(new ImportClinic("closed.yaml", closed) { As = "root", Clinic = book.Id }));

        Assert.Equal(3, changed.Version);
        Assert.Equal([courses[0]], changed.Hit);
        Assert.Equal("BK033", (await book.Accept(waiting.Proposal, "too late")).Refusal?.Code);
        Assert.Equal("BK005", (await book.App.Send(new ImportClinic("busy.yaml", text + "\nbookings:\n  chair-1:\n    2027-03-02: 08:30 to 11:00\n") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_has_missed_a_visit_that_has_not_begun()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var visit = (await book.Book(course, January)).Visits[0];

        Assert.Equal("BK035", (await book.App.Send(new Tell(course, new Core.Courses.CourseEvent.Missed(book.Wall, visit.Id), "") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task A_course_without_a_calendar_is_named_and_does_not_keep_the_others_from_theirs()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002")];
        var first = await book.Book(courses[0], new(2027, 3, 1));
        _ = await book.Book(courses[1], new(2027, 5, 3));

        // The clinic closes for a month in which the first has its infusions.
        var infusion = first.Visits.First(v => v.Id.ToString() == "infusion[1]").Date;
        book.Clock.Now = infusion.At(new(18, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        foreach (var visit in first.Visits.Where(v => v.Date <= infusion).OrderBy(v => v.End))
        {
            _ = Done(await book.App.Send(new Tell(courses[0], new Core.Courses.CourseEvent.Completed(visit.End, visit.Id), "") { As = "root", Clinic = book.Id }));
        }

        _ = Done(await book.App.Send(new AddAbsence(null, infusion.PlusDays(1), infusion.PlusDays(30), Hours.WholeDay, "flood") { As = "root", Clinic = book.Id }));
        var repaired = Done(await book.App.Send(new Repair(courses, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));

        Assert.Equal(courses[0], Assert.Single(repaired.Without).Enrolment);
        Assert.NotEmpty(repaired.Without[0].Reasons);
        Assert.Equal(courses[1], Assert.Single(repaired.Courses).Enrolment);
        Assert.Equal([courses[1]], Done(await book.Accept(repaired.Proposal, "the others")).Enrolments);
    }

    [Fact]
    public async Task A_blinded_rater_tells_what_was_measured_and_decides_nothing()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        _ = Done(await book.App.Send(new Access.GrantRoles("singh", "rater-singh", [Access.Role.BlindedRater]) { As = "root", Clinic = book.Id }));

        Assert.Equal("BK002", (await book.App.Send(new Tell(course, new Core.Courses.CourseEvent.Cancelled(book.Wall, calendar.Visits[0].Id, Core.Courses.Party.Clinic), "") { As = "singh", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK021", (await book.App.Send(new Tell(course, new Core.Courses.CourseEvent.ScoreRecorded(book.Wall, calendar.Visits[0].Id, "caps5", 40), "") { As = "singh", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task A_blinded_rater_tells_of_visits_in_which_they_take_part()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        _ = Done(await book.App.Send(new Access.GrantRoles("singh", "rater-singh", [Access.Role.BlindedRater]) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new Access.GrantRoles("nobody", null, [Access.Role.BlindedRater]) { As = "root", Clinic = book.Id }));
        var session = calendar.Visits.First(v => v.Id.ToString() == "wet[1]");
        var rating = calendar.Visits.First(v => v.Uses.Any(u => u.Role == "rater"));
        Task<Answer<Told>> Tell(string account, PlacedVisit visit) => book.App.Send(new Tell(course, new Core.Courses.CourseEvent.Completed(visit.End, visit.Id), "") { As = account, Clinic = book.Id });

        // By the clock all of it is over.
        book.Clock.Now = calendar.Visits.Max(v => v.End).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        Assert.Equal("BK093", (await Tell("singh", session)).Refusal?.Code);
        Assert.Equal("BK093", (await Tell("nobody", rating)).Refusal?.Code);
        _ = Done(await Tell("singh", rating));
    }

    [Fact]
    public async Task The_audit_says_what_was_told_and_of_a_score_only_whether_it_is_the_same()
    {
        const string Ratings = """
            protocol: ratings
            version: 1.0.0
            title: Ratings
            outcomes:
              mood: {means: How it is., measured at: 'rating[1], rating[2]', range: 0 to 80}
            visits:
              rating: {purpose: assessment, count: 3, duration: 30 min, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
            """;
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Enrol("P-001");
        _ = Done(await book.App.Send(new ImportProtocol("ratings.yaml", Ratings) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol("ratings", "1.0.0") { As = "root", Clinic = book.Id }));
        var course = Done(await book.App.Send(new Enrol("P-001", "ratings", null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Enrolment;
        var calendar = await book.Book(course, January);
        var ratings = calendar.Visits.OrderBy(v => v.Id.Ordinal).Select(v => v.Id).ToList();
        var last = calendar.Visits.Single(v => v.Id == ratings[2]);
        book.Clock.Now = calendar.Visits.Max(v => v.End).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        async Task<(System.Text.Json.JsonElement? Before, System.Text.Json.JsonElement After)> Told(Func<LocalDateTime, Core.Courses.CourseEvent> what)
        {
            _ = Done(await book.App.Send(new Tell(course, what(book.Wall), "") { As = "root", Clinic = book.Id }));
            var entry = (await book.Store.Read(b => b.Chain(book.Id)))[^1].Entry;
            return (entry.Before.Length == 0 ? null : System.Text.Json.JsonDocument.Parse(entry.Before).RootElement, System.Text.Json.JsonDocument.Parse(entry.After).RootElement);
        }

        foreach (var rating in ratings.Take(2))
        {
            _ = await Told(at => new Core.Courses.CourseEvent.Completed(at, rating));
        }

        Assert.Equal("Clinic", (await Told(at => new Core.Courses.CourseEvent.Cancelled(at, last.Id, Core.Courses.Party.Clinic))).After.GetProperty("by").GetString());
        var first = await Told(at => new Core.Courses.CourseEvent.ScoreRecorded(at, ratings[0], "mood", 41));
        var corrected = await Told(at => new Core.Courses.CourseEvent.ScoreRecorded(at, ratings[0], "mood", 43));
        var back = await Told(at => new Core.Courses.CourseEvent.ScoreRecorded(at, ratings[0], "mood", 41));
        var other = await Told(at => new Core.Courses.CourseEvent.ScoreRecorded(at, ratings[1], "mood", 41));

        Assert.Equal("mood", first.After.GetProperty("outcome").GetString());
        Assert.Null(first.Before);
        Assert.Equal(Value(first.After), Value(corrected.Before!.Value));
        Assert.NotEqual(Value(first.After), Value(corrected.After));
        Assert.Equal((Value(corrected.After), Value(first.After)), (Value(back.Before!.Value), Value(back.After)));
        Assert.NotEqual(Value(first.After), Value(other.After));
        Assert.Equal(64, Value(first.After)!.Length);

        static string? Value(System.Text.Json.JsonElement of) => of.GetProperty("value").GetString();
    }

    [Fact]
    public async Task A_reservation_is_given_back_once_and_its_proposal_stays()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (first, second) = (await book.Enrol("P-001"), await book.Enrol("P-002"));
        var (mine, theirs) = (Done(await book.Propose(first, January)).Proposals[0], Done(await book.Propose(second, January)).Proposals[0]);
        Task<Answer<GivenBack>> GiveBack(string proposal) => book.App.Send(new GiveBack(proposal) { As = "root", Clinic = book.Id });
        Assert.Equal("BK095", (await GiveBack(mine.Proposal)).Refusal?.Code);
        Assert.Equal("BK016", (await GiveBack("P-99")).Refusal?.Code);
        _ = Done(await book.App.Send(new Reserve(mine.Proposal, 60) { As = "root", Clinic = book.Id }));
        Assert.Equal("BK001", (await book.Accept(theirs.Proposal, "too early")).Refusal?.Code);

        Assert.Equal(first, Done(await GiveBack(mine.Proposal)).Enrolment);

        Assert.Equal(0, (await book.Rows<long>("select count(*) from booking")).Single());
        Assert.Equal("BK095", (await GiveBack(mine.Proposal)).Refusal?.Code);
        Assert.NotEmpty(Done(await book.Accept(theirs.Proposal, "now")).Enrolments);
        Assert.Equal("BK001", (await book.Accept(mine.Proposal, "late")).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_is_enrolled_on_a_version_that_is_not_active()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Enrol("P-001");
        var text = Text("protocols/feder-2025-ketamine-wet.yaml");
        var first = text.Split('\n').First(l => l.StartsWith("version:", StringComparison.Ordinal));
        _ = Done(await book.App.Send(new ImportProtocol("next.yaml", text.Replace(first, "version: \"99\"", StringComparison.Ordinal)) { As = "root", Clinic = book.Id }));
        Task<Answer<Enrolled>> Enrol(string? version) => book.App.Send(
            new Enrol("P-001", "feder-2025-ketamine-wet", version, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id });

        Assert.Equal("BK092", (await Enrol("99")).Refusal?.Code);
        _ = Done(await book.App.Send(new ActivateProtocol("feder-2025-ketamine-wet", "99") { As = "root", Clinic = book.Id }));
        Assert.Equal("99", Done(await Enrol("99")).Version);
        Assert.Equal("BK092", (await Enrol(first["version: ".Length..])).Refusal?.Code);
        Assert.Equal("99", Done(await Enrol(null)).Version);
    }

    [Fact]
    public async Task An_amendment_sets_values_that_the_new_version_has_and_keeps_those_that_it_knows()
    {
        const string First = """
            protocol: talks
            version: 1.0.0
            title: Talks
            parameters:
              talk: {value: 45 min, means: How long a talk takes., assumed: All of it.}
              gap: {value: 5 days, means: Between two talks., assumed: All of it.}
            visits:
              talk: {purpose: treatment, count: 2, duration: $talk, people: {therapist: {exclusive: whole visit}}, assumed: All of it.}
            rules:
              apart: {window for: 'talk[2]', counts from: 'start of talk[1]', target: $gap, ideal: on the day, allowed: 2 days before to 2 days after, assumed: All of it.}
            """;
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Enrol("P-001");
        async Task Active(string yaml, string version)
        {
            _ = Done(await book.App.Send(new ImportProtocol("talks.yaml", yaml) { As = "root", Clinic = book.Id }));
            _ = Done(await book.App.Send(new ActivateProtocol("talks", version) { As = "root", Clinic = book.Id }));
        }

        await Active(First, "1.0.0");
        var course = Done(await book.App.Send(
            new Enrol("P-001", "talks", null, new(2026, 11, 23), new Dictionary<string, string> { ["talk"] = "60 min", ["gap"] = "6 days" }, [], null) { As = "root", Clinic = book.Id })).Enrolment;
        await Active(First.Replace("1.0.0", "2.0.0", StringComparison.Ordinal).Replace("gap", "pause", StringComparison.Ordinal), "2.0.0");

        // Its own version is not active any more, and may have other values all the same.
        _ = Done(await book.App.Send(new Amend(course, "1.0.0", true, "") { As = "root", Clinic = book.Id, Parameters = new Dictionary<string, string> { ["talk"] = "90 min" } }));
        Assert.Equal(["talk=90 min", "gap=6 days"], await Values());
        Assert.Equal("BK003", (await book.App.Send(new Amend(course, "2.0.0", true, "") { As = "root", Clinic = book.Id, Parameters = new Dictionary<string, string> { ["gap"] = "7 days" } })).Refusal?.Code);
        _ = Done(await book.App.Send(new Amend(course, "2.0.0", true, "") { As = "root", Clinic = book.Id, Parameters = new Dictionary<string, string> { ["pause"] = "7 days" } }));
        Assert.Equal(["talk=90 min", "pause=7 days"], await Values());

        async Task<IEnumerable<string>> Values() => await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, course))!.State.Course.Whole.Parameters.Select(p => $"{p.Name}={p.Value}").ToList());
    }

    [Fact]
    public async Task A_visit_is_moved_by_hand_where_it_may_lie_and_nowhere_else()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var session = calendar.Visits.First(v => v.Id.ToString() == "wet[2]");

        var closed = (await book.App.Send(new Move(course, "wet[2]", session.Date.At(new(3, 0)), "") { As = "root", Clinic = book.Id })).Refusal;
        Assert.Equal("BK029", closed?.Code);
        Assert.NotEmpty(closed!.Details);

        var later = Free(session);
        var proposal = Done(await book.App.Send(new Move(course, "wet[2]", later, "asked for it") { As = "root", Clinic = book.Id })).Proposals.Single();
        Assert.Equal(1, Done(await book.Accept(proposal.Proposal, "by hand")).Visits);
        Assert.Equal([Storage.Times.Of(later)], await book.Rows<string>("select starts from booking where visit = 'wet[2]'"));
        var noted = (await book.Store.Read(b => b.Chain(book.Id)))[^1].Entry;
        Assert.Equal(
            ("book", course, $$"""{"wet[2]":"{{Storage.Times.Of(session.Start)}}"}""", $$"""{"wet[2]":"{{Storage.Times.Of(later)}}"}""", "asked for it"), (noted.Act, noted.Subject, noted.Before, noted.After, noted.Why));
    }

    [Fact]
    public async Task A_place_outside_the_ideal_takes_a_reason_and_is_a_deviation_to_be_signed()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var rating = calendar.Visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        var late = rating.Start.PlusDays(7);

        Assert.Equal("BK030", (await book.App.Send(new Move(course, rating.Id.ToString(), late, "") { As = "root", Clinic = book.Id })).Refusal?.Code);
        var proposal = Done(await book.App.Send(new Move(course, rating.Id.ToString(), late, "away that week") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(proposal.Proposal, "by hand"));

        var noted = Assert.Single(Done(await book.App.Send(new ListDeviations(course) { As = "root", Clinic = book.Id })).All);
        Assert.Equal((rating.Id.ToString(), false, "away that week", null), (noted.Visit, noted.IsMajor, noted.Reason, noted.SignedBy));
        Assert.Equal("BK031", (await book.App.Send(new SignDeviation(noted.Number) { As = "root", Clinic = "elsewhere" })).Refusal?.Code);
        _ = Done(await book.App.Send(new SignDeviation(noted.Number) { As = "root", Clinic = book.Id }));
        Assert.Equal("BK031", (await book.App.Send(new SignDeviation(noted.Number) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("root", Assert.Single(Done(await book.App.Send(new ListDeviations(null) { As = "root", Clinic = book.Id })).All).SignedBy);
    }

    [Fact]
    public async Task A_deviation_that_is_mended_is_gone_unless_it_was_signed()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var rating = calendar.Visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        async Task MoveTo(LocalDateTime start) => _ = Done(await book.Accept(Done(await book.App.Send(new Move(course, rating.Id.ToString(), start, "why") { As = "root", Clinic = book.Id })).Proposals[0].Proposal, $"to {start}"));
        await MoveTo(rating.Start.PlusDays(7));

        await MoveTo(rating.Start);

        Assert.Empty(Done(await book.App.Send(new ListDeviations(course) { As = "root", Clinic = book.Id })).All);
        Assert.Equal("BK015", (await book.App.Send(new ListDeviations("E-900") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task More_courses_than_are_planned_together_are_repaired_in_parts_the_most_urgent_first_and_one_of_a_patient_at_a_time()
    {
        const string Talks = """
            protocol: talk
            version: 1.0.0
            title: One talk
            visits:
              talk: {purpose: treatment, duration: 15 min, people: {nurse: {exclusive: whole visit}}, assumed: All of it.}
            """;
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new ImportProtocol("talk.yaml", Talks) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol("talk", "1.0.0") { As = "root", Clinic = book.Id }));
        var courses = new List<(string Id, LocalDateTime Start)>();
        for (var i = 0; i < Repair.Most + 2; i++)
        {
            // The last one is the second course of the first patient.
            var patient = $"P-{i % (Repair.Most + 1):000}";
            _ = Done(await book.App.Send(new RegisterPatient(patient, patient, "p@example.org", "mail", null, null, true) { As = "root", Clinic = book.Id }));
            var id = Done(await book.App.Send(new Enrol(patient, "talk", null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Enrolment;
            courses.Add((id, (await book.Book(id, January)).Visits.Single().Start));
        }

        var (first, last) = (courses.Min(c => c.Start.Date), courses.Max(c => c.Start.Date));
        var hit = Done(await book.App.Send(new AddAbsence("nurse-li", first, last, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id })).Hit;
        Assert.Equal(Repair.Most + 2, hit.Count);
        Repair Asked(IEnumerable<string> enrolments) => new([.. enrolments], first, DeviationLimit.None) { As = "root", Clinic = book.Id };
        var repaired = Done(await book.App.Send(Asked(Enumerable.Reverse(hit))));

        Assert.Empty(repaired.Without);
        Assert.Equal(Repair.Most, repaired.Courses.Length);
        string[] later = [.. new[] { courses[^1], courses[..^1].MaxBy(c => c.Start) }.Select(c => c.Id)];
        Assert.Equal(later.Order(StringComparer.Ordinal), repaired.Later.Order(StringComparer.Ordinal));
        _ = Done(await book.Accept(repaired.Proposal, "the first ones"));
        var rest = Done(await book.App.Send(Asked(repaired.Later)));
        Assert.Empty(rest.Later);
        _ = Done(await book.Accept(rest.Proposal, "the rest"));

        Assert.Equal("BK027", (await book.App.Send(Asked([]))).Refusal?.Code);
        Assert.Equal("BK027", (await book.App.Send(Asked([hit[0], hit[0]]))).Refusal?.Code);
        foreach (var (id, _) in courses)
        {
            Assert.True(Done(await book.App.Send(new ShowCourse(id) { As = "root", Clinic = book.Id })).Visits.Single().Start!.Value.Date > last);
        }
    }

    [Fact]
    public async Task An_amendment_is_shown_first_and_then_decided_for_one_patient()
    {
        await using var book = await (await NewBook()).WithClinic();
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002")];
        var calendar = await book.Book(courses[0], January);
        var text = Text("protocols/feder-2025-ketamine-wet.yaml");
        var version = text.Split('\n').First(l => l.StartsWith("version:", StringComparison.Ordinal));
        var next = text.Replace(version, "version: \"99\"", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportProtocol("next.yaml", next) { As = "root", Clinic = book.Id }));

        var shown = Done(await book.App.Send(new Amend(courses[0], "99", false, "") { As = "root", Clinic = book.Id }));
        Assert.False(shown.IsDone);
        Assert.NotEmpty(shown.Changes);
        Assert.Empty(await book.Rows<string>("select kind from course_event where kind = 'Amended'"));

        Assert.Equal("BK092", (await book.App.Send(new Amend(courses[0], "99", true, "") { As = "root", Clinic = book.Id })).Refusal?.Code);
        _ = Done(await book.App.Send(new ActivateProtocol("feder-2025-ketamine-wet", "99") { As = "root", Clinic = book.Id }));
        var done = Done(await book.App.Send(new Amend(courses[0], "99", true, "dose letter of May") { As = "root", Clinic = book.Id }));
        Assert.True(done.IsDone);
        Assert.Equal("99", await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, courses[0]))!.State.Course.Whole.Version));
        Assert.NotEqual("99", await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, courses[1]))!.State.Course.Whole.Version));
        Assert.Equal(calendar.Visits.Length, (await book.Rows<long>("select count(*) from booking")).Single());
        _ = Done(await book.Propose(courses[0], deviations: DeviationLimit.Minor));
    }

    [Fact]
    public async Task Whoever_is_erased_leaves_a_number_and_a_whole_chain()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);

        _ = Done(await book.App.Send(new ErasePatient("P-001", "asked for it") { As = "root", Clinic = book.Id }));

        Assert.Equal([null, null, null, null], (await book.Rows<(string?, string?, string?, string?)>("select name, contact, zone, audit_key from patient")).SelectMany(p => new[] { p.Item1, p.Item2, p.Item3, p.Item4 }));
        var chain = await book.Store.Read(b => b.Chain(book.Id));
        Assert.Equal("erase patient", chain[^1].Entry.Act);
        Assert.Null(AuditChain.FirstBroken(chain));
    }

    [Fact]
    public async Task A_patient_on_two_courses_is_never_at_two_places()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await book.Book(await book.Enrol("P-001"), January);

        Assert.Equal(0, (await book.Rows<long>("select count(*) from booking a join booking b on a.enrolment < b.enrolment and a.from_instant < b.to_instant and b.from_instant < a.to_instant")).Single());
    }

    [Fact]
    public async Task When_the_zone_data_changes_wall_times_stay_and_moments_follow()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        var before = await book.Rows<(string Starts, long At)>("select starts, from_instant from booking order by starts, key");
        var moved = new Application(book.Store, book.Clock, new CountedSecrets(), new OtherZones("America/New_York", "America/Chicago"));

        var found = Done(await moved.Send(new CheckTimeZones { As = "root", Clinic = book.Id }));

        Assert.Equal(calendar.Visits.Length, found.Shifted.Length);
        Assert.Empty(found.Conflicts);
        Assert.Equal(before.Select(b => (b.Starts, b.At + 3600)), await book.Rows<(string, long)>("select starts, from_instant from booking order by starts, key"));
        Assert.Empty((await book.Rows<long>("select b.key from booking b join resource_use u on u.booking = b.key where u.taken_from > b.to_instant or u.taken_to <= b.from_instant")));
        Assert.Empty(Done(await moved.Send(new CheckTimeZones { As = "root", Clinic = book.Id })).Shifted);
    }

    [Fact]
    public async Task A_visit_whose_time_the_clocks_skip_now_is_told()
    {
        await using var book = await (await NewBook()).WithClinic();
        var visit = (await book.Book(await book.Enrol("P-001"), January)).Visits.First(v => v.Id.ToString() == "wet[1]");
        var skips = new SkippingZone(visit.Start);

        var found = Done(await new Application(book.Store, book.Clock, new CountedSecrets(), skips).Send(new CheckTimeZones { As = "root", Clinic = book.Id }));

        Assert.Contains(found.Conflicts, c => c.StartsWith($"E-1 wet[1] at {Storage.Times.Of(visit.Start)}: the clocks skip that time", StringComparison.Ordinal));
    }

    private static async Task<List<string>> Places(TestBook book) =>
        await book.Rows<string>("select 'E-' || enrolment || ' ' || visit || ' ' || starts from booking where enrolment is not null order by 1");

    /// <summary>Another start on the same day.</summary>
    private static LocalDateTime Free(PlacedVisit visit) => visit.Start.Hour < 12 ? visit.Date.At(new(14, 0)) : visit.Date.At(new(10, 0));
}
