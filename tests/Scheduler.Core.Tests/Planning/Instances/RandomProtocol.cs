using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Interval = Scheduler.Core.Protocols.Interval;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Random visit types with needs, and rules of every kind over them.</summary>
internal sealed partial class RandomProtocol(Chance chance, InstanceSize size, DeviationLimit deviations)
{
    private static readonly string[] Names = ["infusion", "wet", "rating", "talk"];
    private int rules;

    public Protocol Draw()
    {
        var certain = CertainTypes();
        ImmutableArray<VisitType> conditional = chance.Percent(35) ? [.. Enumerable.Range(1, chance.From(1, 2)).Select(ConditionalType)] : [];
        ImmutableArray<VisitType> types = chance.Percent(25) ? [.. conditional, .. certain] : [.. certain, .. conditional];
        ImmutableArray<Condition> conditions =
        [
            new("responder", "Symptoms are down.", chance.Percent(60) ? ["relapse"] : []),
            new("relapse", "Symptoms are back.", []),
        ];
        var ties = Ties(certain, conditional).ToList();
        var extras = Enumerable.Range(0, chance.From(0, size.IsLarge ? 6 : 4)).Select(_ => AnyRule(certain, conditional)).OfType<Rule>().ToList();
        ImmutableArray<Rule> all = chance.Percent(50) ? [.. ties, .. extras] : [.. extras, .. ties];
        all = [.. all, .. AllOrNone([.. conditional.SelectMany(t => t.Visits)])];
        return new("random", "1.0.0", "Random course", null, [], conditions, types, all);
    }

    private ImmutableArray<VisitType> CertainTypes()
    {
        var left = chance.From(size.Visits.Least, size.Visits.Most);
        var kinds = Math.Min(left, chance.From(1, size.IsLarge ? 4 : 3));
        var types = ImmutableArray.CreateBuilder<VisitType>();
        for (; kinds > 0; kinds--)
        {
            var count = kinds == 1 ? left : chance.From(1, left - kinds + 1);
            types.Add(TypeOf(Names[types.Count], count, null));
            left -= count;
        }

        return types.ToImmutable();
    }

    private VisitType ConditionalType(int number) =>
        TypeOf($"follow-up-{number}", chance.From(1, 2), number == 1 ? "responder" : chance.One("relapse", "relapse", "responder"));

    private VisitType TypeOf(string name, int count, string? onlyIf)
    {
        var mode = chance.One(
            Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.Video, Mode.Phone, Mode.SelfReport);
        var usual = Duration();
        var durations = Enumerable.Range(1, count).Select(k => k == 1 && chance.Percent(30) ? Duration() : usual).ToImmutableArray();
        var purpose = chance.Percent(65) ? VisitPurpose.Treatment : VisitPurpose.Assessment;
        var needs = mode == Mode.SelfReport ? [] : Needs(mode, durations.Min()).ToImmutableArray();
        return new(name, name, purpose, mode, durations, needs, onlyIf, Provenance.None);
    }

    private int Duration()
    {
        var length = size.Hours.To - size.Hours.From;
        var typical = size.Grid >= 30 ? chance.One(30, 50, 60, 60, 90) : chance.One(10, 15, 20, 30, 40);
        var whole = Math.Min(size.IsLarge ? typical + chance.One(0, 30, 60) : typical, length * 2 / 3);
        return whole > 10 && chance.Percent(12) ? whole - chance.From(1, 4) : whole;
    }

    private IEnumerable<Need> Needs(Mode mode, int duration)
    {
        var people = chance.Some(["nurse", "therapist", "physician"], chance.One(1, 1, 1, 2));
        foreach (var role in people)
        {
            yield return new(
                role == "physician" && chance.Percent(30) ? "doctor" : role,
                NeedKind.Person,
                role,
                chance.Percent(12) ? ["iv"] : [],
                Segments(role, duration),
                0,
                chance.Percent(20) ? chance.One(15, 30, 60, 90) : 0);
        }

        if (mode == Mode.InPerson && chance.Percent(60))
        {
            var cleanUp = chance.Percent(30) ? chance.One(5, 10, 15, 30) : 0;
            yield return new("place", NeedKind.Place, chance.One("chair", "room"), [], [Whole(Use.Exclusive)], cleanUp, 0);
        }
    }

    private ImmutableArray<Segment> Segments(string role, int duration)
    {
        var hands = Math.Min(10, duration / 2);
        return (role, chance.From(0, 3)) switch
        {
            ("nurse", 0 or 1) => [Whole(Use.Share)],
            ("nurse", 2) => [new(Use.Share, Moment.Start, new(Math.Max(5, duration / 2), BeforeEnd: false))],
            ("physician", 0) => [Whole(Use.Supervision)],
            ("physician", 1 or 2) => [Whole(Use.Supervision), new(Use.Exclusive, Moment.Start, new(hands, BeforeEnd: false))],
            ("physician", _) when duration >= 30 =>
                [new(Use.Exclusive, Moment.Start, new(10, BeforeEnd: false)), new(Use.Exclusive, new(10, BeforeEnd: true), Moment.End)],
            _ => [Whole(Use.Exclusive)],
        };
    }

    private static Segment Whole(Use use) => new(use, Moment.Start, Moment.End);

    // Upper bounds that tie every visit to the first series, so that brute force need not look far into the year.
    private IEnumerable<Rule> Ties(ImmutableArray<VisitType> certain, ImmutableArray<VisitType> conditional)
    {
        var together = conditional.Length == 2 && chance.Percent(70);
        if (together)
        {
            // Follow-ups that compete for the same few slots, unless their conditions exclude each other.
            yield return Window(conditional[0], certain[0]) with { Visits = [conditional[0].Visits[0], conditional[1].Visits[0]], Ideal = new(0, 2), Allowed = new(-1, 5) };
        }

        foreach (var type in certain.Concat(conditional))
        {
            if (type.Count > 1)
            {
                yield return Cadence(type, mustBound: true);
            }

            if (type != certain[0] && !(together && type.IsConditional))
            {
                yield return chance.Percent(50) ? Window(type, certain[0]) : Order(certain[0], type, mustBound: true);
            }
        }
    }

    private Rule? AnyRule(ImmutableArray<VisitType> certain, ImmutableArray<VisitType> conditional)
    {
        var all = certain.AddRange(conditional);
        var type = chance.One(all);
        var other = chance.One(certain);
        var hasOther = other != type;
        return chance.From(0, size.IsLarge ? 13 : 11) switch
        {
            0 when type.Count > 1 => Cadence(type, mustBound: false),
            1 when hasOther => Order(other, type, mustBound: false),
            2 when hasOther => new Rule.ApartDays(Head("apart"), [type.Visits, other.Visits]),
            3 when hasOther => Window(type, other),
            4 => EnrolmentWindow(certain[0]),
            5 or 6 => TimeOfDay(type),
            7 or 11 => Weekdays(type),
            8 or 9 => SamePerson(all),
            10 => DifferentPeople(all),
            12 => Chain(all, (groups, most) => new Rule.Order(Head("order"), groups, null, most)),
            13 => Chain(all, (groups, _) => new Rule.ApartDays(Head("apart"), groups)),
            _ => Rotation(type, all),
        };
    }

    // A set or two of conditional visits; their conditions may differ, which only authors must not write.
    private IEnumerable<Rule> AllOrNone(ImmutableArray<VisitId> conditional)
    {
        if (conditional.Length < 2 || !chance.Percent(60))
        {
            return [];
        }

        var all = chance.Some(conditional, chance.From(2, conditional.Length));
        ImmutableArray<ImmutableArray<VisitId>> sets = all.Length == 4 && chance.Percent(50) ? [[all[0], all[2]], [all[1], all[3]]] : [all];
        return [new Rule.AllOrNone(Head("whole"), sets)];
    }

    // Mostly such that the clinic's days allow it.
    private Rule.Cadence Cadence(VisitType type, bool mustBound)
    {
        var times = chance.Percent(10) ? 3 : chance.From(1, size.Days.Count);
        var rhythm = FewerWhereClosed(WeeklyRhythm.Each(times, chance.Percent(50) ? WeekKind.Calendar : WeekKind.Course));
        var every = new Interval(chance.One(2, 7, 7, 14) + (chance.Percent(15) ? 1 : 0), chance.One(0, 1, 1, 2));
        var weeks = (type.Count + size.Days.Count - 1) / size.Days.Count;
        var within = chance.Percent(50)
            ? Period.FromWeeks(weeks + chance.One(0, 0, 1))
            : Period.FromDays((weeks * 7) + chance.From(-3, 4));
        var rule = new Rule.Cadence(Head("rhythm"), type.Visits, null, null, null, null, null);
        rule = chance.From(mustBound ? 0 : -1, 3) switch
        {
            0 => rule with { PerWeek = rhythm },
            1 => rule with { Every = every.Tolerance >= every.Days ? every with { Tolerance = 1 } : every },
            2 => rule with { FreeDaysAtMost = chance.From(size.Days.Count > 2 ? 2 : 5, 9) },
            3 => rule with { Within = within },
            _ => rule with { FreeDaysAtLeast = chance.From(1, 3) },
        };
        return chance.Percent(15) ? rule with { FreeDaysAtLeast = chance.From(1, 2) } : rule;
    }

    private WeeklyRhythm FewerWhereClosed(WeeklyRhythm rhythm) => chance.Percent(50)
        ? rhythm
        : rhythm with { Phases = [.. rhythm.Phases.Select(p => chance.Percent(75) ? p with { FewerWhereClosed = true } : p)] };

    private Rule.Order Order(VisitType first, VisitType second, bool mustBound)
    {
        var earlier = chance.Percent(50) ? [chance.One(first.Visits)] : first.Visits;
        var later = mustBound ? [second.Visits[0]] : second.Visits;
        var least = chance.Percent(35) ? Period.FromDays(chance.From(1, 3)) : null;
        var most = mustBound || chance.Percent(30)
            ? chance.One(Period.FromDays(chance.From(5, 12)), Period.FromWeeks(chance.From(1, 2)), Period.FromMonths(1))
            : null;
        return chance.Percent(30) && mustBound
            ? new(Head("order"), [later, [earlier[0]]], least, most)
            : new(Head("order"), [mustBound ? [earlier[^1]] : earlier, later], least, most);
    }

    // A rule over three groups or more, conditional ones among them.
    private Rule? Chain(ImmutableArray<VisitType> types, Func<ImmutableArray<ImmutableArray<VisitId>>, Period?, Rule> rule) => types.Length < 3
        ? null
        : rule(
            [.. chance.Some(types, chance.From(3, 4)).Select(t => chance.Percent(60) ? [t.Visits[0]] : t.Visits)],
            chance.Percent(30) ? Period.FromWeeks(chance.From(2, 6)) : null);

    private Rule.Window Window(VisitType type, VisitType anchored)
    {
        var anchor = chance.One(anchored.Visits);
        var (ideal, allowed) = Leeways();
        var target = chance.One(
            Period.FromDays(chance.From(0, 10)), Period.FromDays(chance.From(0, 10)), Period.FromWeeks(chance.From(1, 2)), Period.FromMonths(1));
        return new(
            Head("window"),
            type.Count > 1 && chance.Percent(30) ? type.Visits : [type.Visits[0]],
            chance.Percent(50) ? new Anchor.StartOf(anchor) : type.OnlyIf is { } condition ? new Anchor.CameTrue(condition, anchor, [anchor]) : new Anchor.EndOf(anchor),
            target,
            ideal,
            allowed,
            chance.One(0, 0, 1, 2));
    }

    private Rule.Window EnrolmentWindow(VisitType type)
    {
        var (ideal, allowed) = Leeways();
        var target = Period.FromDays(chance.From(0, size.StartWithin + 2));
        return new(Head("since-enrolment"), [type.Visits[0]], new Anchor.Enrolment(), target, ideal, allowed, chance.One(0, 1, 3));
    }

    private (Leeway Ideal, Leeway Allowed) Leeways()
    {
        var wide = deviations == DeviationLimit.None ? 8 : 4;
        var ideal = new Leeway(-chance.From(0, wide), chance.From(0, wide));
        return (ideal, new(ideal.From - chance.From(0, 4), ideal.To + chance.From(0, 4)));
    }

    private Rule.TimeOfDay TimeOfDay(VisitType type)
    {
        var third = (size.Hours.To - size.Hours.From) / 3;
        var strength = chance.Percent(30) ? Strength.Must : Strength.Should(chance.From(1, 5));
        return chance.From(0, 3) switch
        {
            0 => new(Head("time"), type.Visits, size.Hours.From + third, null, null, strength),
            1 => new(Head("time"), type.Visits, null, size.Hours.From + third, null, strength),
            2 => new(Head("time"), type.Visits, null, null, size.Hours.To - third, strength),
            _ => new(Head("time"), type.Visits, size.Hours.From, size.Hours.To - third, size.Hours.To - (third / 2), strength),
        };
    }

    private Rule.Weekdays Weekdays(VisitType type)
    {
        var days = chance.Percent(50)
            ? chance.Some(size.Days, Math.Max(1, size.Days.Count - 1))
            : chance.Some(Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d), 4);
        return new(Head("weekdays"), type.Visits, days, chance.Percent(60) ? Strength.Must : Strength.Should(chance.From(1, 5)));
    }

    private Rule.SamePerson? SamePerson(ImmutableArray<VisitType> types)
    {
        var need = chance.One("nurse", "therapist", "physician");
        var visits = types.Where(t => t.Needs.Any(n => n.Id == need)).SelectMany(t => t.Visits).ToImmutableArray();
        return visits.Length < 2
            ? null
            : new Rule.SamePerson(Head("same"), chance.Percent(25) ? [.. visits.Reverse()] : visits, need, chance.Percent(35));
    }

    // Where another rule has nothing to say; without chance, so that the rest of the instance stays as it was.
    private Rule.Rotation? Rotation(VisitType type, ImmutableArray<VisitType> types)
    {
        var need = type.Needs.FirstOrDefault(n => n.Kind == NeedKind.Person)?.Id;
        var visits = types.Where(t => t.Needs.Any(n => n.Id == need)).SelectMany(t => t.Visits).ToImmutableArray();
        return visits.Length < 2 ? null : new Rule.Rotation(Head("rotation"), rules % 2 == 0 ? [.. visits.Reverse()] : visits, need!, IsMust: visits.Length % 2 == 0);
    }

    private Rule.DifferentPeople? DifferentPeople(ImmutableArray<VisitType> types)
    {
        var needs = types
            .SelectMany(t => t.Visits.SelectMany(v => t.Needs.Where(n => n.Kind == NeedKind.Person).Select(n => new VisitNeed(v, n.Id))))
            .ToImmutableArray();
        if (needs.Length < 2)
        {
            return null;
        }

        var these = chance.Some(needs, chance.From(1, Math.Min(2, needs.Length - 1)));
        return new Rule.DifferentPeople(Head("different"), these, chance.Some(needs.Except(these), chance.From(1, 3)), chance.Percent(35));
    }

    private RuleHead Head(string kind) => new($"{kind}-{++rules}", null, Provenance.None, new("random.yaml", default, default));
}
