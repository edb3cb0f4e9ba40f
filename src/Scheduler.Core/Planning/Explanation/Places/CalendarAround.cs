using NodaTime;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>A calendar seen from one of its visits, which may go elsewhere while all others stay.</summary>
internal sealed class CalendarAround
{
    private readonly PlacedVisit?[] others;
    private readonly int[] days;
    private readonly bool[] isConditional;

    /// <summary>Looks at a calendar from one of its visits.</summary>
    public CalendarAround(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, PreparedClinic clinic, LocalDate origin)
    {
        if (!ReferenceEquals(clinic.Clinic, request.Clinic))
        {
            throw new ArgumentException($"Prepared is '{clinic.Clinic.Id}', and not the clinic of the request as it is now.", nameof(clinic));
        }

        (Request, Id) = (request, visit);
        Now = calendar.Find(visit) is { } now && request.Protocol.Visits.Contains(visit) && !request.LeftOut.Contains(visit) && !request.Fixed.Any(f => f.Id == visit)
            ? now
            : throw new ArgumentException($"{visit} is not a visit of the calendar that can be moved.", nameof(visit));
        Visits = new(request);
        Index = Visits.IndexOf(visit);
        Type = request.Protocol.TypeOf(visit);
        Duration = Type.DurationOf(visit.Ordinal);
        Dates = new(clinic.Days, request.Patient, origin);
        Availability = new(
            Dates, request.Patient, request.Protocol.VisitTypes.Where(t => t.Purpose == VisitPurpose.Treatment), new Waived(OpeningHours: false, PatientHours: false, _ => ResourceParts.None));
        HasConditional = request.Protocol.VisitTypes.Any(t => t.IsConditional);
        (others, days, isConditional) = (new PlacedVisit?[Visits.Ids.Length], new int[Visits.Ids.Length], new bool[Visits.Ids.Length]);
        foreach (var placed in calendar.Visits.Where(p => p.Id != visit && !request.LeftOut.Contains(p.Id)))
        {
            if (request.Protocol.Visits.Contains(placed.Id) && Visits.IndexOf(placed.Id) is var other && others[other] is null)
            {
                (others[other], days[other]) = (placed, DayOf(placed.Date));
            }
        }

        for (var v = 0; v < isConditional.Length; v++)
        {
            isConditional[v] = request.Protocol.TypeOf(Visits.Ids[v]).IsConditional && Visits.FixedAt[v] is null;
        }
    }

    /// <summary>The request.</summary>
    public PlanningRequest Request { get; }

    /// <summary>The visit.</summary>
    public VisitId Id { get; }

    /// <summary>Its index.</summary>
    public int Index { get; }

    /// <summary>Where it is now.</summary>
    public PlacedVisit Now { get; }

    /// <summary>Its type.</summary>
    public VisitType Type { get; }

    /// <summary>Its length in minutes.</summary>
    public int Duration { get; }

    /// <summary>The visits of the course by index.</summary>
    public CourseVisits Visits { get; }

    /// <summary>What the days bring, from the first that is asked about.</summary>
    public Almanac Dates { get; }

    /// <summary>Who and what may be used, and when.</summary>
    public Availability Availability { get; }

    /// <summary>Whether calendars have a second cost, with what is only needed if a result says so.</summary>
    public bool HasConditional { get; }

    /// <summary>How many visits there are.</summary>
    public int Count => others.Length;

    /// <summary>Where another visit lies; null where it is not placed.</summary>
    public PlacedVisit? Other(int v) => others[v];

    /// <summary>The day of another visit that is placed.</summary>
    public int OtherDay(int v) => days[v];

    /// <summary>The number of a date.</summary>
    public int DayOf(LocalDate date) => Period.DaysBetween(Dates.Origin, date);

    /// <summary>Whether a visit is only needed if a result says so.</summary>
    public bool IsConditional(int v) => isConditional[v];

    /// <summary>Whether another visit is part of what a cost is about.</summary>
    public bool Counts(int v, bool certainOnly) => others[v] is not null && !(certainOnly && isConditional[v]);

    /// <summary>The other visits of a day that may be needed as well.</summary>
    public IEnumerable<int> On(int day)
    {
        for (var v = 0; v < others.Length; v++)
        {
            if (others[v] is not null && days[v] == day && !Visits.Exclusive.Contains((Index, v)))
            {
                yield return v;
            }
        }
    }

    /// <summary>Start and end of another visit in minutes from midnight.</summary>
    public (int From, int To) Minutes(int v)
    {
        var placed = others[v]!;
        var from = MinuteOf(placed.Start.TimeOfDay);
        return (from, from + (int)Period.Between(placed.Start, placed.End, PeriodUnits.Minutes).Minutes);
    }

    /// <summary>What it counts that the visit starts at another time than the one for which it is booked; nothing where it is not.</summary>
    public PackedCost PriceOfMoving(int day, int minute) => IsBookedElsewhere(day, minute) ? PackedCost.Moved : PackedCost.Zero;

    /// <summary>What it counts that somebody fills a need of the visit who is not booked for it; nothing where nobody is.</summary>
    public PackedCost PriceOfMoving(Need need, string who, int day, int minute)
    {
        if (Visits.BookedAt[Index]?.ResourceFor(need.Id) is not { } booked || booked == who)
        {
            return PackedCost.Zero;
        }

        // Another room counts only where the visit stays, another person less where it does not.
        return (IsBookedElsewhere(day, minute), need.Kind == NeedKind.Person) switch
        {
            (false, true) => PackedCost.OfPlace(PlacePoints.AnotherPerson),
            (true, false) => PackedCost.Zero,
            _ => PackedCost.Others(1),
        };
    }

    private bool IsBookedElsewhere(int day, int minute) =>
        Visits.BookedAt[Index] is { } booked && (DayOf(booked.Date) != day || MinuteOf(booked.Start.TimeOfDay) != minute);

    /// <summary>A time in minutes from midnight.</summary>
    public static int MinuteOf(LocalTime time) => (time.Hour * 60) + time.Minute;
}
