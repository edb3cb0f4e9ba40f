using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what comes before what.</summary>
internal static class OrderJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Order rule, Evidence evidence) =>
        from step in Enumerable.Range(1, rule.Groups.Length - 1)
        from earlier in evidence.Placed(rule.Groups[step - 1])
        from later in evidence.Placed(rule.Groups[step])
        where evidence.AreCompared(earlier, later)
        from message in Messages(rule, earlier, later)
        select new Breach([earlier.Id, later.Id], [], message);

    private static IEnumerable<string> Messages(Rule.Order rule, JudgedVisit earlier, JudgedVisit later)
    {
        if (later.Placed.Start < earlier.Placed.End)
        {
            yield return $"{later.Id} starts on {Wording.Of(later.Placed.Start)}, but must not start before {earlier.Id} ends, "
                + $"on {Wording.Of(earlier.Placed.End)}.";
        }

        if (rule.AtLeast is { } least && later.Date < earlier.Date + least)
        {
            yield return $"{Wording.OnDay(later)}, but must be at least {Wording.Of(least)} after {earlier.Id} on {Wording.Of(earlier.Date)}: "
                + $"on {Wording.Of(earlier.Date + least)} at the earliest.";
        }

        if (rule.AtMost is { } most && later.Date > earlier.Date + most)
        {
            yield return $"{Wording.OnDay(later)}, but must be at most {Wording.Of(most)} after {earlier.Id} on {Wording.Of(earlier.Date)}: "
                + $"on {Wording.Of(earlier.Date + most)} at the latest.";
        }
    }
}
