using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>What one constraint says of a course by itself, in terms of the search; visits go by their index in the course.</summary>
/// <param name="Lags">What the date of one visit allows for another's.</param>
/// <param name="Apart">Pairs that never share a day.</param>
/// <param name="Precedence">Pairs of which the first ends before the second starts where they share a day.</param>
/// <param name="Spacings">Minutes between starts on one day.</param>
/// <param name="HangsOn">Pairs of which the first cannot be placed without the second.</param>
/// <param name="Hours">Windows in minutes.</param>
/// <param name="People">Pairs of needs that have the same person, or two.</param>
/// <param name="Limits">For each visit the dates and times that it may have; null where nothing is said of them.</param>
internal sealed record CoursePart(
    IReadOnlyList<(int First, int Second, Lag Lag)> Lags,
    IReadOnlyCollection<(int First, int Second)> Apart,
    IReadOnlyCollection<(int Before, int After)> Precedence,
    IReadOnlyCollection<Spacing> Spacings,
    IReadOnlyCollection<(int Visit, int Needed)> HangsOn,
    IReadOnlyCollection<HourSpan> Hours,
    IReadOnlyList<PersonRelation> People,
    IReadOnlyList<VisitLimits?> Limits)
{
    /// <summary>The same with only some relations of people.</summary>
    public CoursePart With(Func<PersonRelation, bool> binds) => People.Count == 0 ? this : this with { People = [.. People.Where(binds)] };
}
