using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>How far windows may be stretched.</summary>
public enum DeviationLimit
{
    /// <summary>Every visit lies in its ideal windows.</summary>
    None,

    /// <summary>Visits may lie anywhere in their allowed windows; each outside an ideal one is a minor deviation.</summary>
    Minor,

    /// <summary>Visits may lie outside their allowed windows too; each is a major deviation.</summary>
    Major,
}

/// <summary>What to plan.</summary>
/// <param name="Protocol">The protocol, parameters applied.</param>
/// <param name="Clinic">The clinic with its bookings.</param>
/// <param name="Patient">The patient.</param>
/// <param name="From">The earliest day of the first visit.</param>
public sealed record PlanningRequest(Protocol Protocol, Clinic Clinic, Patient Patient, LocalDate From)
{
    /// <summary>The usual number of days in which a course may start.</summary>
    public const int DefaultStartWithinDays = 28;

    /// <summary>The most days in which a course may start.</summary>
    public const int MostStartWithinDays = 366;

    /// <summary>The usual step budget: a few seconds on a slow machine; a course in a real clinic takes a small part of it.</summary>
    public const long DefaultStepBudget = 2_000_000;

    /// <summary>The days, from <see cref="From"/> on, in which the course's earliest visit may fall: 1 to 366.</summary>
    public int StartWithinDays { get; init; } = DefaultStartWithinDays;

    /// <summary>The day of enrolment, for windows that count from it; <see cref="From"/> unless stated.</summary>
    public LocalDate? Enrolled { get; init; }

    /// <summary>How far windows may be stretched.</summary>
    public DeviationLimit Deviations { get; init; } = DeviationLimit.None;

    /// <summary>How many proposals to look for, from 1 to 20. They differ in a way that a patient would notice.</summary>
    public int Proposals { get; init; } = 1;

    /// <summary>The steps of search after which the answer is <see cref="Outcome.Unproved"/>; counted, not timed, so that the answer is the same everywhere.</summary>
    public long StepBudget { get; init; } = DefaultStepBudget;

    /// <summary>Visits that have happened or are frozen: they stay where they are, and rules are not asked about them alone.</summary>
    public ImmutableArray<PlacedVisit> Fixed { get; init; } = [];

    /// <summary>
    /// Where visits are booked that may be moved: of two calendars the one that moves fewer of them to another time is the better, then the one that gives fewer
    /// of those that stay to other people (<see cref="Moves"/>). Of visits that are fixed or left out nothing is asked.
    /// </summary>
    public ImmutableArray<PlacedVisit> Booked { get; init; } = [];

    /// <summary>Visits that the course goes without: skipped, or released by an outcome. They are neither placed nor missed.</summary>
    public ImmutableArray<VisitId> LeftOut { get; init; } = [];

    /// <summary>Rules that are not asked about some visits; of a rule that the protocol does not have nothing is said.</summary>
    public ImmutableArray<Excuse> Excused { get; init; } = [];

    /// <summary>The visits about which a rule is not asked.</summary>
    /// <param name="rule">The rule.</param>
    public IEnumerable<VisitId> ExcusedFrom(Rule rule) => rule is Rule.Window or Rule.HourWindow ? [] : Excused.Where(e => e.Rule == rule.Id).Select(e => e.Visit);

    /// <summary>The patient's arm, for which the protocol was reduced; null where it is not known or not told.</summary>
    public string? Arm { get; init; }

    /// <summary>The optional streams that the patient chose.</summary>
    public ImmutableArray<string> Streams { get; init; } = [];

    /// <summary>The last day on which the course's earliest visit may fall.</summary>
    public LocalDate LastStart => From.PlusDays(StartWithinDays - 1);

    /// <summary>The first day that matters: <see cref="From"/>, or that of the earliest fixed visit.</summary>
    public LocalDate FirstDay => Fixed.Select(v => v.Date).Append(From).Min();
}
