using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What an event did to a visit, the last that did anything to it.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Because">The event.</param>
/// <param name="Rule">The event rule, the condition of the day or the condition by which it did; null where the protocol names none.</param>
public sealed record Consequence(VisitId Visit, CourseEvent Because, string? Rule)
{
    /// <summary>What an event did, by visit.</summary>
    internal static IEnumerable<Consequence> Of(CourseState before, CourseEvent next, CourseState after)
    {
        var rule = RuleOf(before, next);
        foreach (var visit in after.Protocol.Visits.Select(after.Find).Where(v => before.Visits.GetValueOrDefault(v.Id) != v))
        {
            yield return new(visit.Id, next, visit.Status == VisitStatus.Released && visit.ReleasedBy is { } condition ? condition : rule);
        }
    }

    private static string? RuleOf(CourseState before, CourseEvent next) => next switch
    {
        CourseEvent.Missed e => Remedies.RuleOf(before, e.Visit)?.Id,
        CourseEvent.NoPlaceFound e when before.Find(e.Visit).IsLateToday => LateRule(before.Protocol, e.Visit),
        CourseEvent.NoPlaceFound e when before.Find(e.Visit).Status == VisitStatus.Missed => Remedies.RuleOf(before, e.Visit)?.Id,
        CourseEvent.Arrived e => LateRule(before.Protocol, e.Visit),
        CourseEvent.Held e => e.Condition,
        _ => null,
    };

    private static string? LateRule(Protocol protocol, VisitId visit) => protocol.Events.OfType<EventRule.Late>().FirstOrDefault(e => e.Visits.Contains(visit))?.Id;
}

/// <summary>A course after what a file tells, and how it came about.</summary>
/// <param name="Before">The course before.</param>
/// <param name="State">The course after.</param>
/// <param name="Consequences">What the events did, one for each visit to which they did something, in the protocol's order.</param>
public sealed record ToldCourse(CourseState Before, CourseState State, ImmutableArray<Consequence> Consequences)
{
    /// <summary>Visits whose time somebody has chosen.</summary>
    public ImmutableArray<VisitId> ByHand => [.. Consequences.Where(c => c.Because is CourseEvent.Booked).Select(c => c.Visit)];
}
