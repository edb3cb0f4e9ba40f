using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning;

/// <summary>
/// What a patient notices of a calendar: the day on which treatment starts, the weekdays on which visits of each treatment lie, and the
/// people to whom rules tie the treatment. Proposals differ in at least one of them.
/// </summary>
internal sealed record Impression(int FirstDay, string Weekdays, string People)
{
    /// <summary>The impression that days and options make; of a course without treatment visits, all visits count.</summary>
    public static Impression Of(SearchProblem problem, int[] days, Option?[] options)
    {
        var any = Array.Exists(problem.Visits, v => v.IsTreatment);
        var noticed = Enumerable.Range(0, days.Length).Where(v => days[v] >= 0 && (!any || problem.Visits[v].IsTreatment)).ToList();
        var weekdays = noticed
            .GroupBy(v => problem.Visits[v].Id.Type)
            .Select(series => string.Concat(series.Select(v => (int)problem.Origin.PlusDays(days[v]).DayOfWeek).Order()));
        var people = noticed.SelectMany(v => options[v]!.Resources.Where((_, n) => problem.Visits[v].Class.Tied[n]));
        return new(noticed.Select(v => days[v]).DefaultIfEmpty(-1).Min(), string.Join(' ', weekdays), string.Join(' ', people));
    }

    /// <summary>Accepts what makes none of these impressions; null where there are none yet.</summary>
    public static Func<int[], Option?[], bool>? Unlike(SearchProblem problem, List<Impression> seen) =>
        seen.Count == 0 ? null : (days, options) => !seen.Contains(Of(problem, days, options));
}
