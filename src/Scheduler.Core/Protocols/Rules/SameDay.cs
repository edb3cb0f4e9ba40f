using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>What belongs on one day.</content>
public abstract partial record Rule
{
    /// <summary>Each visit is on the day of its partner, and at its place beside it.</summary>
    /// <remarks>
    /// A visit with an exact place (<see cref="DayPlace.Starts"/> with equal bounds) starts when that says, on the clinic's grid or not; any visit
    /// with a place of that kind may lie inside its partner: it is part of the same stay.
    /// </remarks>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Pairs">Each visit with its partner, of another type; no visit has two partners in one rule.</param>
    /// <param name="Place">Where beside it.</param>
    public sealed record SameDay(RuleHead Head, ImmutableArray<DayPair> Pairs, DayPlace Place) : Rule(Head);
}

/// <summary>A visit and the one on whose day it is.</summary>
public readonly record struct DayPair(VisitId Visit, VisitId Partner);

/// <summary>Where on the day of its partner a visit lies. A closed set.</summary>
public abstract record DayPlace
{
    private DayPlace()
    {
    }

    /// <summary>Anywhere that the two do not overlap.</summary>
    public sealed record Anytime : DayPlace;

    /// <summary>It ends before the partner starts, or as it starts.</summary>
    public sealed record Before : DayPlace;

    /// <summary>It starts after the partner ends, or as it ends.</summary>
    public sealed record After : DayPlace;

    /// <summary>It starts so many minutes after a moment of the partner; negative before it.</summary>
    /// <param name="FromEnd">Whether the minutes count from the partner's end, else from its start.</param>
    /// <param name="Earliest">The fewest minutes (inclusive), a multiple of 5.</param>
    /// <param name="Latest">The most minutes (inclusive), a multiple of 5, not below <paramref name="Earliest"/>.</param>
    public sealed record Starts(bool FromEnd, int Earliest, int Latest) : DayPlace;
}
