using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what never shares a day.</summary>
internal static class ApartDaysJudge
{
    public static IEnumerable<Breach> Breaches(Rule.ApartDays rule, Evidence evidence)
    {
        var groups = rule.Groups.Select(g => evidence.Placed(g)).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            for (var j = i + 1; j < groups.Count; j++)
            {
                foreach (var (a, b) in OnOneDay(groups[i], groups[j]))
                {
                    if (evidence.AreCompared(a, b))
                    {
                        yield return new([a.Id, b.Id], [], $"{a.Id} and {b.Id} are both on {Wording.Of(a.Date)}, but must not share a day.");
                    }
                }
            }
        }
    }

    private static IEnumerable<(JudgedVisit A, JudgedVisit B)> OnOneDay(List<JudgedVisit> group, List<JudgedVisit> other)
    {
        var dates = new HashSet<LocalDate>(other.Count);
        foreach (var visit in other)
        {
            dates.Add(visit.Date);
        }

        foreach (var visit in group)
        {
            if (dates.Contains(visit.Date))
            {
                foreach (var met in other.FindAll(o => o.Date == visit.Date))
                {
                    yield return (visit, met);
                }
            }
        }
    }
}
