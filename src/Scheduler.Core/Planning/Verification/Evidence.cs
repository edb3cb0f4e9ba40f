using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What rules and laws judge by: the request, the calendar, and what was booked on its days.</summary>
internal sealed class Evidence
{
    private readonly ILookup<(string Resource, LocalDate Date), Booking> bookings;
    private readonly Dictionary<VisitId, PlacedVisit> placed = [];

    /// <summary>Takes a calendar as evidence; of a visit that is there twice, the first counts.</summary>
    public Evidence(PlanningRequest request, TreatmentCalendar calendar)
    {
        (Request, Calendar) = (request, calendar);
        foreach (var visit in calendar.Visits)
        {
            placed.TryAdd(visit.Id, visit);
        }

        // Only what is booked on the calendar's days matters; a book may hold years.
        var dates = calendar.Visits.Select(v => v.Date).ToHashSet();
        bookings = request.Clinic.Bookings.Where(b => dates.Contains(b.Date)).ToLookup(b => (b.Resource, b.Date));
        Known = [.. calendar.Visits.Where(v => request.Protocol.Visits.Contains(v.Id))];
        FixedVisits = request.Fixed.Select(f => f.Id).ToHashSet();
    }

    /// <summary>The request.</summary>
    public PlanningRequest Request { get; }

    /// <summary>The calendar.</summary>
    public TreatmentCalendar Calendar { get; }

    /// <summary>The protocol.</summary>
    public Protocol Protocol => Request.Protocol;

    /// <summary>The clinic.</summary>
    public Clinic Clinic => Request.Clinic;

    /// <summary>The visits that the protocol knows.</summary>
    public ImmutableArray<PlacedVisit> Known { get; }

    /// <summary>The visits that were given and are not judged on their own.</summary>
    public HashSet<VisitId> FixedVisits { get; }

    /// <summary>The visits that are judged on their own.</summary>
    public IEnumerable<PlacedVisit> Free => Known.Where(v => !FixedVisits.Contains(v.Id));

    /// <summary>A visit of the calendar, or null.</summary>
    public PlacedVisit? Find(VisitId id) => placed.GetValueOrDefault(id);

    /// <summary>The visits of these that are in the calendar.</summary>
    public IEnumerable<PlacedVisit> Find(IEnumerable<VisitId> ids) => ids.Select(Find).OfType<PlacedVisit>();

    /// <summary>What is booked of a resource on a date.</summary>
    public IEnumerable<Booking> Booked(string resource, LocalDate date) => bookings[(resource, date)];

    /// <summary>Whether rules between two visits are judged: not between fixed ones, nor where one excludes the other.</summary>
    public bool AreJudged(VisitId a, VisitId b) => !(FixedVisits.Contains(a) && FixedVisits.Contains(b)) && !Protocol.ExcludeEachOther(a, b);

    /// <summary>Whether two visits of the calendar are compared as to time and resources.</summary>
    public bool Meet(PlacedVisit a, PlacedVisit b) => a.Date == b.Date && AreJudged(a.Id, b.Id);

    /// <summary>The need that a use fills, or null.</summary>
    public Need? NeedOf(PlacedVisit visit, ResourceUse use) => Protocol.TypeOf(visit.Id).Needs.FirstOrDefault(n => n.Id == use.Need);

    /// <summary>How long a resource stays taken after a use, in minutes.</summary>
    public int CleanUp(PlacedVisit visit, ResourceUse use) =>
        use.Use == Use.Supervision ? 0 : Math.Max(NeedOf(visit, use)?.CleanUpMinutes ?? 0, Clinic.Find(use.Resource)?.CleanUpMinutes ?? 0);
}

/// <summary>Says times and visits in a judge's sentences.</summary>
internal static class Say
{
    /// <summary>A day with its weekday: <c>Mon 2027-01-04</c>.</summary>
    public static string Day(LocalDate date) => $"{date.DayOfWeek.ToString()[..3]} {date:uuuu'-'MM'-'dd}";

    /// <summary>A visit with its time: <c>wet[1] (Tue 2027-01-19, 09:00 to 10:00)</c>.</summary>
    public static string Visit(PlacedVisit visit) => $"{visit.Id} ({Day(visit.Date)}, {visit.Start:HH':'mm} to {visit.End:HH':'mm})";

    /// <summary>A resource by its name and id.</summary>
    public static string Resource(Clinic clinic, string id) => clinic.Find(id) is { } known && known.Title != id ? $"{known.Title} ({id})" : id;

    /// <summary>Minutes of a wall time from the midnight at which a date begins.</summary>
    public static int Minute(LocalDateTime time, LocalDate date) => (int)Period.Between(date.AtMidnight(), time, PeriodUnits.Minutes).Minutes;
}
