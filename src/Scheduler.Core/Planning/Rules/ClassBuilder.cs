using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>Makes the classes of like visits: who can fill their needs, which starts the grid and the wishes leave, and what those cost.</summary>
internal sealed class ClassBuilder(
    PlanningRequest request,
    Availability availability,
    Almanac dates,
    int days,
    bool wishesWaived,
    bool isPriced,
    IReadOnlySet<(string Type, string Need)> tiedNeeds)
{
    /// <summary>More ways than that to crew a visit are not looked at; a large clinic has some hundred.</summary>
    private const int MostCrews = 4_096;

    /// <summary>The class of the visits of a type with one length and one set of limits and prices; <paramref name="offGrid"/> where starts follow from other visits.</summary>
    public VisitClass For(VisitType type, int ordinal, bool offGrid, VisitLimits limits)
    {
        var duration = type.DurationOf(ordinal);
        var wishes = WishesFor(type);
        var (starts, points) = Starts(duration, offGrid ? TickSet.Minutes : request.Clinic.GridMinutes, limits.Times, limits.TimePoints, [.. wishes.OfType<Preference.Times>()]);
        var dayWishes = wishes.OfType<Preference.Days>().Where(w => w.Weight is not null).ToList();
        var needs = type.Needs.Select(n => Need(n, duration, wishes)).ToArray();
        var isTied = type.Needs.Select(n => tiedNeeds.Contains((type.Id, n.Id))).ToArray();
        var crews = Crews(needs, isTied, out var isCut);
        return new()
        {
            Type = type,
            Duration = duration,
            Needs = needs,
            Starts = starts,
            StartPoints = points,
            DayPoints = limits.WeekdayPoints.Count + dayWishes.Count == 0 ? null : DayPoints(limits.WeekdayPoints, dayWishes),
            Crews = crews,
            IsCut = isCut,
            Tied = isTied,
            NeedsCompete = needs.SelectMany(n => n.Candidates).Distinct().Count() < needs.Sum(n => n.Candidates.Length),
        };
    }

    /// <summary>The starts on a grid that rules and wishes leave, and what they cost; null where every start is as good.</summary>
    private (TickSet Starts, int[]? Points) Starts(
        int duration,
        int grid,
        List<(string Key, Func<int, int, bool> Allows)> rules,
        List<(string Key, Func<int, int, int> Points)> prices,
        List<Preference.Times> wishes)
    {
        var (starts, points) = (TickSet.Empty, prices.Count + wishes.Count == 0 ? null : new int[TickSet.Count]);
        for (var minute = 0; minute + duration <= Hours.MinutesPerDay; minute += grid)
        {
            if (IsAllowed(minute, minute + duration))
            {
                var tick = minute / TickSet.Minutes;
                starts |= TickSet.Range(tick, tick + 1);
                if (points is not null)
                {
                    points[tick] = PointsOf(minute, minute + duration, prices, wishes);
                }
            }
        }

        return (starts, points is not null && Array.Exists(points, p => p > 0) ? points : null);

        bool IsAllowed(int start, int end)
        {
            // Of each of some hundred starts it is asked: loops, for what LINQ would make each time.
            foreach (var wish in wishes)
            {
                if (!MayBreak(wish) && !Keeps(wish, start, end))
                {
                    return false;
                }
            }

            for (var i = 0; i < rules.Count; i++)
            {
                if (!rules[i].Allows(start, end))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// The class of one fixed visit: its resources are one crew. What it uses for other needs than its type has is used as well: an earlier version of the protocol may
    /// have asked for it.
    /// </summary>
    public VisitClass ForFixed(VisitType type, VisitId id, PlacedVisit place)
    {
        var duration = Minutes(place.Start, place.End);
        var wishes = WishesFor(type);
        var others = place.Uses.Where(u => Index(u.Resource) >= 0 && !type.Needs.Any(n => n.Id == u.Need && place.ResourceFor(n.Id) == u.Resource)).DistinctBy(u => (u.Need, u.Resource)).ToList();
        int[] resources = [.. type.Needs.Select(n => Index(place.ResourceFor(n.Id))), .. others.Select(u => Index(u.Resource))];
        return new()
        {
            Type = type,
            Duration = duration,
            Needs =
            [
                .. type.Needs.Select((n, i) => Need(n, type.DurationOf(id.Ordinal), wishes, resources[i], Segments(place, n.Id, place.ResourceFor(n.Id)))),
                .. others.Select(u => Need(Other(type, u), duration, [], Index(u.Resource), Segments(place, u.Need, u.Resource))),
            ],
            Starts = TickSet.Empty,
            StartPoints = null,
            DayPoints = null,
            Crews = [new(resources)],
            IsCut = false,
            Tied = [.. resources.Select(_ => true)],
            NeedsCompete = false,
        };
    }

    /// <summary>Where a visit is booked that may be moved, as the search sees it.</summary>
    public BookedPlace Booked(VisitType type, PlacedVisit place) => new(
        Math.Max(-1, Period.DaysBetween(dates.Origin, place.Date)),
        Minutes(place.Date.AtMidnight(), place.Start),
        [.. type.Needs.Select(n => place.ResourceFor(n.Id) is not { } booked ? BookedPlace.Nothing : Index(booked) is >= 0 and var there ? there : BookedPlace.Gone)],
        [.. type.Needs.Select(n => n.Kind == NeedKind.Person)]);

    /// <summary>The one option of a fixed visit.</summary>
    public Option FixedOption(
        VisitClass visits,
        PlacedVisit place,
        IReadOnlyList<(string Key, Func<int, int, int> Points)> startPoints,
        IReadOnlyList<(string Key, Func<IsoDayOfWeek, int> Points)> weekdayPoints)
    {
        var wishes = WishesFor(visits.Type);
        var start = (place.Start.Hour * 60) + place.Start.Minute;
        var end = start + visits.Duration;
        var points = PointsOf(start, end, startPoints, wishes.OfType<Preference.Times>())
            + PointsOf(place.Date.DayOfWeek, weekdayPoints, [.. wishes.OfType<Preference.Days>().Where(w => w.Weight is not null)])
            + visits.Needs.Sum(n => n.Points.Sum());
        return new(start, visits.Crews[0].Resources, points, Fragments: 0);
    }

    /// <summary>The wishes that concern visits of a type; those at a price only where prices count.</summary>
    private List<Preference> WishesFor(VisitType type) =>
        [.. request.Patient.Preferences.Where(p => (isPriced || p.Weight is null) && (p.VisitTypes.IsEmpty || p.VisitTypes.Contains(type.Id)))];

    private int[] DayPoints(IReadOnlyList<(string Key, Func<IsoDayOfWeek, int> Points)> weekdayPoints, List<Preference.Days> wishes)
    {
        int[] ofWeek = [.. Enumerable.Range(0, 7).Select(d => PointsOf(dates.DateOf(d).DayOfWeek, weekdayPoints, wishes))];
        var points = new int[days];
        for (var day = 0; day < days; day++)
        {
            points[day] = ofWeek[day % 7];
        }

        return points;
    }

    private static int PointsOf(IsoDayOfWeek day, IReadOnlyList<(string Key, Func<IsoDayOfWeek, int> Points)> weekdayPoints, List<Preference.Days> wishes) =>
        weekdayPoints.Sum(p => p.Points(day)) + wishes.Where(w => !w.Weekdays.Contains(day)).Sum(w => w.Weight ?? 0);

    private static int PointsOf(int start, int end, IReadOnlyList<(string Key, Func<int, int, int> Points)> prices, IEnumerable<Preference.Times> wishes) =>
        prices.Sum(p => p.Points(start, end)) + wishes.Where(w => !Keeps(w, start, end)).Sum(w => w.Weight ?? 0);

    private static bool Keeps(Preference.Times wish, int start, int end) => wish.Hours.Contains(new Hours(start, end));

    private bool MayBreak(Preference wish) => wish.Weight is not null || wishesWaived;

    /// <summary>When a fixed visit really uses what fills a need: it may have taken longer or shorter than planned.</summary>
    private static (Use Use, int From, int To)[] Segments(PlacedVisit place, string need, string? resource) =>
        [.. place.Uses.Where(u => u.Need == need && u.Resource == resource).Select(u => (u.Use, Minutes(place.Start, u.Start), Minutes(place.Start, u.End)))];

    /// <summary>The need that a use fills which is not one of its type's, or not by the first who fills it.</summary>
    private Need Other(VisitType type, ResourceUse use) => type.Needs.FirstOrDefault(n => n.Id == use.Need)
        ?? new(use.Need, request.Clinic.Find(use.Resource)!.Kind == ResourceKind.Person ? NeedKind.Person : NeedKind.Place, use.Role, [], [], CleanUpMinutes: 0, StartsApartMinutes: 0);

    private static int Minutes(LocalDateTime from, LocalDateTime to) => (int)Period.Between(from, to, PeriodUnits.Minutes).Minutes;

    private NeedModel Need(Need need, int duration, List<Preference> wishes, int? given = null, (Use Use, int From, int To)[]? segments = null)
    {
        var candidates = given is { } only
            ? new[] { only }.Where(r => r >= 0)
            : availability.CandidatesFor(need).Where(r => wishes.TrueForAll(w => MayBreak(w) || !Breaks(w, need, availability.Resources[r])));
        var chosen = candidates.ToArray();
        return new()
        {
            Need = need,
            Duration = duration,
            Candidates = chosen,
            Points = [.. chosen.Select(r => wishes.Where(w => Breaks(w, need, availability.Resources[r])).Sum(w => w.Weight ?? 0))],
            Segments = segments ?? [.. need.Segments.Select(s => (s.Use, s.In(duration).From, s.In(duration).To))],
        };
    }

    private static bool Breaks(Preference wish, Need need, Resource resource) => wish switch
    {
        Preference.Person person => need.Kind == NeedKind.Person && person.Role == need.Role && person.Resource != resource.Id,
        Preference.OfSex sex => need.Kind == NeedKind.Person && sex.Role == need.Role && sex.Sex != resource.Sex,
        _ => false,
    };

    private static Crew[] Crews(NeedModel[] needs, bool[] tied, out bool isCut)
    {
        isCut = false;
        var crews = new List<int[]> { Enumerable.Repeat(-1, needs.Length).ToArray() };
        for (var n = 0; n < needs.Length; n++)
        {
            if (tied[n])
            {
                var at = n;
                crews = [.. crews.SelectMany(c => needs[at].Candidates.Where(r => !c.Contains(r)).Select(r => With(c, at, r))).Take(MostCrews + 1)];
                if (crews.Count > MostCrews)
                {
                    isCut = true;
                    crews.RemoveAt(MostCrews);
                }
            }
        }

        return [.. crews.Select(c => new Crew(c))];

        static int[] With(int[] crew, int need, int resource)
        {
            int[] more = [.. crew];
            more[need] = resource;
            return more;
        }
    }

    private int Index(string? resource)
    {
        for (var i = 0; i < availability.Resources.Count; i++)
        {
            if (availability.Resources[i].Id == resource)
            {
                return i;
            }
        }

        return -1;
    }
}
