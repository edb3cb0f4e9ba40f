using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>The answer to a <see cref="PlanningRequest"/>. A closed set.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>How many steps the search took.</summary>
    public long Steps { get; init; }

    /// <summary>The best calendar, proved, and further proposals where asked for.</summary>
    /// <param name="Proposals">At least one, best first.</param>
    public sealed record Placed(ImmutableArray<Proposal> Proposals) : Outcome;

    /// <summary>There is no calendar, proved.</summary>
    /// <param name="Conflicts">What stands in the way; at least one. Where there are several, no one of them may be left as it is.</param>
    public sealed record Infeasible(ImmutableArray<Conflict> Conflicts) : Outcome;

    /// <summary>The step budget ended the search first.</summary>
    /// <param name="Proposals">The best calendar found, if any; not proved.</param>
    /// <param name="Bound">No calendar costs less than this.</param>
    public sealed record Unproved(ImmutableArray<Proposal> Proposals, Cost Bound) : Outcome;
}

/// <summary>A calendar that is not booked yet.</summary>
/// <param name="Rank">Its place among the proposals, from 1.</param>
/// <param name="Cost">What it costs, conditional visits apart.</param>
/// <param name="CostWithConditional">What it costs with the conditional visits that found a place; null where the protocol has none.</param>
/// <param name="Proved">Whether nothing cheaper exists that differs from the proposals before it.</param>
/// <param name="Calendar">The visits.</param>
public sealed record Proposal(int Rank, Cost Cost, Cost? CostWithConditional, bool Proved, TreatmentCalendar Calendar)
{
    /// <summary>Why conditional visits are unplaced that would have had a place of their own: others had none, without which they are worth nothing.</summary>
    public ImmutableArray<Forgone> Forgone { get; init; } = [];
}

/// <summary>What cannot all hold together, and could without any one of it (where <see cref="IsSmallest"/>), all else left out of account.</summary>
/// <param name="Rules">The ids of the protocol's rules in conflict.</param>
/// <param name="Hours">The ids of resources whose hours, absences or latest start are in the way.</param>
/// <param name="Bookings">The ids of resources whose bookings are in the way.</param>
/// <param name="Capacities">The ids of resources that cannot bear so many of the course's visits at once, or in a day.</param>
/// <param name="Limits">Other limits in the way: the patient, the clinic's opening hours, the range of start days, a series' own order.</param>
/// <param name="Message">The conflict in a sentence, in the clinic's words.</param>
public sealed record Conflict(
    ImmutableArray<string> Rules,
    ImmutableArray<string> Hours,
    ImmutableArray<string> Bookings,
    ImmutableArray<string> Capacities,
    ImmutableArray<string> Limits,
    string Message)
{
    /// <summary>Whether a calendar was found without each one of it; false where the search for less ended with its steps.</summary>
    public bool IsSmallest { get; init; } = true;
}

/// <summary>What a calendar costs: compared term by term, the first that differs decides; less is better.</summary>
/// <param name="Major">Major deviations: windows missed even as allowed.</param>
/// <param name="Minor">Minor deviations: windows kept as allowed but not as ideal.</param>
/// <param name="PersonChanges">Breaches of continuity or independence of people where they only should hold.</param>
/// <param name="Preferences">Preference points of the patient and the protocol, and how far windows are missed.</param>
/// <param name="DaysToFirst">Days from the request's <c>from</c> to the first treatment visit; 0 where there is none.</param>
/// <param name="DaysToLast">Days from the request's <c>from</c> to the last treatment visit; 0 where there is none.</param>
/// <param name="Fragments">Free pieces of a treatment resource shorter than an hour: after, minus before.</param>
public readonly record struct Cost(int Major, int Minor, int PersonChanges, int Preferences, int DaysToFirst, int DaysToLast, int Fragments)
    : IComparable<Cost>
{
    /// <summary>What changes of what is booked; it counts before all terms, and is nothing where nothing is booked.</summary>
    public Moves Moves { get; init; }

    /// <summary>The other terms in their order.</summary>
    public ImmutableArray<int> Terms => [Major, Minor, PersonChanges, Preferences, DaysToFirst, DaysToLast, Fragments];

    /// <inheritdoc />
    public int CompareTo(Cost other)
    {
        if (Moves.CompareTo(other.Moves) is not 0 and var byMoves)
        {
            return byMoves;
        }

        var (mine, others) = (Terms.Insert(Terms.Length - 1, Moves.Others), other.Terms.Insert(Terms.Length - 1, other.Moves.Others));
        for (var i = 0; i < mine.Length; i++)
        {
            if (mine[i] != others[i])
            {
                return mine[i].CompareTo(others[i]);
            }
        }

        return 0;
    }

    /// <summary>The terms as <c>[0, 0, 0, 2, 1, 14, -1]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Terms)}]";
}

/// <summary>What a calendar changes of what is booked; less is better, visits first, then people. The others are compared later, by <see cref="Cost"/>, just before fragments.</summary>
/// <param name="Visits">Booked visits that start at another time, or on another day. One that is not placed is no move.</param>
/// <param name="People">Needs of booked visits that stay at their time, and that another person fills.</param>
/// <param name="Others">Needs that another room fills although the visit stays, or another person although it moves: neither is worth a day's delay, but nor done without need.</param>
public readonly record struct Moves(int Visits, int People, int Others) : IComparable<Moves>
{
    /// <inheritdoc />
    public int CompareTo(Moves other) => Visits != other.Visits ? Visits.CompareTo(other.Visits) : People.CompareTo(other.People);
}
