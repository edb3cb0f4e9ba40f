using System.Collections.Immutable;

namespace Scheduler.Core.Clinics;

/// <summary>What a resource is.</summary>
public enum ResourceKind
{
    /// <summary>Somebody who works at the clinic.</summary>
    Person,

    /// <summary>A room.</summary>
    Room,

    /// <summary>A treatment chair or bed.</summary>
    Chair,

    /// <summary>A machine.</summary>
    Device,
}

/// <summary>The sex of a person, where patients may ask for it.</summary>
public enum Sex
{
    /// <summary>Not stated.</summary>
    Unstated,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}

/// <summary>A person, room, chair or device.</summary>
/// <remarks>
/// How uses share a resource: at any minute it bears either one exclusive use, or at most <see cref="Capacity"/> shares; and besides
/// at most <see cref="Supervises"/> supervisions. A person who supervises is free for exclusive uses and shares that last at
/// most <see cref="HandsOnMinutes"/>; a longer one excludes supervision.
/// </remarks>
/// <param name="Id">The id, unique in the clinic.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Roles">What it can be used as.</param>
/// <param name="Skills">What it can do besides.</param>
/// <param name="Sex">The sex of a person, where stated.</param>
/// <param name="Capacity">How many shares it bears at once, from 1.</param>
/// <param name="Supervises">How many supervisions it bears at once; 0 for none.</param>
/// <param name="HandsOnMinutes">The longest use elsewhere that leaves its supervision unbroken, in minutes.</param>
/// <param name="Hours">Its weekly hours; null for the clinic's opening hours.</param>
/// <param name="Exceptions">Dates with other hours; of two that cover a date the later one counts.</param>
/// <param name="CleanUpMinutes">How long after each exclusive use or share nothing else may use it.</param>
/// <param name="MaxContactMinutes">The longest time a day that it may be in exclusive or shared use, in minutes; null for no limit.</param>
/// <param name="LatestStart">The latest wall time at which a use of it may start, in minutes from midnight; null for none.</param>
public sealed record Resource(
    string Id,
    string Title,
    ResourceKind Kind,
    ImmutableArray<string> Roles,
    ImmutableArray<string> Skills,
    Sex Sex,
    int Capacity,
    int Supervises,
    int HandsOnMinutes,
    WeeklyHours? Hours,
    ImmutableArray<DatedHours> Exceptions,
    int CleanUpMinutes,
    int? MaxContactMinutes,
    int? LatestStart)
{
    /// <summary>Where a person's mail goes; null where there is none.</summary>
    public string? Mail { get; init; }
}
