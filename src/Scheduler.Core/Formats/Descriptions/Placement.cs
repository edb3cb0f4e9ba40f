using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>
/// Where a visit lies in a course, as far as the rules alone tell: no clinic, patient or date is known yet. Days are counted from the first
/// treatment visit, which is day 0; negative ones lie before it.
/// </summary>
/// <param name="Visit">The visit.</param>
/// <param name="Usual">The day on which it lies when everything is as planned and as early as the rules allow.</param>
/// <param name="Earliest">The first day that the rules leave; null where they set none.</param>
/// <param name="Latest">The last such day; null where they set none.</param>
public sealed record Placement(VisitId Visit, int Usual, int? Earliest, int? Latest)
{
    /// <summary>The last day where the clinic is never closed; null where there is none. It differs where a series has fewer visits in weeks with closures.</summary>
    public int? LatestWithoutClosures { get; init; } = Latest;

    /// <summary>The week of a day: 1 begins with the first treatment visit, and -1 ends on the day before it; there is no week 0.</summary>
    public static int WeekOf(int day) => day >= 0 ? (day / 7) + 1 : -(((-day - 1) / 7) + 1);

    /// <summary>Days as clinicians write them: <c>D-5 to D-3, D0</c>. Two in a row are no range.</summary>
    public static string Days(IEnumerable<int> days)
    {
        var runs = new List<(int From, int To)>();
        foreach (var day in days.Distinct().Order())
        {
            if (runs.Count > 0 && runs[^1].To == day - 1)
            {
                runs[^1] = (runs[^1].From, day);
            }
            else
            {
                runs.Add((day, day));
            }
        }

        return string.Join(", ", runs.Select(r => r.From == r.To ? $"D{r.From}" : r.To == r.From + 1 ? $"D{r.From}, D{r.To}" : $"D{r.From} to D{r.To}"));
    }
}
