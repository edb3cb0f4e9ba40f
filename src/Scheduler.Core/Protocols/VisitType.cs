using System.Collections.Immutable;
using Scheduler.Core.Messaging;

namespace Scheduler.Core.Protocols;

/// <summary>What a visit is for. The first and the last <see cref="Treatment"/> visit mark a course's length.</summary>
public enum VisitPurpose
{
    /// <summary>The patient is treated.</summary>
    Treatment,

    /// <summary>The patient is rated, examined or interviewed.</summary>
    Assessment,
}

/// <summary>How patient and clinic meet.</summary>
public enum Mode
{
    /// <summary>At the clinic; the only mode that takes a place.</summary>
    InPerson,

    /// <summary>By video: takes people, no place.</summary>
    Video,

    /// <summary>By phone: takes people, no place.</summary>
    Phone,

    /// <summary>The patient alone: takes nobody, and keeps to neither opening hours nor the patient's visiting hours.</summary>
    SelfReport,
}

/// <summary>A kind of visit, such as <c>infusion</c> or <c>caps5-baseline</c>.</summary>
/// <param name="Id">The id; a copy by <c>with</c> keeps it, since its visits bear it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Mode">How patient and clinic meet.</param>
/// <param name="Durations">The length of each visit of the series in whole minutes, by ordinal; as many as there are visits.</param>
/// <param name="Needs">The resources that a visit takes.</param>
/// <param name="OnlyIf">The condition that must come true for the visit to be needed; null for a visit that is certain.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record VisitType(
    string Id,
    string Title,
    VisitPurpose Purpose,
    Mode Mode,
    ImmutableArray<int> Durations,
    ImmutableArray<Need> Needs,
    string? OnlyIf,
    Provenance Provenance)
{
    /// <summary>The only arm that has these visits; null where all have.</summary>
    public string? Arm { get; init; }

    /// <summary>The optional stream to which the visits belong; null where they are for everybody.</summary>
    public string? Stream { get; init; }

    /// <summary>The condition that ends the series: visits not yet held are released when it comes true; null for a series that runs to its end.</summary>
    public string? Until { get; init; }

    /// <summary>Whether a payer's authorisation must cover each visit.</summary>
    public bool NeedsAuthorisation { get; init; }

    /// <summary>What must be so on the day.</summary>
    public ImmutableArray<DayCondition> DayConditions { get; init; } = [];

    /// <summary>What the patient is told.</summary>
    public ImmutableArray<Message> Messages { get; init; } = [];

    /// <summary>How many visits the series has.</summary>
    public int Count => Durations.Length;

    /// <summary>The visits of the series in their order.</summary>
    public ImmutableArray<VisitId> Visits { get; private init; } = VisitsOf(Id, Durations);

    /// <summary>The length of each visit of the series in whole minutes, by ordinal; as many as there are visits.</summary>
    public ImmutableArray<int> Durations
    {
        get;
        init
        {
            field = value;
            Visits = VisitsOf(Id, value);
        }
    }
        = Durations;

    private static ImmutableArray<VisitId> VisitsOf(string id, ImmutableArray<int> durations) => [.. Enumerable.Range(1, durations.Length).Select(n => new VisitId(id, n))];

    /// <summary>Whether the visits are planned but only needed if an outcome says so.</summary>
    public bool IsConditional => OnlyIf is not null;

    /// <summary>The length in minutes of the visit with this ordinal, from 1.</summary>
    public int DurationOf(int ordinal) => Durations[ordinal - 1];
}

/// <summary>Whether a need is filled by somebody or by something.</summary>
public enum NeedKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>A room, a chair or a device.</summary>
    Place,
}

/// <summary>One resource that a visit takes, and when during the visit. The same resource fills all of a need's segments.</summary>
/// <param name="Id">The need's name within its visit type; usually the role.</param>
/// <param name="Kind">Whether a person or a place fills it.</param>
/// <param name="Role">The role that the resource must have.</param>
/// <param name="Skills">Skills that it must have besides.</param>
/// <param name="Segments">When it is in use, and how.</param>
/// <param name="CleanUpMinutes">How long after each segment nothing else may use it.</param>
/// <param name="StartsApartMinutes">How far the starts of two such uses of one resource must lie apart at least; 0 for no rule.</param>
public sealed record Need(
    string Id,
    NeedKind Kind,
    string Role,
    ImmutableArray<string> Skills,
    ImmutableArray<Segment> Segments,
    int CleanUpMinutes,
    int StartsApartMinutes);

/// <summary>A part of a visit during which a need's resource is in use.</summary>
/// <param name="Use">How it is used.</param>
/// <param name="From">When the use begins.</param>
/// <param name="To">When it ends (exclusive).</param>
public sealed record Segment(Use Use, Moment From, Moment To)
{
    /// <summary>The segment in minutes from the start of a visit that is <paramref name="duration"/> minutes long.</summary>
    public (int From, int To) In(int duration) => (From.In(duration), To.In(duration));
}

/// <summary>A moment of a visit, counted from its start or back from its end.</summary>
/// <param name="Minutes">Whole minutes, not negative.</param>
/// <param name="BeforeEnd">Whether it is counted back from the end.</param>
public readonly record struct Moment(int Minutes, bool BeforeEnd)
{
    /// <summary>The start of a visit.</summary>
    public static Moment Start => new(0, BeforeEnd: false);

    /// <summary>The end of a visit.</summary>
    public static Moment End => new(0, BeforeEnd: true);

    /// <summary>Minutes from the start of a visit that is <paramref name="duration"/> minutes long.</summary>
    public int In(int duration) => BeforeEnd ? duration - Minutes : Minutes;
}
