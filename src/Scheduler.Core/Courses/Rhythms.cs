using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>
/// What is left of the rhythm of a series once a date of it was lost. A rhythm such as three in each calendar week has no place for a lost
/// date: nothing could be put off inside it. So it counts anew from the visit that was put off, as if the series began there.
/// </summary>
internal static class Rhythms
{
    /// <summary>How long after the earliest day the rest may begin, in days; as a new course may.</summary>
    private const int BeginsWithinDays = 28;

    /// <summary>A cadence, counted anew from each visit that was put off: the part before, and each part from there on.</summary>
    /// <param name="cadence">The cadence of the protocol.</param>
    /// <param name="putOff">Visits from which rhythms count anew.</param>
    /// <param name="before">The last visit before one that the course does not go without, with its date where that is known.</param>
    /// <param name="earliest">The earliest day of what is placed.</param>
    public static IEnumerable<Rule> From(
        Rule.Cadence cadence, ImmutableHashSet<VisitId> putOff, Func<VisitId, (VisitId Visit, LocalDate? Date)?> before, LocalDate earliest)
    {
        List<int> begins = [0, .. Enumerable.Range(1, cadence.Series.Length - 1).Where(i => putOff.Contains(cadence.Series[i]))];
        for (var p = 0; p < begins.Count; p++)
        {
            var (begin, end) = (begins[p], p + 1 < begins.Count ? begins[p + 1] : cadence.Series.Length);
            ImmutableArray<VisitId> series = [.. cadence.Series[begin..end]];
            if (begin == 0)
            {
                yield return cadence with { Series = series };
                continue;
            }

            var first = series[0];
            var rhythm = cadence.PerWeek is { } weekly ? Rest(weekly, begin / (cadence.PerDay?.Times ?? 1)) : null;
            yield return new Rule.Cadence(
                Named(cadence.Head, "from", first), series, rhythm, cadence.Every, cadence.FreeDaysAtLeast, cadence.FreeDaysAtMost, cadence.Within) { PerDay = cadence.PerDay };
            if (before(first) is var (last, date))
            {
                int? most = date is { } known && known < earliest ? Period.DaysBetween(known, earliest) + BeginsWithinDays : null;
                yield return new Rule.Cadence(Named(cadence.Head, "before", first), [last, first], null, null, LeastDays(cadence) - 1, most, null);
            }
        }
    }

    /// <summary>The fewest days from a visit of a series, or a day of its visits, to the next.</summary>
    public static int LeastDays(Rule.Cadence cadence) =>
        Math.Max(1, Math.Max((cadence.FreeDaysAtLeast ?? 0) + 1, (cadence.Every?.Days - cadence.Every?.Tolerance) ?? 0));

    /// <summary>
    /// What a weekly rhythm asks of a day of the series and those after it: as many a week as before, each phase to its last visit, in weeks of
    /// seven days from that day. In calendar weeks, what is left of the week would be lost too.
    /// </summary>
    private static WeeklyRhythm Rest(WeeklyRhythm rhythm, int day)
    {
        var phases = ImmutableArray.CreateBuilder<WeeklyPhase>();
        foreach (var phase in rhythm.Phases)
        {
            if (phase.Weeks is not { } weeks)
            {
                phases.Add(phase);
                continue;
            }

            var days = phase.Times * (weeks / phase.EveryWeeks);
            var left = Math.Max(0, days - day);
            day = Math.Max(0, day - days);
            var (whole, some) = Math.DivRem(left, phase.Times);
            if (whole > 0)
            {
                phases.Add(phase with { Weeks = phase.EveryWeeks * whole });
            }

            if (some > 0)
            {
                phases.Add(phase with { Times = some, Weeks = phase.EveryWeeks });
            }
        }

        return new(WeekKind.Course, phases.ToImmutable());
    }

    private static RuleHead Named(RuleHead head, string where, VisitId first) => head with { Id = $"{head.Id}-{where}-{first.Type}-{first.Ordinal}" };
}
