using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <content>What bundles visits: several a day, tapers, visits beside others, windows in hours, authorisations.</content>
internal sealed partial class RandomProtocol
{
    private const int MostVisits = 7;

    /// <summary>A small protocol with some of that added to it.</summary>
    public Protocol DrawWide()
    {
        var protocol = Draw();
        var types = protocol.VisitTypes;
        List<Rule> added = [];
        for (var more = chance.One(1, 2, 2, 3); more > 0; more--)
        {
            var (type, rules) = chance.From(0, 9) switch
            {
                <= 2 => Sessions(types, added.Count),
                <= 6 => Beside(types, added.Count),
                _ => HoursAfter(types, added.Count),
            };
            if (types.Append(type).Sum(t => t.Count) <= MostVisits)
            {
                types = types.Insert(chance.From(0, types.Length), type);
                added.AddRange(rules);
            }
        }

        added.AddRange(AllOrNone([.. types.Where(t => t.IsConditional).SelectMany(t => t.Visits)]));
        types = [.. types.Select(t => t with { NeedsAuthorisation = chance.Percent(20) })];
        ImmutableArray<Rule> kept = [.. protocol.Rules.Select(r => Changed(r, types))];
        return protocol with { VisitTypes = types, Rules = chance.Percent(50) ? [.. kept, .. added] : [.. added, .. kept] };
    }

    private Rule Changed(Rule rule, ImmutableArray<VisitType> types) => rule switch
    {
        Rule.Cadence cadence when chance.Percent(40) => new Rule.Cadence(cadence.Head, cadence.Series, Taper(), null, null, null, null),
        Rule.Window window when chance.Percent(25) => window with
        {
            Fallback = chance.Percent(30) ? new Anchor.Enrolment() : new Anchor.EndOf(CertainVisit(types, window.Visits[0].Type)),
        },
        _ => rule,
    };

    // Up to seven days of a series.
    private WeeklyRhythm Taper()
    {
        WeeklyPhase[] phases =
        [
            new(chance.From(1, size.Days.Count), EveryWeeks: 1, Weeks: 1),
            new(1, EveryWeeks: chance.One(1, 2), Weeks: 2),
        ];
        var last = new WeeklyPhase(chance.One(1, 1, 2), EveryWeeks: chance.One(1, 1, 2), Weeks: null);
        return FewerWhereClosed(new(chance.One(WeekKind.Calendar, WeekKind.Course), [.. phases.Skip(chance.One(0, 1, 2)), last]));
    }

    // A series with several visits a day.
    private (VisitType Type, IEnumerable<Rule> Rules) Sessions(ImmutableArray<VisitType> types, int number)
    {
        var times = chance.One(2, 2, 3);
        var type = Short($"session-{number}", chance.One(times, times + 1, 2 * times > 4 ? 3 : 4), null);
        var tolerance = chance.One(0, 0, 0, 5, 10);
        var every = chance.One(15, 20, 25, 30, 40, 55) + (tolerance > 0 && chance.Percent(20) ? 2 : 0);
        var cadence = Cadence(type, mustBound: true);
        cadence = chance.Percent(30) && cadence.PerWeek is not null ? cadence with { PerWeek = Taper() } : cadence;
        var first = types.First(t => !t.IsConditional);
        return (type, [cadence with { PerDay = new(times, every, tolerance) }, chance.Percent(50) ? Window(type, first) : Order(first, type, mustBound: true)]);
    }

    // A series of visits, each on the day of another's, or one visit on the day of some other.
    private (VisitType Type, IEnumerable<Rule> Rules) Beside(ImmutableArray<VisitType> types, int number)
    {
        var partner = chance.One(types);
        var all = chance.Percent(70);
        var onlyIf = partner.OnlyIf ?? (chance.Percent(12) ? "responder" : null);
        var type = Short($"beside-{number}", all ? partner.Count : 1, onlyIf);
        var one = chance.One(partner.Visits);
        var pairs = type.Visits.Select((v, i) => new DayPair(v, all ? partner.Visits[i] : one));
        return (type, [new Rule.SameDay(Head("beside"), [.. pairs], Place(partner.Durations.Min()))]);
    }

    private DayPlace Place(int length)
    {
        var inside = chance.From(0, length / 5) * 5;
        var some = chance.From(1, 6) * 5;
        return chance.From(0, 9) switch
        {
            0 => new DayPlace.Anytime(),
            1 => new DayPlace.Before(),
            2 => new DayPlace.After(),
            3 or 4 => new DayPlace.Starts(FromEnd: false, inside, inside),
            5 => new DayPlace.Starts(FromEnd: false, -some, -some),
            6 => new DayPlace.Starts(FromEnd: true, some - 5, some - 5),
            7 => new DayPlace.Starts(FromEnd: true, -some, 10),
            8 => new DayPlace.Starts(FromEnd: false, inside - some, inside),
            _ => new DayPlace.Starts(FromEnd: false, inside, inside + some),
        };
    }

    // A visit some hours after another one.
    private (VisitType Type, IEnumerable<Rule> Rules) HoursAfter(ImmutableArray<VisitType> types, int number)
    {
        var anchored = chance.One(types);
        var anchor = chance.One(anchored.Visits);
        var type = Short($"after-{number}", 1, anchored.OnlyIf ?? (chance.Percent(15) ? "responder" : null));
        var ideal = new Leeway(-chance.From(0, 150), chance.From(0, 150));
        var allowed = new Leeway(ideal.From - chance.From(0, 400), ideal.To + chance.From(0, 400));
        var rule = new Rule.HourWindow(
            Head("hours"),
            type.Visits,
            chance.Percent(50) ? new Anchor.StartOf(anchor) : new Anchor.EndOf(anchor),
            chance.One(0, 45, 120, 22 * 60, 24 * 60, 24 * 60, (24 * 60) + 37, 48 * 60),
            ideal,
            allowed,
            chance.One(0, 0, 1, 2, 3));
        return (type, [chance.Percent(30) ? rule with { Fallback = new Anchor.StartOf(CertainVisit(types, type.Id)) } : rule]);
    }

    private VisitId CertainVisit(ImmutableArray<VisitType> types, string notOf)
    {
        var others = types.Where(t => !t.IsConditional && t.Id != notOf).ToImmutableArray();
        return chance.One(chance.One(others.IsEmpty ? [.. types.Where(t => !t.IsConditional)] : others).Visits);
    }

    private VisitType Short(string name, int count, string? onlyIf)
    {
        var mode = chance.One(Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.InPerson, Mode.Video, Mode.SelfReport);
        var length = chance.One(5, 10, 10, 13, 15, 20);
        var needs = mode == Mode.SelfReport || chance.Percent(15) ? [] : Needs(mode, length).ToImmutableArray();
        var purpose = chance.Percent(40) ? VisitPurpose.Treatment : VisitPurpose.Assessment;
        return new(name, name, purpose, mode, [.. Enumerable.Repeat(length, count)], needs, onlyIf, Provenance.None);
    }
}
