using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>The laws that hold for every calendar, asked of one visit and of a visit among others.</summary>
internal sealed class Laws(PlanningRequest request)
{
    private readonly Clinic clinic = request.Clinic;
    private readonly ILookup<(string Resource, LocalDate Date), Holding> booked = request.Clinic.Bookings
        .SelectMany((b, i) => Holding.Of(
            request.Clinic.Find(b.Resource)!, b.Date, $"booking {i}", b.Use, b.Hours, b.Part is { } part ? part.CleanUpMinutes : request.Clinic.Find(b.Resource)!.CleanUpMinutes))
        .ToLookup(h => (h.Resource.Id, h.Date));

    private readonly ILookup<(string Resource, LocalDate Date), Booking> bookings =
        request.Clinic.Bookings.ToLookup(b => (b.Resource, b.Date));

    private readonly Dictionary<LocalDate, ImmutableArray<Hours>> open = [];

    // Both ways round.
    private readonly HashSet<(VisitId, VisitId)> ofOneDay =
    [
        .. from cadence in request.Protocol.Rules.OfType<Rule.Cadence>()
           where cadence.PerDay is not null
           from day in cadence.Series.Chunk(cadence.PerDay!.Times)
           from a in day
           from b in day
           select (a, b),
    ];

    private readonly HashSet<(VisitId, VisitId)> oneStay =
    [
        .. from rule in request.Protocol.Rules.OfType<Rule.SameDay>()
           where rule.Place is DayPlace.Starts
           from pair in rule.Pairs
           from way in new[] { (pair.Visit, pair.Partner), (pair.Partner, pair.Visit) }
           select way,
    ];

    /// <summary>What is booked already of a resource on a date.</summary>
    public IEnumerable<Holding> Booked(string resource, LocalDate date) => booked[(resource, date)];

    /// <summary>Whether a visit may lie at a time, whoever takes part.</summary>
    public bool AllowTime(VisitType type, int duration, LocalDate date, int start)
    {
        var end = start + duration;
        if (end > Hours.MinutesPerDay)
        {
            return false;
        }

        if (type.Mode == Mode.SelfReport)
        {
            var changes = clinic.ClockChangesOn(date).Select(c => Ticks.Touched(c.From, c.To));
            var visit = Ticks.Touched(start, end);
            return start >= 8 * 60 && end <= 20 * 60 && !changes.Any(c => c.From < visit.To && visit.From < c.To);
        }

        var travel = type.Mode == Mode.InPerson ? request.Patient.TravelMinutes : 0;
        return Ticks.LieInOne(OpenOn(date), start, end)
            && Ticks.LieInOne(request.Patient.FreeOn(date), start - travel, end + travel);
    }

    /// <summary>The minutes of which a visit's start is a multiple: the clinic's grid, or a tick where it follows from another's start.</summary>
    public int GridOf(VisitId visit)
    {
        foreach (var rule in request.Protocol.Rules)
        {
            var follows = rule switch
            {
                Rule.SameDay { Place: DayPlace.Starts starts } same => starts.Earliest == starts.Latest && same.Pairs.Any(p => p.Visit == visit),
                Rule.Cadence { PerDay: { ToleranceMinutes: 0 } daily } cadence => cadence.Series.Chunk(daily.Times).Any(day => day.Skip(1).Contains(visit)),
                _ => false,
            };
            if (follows)
            {
                return Ticks.Minutes;
            }
        }

        return clinic.GridMinutes;
    }

    /// <summary>Whether a resource can fill a need at all.</summary>
    public static bool CanFill(Resource resource, Need need) =>
        resource.Roles.Contains(need.Role)
        && need.Skills.All(resource.Skills.Contains)
        && (resource.Kind == ResourceKind.Person) == (need.Kind == NeedKind.Person);

    /// <summary>Whether a visit keeps every law that concerns it alone, or it and the bookings; its time is allowed already.</summary>
    public bool AllowAlone(Placement visit) =>
        visit.Visit.Uses.All(u => AllowUse(visit, u)) && AllowAmong(visit, []) && InsistedOn(visit) && Authorised(visit);

    /// <summary>Whether a visit keeps every law among others that all take place if it does.</summary>
    public bool AllowAmong(Placement visit, IReadOnlyList<Placement> others)
    {
        var sameDay = new List<Placement>();
        foreach (var other in others)
        {
            if (!SeriesOrder(visit, other))
            {
                return false;
            }

            if (other.Day == visit.Day)
            {
                sameDay.Add(other);
            }
        }

        if (!WithinAuthorisations(visit, others))
        {
            return false;
        }

        // On a day of its own it meets nothing but the bookings, with which it was tried when it was alone.
        return (sameDay.Count == 0 && others.Count > 0) || AllowOnDay(visit, sameDay);
    }

    private bool AllowOnDay(Placement visit, List<Placement> others)
    {
        if (others.Any(o => !PatientOnce(visit, o) || !StartsApart(visit, o)))
        {
            return false;
        }

        foreach (var resource in visit.Holdings.Select(h => h.Resource).DistinctBy(r => r.Id))
        {
            var mine = visit.Holdings.Where(h => h.Resource.Id == resource.Id).ToList();
            var held = mine
                .Concat(others.SelectMany(o => o.Holdings).Where(h => h.Resource.Id == resource.Id))
                .Concat(Booked(resource.Id, visit.Date))
                .ToList();
            if (!AreBorne(resource, mine, held) || !ContactHours(resource, mine, held))
            {
                return false;
            }
        }

        return StartsApartFromBookings(visit);
    }

    // Asked for every start of a day, and costly.
    private ImmutableArray<Hours> OpenOn(LocalDate date)
    {
        if (!open.TryGetValue(date, out var hours))
        {
            hours = clinic.OpenOn(date);
            open.Add(date, hours);
        }

        return hours;
    }

    private bool AllowUse(Placement visit, ResourceUse use)
    {
        var resource = clinic.Find(use.Resource)!;
        var (from, to) = (Placement.MinuteOf(use.Start, visit.Date), Placement.MinuteOf(use.End, visit.Date));
        return Ticks.LieInOne(clinic.WorkingHours(resource, visit.Date), from, to)
            && (resource.LatestStart is not { } latest || from <= latest);
    }

    private static bool AreBorne(Resource resource, List<Holding> mine, List<Holding> held)
    {
        foreach (var holding in mine)
        {
            for (var tick = holding.From; tick < holding.To; tick++)
            {
                if (!Holding.AreBorne(resource, held, tick))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool ContactHours(Resource resource, List<Holding> mine, List<Holding> held)
    {
        if (resource.MaxContactMinutes is not { } most || !mine.Any(h => h.IsContact))
        {
            return true;
        }

        var ticks = Enumerable.Range(0, Ticks.PerDay).Count(t => held.Any(h => h.IsContact && h.Covers(t)));
        return ticks * Ticks.Minutes <= most;
    }

    private bool SeriesOrder(Placement a, Placement b)
    {
        if (a.Type.Id != b.Type.Id)
        {
            return true;
        }

        var (earlier, later) = a.Visit.Id.Ordinal < b.Visit.Id.Ordinal ? (a, b) : (b, a);
        return ofOneDay.Contains((a.Visit.Id, b.Visit.Id)) ? earlier.Visit.End <= later.Visit.Start : earlier.Day < later.Day;
    }

    private bool Authorised(Placement visit) =>
        !visit.Type.NeedsAuthorisation || request.Patient.Authorisations.Any(a => Counts(a, visit));

    private bool WithinAuthorisations(Placement visit, IReadOnlyList<Placement> others) =>
        request.Patient.Authorisations.All(a => !Counts(a, visit) || others.Count(o => Counts(a, o)) < a.AtMost);

    private static bool Counts(Authorisation authorisation, Placement visit) =>
        authorisation.VisitTypes.Contains(visit.Type.Id) && authorisation.From <= visit.Date && visit.Date <= authorisation.To;

    private bool PatientOnce(Placement a, Placement b)
    {
        if (oneStay.Contains((a.Visit.Id, b.Visit.Id)))
        {
            return true;
        }

        var first = Ticks.Touched(a.Start, a.End);
        var second = Ticks.Touched(b.Start, b.End);
        var isTravel = new[] { a, b }.Count(v => v.Type.Mode == Mode.InPerson) == 1 && new[] { a, b }.All(v => v.Type.Mode != Mode.SelfReport);
        return (first.To <= second.From || second.To <= first.From)
            && (!isTravel || b.Start - a.End >= request.Patient.TravelMinutes || a.Start - b.End >= request.Patient.TravelMinutes);
    }

    private static bool StartsApart(Placement a, Placement b)
    {
        foreach (var mine in a.Type.Needs)
        {
            foreach (var theirs in b.Type.Needs)
            {
                var apart = Math.Max(mine.StartsApartMinutes, theirs.StartsApartMinutes);
                if (apart > 0
                    && a.Visit.ResourceFor(mine.Id) == b.Visit.ResourceFor(theirs.Id)
                    && Math.Abs(FirstStart(a, mine) - FirstStart(b, theirs)) < apart)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool StartsApartFromBookings(Placement visit) => visit.Type.Needs.All(need =>
        bookings[(visit.Visit.ResourceFor(need.Id)!, visit.Date)].All(b => b.Part is { } part
            ? part.StartsApartMinutes is not { } apart || Math.Abs(b.Hours.From - FirstStart(visit, need)) >= Math.Max(apart, need.StartsApartMinutes)
            : b.Use == Use.Supervision || Math.Abs(b.Hours.From - FirstStart(visit, need)) >= need.StartsApartMinutes));

    private static int FirstStart(Placement visit, Need need) => visit.Start + need.Segments[0].In(visit.End - visit.Start).From;

    private bool InsistedOn(Placement visit) =>
        request.Patient.Preferences.All(p => p.Weight is not null || Wishes.Missed(request, p, visit) == 0);
}
