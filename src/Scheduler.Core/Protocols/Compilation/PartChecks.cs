using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Whether what some patients do not have is missed by what the others need: visits that hang on those of one arm or stream.</summary>
internal static class PartChecks
{
    /// <summary>Reports what is wrong.</summary>
    public static void Run(Protocol protocol, DiagnosticBag bag)
    {
        foreach (var rule in protocol.Rules)
        {
            var hangs = rule switch
            {
                // Of several visits that judge a condition, those count that a patient has; that there are some is checked with the branches.
                Rule.Window { Anchor: Anchor.CameTrue } => default,
                Rule.Window { Fallback: null } window => Hangs(protocol, window.Visits, window.Anchor.VisitOrNone),
                Rule.HourWindow { Fallback: null } window => Hangs(protocol, window.Visits, window.Anchor.VisitOrNone),
                Rule.SameDay same => same.Pairs.FirstOrDefault(p => !Has(protocol, p.Visit, p.Partner)),
                _ => default,
            };
            if (hangs != default)
            {
                var (arm, stream) = (protocol.TypeOf(hangs.Partner).Arm, protocol.TypeOf(hangs.Partner).Stream);
                bag.Add(Messages.HangsOnPart(rule.Head.Where, rule.Id, hangs.Visit.ToString(), hangs.Partner.ToString(), arm is null ? $"the stream '{stream}'" : $"the arm '{arm}'"));
            }
        }
    }

    private static DayPair Hangs(Protocol protocol, IEnumerable<VisitId> visits, VisitId? anchor) =>
        anchor is { } counted ? visits.Where(v => !Has(protocol, v, counted)).Select(v => new DayPair(v, counted)).FirstOrDefault() : default;

    /// <summary>Whether those who have a visit have another one too.</summary>
    private static bool Has(Protocol protocol, VisitId visit, VisitId other)
    {
        var (mine, theirs) = (protocol.TypeOf(visit), protocol.TypeOf(other));
        return (theirs.Arm is null || theirs.Arm == mine.Arm) && (theirs.Stream is null || theirs.Stream == mine.Stream);
    }
}
