using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <summary>Takes visits out of a protocol together with what rules say about them.</summary>
internal static class ProtocolParts
{
    /// <summary>The protocol without whole visit types all of whose visits are out; types that are partly out keep their rules about the rest.</summary>
    public static Protocol Without(Protocol protocol, Func<VisitId, bool> isOut)
    {
        ImmutableArray<VisitType> types = [.. protocol.VisitTypes.Where(t => !t.Visits.All(isOut))];
        ImmutableArray<Rule> rules = [.. protocol.Rules.SelectMany(r => Parts(r, v => !types.Any(t => t.Id == v.Type)))];
        return protocol with { VisitTypes = types, Rules = rules };
    }

    /// <summary>The protocol without whole visit types, for placing the others by themselves: a window says nothing where what it counts from is gone.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="isOut">Which visits are out.</param>
    /// <param name="leftOut">Visits that the course goes without: windows count from their fallbacks.</param>
    public static Protocol Alone(Protocol protocol, Func<VisitId, bool> isOut, ImmutableArray<VisitId> leftOut)
    {
        var left = Without(protocol, isOut);
        return left with
        {
            Rules = left.Rules.RemoveAll(r => r switch
            {
                Rule.Window window => HasNoAnchor(window.Anchor, window.Fallback),
                Rule.HourWindow window => HasNoAnchor(window.Anchor, window.Fallback),
                _ => false,
            }),
        };

        bool HasNoAnchor(Anchor anchor, Anchor? fallback)
        {
            var counted = fallback is not null && anchor.VisitOrNone is { } gone && leftOut.Contains(gone) ? fallback : anchor;
            return counted.VisitOrNone is { } visit && !left.VisitTypes.Any(t => t.Id == visit.Type);
        }
    }

    /// <summary>What is left of a rule. An order over a group that is out falls into what was before it and what came after.</summary>
    private static IEnumerable<Rule> Parts(Rule rule, Func<VisitId, bool> isOut)
    {
        if (rule is not Rule.Order order)
        {
            return Without(rule, isOut) is { } left ? [left] : [];
        }

        var runs = new List<List<ImmutableArray<VisitId>>> { new() };
        foreach (var group in order.Groups.Select(g => Left(g, isOut)))
        {
            if (group.IsEmpty)
            {
                runs.Add([]);
            }
            else
            {
                runs[^1].Add(group);
            }
        }

        return runs.Where(r => r.Count > 1).Select(r => order with { Groups = [.. r] });
    }

    /// <summary>The protocol for those who do not have some visit types at all: nothing in it speaks of them any more.</summary>
    public static Protocol Of(Protocol protocol, Func<VisitType, bool> isOut)
    {
        var left = Without(protocol, v => isOut(protocol.TypeOf(v)));
        bool IsGone(VisitId visit) => !left.VisitTypes.Any(t => t.Id == visit.Type);
        return left with
        {
            Rules = [.. left.Rules.Select(r => Recounted(left, r, IsGone))],
            Outcomes = [.. protocol.Outcomes.Select(o => o with { At = Left(o.At, IsGone) })],
            Phases = [.. protocol.Phases.Select(p => p with { Visits = Left(p.Visits, IsGone) })],
            Events = [.. protocol.Events.Where(e => e is EventRule.Result { Then: ResultRemedy.StopCourse } || !e.Visits.All(IsGone)).Select(e => e with { Visits = Left(e.Visits, IsGone) })],
        };
    }

    /// <summary>A window whose anchor is gone counts from its fallback, or from what else may make its condition true.</summary>
    private static Rule Recounted(Protocol protocol, Rule rule, Func<VisitId, bool> isGone) => rule switch
    {
        Rule.Window { Anchor: Anchor.CameTrue condition } window when condition.Judges.Any(isGone) => window with { Anchor = Recounted(protocol, condition, isGone) },
        Rule.Window { Fallback: { } fallback } window when window.Anchor.VisitOrNone is { } visit && isGone(visit) => window with { Anchor = fallback, Fallback = null },
        Rule.HourWindow { Fallback: { } fallback } window when window.Anchor.VisitOrNone is { } visit && isGone(visit) => window with { Anchor = fallback, Fallback = null },
        _ => rule,
    };

    private static Anchor.CameTrue Recounted(Protocol protocol, Anchor.CameTrue anchor, Func<VisitId, bool> isGone)
    {
        var judges = Left(anchor.Judges, isGone);
        var earliest = new EarliestTruth(protocol, _ => null, v => judges.IndexOf(v) is >= 0 and var turn ? turn : null, (_, _) => false, _ => false).Of(anchor.Condition);
        return earliest is { } first ? new(anchor.Condition, judges[first], judges) : anchor;
    }

    /// <summary>A rule about the visits that are left; null where nothing of it is left.</summary>
    private static Rule? Without(Rule rule, Func<VisitId, bool> isOut) => rule switch
    {
        Rule.Cadence cadence => cadence.Series.All(isOut) ? null : cadence,
        Rule.ApartDays apart => Left(apart.Groups, isOut) is { Length: > 1 } groups ? apart with { Groups = groups } : null,
        Rule.Window window => Left(window.Visits, isOut) is { Length: > 0 } visits ? window with { Visits = visits } : null,
        Rule.HourWindow hours => Left(hours.Visits, isOut) is { Length: > 0 } visits ? hours with { Visits = visits } : null,
        Rule.SameDay same => Left(same, isOut),
        Rule.AllOrNone sets => Left(sets, isOut),
        Rule.TimeOfDay times => Left(times.Visits, isOut) is { Length: > 0 } visits ? times with { Visits = visits } : null,
        Rule.Weekdays weekdays => Left(weekdays.Visits, isOut) is { Length: > 0 } visits ? weekdays with { Visits = visits } : null,
        Rule.SamePerson person => Left(person.Visits, isOut) is { Length: > 1 } visits ? person with { Visits = visits } : null,
        Rule.DifferentPeople different => Left(different, isOut),
        Rule.Rotation rotation => Left(rotation.Visits, isOut) is { Length: > 1 } visits ? rotation with { Visits = visits } : null,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a case here."),
    };

    private static Rule? Left(Rule.DifferentPeople rule, Func<VisitId, bool> isOut)
    {
        ImmutableArray<VisitNeed> these = [.. rule.These.Where(n => !isOut(n.Visit))];
        ImmutableArray<VisitNeed> those = [.. rule.Those.Where(n => !isOut(n.Visit))];
        return these.IsEmpty || those.IsEmpty ? null : rule with { These = these, Those = those };
    }

    private static Rule? Left(Rule.SameDay rule, Func<VisitId, bool> isOut)
    {
        ImmutableArray<DayPair> pairs = [.. rule.Pairs.Where(p => !isOut(p.Visit) && !isOut(p.Partner))];
        return pairs.IsEmpty ? null : rule with { Pairs = pairs };
    }

    private static Rule? Left(Rule.AllOrNone rule, Func<VisitId, bool> isOut)
    {
        ImmutableArray<ImmutableArray<VisitId>> sets = [.. rule.Sets.Select(s => Left(s, isOut)).Where(s => s.Length > 1)];
        return sets.IsEmpty ? null : rule with { Sets = sets };
    }

    private static ImmutableArray<VisitId> Left(ImmutableArray<VisitId> visits, Func<VisitId, bool> isOut) => [.. visits.Where(v => !isOut(v))];

    private static ImmutableArray<ImmutableArray<VisitId>> Left(ImmutableArray<ImmutableArray<VisitId>> groups, Func<VisitId, bool> isOut) =>
        [.. groups.Select(g => Left(g, isOut)).Where(g => !g.IsEmpty)];
}
