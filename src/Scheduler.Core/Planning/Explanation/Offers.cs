using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>What could be given for a course that has no calendar, in groups, such as all dates of one person: what is given up first comes first.</summary>
internal sealed class Offers
{
    /// <summary>So many days from the first are looked at; what lies later can rarely be moved today.</summary>
    private const int MostDays = 400;

    private readonly PlanningRequest request;
    private readonly LocalDate[] dates;

    /// <summary>Looks at what stands in the way.</summary>
    public Offers(PlanningRequest request, ImmutableArray<Conflict> conflicts)
    {
        this.request = request;
        var last = Planner.Frame(request).LastDays.Values.Append(request.LastStart).Max();
        dates = [.. Enumerable.Range(0, Math.Min(MostDays, 1 + Math.Max(0, Period.DaysBetween(request.FirstDay, last)))).Select(request.FirstDay.PlusDays)];
        Bookings = [.. InTheWay(conflicts.SelectMany(c => c.Bookings)).Select(BookingsOf).Where(g => !g.IsEmpty)];
        Hours = [.. InTheWay(conflicts.SelectMany(c => c.Hours)).Select(HoursOf).Where(g => !g.IsEmpty)];
        var limits = conflicts.SelectMany(c => c.Limits).ToHashSet(StringComparer.Ordinal);
        Patient = limits.Contains(ConflictWords.PatientHours) ? [.. dates.Reverse().Select(PatientOn).Where(g => !g.IsEmpty)] : [];
        Wishes = limits.Contains(ConflictWords.PatientWishes) ? [.. request.Patient.Preferences.Where(p => p.Weight is null).Select(w => ImmutableArray.Create<Easing>(new Easing.GivenUpWish(w)))] : [];
        Windows = [.. conflicts.SelectMany(c => c.Rules).Distinct().Where(id => request.Protocol.Rules.Any(r => r.Id == id && r is Rule.Window or Rule.HourWindow))];
        Deviations = [.. new[] { DeviationLimit.Minor, DeviationLimit.Major }.Where(limit => limit > request.Deviations)
            .Select(limit => ImmutableArray.Create<Easing>(new Easing.Deviations(limit)))];
    }

    /// <summary>The windows in the way, by id.</summary>
    public ImmutableArray<string> Windows { get; }

    /// <summary>Each kind by itself.</summary>
    public IEnumerable<ImmutableArray<ImmutableArray<Easing>>> Alone => [.. Deviations.Select(d => ImmutableArray.Create(d)), Bookings, Hours, Patient, Wishes];

    /// <summary>All kinds together; what a clinic would rather keep comes first.</summary>
    public ImmutableArray<ImmutableArray<Easing>> Together => [.. Wishes, .. Patient, .. Hours, .. Bookings, .. Deviations.Take(1)];

    private ImmutableArray<ImmutableArray<Easing>> Deviations { get; }

    private ImmutableArray<ImmutableArray<Easing>> Bookings { get; }

    private ImmutableArray<ImmutableArray<Easing>> Hours { get; }

    private ImmutableArray<ImmutableArray<Easing>> Patient { get; }

    private ImmutableArray<ImmutableArray<Easing>> Wishes { get; }

    /// <summary>The resources that the course can use, where any of them is in the way; those that are come last. Not all that is in the way needs to be known.</summary>
    private IEnumerable<string> InTheWay(IEnumerable<string> named)
    {
        var known = named.ToHashSet(StringComparer.Ordinal);
        var needs = request.Protocol.VisitTypes.SelectMany(t => t.Needs).ToList();
        return known.Count == 0
            ? []
            : request.Clinic.Resources.Where(r => needs.Exists(n => Search.Availability.CanFill(r, n))).Select(r => r.Id).OrderBy(known.Contains).ThenBy(id => id, StringComparer.Ordinal);
    }

    private ImmutableArray<Easing> BookingsOf(string resource) =>
        [.. request.Clinic.Bookings.Where(b => b.Resource == resource && b.Date >= dates[0] && b.Date <= dates[^1]).OrderByDescending(b => b.Date).Select(b => new Easing.MovedBooking(b, To: null))];

    private ImmutableArray<Easing> HoursOf(string resource)
    {
        var who = request.Clinic.Find(resource)!;
        return
        [
            .. from date in dates.Reverse()
               let open = request.Clinic.OpenOn(date)
               where !Clinics.Hours.Subtract(open, request.Clinic.WorkingHours(who, date)).IsEmpty
               select new Easing.ExtraHours(resource, date, new(open[0].From, open[^1].To)),
        ];
    }

    private ImmutableArray<Easing> PatientOn(LocalDate date)
    {
        var (open, way) = (request.Clinic.OpenOn(date), request.Patient.TravelMinutes);
        return open.IsEmpty || Clinics.Hours.Subtract(open, request.Patient.FreeOn(date)).IsEmpty
            ? []
            : [new Easing.PatientComes(date, new(Math.Max(0, open[0].From - way), Math.Min(Clinics.Hours.MinutesPerDay, open[^1].To + way)))];
    }
}
