using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Protocols;

/// <content>The rhythm of a series.</content>
public abstract partial record Rule
{
    /// <summary>
    /// The rhythm of one series: so many a week in consecutive weeks, or every so many days; free days between; all within a span.
    /// Whatever is null does not count. That visits of a series follow each other in their order, each on a later day than the one
    /// before, holds for every series and needs no rule. Only where a cadence says so (<see cref="PerDay"/>) are several on one day; all else
    /// that it says then counts the days of the series instead of its visits.
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Series">The visits, in their order.</param>
    /// <param name="PerWeek">So many visits in each of consecutive weeks, in one phase or several.</param>
    /// <param name="Every">The distance in days from each visit to the next.</param>
    /// <param name="FreeDaysAtLeast">Days between one visit and the next on which there is none, at least.</param>
    /// <param name="FreeDaysAtMost">Such days at most.</param>
    /// <param name="Within">The span from the day of the first visit, that day included: within 2 weeks is at most 13 days later.</param>
    public sealed record Cadence(
        RuleHead Head,
        ImmutableArray<VisitId> Series,
        WeeklyRhythm? PerWeek,
        Interval? Every,
        int? FreeDaysAtLeast,
        int? FreeDaysAtMost,
        Period? Within) : Rule(Head)
    {
        /// <summary>Several visits on each day of the series; null for one.</summary>
        public DailyRhythm? PerDay { get; init; }

        /// <summary>The days of the series: its visits, as many in each as <see cref="PerDay"/> says, in their order.</summary>
        public ImmutableArray<ImmutableArray<VisitId>> Days => [.. Series.Chunk(PerDay?.Times ?? 1).Select(day => day.ToImmutableArray())];
    }
}

/// <summary>So many visits on each day of a series, evenly spaced: the first so many on one day, the next so many on another.</summary>
/// <param name="Times">Visits a day, from 2; the last day may have fewer.</param>
/// <param name="EveryMinutes">From the start of one to the start of the next, in minutes.</param>
/// <param name="ToleranceMinutes">How many minutes more or fewer are as good.</param>
public sealed record DailyRhythm(int Times, int EveryMinutes, int ToleranceMinutes);

/// <summary>So many visits in each of consecutive weeks, in phases that follow each other without a gap.</summary>
/// <param name="Week">What a week is.</param>
/// <param name="Phases">The phases; the last one may be left unfinished by the series.</param>
public sealed record WeeklyRhythm(WeekKind Week, ImmutableArray<WeeklyPhase> Phases)
{
    /// <summary>The same number in each week.</summary>
    public static WeeklyRhythm Each(int times, WeekKind week) => new(week, [new(times, EveryWeeks: 1, Weeks: null)]);

    /// <summary>The weeks in which the visit at an index of the series lies, from 0, counted from the week of the first: one week, or a block of several.</summary>
    /// <param name="index">From 0; where the cadence has several a day, the index of the day.</param>
    public (int First, int Last) WeeksOf(int index)
    {
        var week = 0;
        foreach (var phase in Phases)
        {
            var visits = phase.Visits ?? int.MaxValue;
            if (index < visits)
            {
                var first = week + (phase.EveryWeeks * (index / phase.Times));
                return (first, first + phase.EveryWeeks - 1);
            }

            index -= visits;
            week += phase.Weeks ?? 0;
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, "The phases have fewer visits.");
    }

    /// <summary>The index of the phase that has the visit at an index of the series.</summary>
    /// <param name="index">From 0; where the cadence has several a day, the index of the day.</param>
    public int PhaseOf(int index)
    {
        var phase = 0;
        while (Phases[phase].Visits is { } visits && index >= visits)
        {
            index -= visits;
            phase++;
        }

        return phase;
    }

    /// <summary>Whether the weeks of the visit at an index depend on when the clinic is closed; then <see cref="WeeksOf"/> says when it lies at the earliest.</summary>
    /// <param name="index">From 0; where the cadence has several a day, the index of the day.</param>
    public bool DependsOnClosures(int index) => Phases.Take(PhaseOf(index) + 1).Any(p => p.FewerWhereClosed);

    /// <summary>Whether any week may have fewer visits because the clinic is closed.</summary>
    public bool HasFewerWhereClosed => Phases.Any(p => p.FewerWhereClosed);

    /// <summary>Visits that the phases have room for; null where the last one goes on.</summary>
    public int? Room => Phases.Any(p => p.Weeks is null) ? null : Phases.Sum(p => p.Visits);
}

/// <summary>A stretch of weeks with one number of visits.</summary>
/// <param name="Times">Visits in each block of weeks, from 1 to 7 times its weeks.</param>
/// <param name="EveryWeeks">Weeks of a block: 1 for "in each week", 2 for "in every 2 weeks".</param>
/// <param name="Weeks">The weeks that the phase takes, a multiple of <paramref name="EveryWeeks"/>; null for all that are left, in the last phase only.</param>
public sealed record WeeklyPhase(int Times, int EveryWeeks, int? Weeks)
{
    /// <summary>
    /// Whether a block of weeks in which the clinic is closed has only as many visits as days are left for them. The phase then keeps its number of visits, and takes so
    /// many weeks more.
    /// </summary>
    public bool FewerWhereClosed { get; init; }

    /// <summary>Visits of the phase; null for all that are left.</summary>
    public int? Visits => Times * (Weeks / EveryWeeks);
}

/// <summary>What an author means by a week.</summary>
public enum WeekKind
{
    /// <summary>Monday to Sunday.</summary>
    Calendar,

    /// <summary>Seven days, the first of which begins on the day of the series' first visit.</summary>
    Course,
}

/// <summary>A distance in days with its tolerance.</summary>
/// <param name="Days">The distance, at least 1.</param>
/// <param name="Tolerance">How many days more or fewer are as good.</param>
public sealed record Interval(int Days, int Tolerance);
