using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what is placed all together or not at all.</summary>
internal static class AllOrNoneJudge
{
    public static IEnumerable<Breach> Breaches(Rule.AllOrNone rule, Evidence evidence)
    {
        foreach (var set in rule.Sets)
        {
            var counted = set.Where(v => !evidence.IsLeftOut(v)).ToList();
            if (counted.Exists(v => evidence.IsFixed(v) || !evidence.Protocol.TypeOf(v).IsConditional))
            {
                continue;
            }

            var (placed, missing) = (counted.Where(v => evidence.Find(v) is not null).ToList(), counted.Where(v => evidence.Find(v) is null).ToList());
            if (placed.Count > 0 && missing.Count > 0)
            {
                yield return new([.. counted], [], $"{Spoken.Join(Names(placed))} {(placed.Count == 1 ? "is" : "are")} placed without {Spoken.Join(Names(missing))}, but all of them must be placed, or none.");
            }
        }
    }

    private static IEnumerable<string> Names(IEnumerable<VisitId> visits) => visits.Select(v => v.ToString());
}
