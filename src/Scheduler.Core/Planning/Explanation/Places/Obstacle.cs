using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>What keeps a visit from a place while all other visits stay where they are. A closed set.</summary>
public abstract record Obstacle
{
    private Obstacle()
    {
    }

    /// <summary>A rule of the protocol, whoever comes.</summary>
    /// <param name="Rule">The id of the rule.</param>
    /// <param name="Others">The visits beside which it is broken; none where it is about the visit alone.</param>
    /// <param name="PermittedBy">The deviations with which its window would allow the place; null where none do, or where the rule is no window.</param>
    public sealed record OfRule(string Rule, ImmutableArray<VisitId> Others, DeviationLimit? PermittedBy) : Obstacle;

    /// <summary>A law that holds for every calendar, such as <c>opening-hours</c>, whoever comes.</summary>
    /// <param name="Law">The name of the law.</param>
    /// <param name="Others">The visits beside which it is broken; none where it is about the visit alone.</param>
    public sealed record OfLaw(string Law, ImmutableArray<VisitId> Others) : Obstacle;

    /// <summary>Nobody and nothing can fill a need.</summary>
    /// <param name="Need">The id of the need.</param>
    /// <param name="Candidates">All who have the role, with what keeps each; empty where the clinic has nobody.</param>
    public sealed record OfNeed(string Need, ImmutableArray<Candidate> Candidates) : Obstacle;

    /// <summary>Each need could be filled, but not all of them at once.</summary>
    /// <param name="Rules">The rules about two people of the visit; without one, too few are there for needs that ask for the same role.</param>
    public sealed record OfNeedsTogether(ImmutableArray<string> Rules) : Obstacle;
}

/// <summary>One who has the role of a need, and what keeps them.</summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="Hindrance">What keeps it; at least one.</param>
/// <param name="Rules">The rules about people that it would break beside other visits.</param>
public sealed record Candidate(string Resource, Hindrance Hindrance, ImmutableArray<string> Rules);

/// <summary>What can keep a resource from a visit.</summary>
[Flags]
public enum Hindrance
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is not there, or may not start so late.</summary>
    Hours = 1,

    /// <summary>It is booked, or a booking starts too close.</summary>
    Bookings = 2,

    /// <summary>Another visit of the course takes it, or starts too close.</summary>
    OtherVisits = 4,

    /// <summary>It would be in use for longer than it may be in a day.</summary>
    ContactHours = 8,

    /// <summary>The patient insists on somebody else.</summary>
    Wish = 16,

    /// <summary>Rules about people ask for somebody else, since other visits have whom they have.</summary>
    Rules = 32,

    /// <summary>It cannot bear such a visit at all, whenever that is: what else would keep it is not asked.</summary>
    Unable = 64,
}
