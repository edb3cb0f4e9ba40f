using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>What somebody who asks for a course can ask for otherwise.</summary>
public enum WayOut
{
    /// <summary>Another earliest day.</summary>
    AnotherFrom,

    /// <summary>More days in which the course may start.</summary>
    LongerStart,

    /// <summary>Visits in their allowed windows.</summary>
    MinorDeviations,

    /// <summary>Visits outside their allowed windows.</summary>
    MajorDeviations,
}

/// <summary>Tells what could do away with a conflict. Nothing is tried: what is named may help, what is not named cannot.</summary>
public static class WaysOut
{
    /// <summary>What may help, as far as the request has not asked for it already.</summary>
    public static ImmutableArray<WayOut> Of(PlanningRequest request, Conflict conflict)
    {
        // A role that nobody has is as missing on any other day.
        if (conflict.Limits.Any(l => l.StartsWith(ConflictWords.RolePrefix, StringComparison.Ordinal)))
        {
            return [];
        }

        var windows = request.Protocol.Rules.Where(r => conflict.Rules.Contains(r.Id)).Select(Window).OfType<(bool IsWider, bool IsEnrolled)>().ToList();
        var ways = ImmutableArray.CreateBuilder<WayOut>();
        if (HangsOnDates(request, conflict) || windows.Exists(w => w.IsEnrolled))
        {
            ways.Add(WayOut.AnotherFrom);
            if (request.StartWithinDays < PlanningRequest.MostStartWithinDays)
            {
                ways.Add(WayOut.LongerStart);
            }
        }

        if (request.Deviations == DeviationLimit.None && windows.Exists(w => w.IsWider))
        {
            ways.Add(WayOut.MinorDeviations);
        }
        else if (request.Deviations != DeviationLimit.Major && windows.Count > 0)
        {
            ways.Add(WayOut.MajorDeviations);
        }

        return ways.ToImmutable();
    }

    /// <summary>Whether anything is in the way that is otherwise on other days: rules and the order of a series alone are not.</summary>
    private static bool HangsOnDates(PlanningRequest request, Conflict conflict)
    {
        var orders = request.Protocol.VisitTypes.Select(t => ConflictWords.InOrder(t.Id)).ToHashSet(StringComparer.Ordinal);
        return !(conflict.Hours.IsEmpty && conflict.Bookings.IsEmpty && conflict.Capacities.IsEmpty) || conflict.Limits.Any(l => !orders.Contains(l)) || conflict.Rules.IsEmpty;
    }

    private static (bool IsWider, bool IsEnrolled)? Window(Rule rule) => rule switch
    {
        Rule.Window window => (window.Allowed != window.Ideal, window.Anchor is Anchor.Enrolment),
        Rule.HourWindow window => (window.Allowed != window.Ideal, window.Anchor is Anchor.Enrolment),
        _ => null,
    };
}
