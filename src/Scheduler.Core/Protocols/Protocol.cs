using System.Collections.Frozen;
using System.Collections.Immutable;
using Scheduler.Core.Messaging;

namespace Scheduler.Core.Protocols;

/// <summary>
/// A versioned definition of a combined treatment: its visit types and the rules that a calendar must or should satisfy.
/// Only the compiler makes one, so that every name in it exists and every number is in range.
/// </summary>
/// <param name="Id">The id of the protocol.</param>
/// <param name="Version">The version, as its authors write it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Parameters">The values that a clinic may override, with the values in force.</param>
/// <param name="Conditions">The outcomes on which conditional visits depend.</param>
/// <param name="VisitTypes">The kinds of visit, in the order of the file: ties between calendars are broken in that order.</param>
/// <param name="Rules">The rules, in the order of the file.</param>
public sealed partial record Protocol(
    string Id,
    string Version,
    string Title,
    Source? Source,
    ImmutableArray<Parameter> Parameters,
    ImmutableArray<Condition> Conditions,
    ImmutableArray<VisitType> VisitTypes,
    ImmutableArray<Rule> Rules)
{
    /// <summary>The arms to which a patient may be allocated; empty where all are treated alike.</summary>
    public ImmutableArray<Arm> Arms { get; init; } = [];

    /// <summary>Who must not learn a patient's arm: <c>patient</c>, or roles of the protocol's needs.</summary>
    public ImmutableArray<string> Blinded { get; init; } = [];

    /// <summary>Parts of the protocol for those patients who choose them.</summary>
    public ImmutableArray<OptionalStream> Streams { get; init; } = [];

    /// <summary>What is measured, and at which visits.</summary>
    public ImmutableArray<Measure> Outcomes { get; init; } = [];

    /// <summary>Scores that decide between conditions.</summary>
    public ImmutableArray<ScoreTable> ScoreTables { get; init; } = [];

    /// <summary>Named parts of the course.</summary>
    public ImmutableArray<Phase> Phases { get; init; } = [];

    /// <summary>When no message is sent, in the patient's zone, in minutes from midnight; runs past midnight where the end is not after the start.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>What to do when visits are missed or patients come late.</summary>
    public ImmutableArray<EventRule> Events { get; init; } = [];

    /// <summary>All visits: by visit type in the order of the file, then by ordinal.</summary>
    public ImmutableArray<VisitId> Visits { get; private init; } = VisitsOf(VisitTypes);

    /// <summary>The kinds of visit, in the order of the file: ties between calendars are broken in that order.</summary>
    public ImmutableArray<VisitType> VisitTypes
    {
        get;
        init
        {
            field = value;
            (Visits, types) = (VisitsOf(value), TypesOf(value));
        }
    }
        = VisitTypes;

    private FrozenDictionary<string, VisitType> types = TypesOf(VisitTypes);

    private static ImmutableArray<VisitId> VisitsOf(ImmutableArray<VisitType> types) => [.. types.SelectMany(t => t.Visits)];

    private static FrozenDictionary<string, VisitType> TypesOf(ImmutableArray<VisitType> types) =>
        types.DistinctBy(t => t.Id).ToFrozenDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>The type of a visit.</summary>
    /// <exception cref="KeyNotFoundException">The protocol has no such visit type.</exception>
    public VisitType TypeOf(VisitId visit) =>
        types.GetValueOrDefault(visit.Type) ?? throw new KeyNotFoundException($"No visit type '{visit.Type}' in {Id}.");

    /// <summary>Whether two visits can never both be needed, because their conditions exclude each other.</summary>
    public bool ExcludeEachOther(VisitId a, VisitId b) =>
        TypeOf(a).OnlyIf is { } first
        && TypeOf(b).OnlyIf is { } second
        && (Conditions.First(c => c.Id == first).Excludes.Contains(second) || Conditions.First(c => c.Id == second).Excludes.Contains(first));
}

/// <summary>Where a protocol was published.</summary>
/// <param name="Citation">The publication in one line.</param>
/// <param name="Doi">Its digital object identifier, without a prefix.</param>
/// <param name="Registry">The trial's registry number.</param>
public sealed record Source(string Citation, string? Doi, string? Registry);

/// <summary>A value that a clinic may override without copying the file.</summary>
/// <param name="Name">The name; the file uses it as <c>$name</c>.</param>
/// <param name="Value">The value in force, as written.</param>
/// <param name="Default">The value of the file.</param>
/// <param name="Means">What it is, in a sentence.</param>
/// <param name="Provenance">Where the default comes from.</param>
public sealed record Parameter(string Name, string Value, string Default, string Means, Provenance Provenance)
{
    /// <summary>The least and the greatest value that may be set, as written; null where the file sets no bounds.</summary>
    public (string From, string To)? Between { get; init; }
}
