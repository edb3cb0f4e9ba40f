using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>The last pass: what is wrong with rules taken together.</summary>
internal static class Checks
{
    /// <summary>The most visits that one protocol may have.</summary>
    public const int MostVisits = 400;

    /// <summary>Reports what is wrong.</summary>
    /// <param name="protocol">The protocol, every name in it bound.</param>
    /// <param name="spans">Where each visit type is written.</param>
    /// <param name="bag">Receives the mistakes.</param>
    public static void Run(Protocol protocol, IReadOnlyDictionary<string, SourceSpan> spans, DiagnosticBag bag)
    {
        if (protocol.Visits.Length > MostVisits)
        {
            bag.Add(Messages.TooManyVisits(spans.Values.First(), protocol.Visits.Length, MostVisits));
            return;
        }

        Distances.Check(protocol, bag);
        CheckPeople(protocol, bag);
        foreach (var type in protocol.VisitTypes.Where(t => protocol.VisitTypes.Length > 1 && !IsTied(protocol, t)))
        {
            bag.Add(Messages.VisitTypeUntied(spans[type.Id], type.Id));
        }
    }

    private static bool IsTied(Protocol protocol, VisitType type) => protocol.Rules.Any(r => r switch
    {
        Rule.Order order => order.Groups.Any(g => g.Any(v => v.Type == type.Id)),
        Rule.Window window => window.Visits.Any(v => v.Type == type.Id) || window.Anchor.VisitOrNone?.Type == type.Id,
        _ => false,
    });

    private static void CheckPeople(Protocol protocol, DiagnosticBag bag)
    {
        var different = protocol.Rules.OfType<Rule.DifferentPeople>().Where(r => r.IsMust).ToList();
        foreach (var same in protocol.Rules.OfType<Rule.SamePerson>().Where(r => r.IsMust))
        {
            var together = same.Visits.Select(v => new VisitNeed(v, same.Need)).ToHashSet();
            if (different.Find(d => d.These.Any(together.Contains) && d.Those.Any(together.Contains)) is { } other)
            {
                bag.Add(Messages.SamePersonAndDifferent(same.Head.Where, same.Need, other.Head.Where));
            }
        }
    }
}
