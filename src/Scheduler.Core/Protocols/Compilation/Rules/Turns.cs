using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>Groups of as many visits each, taken in turn: the first visit of every group, then the second of every group, and so on.</summary>
internal static class Turns
{
    /// <summary>The visits of each turn; null, and reported, where a group has more or fewer visits than the first.</summary>
    /// <param name="groups">Where the groups are written.</param>
    /// <param name="visits">The visits of each.</param>
    /// <param name="bag">Receives the mistake.</param>
    /// <param name="mismatch">What is said of a group: where it is, how many visits the first has, and how many it has itself.</param>
    public static ImmutableArray<ImmutableArray<VisitId>>? Of(
        ImmutableArray<Located<SelectorList>> groups, ImmutableArray<ImmutableArray<VisitId>> visits, DiagnosticBag bag, Func<SourceSpan, int, int, Diagnostic> mismatch)
    {
        for (var g = 1; g < visits.Length; g++)
        {
            if (visits[g].Length != visits[0].Length)
            {
                bag.Add(mismatch(groups[g].Span, visits[0].Length, visits[g].Length));
                return null;
            }
        }

        return [.. visits[0].Select((_, turn) => visits.Select(g => g[turn]).ToImmutableArray())];
    }
}
