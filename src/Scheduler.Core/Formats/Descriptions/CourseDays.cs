using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation.Contradictions;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Works out where the visits of a protocol lie, from the distances that its rules ask for.</summary>
/// <remarks>
/// Two readings of the same rules: as they are, for the days that they leave; and narrowed to <see cref="UsualDays">what is usual</see>, for one
/// day of each visit. Visits that must come before the first treatment lie as late as they may, all others as early.
/// </remarks>
internal static class CourseDays
{
    private const double DaysOfMonth = 30.4375;

    /// <summary>How often a visit is moved to a later day at most; a course that needs more shows the rest where it stands.</summary>
    private const int MostMoves = 200;

    /// <summary>The visits in the order of their days, and the day of enrolment.</summary>
    public static (ImmutableArray<Placement> Course, int Enrolment) Of(Protocol protocol)
    {
        var index = protocol.Visits.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
        var enrolment = index.Count;

        // Day 0 of each arm, which may share no visit with the others; that of the first comes first.
        int[] origins = [.. Origins(protocol).Select(v => index[v])];
        var possible = Possible(protocol, index, enrolment);
        var usual = UsualDays.Narrow(possible, protocol, visit => visit is { } v ? index[v] : enrolment, origins);
        var apart = ApartPairs(protocol, index);
        var (earliest, latest) = (Joined(origins.Select(possible.Earliest)), Joined(origins.Select(possible.Latest)));
        var unclosed = Joined(origins.Select(Possible(WithoutClosures(protocol), index, enrolment).Latest));
        var days = Usual(usual, origins, enrolment, apart) ?? Usual(possible, origins, enrolment, apart) ?? new long[enrolment + 1];
        return (
            [
                .. protocol.Visits
                    .Select(v => new Placement(v, (int)days[index[v]], (int?)earliest?[index[v]], (int?)latest?[index[v]]) { LatestWithoutClosures = (int?)unclosed?[index[v]] })
                    .OrderBy(p => p.Usual),
            ],
            (int)days[enrolment]);
    }

    /// <summary>The visits whose day is day 0: the first treatment of each arm, or its first visit where it has no treatment.</summary>
    public static ImmutableArray<VisitId> Origins(Protocol protocol)
    {
        var first = protocol.Arms.Select(a => a.Id).DefaultIfEmpty("").Select(arm => First(protocol, arm).Visits[0]).ToHashSet();
        return [.. protocol.Visits.Where(first.Contains)];
    }

    /// <summary>What the rules leave.</summary>
    private static DayBounds Possible(Protocol protocol, Dictionary<VisitId, int> index, int enrolment)
    {
        var possible = new DayBounds(enrolment + 1);
        foreach (var bound in protocol.VisitTypes.SelectMany(t => Dates.OfSeries(t, PerDay(protocol, t), _ => true)).Concat(protocol.Rules.SelectMany(Dates.Of)))
        {
            possible.AtMost(index[bound.From], index[bound.To], bound.Most);
        }

        foreach (var day in protocol.Rules.OfType<Rule.Cadence>().SelectMany(c => c.Days))
        {
            foreach (var visit in day[1..])
            {
                possible.Exactly(index[day[0]], index[visit], 0);
            }
        }

        foreach (var window in protocol.Rules.OfType<Rule.Window>().Where(w => w.Anchor is Anchor.Enrolment))
        {
            foreach (var visit in window.Visits)
            {
                possible.Between(enrolment, index[visit], Of(window.Target) + window.Allowed.From, Of(window.Target) + window.Allowed.To);
            }
        }

        return possible;
    }

    /// <summary>The protocol as it is for a clinic that is never closed: each week has as many visits as it should.</summary>
    private static Protocol WithoutClosures(Protocol protocol) => protocol with
    {
        Rules = [.. protocol.Rules.Select(r => r is Rule.Cadence { PerWeek: { } rhythm } cadence
            ? cadence with { PerWeek = rhythm with { Phases = [.. rhythm.Phases.Select(p => p with { FewerWhereClosed = false })] } }
            : r)],
    };

    /// <summary>About how many days a time of days, weeks or months is.</summary>
    public static int Of(Period period) => period.Days + (7 * period.Weeks) + (int)Math.Round(DaysOfMonth * period.Months);

    private static VisitType First(Protocol protocol, string arm)
    {
        var types = protocol.VisitTypes.Where(t => t.Arm is null || t.Arm == arm).DefaultIfEmpty(protocol.VisitTypes[0]).ToList();
        return types.Find(t => t.Purpose == VisitPurpose.Treatment) ?? types[0];
    }

    /// <summary>For each number the first that knows it; null where one contradicts itself.</summary>
    private static long?[]? Joined(IEnumerable<long?[]?> readings) => readings.Aggregate((a, b) => a is null || b is null ? null : [.. a.Zip(b, (x, y) => x ?? y)]);

    /// <summary>One day for each, counted from the origin that it is tied to.</summary>
    private static long[]? Usual(DayBounds bounds, int[] origins, int enrolment, List<(int One, int Other)> apart)
    {
        // What no rule ties to an origin is counted from enrolment, as if that were on the same day; what nothing ties at all lies there too.
        var fromEnrolment = bounds.Earliest(enrolment);
        return Joined(origins.Select(o => Usual(bounds.Copy(), o, apart))) is { } days ? [.. days.Select((day, i) => day ?? fromEnrolment?[i] ?? 0)] : null;
    }

    /// <summary>One day for each that is tied to the origin: those that cannot be later than it as late as they may, all others as early.</summary>
    private static long?[]? Usual(DayBounds bounds, int origin, List<(int One, int Other)> apart)
    {
        if (bounds.Latest(origin) is not { } latest)
        {
            return null;
        }

        for (var i = 0; i < latest.Length; i++)
        {
            if (latest[i] is <= 0 and var before)
            {
                bounds.Exactly(origin, i, before);
            }
        }

        return bounds.Earliest(origin) is { } earliest ? Apart(bounds, origin, earliest, apart) : null;
    }

    /// <summary>Moves visits that may not share a day to later ones, one at a time, as far as the other rules let them; what cannot move stays.</summary>
    private static long?[] Apart(DayBounds bounds, int origin, long?[] days, IReadOnlyList<(int One, int Other)> apart)
    {
        var stuck = new HashSet<(int, int)>();
        for (var move = 0; move < MostMoves; move++)
        {
            var (one, other) = apart.FirstOrDefault(p => days[p.One] is { } day && day == days[p.Other] && !stuck.Contains(p), (One: -1, Other: -1));
            if (one < 0)
            {
                break;
            }

            bounds.AtMost(one, origin, -(days[one]!.Value + 1));
            if (bounds.Earliest(origin) is { } moved)
            {
                days = moved;
            }
            else
            {
                bounds.TakeBack();
                stuck.Add((one, other));
            }
        }

        return days;
    }

    /// <summary>Pairs of visits that may not share a day; those of the group that is named first are moved first.</summary>
    private static List<(int One, int Other)> ApartPairs(Protocol protocol, Dictionary<VisitId, int> index)
    {
        var groups = protocol.Rules.OfType<Rule.ApartDays>().SelectMany(r => r.Groups.SelectMany(g => r.Groups.Where(h => h != g).Select(h => (g, h)))).ToList();
        return [.. groups.SelectMany(p => p.g.SelectMany(a => p.h.Select(b => (index[a], index[b]))))];
    }

    private static int PerDay(Protocol protocol, VisitType type) =>
        protocol.Rules.OfType<Rule.Cadence>().FirstOrDefault(c => c.PerDay is not null && c.Series[0].Type == type.Id)?.PerDay?.Times ?? 1;
}
