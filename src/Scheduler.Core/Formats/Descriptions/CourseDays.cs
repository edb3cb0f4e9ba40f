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
        var first = protocol.VisitTypes.FirstOrDefault(t => t.Purpose == VisitPurpose.Treatment) ?? protocol.VisitTypes[0];
        var origin = index[first.Visits[0]];
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

        var usual = UsualDays.Narrow(possible, protocol, visit => visit is { } v ? index[v] : enrolment, origin);
        var apart = ApartPairs(protocol, index);
        var (earliest, latest) = (possible.Earliest(origin), possible.Latest(origin));
        var days = Usual(usual, origin, enrolment, apart) ?? Usual(possible, origin, enrolment, apart) ?? new long[enrolment + 1];
        return (
            [
                .. protocol.Visits
                    .Select(v => new Placement(v, (int)days[index[v]], (int?)earliest?[index[v]], (int?)latest?[index[v]]))
                    .OrderBy(p => p.Usual),
            ],
            (int)days[enrolment]);
    }

    /// <summary>About how many days a time of days, weeks or months is.</summary>
    public static int Of(Period period) => period.Days + (7 * period.Weeks) + (int)Math.Round(DaysOfMonth * period.Months);

    /// <summary>One day for each: those that cannot be later than the origin as late as they may, all others as early.</summary>
    private static long[]? Usual(DayBounds bounds, int origin, int enrolment, List<(int One, int Other)> apart)
    {
        if (bounds.Latest(origin) is not { } latest)
        {
            return null;
        }

        for (var i = 0; i <= enrolment; i++)
        {
            if (latest[i] is <= 0 and var before)
            {
                bounds.Exactly(origin, i, before);
            }
        }

        if (bounds.Earliest(origin) is not { } earliest)
        {
            return null;
        }

        earliest = Apart(bounds, origin, earliest, apart);

        // What no rule ties to the origin is counted from enrolment, as if that were on the same day; what nothing ties at all lies there too.
        var fromEnrolment = bounds.Earliest(enrolment);
        return [.. earliest.Select((day, i) => day ?? fromEnrolment?[i] ?? 0)];
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
