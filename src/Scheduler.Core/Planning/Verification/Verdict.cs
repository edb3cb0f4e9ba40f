using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What a calendar's judge found.</summary>
/// <param name="Findings">One a rule of the protocol, in its order, then one a general law (opening hours, double booking, ...).</param>
/// <param name="Deviations">Windows that are kept only as allowed, or missed where the request permits that; and what excused visits break.</param>
/// <param name="Cost">The cost of the certain visits, computed from the calendar alone.</param>
/// <param name="CostWithConditional">The cost of all visits; null where the protocol has no conditional ones.</param>
public sealed record Verdict(
    ImmutableArray<Finding> Findings, ImmutableArray<Deviation> Deviations, Cost Cost, Cost? CostWithConditional)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Findings.All(f => f.Holds);

    /// <summary>Everything that is broken.</summary>
    public IEnumerable<Breach> Breaches => Findings.SelectMany(f => f.Breaches);
}

/// <summary>What was found of one rule or law.</summary>
/// <param name="Rule">The rule's id, or the name of the law, such as <c>opening-hours</c>.</param>
/// <param name="IsLaw">Whether it is a general law rather than a rule of the protocol.</param>
/// <param name="Breaches">What breaks it; none where it holds.</param>
public sealed record Finding(string Rule, bool IsLaw, ImmutableArray<Breach> Breaches)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Breaches.IsEmpty;
}

/// <summary>One way in which a calendar breaks a rule.</summary>
/// <param name="Visits">The visits concerned.</param>
/// <param name="Resources">The ids of the resources concerned.</param>
/// <param name="Message">The breach in a sentence, in the clinic's words.</param>
public sealed record Breach(ImmutableArray<VisitId> Visits, ImmutableArray<string> Resources, string Message);

/// <summary>A visit outside its ideal window, or one that breaks a rule from which it is excused.</summary>
/// <param name="Rule">The id of the window, or of the rule.</param>
/// <param name="Visit">The visit.</param>
/// <param name="IsMajor">Whether it lies outside the allowed window too, or breaks a rule.</param>
/// <param name="Message">The deviation in a sentence.</param>
public sealed record Deviation(string Rule, VisitId Visit, bool IsMajor, string Message);
