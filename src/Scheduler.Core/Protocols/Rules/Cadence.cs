using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Protocols;

/// <content>The rhythm of a series.</content>
public abstract partial record Rule
{
    /// <summary>
    /// The rhythm of one series: so many a week in consecutive weeks, or every so many days; free days between; all within a span.
    /// Whatever is null does not count. That visits of a series follow each other in their order, each on a later day than the one
    /// before, holds for every series and needs no rule.
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Series">The visits, in their order.</param>
    /// <param name="PerWeek">The first so many visits fall in one week, the next so many in the following week, and so on.</param>
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
        Period? Within) : Rule(Head);
}

/// <summary>So many visits in each of consecutive weeks.</summary>
/// <param name="Times">Visits a week, from 1 to 7; the last week may have fewer.</param>
/// <param name="Week">What a week is.</param>
public sealed record WeeklyRhythm(int Times, WeekKind Week);

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
