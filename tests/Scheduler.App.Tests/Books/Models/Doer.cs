using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>Does operations in a book, alone or beside others: what each means is found among what all of them have been answered.</summary>
internal sealed class Doer(TestBook book)
{
    private static readonly LocalTime Opens = new(9, 0);

    private readonly Lock alone = new();
    private readonly List<(string Id, string Protocol)> courses = [];
    private readonly List<string> proposals = [];
    private readonly List<string> keys = [];
    private int newKeys;

    /// <summary>Does an operation. Nothing comes of one for which there is nothing yet that it could be about, or that only lets time pass.</summary>
    public async Task<Deed?> Do(Operation operation, string account)
    {
        var now = book.Clock.Now.InZone(ModelClinic.Zone).LocalDateTime;
        if (operation is Operation.Pass pass)
        {
            book.Clock.Now += Duration.FromMinutes(pass.Minutes);
        }

        if (Asked(operation, account, now) is not { } asked)
        {
            return null;
        }

        var deed = await asked();
        Learn(deed);
        return deed;
    }

    private Func<Task<Deed>>? Asked(Operation operation, string account, LocalDateTime now) => operation switch
    {
        Operation.Pass => null,
        Operation.Enrols o => () => Send(
            new Enrol(ModelClinic.Patients[o.Patient], o.OnGroups ? "groups" : "doses", ModelClinic.Versions[0], now.Date, new Dictionary<string, string>(), [], null) { As = account, Clinic = TestBook.Clinic }, now),
        Operation.Offers o => () => Send(new OfferFree(o.Most) { As = account, Clinic = TestBook.Clinic }, now),
        Operation.Leaves o => () => Send(
            new AddAbsence(
                o.Resource is { } r ? ModelClinic.Resources[r % ModelClinic.Resources.Length] : null, now.Date.PlusDays(o.DaysAhead), now.Date.PlusDays(o.DaysAhead),
                new Hours((9 * 60) + (o.HalfHour * 30), (9 * 60) + ((o.HalfHour + 1 + o.HalfHours) * 30)), "away") { As = account, Clinic = TestBook.Clinic },
            now),
        Operation.Reserves o => Recent(proposals, o.Back) is { } proposal ? () => Send(new Reserve(proposal, o.Minutes) { As = account, Clinic = TestBook.Clinic }, now) : null,
        Operation.Accepts o => Recent(proposals, o.Back) is { } proposal ? () => Send(new Accept(proposal, Key(o.KeyBack)) { As = account, Clinic = TestBook.Clinic }, now) : null,
        Operation.Proposes o => Course(o.Course) is { } course
            ? () => Send(new Propose(course.Id, o.DaysAhead is { } days ? now.Date.PlusDays(days) : null, o.StartWithin, DeviationLimit.None, o.Count) { As = account, Clinic = TestBook.Clinic }, now)
            : null,
        Operation.Tells o => Course(o.Course) is { } course
            ? () => Send(new Tell(course.Id, Event(o.What, now.PlusMinutes(-o.MinutesAgo), EventText.Id(ModelClinic.Visits[course.Protocol][o.Visit])), "") { As = account, Clinic = TestBook.Clinic }, now)
            : null,
        Operation.Moves o => Course(o.Course) is { } course
            ? () => Send(
                new Move(course.Id, ModelClinic.Visits[course.Protocol][o.Visit], now.Date.PlusDays(o.DaysAhead).At(Opens).PlusMinutes(15 * o.Slot), "asked for it") { As = account, Clinic = TestBook.Clinic }, now)
            : null,
        Operation.Repairs o => Course(o.Course) is { } one && Course(o.Other) is { } other
            ? () => Send(new Repair([.. new[] { one.Id, other.Id }.Distinct()], null, DeviationLimit.None) { As = account, Clinic = TestBook.Clinic }, now)
            : null,
        Operation.Waits o => Course(o.Course) is { } course ? () => Send(new Wait(course.Id, o.IsWaiting) { As = account, Clinic = TestBook.Clinic }, now) : null,
        Operation.Amends o => Course(o.Course) is { } course
            ? () => Send(new Amend(course.Id, o.Version < ModelClinic.Versions.Length ? ModelClinic.Versions[o.Version] : "9.9.9", o.IsDecided, "letter") { As = account, Clinic = TestBook.Clinic }, now)
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "A kind of operation without a case here."),
    };

    private static CourseEvent Event(Happening what, LocalDateTime at, Core.Protocols.VisitId visit) => what switch
    {
        Happening.Confirmed => new CourseEvent.Confirmed(at, visit),
        Happening.Arrived => new CourseEvent.Arrived(at, visit),
        Happening.Started => new CourseEvent.Started(at, visit),
        Happening.Completed => new CourseEvent.Completed(at, visit),
        Happening.Held => new CourseEvent.Held(at, visit, null),
        Happening.Missed => new CourseEvent.Missed(at, visit),
        Happening.Cancelled => new CourseEvent.Cancelled(at, visit, Party.Patient),
        Happening.NoPlaceFound => new CourseEvent.NoPlaceFound(at, visit),
        Happening.ToBeRepeated => new CourseEvent.ToBeRepeated(at, visit),
        Happening.Withdrawn => new CourseEvent.Withdrawn(at),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Something that happens without a case here."),
    };

    private async Task<Deed> Send<T>(Ask<T> ask, LocalDateTime now)
        where T : class
    {
        var answer = await book.App.Send(ask);
        return new(ask, answer.Value, answer.Refusal?.Code, now);
    }

    /// <summary>Remembers what others can be about from now on.</summary>
    private void Learn(Deed deed)
    {
        lock (alone)
        {
            courses.AddRange(deed.Answer is Enrolled enrolled ? [(enrolled.Enrolment, enrolled.Protocol)] : []);
            proposals.AddRange(deed.Answer switch
            {
                Proposed proposed => proposed.Proposals.Select(p => p.Proposal),
                Repaired repaired => [repaired.Proposal],
                Offers offers => offers.All.SelectMany(o => o.Proposals).Select(p => p.Proposal),
                _ => [],
            });
            keys.AddRange(deed is { Ask: Accept accept, Code: null } ? [accept.Key] : []);
        }
    }

    private (string Id, string Protocol)? Course(int which)
    {
        lock (alone)
        {
            return courses.Count == 0 ? null : courses[^(1 + (which % courses.Count))];
        }
    }

    private string? Recent(List<string> list, int back)
    {
        lock (alone)
        {
            return list.Count == 0 ? null : list[^(1 + (back % list.Count))];
        }
    }

    private string Key(int? back)
    {
        var old = back is { } b ? Recent(keys, b) : null;
        return old ?? $"key {Interlocked.Increment(ref newKeys)}";
    }
}
