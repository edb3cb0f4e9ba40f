using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>Visits that are put by hand where a rule would not have them, on either store.</summary>
public abstract class MoveConformance
{
    private const string Rule = "wet-never-on-an-infusion-day";

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_place_against_a_rule_takes_the_right_and_a_reason_and_is_a_major_deviation()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, session, onInfusionDay) = await Booked(book);
        _ = Done(await book.App.Send(new GrantRoles("desk", null, [Role.Scheduler]) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new GrantRoles("doctor", null, [Role.Clinician]) { As = "root", Clinic = book.Id }));

        var desk = (await book.App.Send(new Move(course, "wet[1]", onInfusionDay, "asked for it") { As = "desk", Clinic = book.Id })).Refusal!;
        Assert.Equal("BK037", desk.Code);
        Assert.Contains(Rule, desk.Message, StringComparison.Ordinal);
        Assert.Equal("BK030", (await book.App.Send(new Move(course, "wet[1]", onInfusionDay, "") { As = "doctor", Clinic = book.Id })).Refusal?.Code);
        var proposal = Done(await book.App.Send(new Move(course, "wet[1]", onInfusionDay, "leaves the country") { As = "doctor", Clinic = book.Id })).Proposals.Single();
        Assert.Equal("BK002", (await book.App.Send(new Accept(proposal.Proposal, "by the doctor") { As = "doctor", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal(1, Done(await book.App.Send(new Accept(proposal.Proposal, "by the desk") { As = "desk", Clinic = book.Id })).Visits);

        Assert.Equal([Storage.Times.Of(onInfusionDay)], await book.Rows<string>("select starts from booking where visit = 'wet[1]'"));
        var noted = Assert.Single(await Deviations(book, course));
        Assert.Equal(("wet[1]", Rule, true, "leaves the country", "desk"), (noted.Visit, noted.Rule, noted.IsMajor, noted.Reason, noted.NotedBy));
        Assert.Contains("infusion", noted.Message, StringComparison.Ordinal);
        Assert.NotEqual(session.Start, onInfusionDay);
    }

    /// <summary>The second infusion is told to have begun, and the first is still to come: no calendar keeps to that, and moving a session changes nothing about it.</summary>
    [Fact]
    public async Task What_was_told_out_of_its_order_stands_in_the_way_of_no_other_move()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, _, _) = await Booked(book);
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Started(book.Wall, new("infusion", 2)), "") { As = "root", Clinic = book.Id }));
        var session = Storage.Times.Time((await book.Rows<string>("select starts from booking where visit = 'wet[5]'")).Single());
        var to = session.Date.At(session.Hour < 12 ? new(14, 0) : new(10, 0));

        var moved = Done(await book.App.Send(new Move(course, "wet[5]", to, "asked for it") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(moved.Proposal, "moved"));

        Assert.Equal([Storage.Times.Of(to)], await book.Rows<string>("select starts from booking where visit = 'wet[5]'"));
    }

    /// <summary>A session of another day is hit, and is for a repair; the one that is moved goes where nobody is away, or not at all.</summary>
    [Fact]
    public async Task Who_is_away_holds_up_a_move_only_where_it_leads_to()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, first, _) = await Booked(book);
        var session = Storage.Times.Time((await book.Rows<string>("select starts from booking where visit = 'wet[5]'")).Single());
        var to = session.Date.At(session.Hour < 12 ? new(14, 0) : new(10, 0));
        var moved = Done(await book.App.Send(new Move(course, "wet[5]", to, "asked for it") { As = "root", Clinic = book.Id })).Proposals.Single();

        _ = Done(await book.App.Send(new AddAbsence(null, first.Date, first.Date, Hours.WholeDay, "flood") { As = "root", Clinic = book.Id }));
        _ = Done(await book.Accept(moved.Proposal, "moved"));
        Assert.Equal([Storage.Times.Of(to)], await book.Rows<string>("select starts from booking where visit = 'wet[5]'"));

        var back = Done(await book.App.Send(new Move(course, "wet[5]", session, "as it was") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.App.Send(new AddAbsence(null, session.Date, session.Date, new(session.Hour * 60, (session.Hour * 60) + 60), "flood") { As = "root", Clinic = book.Id }));
        Assert.Equal("BK033", (await book.Accept(back.Proposal, "back")).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_decided_stays_while_the_rest_of_the_course_is_placed_again()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, session, onInfusionDay) = await Booked(book);
        await Put(book, course, onInfusionDay);

        // Another session is called off, and is placed by all rules.
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, new("wet", 4), Party.Patient), "") { As = "root", Clinic = book.Id }));
        var rest = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals.Single();
        _ = Done(await book.Accept(rest.Proposal, "the rest"));

        Assert.Equal([Storage.Times.Of(onInfusionDay)], await book.Rows<string>("select starts from booking where visit = 'wet[1]'"));
        var days = (await book.Rows<string>("select date from booking where visit like 'infusion%'")).ToHashSet();
        Assert.DoesNotContain(await book.Rows<string>("select date from booking where visit = 'wet[4]'"), days.Contains);
        Assert.Equal(Rule, Assert.Single(await Deviations(book, course)).Rule);
        Assert.NotEqual(session.Date, onInfusionDay.Date);
    }

    [Fact]
    public async Task Where_it_cannot_be_held_any_more_it_is_placed_by_all_rules()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, _, onInfusionDay) = await Booked(book);
        var place = await Put(book, course, onInfusionDay);
        var therapist = place.Uses.First(u => u.Need == "therapist").Resource;

        var absent = Done(await book.App.Send(new AddAbsence(therapist, onInfusionDay.Date, onInfusionDay.Date, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id }));
        Assert.Equal([course], absent.Hit);
        var repaired = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        _ = Done(await book.Accept(repaired.Proposal, "repaired"));

        var days = (await book.Rows<string>("select date from booking where visit like 'infusion%'")).ToHashSet();
        Assert.DoesNotContain(await book.Rows<string>("select date from booking where visit = 'wet[1]'"), days.Contains);
        Assert.Empty(await Deviations(book, course));
    }

    [Fact]
    public async Task Put_back_where_the_rules_have_it_it_is_excused_no_longer()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, session, onInfusionDay) = await Booked(book);
        await Put(book, course, onInfusionDay);

        var back = Done(await book.App.Send(new Move(course, "wet[1]", session.Start, "") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(back.Proposal, "back"));

        Assert.Empty(await Deviations(book, course));
        Assert.Equal([Storage.Times.Of(session.Start)], await book.Rows<string>("select starts from booking where visit = 'wet[1]'"));
        Assert.Equal("BK037", (await book.App.Send(new Move(course, "wet[1]", onInfusionDay, "again") { As = await Desk(book), Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_may_decide_that_a_closed_clinic_is_open_or_that_somebody_is_at_two_places()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, session, onInfusionDay) = await Booked(book);
        var infusion = (await book.Rows<string>("select starts from booking where visit = 'infusion[5]'")).Single();

        Assert.Equal("BK029", (await book.App.Send(new Move(course, "wet[1]", onInfusionDay.Date.At(new(3, 0)), "why not") { As = "root", Clinic = book.Id })).Refusal?.Code);
        var twice = (await book.App.Send(new Move(course, "wet[1]", Storage.Times.Time(infusion), "why not") { As = "root", Clinic = book.Id })).Refusal!;
        Assert.Equal("BK029", twice.Code);
        Assert.NotEmpty(twice.Details);
        Assert.Equal([Storage.Times.Of(session.Start)], await book.Rows<string>("select starts from booking where visit = 'wet[1]'"));
    }

    [Fact]
    public async Task Places_of_a_visit_are_shown_before_it_is_moved()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, session, onInfusionDay) = await Booked(book);

        var shown = Done(await book.App.Send(new ShowPlaces(course, "wet[1]", null) { As = "root", Clinic = book.Id })).Places;

        Assert.Contains(shown.Days.Single(d => d.Date == session.Date).Places, p => p.Visit.Start == session.Start);
        Assert.Empty(shown.Days.Single(d => d.Date == onInfusionDay.Date).Places);
        var elsewhere = shown.Days.SelectMany(d => d.Places).First(p => p.Visit.Start != session.Start && p.Deviations.IsEmpty).Visit.Start;
        Assert.Equal(elsewhere, Done(await book.App.Send(new Move(course, "wet[1]", elsewhere, "") { As = await Desk(book), Clinic = book.Id })).Proposals[0].Calendar.Find(new("wet", 1))!.Start);
        Assert.Equal("BK028", (await book.App.Send(new ShowPlaces(course, "wet[9]", null) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK008", (await book.App.Send(new ShowPlaces(course, "wet[1]", new(new(2027, 1, 1), new(2029, 1, 1))) { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    // A booked course, its first session, and a time on the day of an infusion at which only the rule stands in its way.
    private static async Task<(string Course, PlacedVisit Session, LocalDateTime OnInfusionDay)> Booked(TestBook book)
    {
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, new(2027, 1, 4));
        var infusion = calendar.Visits.First(v => v.Id.ToString() == "infusion[5]");
        foreach (var time in Enumerable.Range(0, 20).Select(q => infusion.Date.At(new LocalTime(13, 0).PlusMinutes(15 * q))))
        {
            if ((await book.App.Send(new Move(course, "wet[1]", time, "") { As = "root", Clinic = book.Id })).Refusal is { Code: "BK030" })
            {
                return (course, calendar.Visits.First(v => v.Id.ToString() == "wet[1]"), time);
            }
        }

        throw new InvalidOperationException("There is no such time.");
    }

    private static async Task<PlacedVisit> Put(TestBook book, string course, LocalDateTime start)
    {
        var proposal = Done(await book.App.Send(new Move(course, "wet[1]", start, "leaves the country") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(proposal.Proposal, $"put to {start}"));
        return proposal.Calendar.Find(new("wet", 1))!;
    }

    private static async Task<string> Desk(TestBook book) => Done(await book.App.Send(new GrantRoles("desk", null, [Role.Scheduler]) { As = "root", Clinic = book.Id })).Account;

    private static async Task<IReadOnlyList<NotedDeviation>> Deviations(TestBook book, string course) => Done(await book.App.Send(new ListDeviations(course) { As = "root", Clinic = book.Id })).All;
}
