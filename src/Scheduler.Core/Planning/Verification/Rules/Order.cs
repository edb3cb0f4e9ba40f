using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what comes before what.</summary>
internal static class OrderJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Order rule, Evidence evidence)
    {
        for (var step = 1; step < rule.Groups.Length; step++)
        {
            var laters = evidence.Placed(rule.Groups[step]);
            foreach (var earlier in evidence.Placed(rule.Groups[step - 1]))
            {
                foreach (var later in laters)
                {
                    if (evidence.AreCompared(earlier, later) && Messages(rule, earlier, later) is { } messages)
                    {
                        foreach (var message in messages)
                        {
                            yield return new([earlier.Id, later.Id], [], message);
                        }
                    }
                }
            }
        }
    }

    private static List<string>? Messages(Rule.Order rule, JudgedVisit earlier, JudgedVisit later)
    {
        List<string>? broken = null;
        if (later.Placed.Start < earlier.Placed.End)
        {
            (broken ??= []).Add($"{later.Id} starts on {Wording.Of(later.Placed.Start)}, but must not start before {earlier.Id} ends, "
                + $"on {Wording.Of(earlier.Placed.End)}.");
        }

        if (rule.AtLeast is { } least && later.Date < earlier.Date + least)
        {
            (broken ??= []).Add($"{Wording.OnDay(later)}, but must be at least {Wording.Of(least)} after {earlier.Id} on {Wording.Of(earlier.Date)}: "
                + $"on {Wording.Of(earlier.Date + least)} at the earliest.");
        }

        if (rule.AtMost is { } most && later.Date > earlier.Date + most)
        {
            (broken ??= []).Add($"{Wording.OnDay(later)}, but must be at most {Wording.Of(most)} after {earlier.Id} on {Wording.Of(earlier.Date)}: "
                + $"on {Wording.Of(earlier.Date + most)} at the latest.");
        }

        return broken;
    }
}
