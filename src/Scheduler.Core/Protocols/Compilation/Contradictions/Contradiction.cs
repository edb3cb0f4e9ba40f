using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>Finds rules that no calendar can keep together, before any clinic is known, and names a smallest set of them.</summary>
internal static class Contradiction
{
    /// <summary>The most rules that one protocol may have.</summary>
    public const int MostRules = 400;

    /// <summary>The most contradictions that are reported at once.</summary>
    private const int MostReported = 5;

    /// <summary>Reports the contradictions. Of each, the last rule is set aside, and the others are looked at again.</summary>
    public static void Check(Protocol protocol, DiagnosticBag bag)
    {
        var aside = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        foreach (var world in World.Of(protocol).Where(w => w.CanHold([], Depth.Overlaps, out _)))
        {
            foreach (var depth in Enum.GetValues<Depth>())
            {
                while (aside.Count < MostReported
                    && Smallest([.. protocol.Rules.Where(r => !aside.Contains(r))], rules => world.CanHold(rules, depth, out _)) is { } set)
                {
                    bag.Add(Say(protocol, world, set, depth));
                    aside.Add(set[^1]);
                }
            }

            while (aside.Count < MostReported
                && Smallest([.. protocol.Rules.Where(r => !aside.Contains(r))], rules => NoWeekday(world, rules) is null) is { } set)
            {
                var (rule, others, see) = Parties(set, set.Last(r => r is Rule.Weekdays), "");
                var (visit, partner) = NoWeekday(world, set)!.Value;
                bag.Add(Messages.NoWeekdayLeft(rule.Head.Where, rule.Id, others, visit.ToString(), partner.ToString(), see));
                aside.Add(set[^1]);
            }
        }
    }

    /// <summary>
    /// A smallest set of rules that cannot hold, none of which can be left out; null where all can. Of several sets, the one that the first rules
    /// make.
    /// </summary>
    private static ImmutableArray<Rule>? Smallest(ImmutableArray<Rule> rules, Func<IReadOnlyList<Rule>, bool> canHold)
    {
        if (canHold(rules))
        {
            return null;
        }

        var needed = new List<Rule>();
        var rest = rules.Length;
        while (canHold(needed))
        {
            // The shortest beginning that, with the needed ones, cannot hold: its last rule is needed too.
            var (can, cannot) = (0, rest);
            while (cannot - can > 1)
            {
                var middle = (can + cannot) / 2;
                (can, cannot) = canHold([.. rules[..middle], .. needed]) ? (middle, cannot) : (can, middle);
            }

            needed.Insert(0, rules[cannot - 1]);
            rest = cannot - 1;
        }

        return [.. needed];
    }

    private static Diagnostic Say(Protocol protocol, World world, ImmutableArray<Rule> set, Depth depth)
    {
        var (rule, others, see) = Parties(set, set[^1], depth == Depth.Dates ? "the order of the series" : "the lengths of the visits");
        if (depth == Depth.Overlaps)
        {
            world.CanHold(set, depth, out var overlap);
            return Messages.PlacesOverlap(rule.Head.Where, rule.Id, others, overlap!.Value.One.ToString(), overlap.Value.Other.ToString(), see);
        }

        if (depth == Depth.Dates && Bundled(world, set) is var (apart, one, other))
        {
            (rule, others, see) = Parties(set, apart, "");
            return Messages.ApartOnOneDay(rule.Head.Where, rule.Id, others, one.ToString(), other.ToString(), see);
        }

        if (depth == Depth.Dates && set is [Rule.SameDay] && Crowded(world, set) is var (first, second))
        {
            return Messages.SeriesOnOneDay(rule.Head.Where, rule.Id, first.ToString(), second.ToString(), see);
        }

        if (depth == Depth.Dates)
        {
            var circle = world.Circle(set);
            return circle.Count == 0
                ? Messages.NoDayLeft(rule.Head.Where, rule.Id, others, see)
                : Messages.RulesContradict(
                    rule.Head.Where,
                    rule.Id,
                    [.. set[..^1].Select(r => r.Id)],
                    circle.Select(b => (b.Rule?.Id, b.From.ToString(), b.To.ToString(), b.Most)),
                    set.Select(r => WholeSeries(protocol, r, alone: set.Length == 1)).FirstOrDefault(s => s is not null),
                    see);
        }

        var selfReport = set.SelectMany(TimedVisits).Select(v => protocol.TypeOf(v)).FirstOrDefault(t => t.Mode == Mode.SelfReport)?.Id;
        return set is [Rule.TimeOfDay] && selfReport is not null ? Messages.BeyondSelfReports(rule.Head.Where, rule.Id, selfReport)
            : set.All(r => r is Rule.Order) ? Messages.OrderInCircle(rule.Head.Where, rule.Id, others, see)
            : Messages.TimesContradict(rule.Head.Where, rule.Id, others, selfReport, see);
    }

    /// <summary>The visits of whose times a rule speaks, by the clock or beside a partner.</summary>
    private static IEnumerable<VisitId> TimedVisits(Rule rule) => rule switch
    {
        Rule.TimeOfDay times => times.Visits,
        Rule.SameDay same => same.Pairs.SelectMany(p => new[] { p.Visit, p.Partner }),
        _ => [],
    };

    /// <summary>The rule that the message is about, the others by name, and the place of the first of those.</summary>
    private static (Rule Rule, string Others, SourceSpan? See) Parties(ImmutableArray<Rule> set, Rule rule, string nothing)
    {
        var others = set.Remove(rule);
        return (rule, others.IsEmpty ? nothing : string.Join(", ", others.Select(r => $"'{r.Id}'")), others.IsEmpty ? null : others[0].Head.Where);
    }

    /// <summary>The series that stands as a whole in an order where perhaps one of its visits was meant.</summary>
    private static (string Series, int Count)? WholeSeries(Protocol protocol, Rule rule, bool alone) =>
        rule is Rule.Order order && (alone || order.AtMost is not null)
        && protocol.VisitTypes.FirstOrDefault(t => t.Count > 1 && order.Groups.Any(g => t.Visits.All(g.Contains))) is { } type
            ? (type.Id, type.Count)
            : null;

    /// <summary>The rule that keeps two visits apart which the other rules put on one day, where that is all there is to it.</summary>
    private static (Rule Apart, VisitId One, VisitId Other)? Bundled(World world, ImmutableArray<Rule> set)
    {
        if (set.OfType<Rule.ApartDays>().ToList() is not [var apart])
        {
            return null;
        }

        var days = world.SharedDays(set);
        foreach (var bundle in days.Bundles())
        {
            var grouped = bundle.Select(v => (Visit: v, Group: apart.Groups.ToList().FindIndex(g => g.Contains(v)))).Where(v => v.Group >= 0).ToList();
            if (grouped.Find(v => v.Group != grouped[0].Group) is { Visit.Type: not null } other)
            {
                return (apart, grouped[0].Visit, other.Visit);
            }
        }

        return null;
    }

    /// <summary>Two visits of one series that rules put on one day; null where there are none.</summary>
    private static (VisitId First, VisitId Second)? Crowded(World world, ImmutableArray<Rule> set)
    {
        var crowd = world.SharedDays(set).Bundles().SelectMany(b => b.GroupBy(v => v.Type)).FirstOrDefault(g => g.Count() > 1)?.ToList();
        return crowd is null ? null : (crowd[0], crowd[1]);
    }

    /// <summary>Two visits of one day, or one visit twice, that rules leave no day of the week; null where each has one.</summary>
    private static (VisitId Visit, VisitId Partner)? NoWeekday(World world, IReadOnlyList<Rule> rules)
    {
        var days = world.SharedDays(rules);
        var left = new Dictionary<int, (VisitId First, IEnumerable<IsoDayOfWeek> Days)>();
        foreach (var rule in rules.OfType<Rule.Weekdays>().Where(r => r.Strength.IsMust))
        {
            foreach (var visit in rule.Visits.Where(days.Has))
            {
                var (first, before) = left.GetValueOrDefault(days.DayOf(visit), (visit, rule.Days));
                ImmutableArray<IsoDayOfWeek> both = [.. before.Intersect(rule.Days)];
                if (both.IsEmpty)
                {
                    return (first, visit);
                }

                left[days.DayOf(visit)] = (first, both);
            }
        }

        return null;
    }
}
