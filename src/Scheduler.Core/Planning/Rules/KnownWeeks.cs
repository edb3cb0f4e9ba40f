using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>
/// The weeks of cadences that have fewer visits where the clinic is closed, each worked out once: for all cadences that have the same, and for all the courses that
/// leave out one rule of a request or another, since neither changes them.
/// </summary>
/// <param name="request">The request that they belong to.</param>
internal sealed class KnownWeeks(PlanningRequest request)
{
    private readonly List<OpenWeeks> known = [];

    /// <summary>The weeks of a cadence.</summary>
    public OpenWeeks Of(Rule.Cadence rule)
    {
        var weeks = known.Find(w => w.AreThoseOf(rule));
        if (weeks is null)
        {
            known.Add(weeks = new(rule, request));
        }

        return weeks;
    }

    /// <summary>Whether they are those of a request.</summary>
    public bool BelongTo(PlanningRequest other) => ReferenceEquals(request, other);
}
