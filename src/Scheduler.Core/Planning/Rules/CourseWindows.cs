using NodaTime;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The windows of a course: what they count from, how far the request lets visits deviate, and what that costs.</summary>
/// <param name="request">The request.</param>
/// <param name="visits">Its visits.</param>
internal sealed class CourseWindows(PlanningRequest request, CourseVisits visits)
{
    /// <summary>How far outside its allowed window a major deviation may lie, in days.</summary>
    private const int BeyondAllowedDays = 28;

    private readonly List<(int Anchor, int Visit, Rule.Window Rule)> windows = [];

    /// <summary>The windows in hours.</summary>
    public List<HourSpan> Hours { get; } = [];

    /// <summary>The day from which a window counts that has no visit for an anchor: that on which a condition came true, or the enrolment.</summary>
    public LocalDate DayOf(Rule.Window rule) => AnchorOf(rule.Anchor, rule.Fallback) is Anchor.CameTrueOn known ? known.Date : request.Enrolled ?? request.From;

    /// <summary>What a window counts from: its fallback, where the course goes without the visit of its anchor.</summary>
    public Anchor AnchorOf(Anchor anchor, Anchor? fallback) =>
        fallback is not null && anchor.VisitOrNone is { } visit && visits.IsLeftOut(visit) ? fallback : anchor;

    /// <summary>The days around the target that the request allows.</summary>
    public Leeway Limit(Rule.Window rule) => Limit(rule.Ideal, rule.Allowed, BeyondAllowedDays);

    /// <summary>The minutes around the target that the request allows.</summary>
    public Leeway Limit(Rule.HourWindow rule) => Limit(rule.Ideal, rule.Allowed, BeyondAllowedDays * NodaConstants.MinutesPerDay);

    /// <summary>Adds a window with its prices.</summary>
    public void Add(VisitId? anchor, VisitId visit, Rule.Window rule) =>
        windows.Add((anchor is { } counted ? visits.IndexOf(counted) : -1, visits.IndexOf(visit), rule));

    /// <summary>The windows of a visit, and those that count from it.</summary>
    public IReadOnlyList<(int Anchor, int Visit, Rule.Window Rule)> Of(int visit) => [.. windows.Where(w => w.Anchor == visit || w.Visit == visit)];

    /// <summary>The last day that windows from a known day allow each visit, by index.</summary>
    public IEnumerable<(int Visit, LocalDate Last)> LastFromKnownDay() =>
        windows.Where(w => w.Anchor < 0).Select(w => (w.Visit, (DayOf(w.Rule) + w.Rule.Target).PlusDays(Limit(w.Rule).To)));

    /// <summary>The windows with their targets by the anchor's day; equal targets are worked out once.</summary>
    public List<PricedWindow> Priced(Almanac dates, int days)
    {
        var known = new Dictionary<Period, int[]>();
        return [.. windows.Select(w => new PricedWindow(w.Anchor, w.Visit, Targets(w.Anchor, w.Rule), w.Rule.Ideal, w.Rule.Allowed, w.Rule.Weight) { Nearest = w.Rule.Nearest ?? w.Rule.Ideal })];

        int[] Targets(int anchor, Rule.Window rule)
        {
            var target = rule.Target;
            if (anchor < 0)
            {
                return [Period.DaysBetween(dates.Origin, DayOf(rule) + target)];
            }

            if (!known.TryGetValue(target, out var targets))
            {
                known.Add(target, targets = [.. Enumerable.Range(0, days).Select(day => Period.DaysBetween(dates.Origin, dates.DateOf(day) + target))]);
            }

            return targets;
        }
    }

    private Leeway Limit(Leeway ideal, Leeway allowed, int beyond) => request.Deviations switch
    {
        DeviationLimit.None => ideal,
        DeviationLimit.Minor => allowed,
        DeviationLimit.Major => new(allowed.From - beyond, allowed.To + beyond),
        var other => throw new ArgumentOutOfRangeException(nameof(allowed), other, "Not a limit."),
    };
}
