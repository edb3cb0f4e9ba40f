using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Protocols;

/// <content>What comes before what.</content>
public abstract partial record Rule
{
    /// <summary>
    /// Groups of visits that follow each other: every visit of a group ends before any visit of the next group starts. They may
    /// share a day unless <paramref name="AtLeast"/> says otherwise.
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Groups">Two or more groups, in their order; no visit is in two.</param>
    /// <param name="AtLeast">Each visit lies at least so many days, weeks or months after each visit of the group before; counted in dates.</param>
    /// <param name="AtMost">Each visit lies at most so long after each visit of the group before; counted in dates.</param>
    public sealed record Order(RuleHead Head, ImmutableArray<ImmutableArray<VisitId>> Groups, Period? AtLeast, Period? AtMost) : Rule(Head);
}
