using System.Collections.Immutable;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>How closely rules are looked at.</summary>
internal enum Depth
{
    /// <summary>Their distances in days.</summary>
    Dates,

    /// <summary>Minutes too.</summary>
    Moments,

    /// <summary>And that no two visits of a day overlap.</summary>
    Overlaps,
}

/// <summary>Visits that one patient may all need, and whether some rules leave a calendar to them before any clinic is known.</summary>
/// <param name="protocol">The protocol.</param>
/// <param name="visits">The visits.</param>
internal sealed class World(Protocol protocol, ImmutableArray<VisitId> visits)
{
    private const int MinutesOfDay = 24 * 60;

    private readonly Dictionary<VisitId, int> index = Enumerable.Range(0, visits.Length).ToDictionary(i => visits[i]);

    // Rules are looked at again and again; what they say about dates is worked out once.
    private readonly Dictionary<Rule, (int From, int To, int Most)[]> known = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<Rule, MomentBound[]> orders = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, int> perDay = protocol.Rules.OfType<Rule.Cadence>().Where(c => c.PerDay is not null)
        .DistinctBy(c => c.Series[0].Type).ToDictionary(c => c.Series[0].Type, c => c.PerDay!.Times);

    /// <summary>The most worlds of a protocol that are looked at.</summary>
    private const int MostWorlds = 40;

    /// <summary>The worlds of a protocol: by arm, without conditional visits, and with each kind of them and all that go with it.</summary>
    public static IEnumerable<World> Of(Protocol protocol)
    {
        var arms = protocol.VisitTypes.Select(t => t.Arm).OfType<string>().Distinct().DefaultIfEmpty(null);
        string[] conditions = [.. protocol.VisitTypes.Select(t => t.OnlyIf).OfType<string>().Distinct()];
        return (from arm in arms
                from set in Sets(protocol, conditions).Distinct(HashSet<string>.CreateSetComparer())
                select new World(
                    protocol,
                    [.. protocol.VisitTypes.Where(t => (t.Arm is null || t.Arm == arm) && (t.OnlyIf is null || set.Contains(t.OnlyIf))).SelectMany(t => t.Visits)]))
            .Take(MostWorlds);
    }

    /// <summary>The visits that some rules put on one day.</summary>
    public SharedDays SharedDays(IEnumerable<Rule> rules) => new(visits, index, rules);

    /// <summary>Whether a calendar may keep the rules, as far as one looks.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="depth">How closely one looks.</param>
    /// <param name="overlap">The two visits that would overlap, where that is why not.</param>
    public bool CanHold(IReadOnlyList<Rule> rules, Depth depth, out (VisitId One, VisitId Other)? overlap)
    {
        overlap = null;
        var days = SharedDays(rules);
        if (DatesOf(rules, days) is not { } dates)
        {
            return false;
        }

        var system = new Differences(depth == Depth.Dates ? visits.Length : 2 * visits.Length);
        foreach (var (from, to, most) in dates)
        {
            system.AtMost(from, to, depth == Depth.Dates ? most : (long)most * MinutesOfDay);
        }

        if (depth == Depth.Dates)
        {
            return system.CanHold();
        }

        var moments = new Moments(protocol, days, orders);
        if (!AddMoments(system, moments, rules, days) || !system.CanHold())
        {
            return false;
        }

        overlap = depth == Depth.Overlaps ? Overlap(system, moments, rules, days) : null;
        return overlap is null;
    }

    /// <summary>Bounds that lead from a visit back to itself in less than no days; none where all can hold.</summary>
    public IReadOnlyList<DateBound> Circle(IReadOnlyList<Rule> rules) => DateCircle.Find(visits, [.. OfSeries().Concat(rules.SelectMany(Dates.Of)).Where(IsHere)]);

    /// <summary>Conditions that may hold together: as many as go with the first, none, as many as go with each other one.</summary>
    private static IEnumerable<HashSet<string>> Sets(Protocol protocol, string[] conditions)
    {
        var number = Enumerable.Range(0, conditions.Length).ToDictionary(i => conditions[i]);
        var exclude = new bool[conditions.Length, conditions.Length];
        foreach (var condition in protocol.Conditions.Where(c => number.ContainsKey(c.Id)))
        {
            foreach (var other in condition.Excludes.Where(number.ContainsKey))
            {
                var (a, b) = (number[condition.Id], number[other]);
                (exclude[a, b], exclude[b, a]) = (true, true);
            }
        }

        yield return conditions.Length == 0 ? [] : Compatible(0);
        yield return [];
        for (var i = 1; i < conditions.Length; i++)
        {
            yield return Compatible(i);
        }

        HashSet<string> Compatible(int first)
        {
            List<int> set = [first];
            for (var other = 0; other < conditions.Length; other++)
            {
                if (other != first && set.TrueForAll(s => !exclude[s, other]))
                {
                    set.Add(other);
                }
            }

            return [.. set.Select(s => conditions[s])];
        }
    }

    /// <summary>Bounds between days; null where a day would bear what must be apart, or come before itself.</summary>
    private List<(int From, int To, int Most)>? DatesOf(IReadOnlyList<Rule> rules, SharedDays days)
    {
        var apart = new List<Dictionary<int, int>>();
        foreach (var rule in rules.OfType<Rule.ApartDays>())
        {
            var groups = new Dictionary<int, int>();
            foreach (var (visit, group) in rule.Groups.SelectMany((g, i) => g.Where(days.Has).Select(v => (v, i))))
            {
                if (!groups.TryAdd(days.DayOf(visit), group) && groups[days.DayOf(visit)] != group)
                {
                    return null;
                }
            }

            apart.Add(groups);
        }

        var bounds = new List<(int, int, int)>();
        foreach (var (first, second, most) in OfSeries().Select(Numbered).Concat(rules.SelectMany(BoundsOf)))
        {
            var (from, to) = (days.DayOf(first), days.DayOf(second));
            if (from == to && most < 0)
            {
                return null;
            }

            // What is not later and never on the same day is earlier.
            var never = most == 0 && apart.Exists(g => g.TryGetValue(from, out var a) && g.TryGetValue(to, out var b) && a != b);
            bounds.Add((from, to, never ? -1 : most));
        }

        return bounds;
    }

    private IEnumerable<DateBound> OfSeries() => protocol.VisitTypes.SelectMany(t => Dates.OfSeries(t, PerDay(t), index.ContainsKey));

    private (int From, int To, int Most)[] BoundsOf(Rule rule)
    {
        if (!known.TryGetValue(rule, out var bounds))
        {
            known[rule] = bounds = [.. Dates.Of(rule).Where(IsHere).Select(Numbered)];
        }

        return bounds;
    }

    private bool IsHere(DateBound bound) => index.ContainsKey(bound.From) && index.ContainsKey(bound.To);

    private (int From, int To, int Most) Numbered(DateBound bound) => (index[bound.From], index[bound.To], bound.Most);

    private bool AddMoments(Differences system, Moments moments, IReadOnlyList<Rule> rules, SharedDays days)
    {
        foreach (var (visit, (from, to)) in visits.Zip(moments.StartsOf(visits, rules)))
        {
            if (from > to)
            {
                return false;
            }

            system.AtLeast(days.DayOf(visit), Start(days, visit), from);
            system.AtMost(days.DayOf(visit), Start(days, visit), to);
        }

        foreach (var type in protocol.VisitTypes.Where(t => days.Has(t.Visits[0]) && PerDay(t) > 1))
        {
            foreach (var visit in type.Visits.Skip(1))
            {
                Add(system, days, moments.Ends(new(type.Id, visit.Ordinal - 1), visit));
            }
        }

        foreach (var bound in rules.SelectMany(moments.Of).Where(b => days.Has(b.From) && days.Has(b.To)))
        {
            Add(system, days, bound);
        }

        return true;
    }

    /// <summary>Two visits of one day that overlap however they are turned; null where there are none.</summary>
    private (VisitId One, VisitId Other)? Overlap(Differences system, Moments moments, IReadOnlyList<Rule> rules, SharedDays days)
    {
        var stays = rules.OfType<Rule.SameDay>().Where(r => r.Place is DayPlace.Starts).SelectMany(r => r.Pairs).Select(p => (p.Visit, p.Partner)).ToHashSet();
        var bounds = system.Bounds.ToLookup(b => b.From, b => (b.To, b.Most));
        foreach (var bundle in days.Bundles())
        {
            var turns = new Turns([.. bundle.Select(v => moments.LengthOf(v))]);
            var local = bundle.Select((v, i) => (Node: Start(days, v), Index: i)).Append((Node: days.DayOf(bundle[0]), Index: bundle.Count)).ToDictionary(n => n.Node, n => n.Index);
            foreach (var (node, index) in local)
            {
                foreach (var (to, most) in bounds[node].Where(b => local.ContainsKey(b.To)))
                {
                    turns.AtMost(index, local[to], most);
                }
            }

            if (turns.Overlap((a, b) => stays.Contains((bundle[a], bundle[b])) || stays.Contains((bundle[b], bundle[a]))) is var (one, other))
            {
                return (bundle[one], bundle[other]);
            }
        }

        return null;
    }

    private void Add(Differences system, SharedDays days, MomentBound bound) => system.AtMost(Start(days, bound.From), Start(days, bound.To), bound.Most);

    private int Start(SharedDays days, VisitId visit) => visits.Length + days.IndexOf(visit);

    private int PerDay(VisitType type) => perDay.GetValueOrDefault(type.Id, 1);
}
