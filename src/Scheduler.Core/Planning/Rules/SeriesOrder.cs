using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How the law of series narrows the search: visits of one type come in their order, one a day, but for those that a cadence puts on one day.</summary>
internal static class SeriesOrder
{
    public static void Narrow(VisitType type, Dictionary<VisitId, (string Rule, int Day)> dayOf, ProblemBuilder course)
    {
        var neighboursOnly = !course.HasGaps(type.Visits);
        for (var i = 0; i < type.Visits.Length; i++)
        {
            for (var j = i + 1; j < type.Visits.Length && (j == i + 1 || !neighboursOnly); j++)
            {
                var (first, second) = (type.Visits[i], type.Visits[j]);
                if (dayOf.TryGetValue(first, out var day) && dayOf.TryGetValue(second, out var other) && day == other)
                {
                    course.Relate(first, second, new Lag.OfDays(0, Most: null, Back: 0));
                    course.Precede(first, second);
                }
                else
                {
                    course.Relate(first, second, new Lag.OfDays(1, Most: null, Back: -1));
                }
            }
        }
    }
}
