using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>Visits as the search sees them with some constraints: those that limit each by itself, and the people that tie it to others.</summary>
/// <param name="request">The request.</param>
/// <param name="visits">Its visits.</param>
/// <param name="dates">What is known of the days.</param>
/// <param name="days">Days of the horizon.</param>
/// <param name="frame">The frame of the whole course.</param>
/// <param name="availability">Who and what there is.</param>
/// <param name="needs">The needs that may be tied.</param>
/// <param name="limits">By constraint, the limits of each visit; null where it says nothing of any.</param>
/// <param name="wishes">The constraint that is the patient's wishes; below 0 where there are none.</param>
internal sealed class KeptModels(
    PlanningRequest request,
    CourseVisits visits,
    Almanac dates,
    int days,
    CourseFrame frame,
    Availability availability,
    TiedNeeds needs,
    IReadOnlyList<VisitLimits?>?[] limits,
    int wishes)
{
    /// <summary>About so much is kept of what classes can do (some 50 MB).</summary>
    private const long MostKept = 2_000_000;

    private readonly ulong[][] limiting = [.. Enumerable.Range(0, visits.Ids.Length).Select(v => Limiting(v, limits))];
    private readonly Dictionary<string, ulong[]> ofType = request.Protocol.VisitTypes.ToDictionary(t => t.Id, t => DaySet.Of(needs.Of(t.Id).Append(needs.Count), needs.Count + 1), StringComparer.Ordinal);
    private readonly ByBits<Making> known = new();
    private readonly Dictionary<VisitClass, KeptOptions> options = new(ReferenceEqualityComparer.Instance);

    /// <summary>How much is kept of what classes can do.</summary>
    private long size;

    /// <summary>The constraint that is the patient's wishes.</summary>
    public int Wishes => wishes;

    /// <summary>The visits of a partial course with some constraints, as bits.</summary>
    public VisitModel[] Of(PartialCourse course, ulong[] kept)
    {
        var tied = Tied(course, wishes >= 0 && DaySet.Contains(kept, wishes));
        var models = new VisitModel[course.Visits.Length];
        var (type, making) = ("", (Making?)null);
        for (var i = 0; i < models.Length; i++)
        {
            var visit = course.Visits[i];
            if (making is null || visits.Ids[visit].Type != type)
            {
                (type, making) = (visits.Ids[visit].Type, MakingOf(DaySet.Both(tied, ofType[visits.Ids[visit].Type])));
            }

            models[i] = Of(visit, making, kept);
        }

        return models;
    }

    /// <summary>What a class can do on each day with some constraints.</summary>
    public DayOptions OptionsOf(VisitClass of, KeptTimes times, SearchProblem course, ulong[] kept)
    {
        if (!options.TryGetValue(of, out var ofClass))
        {
            options.Add(of, ofClass = new(of, times, days));
        }

        // Those that are asked for again are mostly the latest.
        var found = ofClass.With(kept, course.Availability);
        size += ofClass.Size - ofClass.Counted;
        ofClass.Counted = ofClass.Size;
        if (size > MostKept)
        {
            Forget();
        }

        return found;
    }

    /// <summary>Forgets what classes can do.</summary>
    public void Forget()
    {
        options.Clear();
        size = 0;
    }

    /// <summary>Visits of one type do not notice which needs of others are tied: what is known of them stays known.</summary>
    private Making MakingOf(ulong[] tied) => known.Find(tied) ?? known.Add(tied, new(
        new(request, visits, new(request, availability, dates, days, !DaySet.Contains(tied, needs.Count), isPriced: false, needs.Named(tied)), dates, days, isPriced: false),
        [.. visits.Ids.Select(_ => new ByBits<VisitModel>())]));

    private VisitModel Of(int visit, Making making, ulong[] kept)
    {
        var those = DaySet.Both(limiting[visit], kept);
        return making.Known[visit].Find(those)
            ?? making.Known[visit].Add(those, making.Models.Of(visit, frame, VisitLimits.Of(DaySet.All(those).Select(c => limits[c]![visit]!))));
    }

    /// <summary>The needs that a partial course ties, and as one bit more whether wishes are kept.</summary>
    private ulong[] Tied(PartialCourse course, bool areWishesKept)
    {
        var tied = new ulong[DaySet.Words(needs.Count + 1)];
        foreach (var relation in course.People)
        {
            needs.Tie(tied, course.Visits[relation.First], relation.FirstNeed);
            needs.Tie(tied, course.Visits[relation.Second], relation.SecondNeed);
        }

        if (areWishesKept)
        {
            DaySet.Add(tied, needs.Count);
        }

        return tied;
    }

    private static ulong[] Limiting(int visit, IReadOnlyList<VisitLimits?>?[] limits)
    {
        var bits = new ulong[DaySet.Words(limits.Length)];
        for (var c = 0; c < limits.Length; c++)
        {
            if (limits[c]?[visit] is not null)
            {
                DaySet.Add(bits, c);
            }
        }

        return bits;
    }

    /// <summary>Makes visits of which some needs are tied, and keeps them by what limits them.</summary>
    private sealed record Making(VisitModels Models, ByBits<VisitModel>[] Known);
}
