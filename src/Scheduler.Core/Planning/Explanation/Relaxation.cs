using System.Collections.Immutable;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>A way to a calendar for a course that has none: what has to be given, and what can then be booked. As little is given as was found to be enough.</summary>
/// <param name="Easings">What is given.</param>
/// <param name="Eased">The request after that.</param>
/// <param name="Proposal">A calendar for the eased request; the best one where it says that it is proved.</param>
public sealed record Relaxation(ImmutableArray<Easing> Easings, PlanningRequest Eased, Proposal Proposal);
