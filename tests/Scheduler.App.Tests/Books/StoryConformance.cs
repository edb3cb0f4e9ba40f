using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>One patient's story, from enrolment to the month in which response is lost, on either store.</summary>
public abstract class StoryConformance
{
    private const string File = "protocols/feder-2021-repeated-ketamine.yaml";

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_hold_a_no_show_a_sick_day_an_amendment_and_a_lost_response()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        book.Clock.Now = Instant.FromUtc(2027, 1, 3, 17, 0);
        var story = new Story(book, await Enrolled(book));
        _ = await book.Book(story.Course, new(2027, 1, 4));
        await story.IsLegal("booked");

        // Blood pressure is too high before the first infusion.
        var first = await story.LiveUntil("infusion[1]");
        await story.Tell(new CourseEvent.Held(first, Id("infusion[1]"), "blood-pressure"));
        await story.Repaired("after the hold");

        // Nobody comes to the fourth.
        var fourth = await story.LiveUntil("infusion[4]");
        await story.Tell(new CourseEvent.Missed(fourth, Id("infusion[4]")));
        await story.Repaired("after the no-show");

        // Whoever rates week 2 is ill that day.
        var (who, day) = await story.Needed("efficacy-week2[1]", "rater");
        var absent = Done(await book.App.Send(new AddAbsence(who, day, day, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id }));
        Assert.Equal([story.Course], absent.Hit);
        var together = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        _ = Done(await book.Accept(together.Proposal, "sick day"));
        Assert.NotEqual((who, day), await story.Needed("efficacy-week2[1]", "rater"));
        await story.IsLegal("after the sick day");

        // A responder, who is followed weekly.
        await story.LiveThrough("cgi-week2[1]");
        await story.LiveThrough("efficacy-week2[1]");
        Assert.Equal(Truth.True, (await story.State()).IsTrue("responder"));

        // The protocol is amended: follow-up ratings become longer.
        var next = Text(File).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal).Replace("value: 75 min", "value: 90 min", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportProtocol("next.yaml", next) { As = "root", Clinic = book.Id }));
        Assert.NotEmpty(Done(await book.App.Send(new Amend(story.Course, "1.1.0", false, "") { As = "root", Clinic = book.Id })).Changes);
        _ = Done(await book.App.Send(new ActivateProtocol("feder-2021-repeated-ketamine", "1.1.0") { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new Amend(story.Course, "1.1.0", true, "longer interviews") { As = "root", Clinic = book.Id }));
        await story.Repaired("after the amendment");
        Assert.Equal(90, Period.Between((await story.State()).Find(Id("efficacy-weekly[1]")).Booking!.Start, (await story.State()).Find(Id("efficacy-weekly[1]")).Booking!.End, PeriodUnits.Minutes).Minutes);

        // Response is lost in the second month: what was kept for later is given back.
        await story.LiveThrough("cgi-monthly[2]");
        var loss = await story.State();
        await story.Tell(new CourseEvent.AnswerRecorded(loss.LastAt!.Value, Id("cgi-monthly[2]"), "response-lost", Yes: true));
        var end = await story.State();
        Assert.All(end.Visits.Values.Where(v => v.Id.Type is "efficacy-monthly" or "cgi-monthly" && v.Id.Ordinal > 2), v => Assert.Equal(VisitStatus.Released, v.Status));
        Assert.Equal(0, (await book.Rows<long>("select count(*) from resource_use u join booking b on b.key = u.booking where b.visit in ('cgi-monthly[3]', 'efficacy-monthly[3]', 'cgi-monthly[5]')")).Single());
        Assert.NotNull(end.Ended);
        Assert.Equal("BK034", (await book.Propose(story.Course)).Refusal?.Code);
        Assert.Null(Audit.AuditChain.FirstBroken(await book.Store.Read(b => Storage.Tables.AuditTable.Chain(b, book.Id))));
    }

    private static async Task<string> Enrolled(TestBook book)
    {
        var protocol = Done(await book.App.Send(new ImportProtocol(File, Text(File)) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "Jo", null, null, null, null, false) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new GrantRoles("pharmacy", null, [Role.UnblindedPharmacist]) { As = "root", Clinic = book.Id }));
        return Done(await book.App.Send(new Enrol("P-001", protocol.Protocol, null, new(2027, 1, 3), new Dictionary<string, string>(), [], "ketamine") { As = "pharmacy", Clinic = book.Id })).Enrolment;
    }

    private static VisitId Id(string visit) => EventText.Id(visit);

    private sealed record Story(TestBook Book, string Course)
    {
        private readonly Library library = new();

        public Task<CourseState> State() => Book.Store.Read(async b => (await Storage.Tables.EnrolmentTable.Enrolment(b, library, Book.Id, Course))!.State);

        public async Task Tell(CourseEvent told)
        {
            if (Wall(told.At) > Book.Clock.Now)
            {
                Book.Clock.Now = Wall(told.At);
            }

            _ = Done(await Book.App.Send(new Tell(Course, told, "") { As = "root", Clinic = Book.Id }));
        }

        /// <summary>All visits before one are held as booked; when that one begins.</summary>
        public async Task<LocalDateTime> LiveUntil(string visit)
        {
            while (true)
            {
                var (state, id) = (await State(), Id(visit));
                var next = state.Visits.Values.Where(v => v.IsAwaited).OrderBy(v => v.Booking!.Start).First();
                if (next.Booking!.Start >= state.Find(id).Booking!.Start)
                {
                    return state.Find(id).Booking!.Start;
                }

                await Happens(next);
            }
        }

        /// <summary>All visits up to one are held as booked, and that one too.</summary>
        public async Task LiveThrough(string visit)
        {
            if ((await State()).Find(Id(visit)).IsHeld)
            {
                return;
            }

            _ = await LiveUntil(visit);
            await Happens((await State()).Find(Id(visit)));
        }

        public async Task Repaired(string when)
        {
            var proposal = Done(await Book.Propose(Course, deviations: DeviationLimit.Minor)).Proposals[0];
            _ = Done(await Book.Accept(proposal.Proposal, when));
            await IsLegal(when);
        }

        /// <summary>What is booked keeps every rule, the judge says, and stands so in the tables.</summary>
        public async Task IsLegal(string when)
        {
            var booked = Done(await Book.Store.Read(b => BookedCalendar.Of(b, library, Book.Id, Course, Book.Clock, DeviationLimit.Minor)));
            var verdict = Verifier.Judge(booked.Request, booked.Calendar);
            Assert.True(verdict.Holds, $"{when}: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}");
            var there = await Book.Rows<string>("select visit || ' ' || starts from booking where status in ('booked', 'confirmed') order by 1");
            Assert.Equal((await State()).Visits.Values.Where(v => v.IsAwaited).Select(v => $"{v.Id} {Storage.Times.Of(v.Booking!.Start)}").Order(StringComparer.Ordinal), there);
        }

        public async Task<(string Who, LocalDate Day)> Needed(string visit, string need)
        {
            var booking = (await State()).Find(Id(visit)).Booking!;
            return (booking.ResourceFor(need)!, booking.Date);
        }

        /// <summary>A visit is held, and what is measured there is recorded: severe before treatment, much better after it.</summary>
        private async Task Happens(VisitState visit)
        {
            var end = visit.Booking!.End;
            await Tell(new CourseEvent.Completed(Later(end, (await State()).LastAt), visit.Id));
            foreach (var measure in (await State()).Protocol.Outcomes.Where(o => o.At.Contains(visit.Id)))
            {
                var at = (await State()).LastAt!.Value;
                await Tell(measure.Range is null ? new CourseEvent.AnswerRecorded(at, visit.Id, measure.Id, Yes: false) : new CourseEvent.ScoreRecorded(at, visit.Id, measure.Id, visit.Id.Type == "efficacy-baseline" ? 50 : 25));
            }
        }

        private static LocalDateTime Later(LocalDateTime time, LocalDateTime? other) => other is { } last ? LocalDateTime.Max(time, last) : time;

        private static Instant Wall(LocalDateTime time) => time.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
    }
}

public sealed class SqliteStoryTests : StoryConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(Servers.PostgresCollection.Name)]
public sealed class PostgresStoryTests(Servers.SharedPostgres postgres) : StoryConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
