using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>
/// A course taken apart: what each constraint says of it is worked out once, costs apart, so that any of them, with any of its visits, are soon put together again.
/// </summary>
internal sealed class CourseParts
{
    private readonly PlanningRequest request;
    private readonly CourseVisits visits;
    private readonly Almanac dates;
    private readonly int days;
    private readonly CoursePart?[] parts;
    private readonly List<DayRelation>[] relations;
    private readonly int authorisations;
    private readonly Quota[] quotas;
    private readonly HashSet<(int, int)> stays;
    private readonly int[] inOrder;
    private readonly KeptTimes times;
    private readonly KeptModels models;

    /// <summary>Takes a course apart.</summary>
    /// <param name="request">The request.</param>
    /// <param name="constraints">All that can be left out; elsewhere each goes by its index here.</param>
    /// <param name="almanac">What is known of the days.</param>
    /// <param name="frame">The frame of the whole course: it stays, whatever is left out.</param>
    public CourseParts(PlanningRequest request, ImmutableArray<Waiver> constraints, Almanac almanac, CourseFrame frame)
    {
        (this.request, visits, Constraints) = (request, new(request), constraints);
        dates = almanac.Origin == request.FirstDay ? almanac : Almanac.Of(request);
        days = frame.DaysFrom(dates.Origin, visits);
        times = new(constraints, dates, request.Patient);
        var needs = new TiedNeeds(request.Protocol, visits, times.Availability);
        parts = [.. constraints.Select(c => c.IsOfTimes ? null : ProblemBuilder.PartOf(c, request, frame, visits).With(needs.Binds))];
        var intervals = new LagIntervals(dates, days);
        relations = [.. parts.Select(p => p is null ? [] : intervals.Relations(p.Lags))];
        authorisations = constraints.IndexOf(new Waiver.Authorisations());
        quotas = [.. AuthorisedVisits.Quotas(request, dates, days)];
        stays = visits.Stays();
        inOrder = DayLags.Spans(visits.Ids.Length, parts.OfType<CoursePart>().SelectMany(p => p.Lags)).InOrder();
        models = new(request, visits, dates, days, frame, times.Availability, needs, [.. parts.Select(p => p?.Limits)], constraints.IndexOf(new Waiver.PatientWishes()));
    }

    /// <summary>All that can be left out.</summary>
    public ImmutableArray<Waiver> Constraints { get; }

    /// <summary>How much was looked at to put the latest course together, and how much is compared in it.</summary>
    public (long Looked, long Compared) Work { get; private set; }

    /// <summary>Some visits with some constraints.</summary>
    /// <param name="kept">The constraints, as bits.</param>
    /// <param name="some">The visits, as bits.</param>
    /// <param name="startCounts">Whether the visits that may be the first of the course are all among them.</param>
    public SearchProblem Of(ulong[] kept, ulong[] some, bool startCounts)
    {
        var together = new PartialCourse(some, visits.Ids.Length);
        for (var c = DaySet.Next(kept, 0); c >= 0; c = DaySet.Next(kept, c + 1))
        {
            if (parts[c] is { } part)
            {
                together.Add(part, relations[c]);
            }
        }

        Work = (together.Looked, together.Compared);
        return new()
        {
            Origin = dates.Origin,
            Days = days,
            From = Period.DaysBetween(dates.Origin, request.From),
            LastStart = startCounts && !visits.FixedDates.Any() ? Period.DaysBetween(dates.Origin, request.LastStart) : null,
            Visits = models.Of(together, kept),
            InOrder = together.Those(inOrder),
            Relations = [.. together.Relations],
            Apart = together.Apart,
            Precedence = together.Precedence,
            Spacings = [.. together.Spacings],
            Stays = together.Pairs(stays),
            HangsOn = together.HangsOn,
            HourSpans = together.Hours,
            Quotas = authorisations >= 0 && DaySet.Contains(kept, authorisations) ? together.Those(quotas) : [],
            Exclusive = together.Pairs(visits.Exclusive),
            NeverShare = together.NeverShare(),
            Windows = [],
            People = together.People,
            Chains = [],
            Availability = times.With(kept),
        };
    }

    /// <summary>The constraints that some visits can notice, as bits: all others can be left out, or not, without a difference to them.</summary>
    public ulong[] Touching(ulong[] some)
    {
        var touching = times.Of(from v in DaySet.All(some) from need in request.Protocol.TypeOf(visits.Ids[v]).Needs select need);
        for (var c = 0; c < parts.Length; c++)
        {
            if (parts[c] is { } part && (c == models.Wishes || (c == authorisations && quotas.Length > 0) || PartialCourse.SaysAnything(part, some)))
            {
                DaySet.Add(touching, c);
            }
        }

        return touching;
    }

    /// <summary>What the classes of visits can do on each day with some constraints; what those that notice no difference worked out before is known.</summary>
    public OptionsOf Options(SearchProblem course, ulong[] kept) => (of, _, _) => models.OptionsOf(of, times, course, kept);

    /// <summary>Forgets what classes of visits can do: where a search had to end early, not all of it may be known.</summary>
    public void Forget() => models.Forget();
}
