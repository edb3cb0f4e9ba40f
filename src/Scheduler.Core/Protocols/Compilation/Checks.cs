using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation.Contradictions;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>The last pass: what is wrong with rules taken together.</summary>
internal static class Checks
{
    /// <summary>The most visits that one protocol may have.</summary>
    public const int MostVisits = 400;

    /// <summary>Self-reports lie between 08:00 and 20:00.</summary>
    public const int LongestSelfReport = 12 * 60;

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

        if (protocol.Rules.Length > Contradiction.MostRules)
        {
            bag.Add(Messages.TooManyRules(protocol.Rules[Contradiction.MostRules].Head.Where, protocol.Rules.Length, Contradiction.MostRules));
            return;
        }

        Sizes.Check(protocol.Rules, bag);
        foreach (var type in protocol.VisitTypes.Where(t => t.Mode == Mode.SelfReport && t.Durations.Max() > LongestSelfReport))
        {
            bag.Add(Messages.SelfReportTooLong(spans[type.Id], type.Id, type.Durations.Max(), LongestSelfReport));
        }

        CheckPairs(protocol, bag);
        CheckDailyRhythms(protocol, bag);
        CheckThinnedRhythms(protocol, bag);
        if (!bag.HasErrors)
        {
            Contradiction.Check(protocol, bag);
        }

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
        Rule.HourWindow window => window.Visits.Any(v => v.Type == type.Id) || window.Anchor.VisitOrNone?.Type == type.Id,
        Rule.SameDay same => same.Pairs.Any(p => p.Visit.Type == type.Id || p.Partner.Type == type.Id),
        _ => false,
    });

    /// <summary>Reports visits that hang on others which no patient has together with them.</summary>
    private static void CheckPairs(Protocol protocol, DiagnosticBag bag)
    {
        foreach (var rule in protocol.Rules)
        {
            IEnumerable<(VisitId Visit, VisitId? On)> pairs = rule switch
            {
                Rule.SameDay same => same.Pairs.Select(p => (p.Visit, (VisitId?)p.Partner)),
                Rule.Window window => window.Visits.Select(v => (v, window.Anchor.VisitOrNone)),
                Rule.HourWindow window => window.Visits.Select(v => (v, window.Anchor.VisitOrNone)),
                _ => [],
            };
            if (pairs.FirstOrDefault(p => p.On is { } on && protocol.ExcludeEachOther(p.Visit, on)) is (var visit, { } never))
            {
                var why = $"'{protocol.TypeOf(visit).OnlyIf}' and '{protocol.TypeOf(never).OnlyIf}' exclude each other";
                bag.Add(Messages.NeverBoth(rule.Head.Where, visit.ToString(), never.ToString(), why));
            }
        }
    }

    private static void CheckDailyRhythms(Protocol protocol, DiagnosticBag bag)
    {
        foreach (var same in protocol.Rules.OfType<Rule.Cadence>().Where(c => c.PerDay is not null).GroupBy(c => c.Series[0].Type))
        {
            foreach (var other in same.Skip(1))
            {
                bag.Add(Messages.TwoDailyRhythms(other.Head.Where, same.Key, same.First().Head.Where));
            }
        }
    }

    /// <summary>Each such rhythm is worked out for every day on which the course may begin; a second one for the same visits could only take away from the first.</summary>
    private static void CheckThinnedRhythms(Protocol protocol, DiagnosticBag bag)
    {
        foreach (var same in protocol.Rules.OfType<Rule.Cadence>().Where(c => c.PerWeek is { HasFewerWhereClosed: true }).GroupBy(c => c.Series[0].Type))
        {
            foreach (var other in same.Skip(1))
            {
                bag.Add(Messages.TwoThinnedRhythms(other.Head.Where, same.Key, same.First().Head.Where));
            }
        }
    }

    private static bool AreBothIn((VisitId Before, VisitId After) pair, Rule.SamePerson rule, Protocol protocol) =>
        rule.Visits.Contains(pair.Before) && rule.Visits.Contains(pair.After) && !protocol.ExcludeEachOther(pair.Before, pair.After);

    private static void CheckPeople(Protocol protocol, DiagnosticBag bag)
    {
        var different = protocol.Rules.OfType<Rule.DifferentPeople>().Where(r => r.IsMust).ToList();
        var rotations = protocol.Rules.OfType<Rule.Rotation>().Where(r => r.IsMust).ToList();
        foreach (var same in protocol.Rules.OfType<Rule.SamePerson>().Where(r => r.IsMust))
        {
            var together = same.Visits.Select(v => new VisitNeed(v, same.Need)).ToHashSet();
            if (different.Find(d => d.These.Any(together.Contains) && d.Those.Any(together.Contains)) is { } other)
            {
                bag.Add(Messages.SamePersonAndDifferent(same.Head.Where, same.Need, other.Head.Where));
            }

            foreach (var rotation in rotations.Where(r => r.Need == same.Need))
            {
                if (rotation.InARow(v => protocol.TypeOf(v).OnlyIf, _ => false).FirstOrDefault(p => AreBothIn(p, same, protocol)) is { Before.Type: not null } pair)
                {
                    bag.Add(Messages.SamePersonTwiceInARow(rotation.Head.Where, pair.Before.ToString(), pair.After.ToString(), rotation.Need, same.Head.Where));
                }
            }
        }
    }
}
