using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>What visits of one type, length and set of one-visit rules share: their needs, the starts that they may have, and the prices of those.</summary>
internal sealed class VisitClass
{
    private bool? isCrewOnePerson;

    /// <summary>The visit type.</summary>
    public required VisitType Type { get; init; }

    /// <summary>The length in minutes.</summary>
    public required int Duration { get; init; }

    /// <summary>The needs, in the protocol's order.</summary>
    public required NeedModel[] Needs { get; init; }

    /// <summary>The starts that grid, rules and wishes that must be kept leave on any day.</summary>
    public required TickSet Starts { get; init; }

    /// <summary>Preference points by start tick; null where every start is as good.</summary>
    public required int[]? StartPoints { get; init; }

    /// <summary>Preference points by day of the horizon; null where every day is as good.</summary>
    public required int[]? DayPoints { get; init; }

    /// <summary>The ways to fill the needs that rules about people tie to other visits; one empty crew where there are none.</summary>
    public required Crew[] Crews { get; init; }

    /// <summary>Whether there are more ways than are looked at; what is found then proves nothing.</summary>
    public required bool IsCut { get; init; }

    /// <summary>For each need, whether a crew fills it.</summary>
    public required bool[] Tied { get; init; }

    /// <summary>Whether one need is tied and no other, so that each crew is one person, and no two are the same.</summary>
    public bool IsCrewOnePerson => isCrewOnePerson ??= Array.FindAll(Tied, t => t).Length == 1;

    /// <summary>Whether two needs can be filled by the same resource, so that a choice for one limits the other.</summary>
    public required bool NeedsCompete { get; init; }

    /// <summary>Where the visit is booked, for a class of its own; null where it is not.</summary>
    public BookedPlace? Booked { get; private init; }

    /// <summary>The tick behind the visit, from its start.</summary>
    public int Ticks => TickSet.CeilingTick(Duration);

    /// <summary>The class of one visit that is booked: to move it, or to change who and what takes part, has a price.</summary>
    public VisitClass For(BookedPlace booked) => new()
    {
        Type = Type,
        Duration = Duration,
        Needs = Needs,
        Starts = Starts,
        StartPoints = StartPoints,
        DayPoints = DayPoints,
        Crews = Crews,
        IsCut = IsCut,
        Tied = Tied,
        NeedsCompete = NeedsCompete,
        Booked = booked,
    };
}

/// <summary>Where a visit is booked that may be moved.</summary>
/// <param name="Day">The day of the horizon; -1 for one before it.</param>
/// <param name="Minute">The start in minutes from midnight.</param>
/// <param name="Resources">For each need what is booked, by index; <see cref="Gone"/> for what is no longer at the clinic, <see cref="Nothing"/> where nothing is booked.</param>
/// <param name="IsPerson">For each need, whether a person fills it.</param>
internal sealed record BookedPlace(int Day, int Minute, int[] Resources, bool[] IsPerson)
{
    /// <summary>In place of one who, or which, is no longer at the clinic.</summary>
    public const int Gone = -2;

    /// <summary>Where nothing is booked that could change.</summary>
    public const int Nothing = -1;

    /// <summary>Whether a resource is another one than a need has by the booking.</summary>
    public bool IsOther(int need, int resource) => Resources[need] != Nothing && Resources[need] != resource;

    /// <summary>Whether who or what fills a need matters where the visit moves: people do, rooms do not.</summary>
    public bool CountsWhereMoved(int need) => IsPerson[need] && Resources[need] != Nothing;
}

/// <summary>The resources of a visit's tied needs, by need; -1 for a need that is not tied.</summary>
internal sealed record Crew(int[] Resources);

/// <summary>A need with the resources that can fill it, in the order of their ids.</summary>
internal sealed class NeedModel
{
    /// <summary>The need.</summary>
    public required Need Need { get; init; }

    /// <summary>The minutes of the visit.</summary>
    public required int Duration { get; init; }

    /// <summary>Indices of resources, ascending in the order of ids.</summary>
    public required int[] Candidates { get; init; }

    /// <summary>Preference points of each candidate.</summary>
    public required int[] Points { get; init; }

    /// <summary>The need's segments in minutes from the visit's start.</summary>
    public required (Use Use, int From, int To)[] Segments { get; init; }

    /// <summary>When the first use begins, in minutes from the visit's start.</summary>
    public int FirstUse => Segments.Min(s => s.From);

    /// <summary>The ticks that a resource is taken, clean-up included, from the tick of the visit's start; for a need of one segment.</summary>
    public (int From, int To) Taken(Resource who) => (TickSet.FloorTick(Segments[0].From), TickSet.CeilingTick(Segments[0].To + Availability.CleanUp(Need, who)));
}

/// <summary>A visit's start and resources on some day, with their price.</summary>
/// <param name="Minute">The start in minutes from midnight.</param>
/// <param name="Resources">The resource of each need.</param>
/// <param name="Points">What it costs without its fragments, as <see cref="PlacePoints"/>.</param>
/// <param name="Fragments">Fragments more (or fewer) than before, with no other visit of the course on the day.</param>
internal sealed record Option(int Minute, int[] Resources, long Points, int Fragments)
{
    /// <summary>Rooms that are others than the booked ones although the visit stays at its time; people who are although it moves.</summary>
    public int Others { get; init; }

    /// <summary>The price of the option.</summary>
    public PackedCost Cost => Price + PackedCost.Fragments(Fragments);

    /// <summary>The price without its fragments, which other visits of the day may change.</summary>
    public PackedCost Price => PackedCost.OfPlace(Points) + PackedCost.Others(Others);

    /// <summary>The order in which ties are broken: the earlier start, then the resources in the order of the needs.</summary>
    public int ComparePlace(Option other) =>
        Minute != other.Minute ? Minute.CompareTo(other.Minute) : Resources.AsSpan().SequenceCompareTo(other.Resources);
}
