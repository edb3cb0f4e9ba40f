using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <summary>Something that is measured or judged at visits: a score, or yes or no.</summary>
/// <param name="Id">The id.</param>
/// <param name="Means">What it is, in a sentence.</param>
/// <param name="At">The visits at which it is recorded.</param>
/// <param name="Range">The lowest and the highest score; null for yes or no.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record Measure(string Id, string Means, ImmutableArray<VisitId> At, (int Low, int High)? Range, Provenance Provenance);

/// <summary>Something that comes true or not, and on which visits depend.</summary>
/// <param name="Id">Its name, used by <c>only if</c> and <c>until</c>.</param>
/// <param name="Means">What it is, in a sentence.</param>
/// <param name="Excludes">Conditions that cannot hold together with this one.</param>
public sealed record Condition(string Id, string Means, ImmutableArray<string> Excludes)
{
    /// <summary>When it is true, worked out from recorded outcomes; null where the clinic judges.</summary>
    public OutcomeTest? When { get; init; }

    /// <summary>Where it comes from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}

/// <summary>When a condition is true, by recorded outcomes. A closed set. Unknown until what it asks for is recorded.</summary>
public abstract record OutcomeTest
{
    private OutcomeTest()
    {
    }

    /// <summary>A score lies within bounds.</summary>
    /// <param name="Outcome">The id of the measure.</param>
    /// <param name="At">The visit.</param>
    /// <param name="Low">The lowest score for which it is true.</param>
    /// <param name="High">The highest such score.</param>
    public sealed record Between(string Outcome, VisitId At, int Low, int High) : OutcomeTest;

    /// <summary>A score fell from one visit to another by at least so much of what it was; a score that was 0 has not fallen.</summary>
    /// <param name="Outcome">The id of the measure.</param>
    /// <param name="At">The later visit.</param>
    /// <param name="Before">The earlier visit.</param>
    /// <param name="Percent">From 1 to 100.</param>
    public sealed record FellBy(string Outcome, VisitId At, VisitId Before, int Percent) : OutcomeTest;

    /// <summary>A score fell from one visit to another by at least so many points.</summary>
    /// <param name="Outcome">The id of the measure.</param>
    /// <param name="At">The later visit.</param>
    /// <param name="Before">The earlier visit.</param>
    /// <param name="Points">From 1.</param>
    public sealed record FellByPoints(string Outcome, VisitId At, VisitId Before, int Points) : OutcomeTest;

    /// <summary>The answer is yes at any of the measure's visits.</summary>
    /// <param name="Outcome">The id of the measure.</param>
    public sealed record Yes(string Outcome) : OutcomeTest;

    /// <summary>Another condition is known not to be true.</summary>
    /// <param name="Condition">The id of the other condition.</param>
    public sealed record Not(string Condition) : OutcomeTest;

    /// <summary>Other conditions are all true.</summary>
    /// <param name="Conditions">Their ids, two or more.</param>
    public sealed record AllOf(ImmutableArray<string> Conditions) : OutcomeTest;

    /// <summary>At least one of other conditions is true.</summary>
    /// <param name="Conditions">Their ids, two or more.</param>
    public sealed record AnyOf(ImmutableArray<string> Conditions) : OutcomeTest;

    /// <summary>The conditions that the test asks for; none where it asks for outcomes.</summary>
    public ImmutableArray<string> Others => this switch
    {
        Not not => [not.Condition],
        AllOf all => all.Conditions,
        AnyOf any => any.Conditions,
        _ => [],
    };
}

/// <summary>A table that makes one of several conditions true by a score. Each row is a condition too, and rows exclude each other.</summary>
/// <param name="Id">The id.</param>
/// <param name="Outcome">The id of the measure.</param>
/// <param name="At">The visit.</param>
/// <param name="Rows">The rows, from the lowest score to the highest: without gap or overlap they cover the measure's range.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record ScoreTable(string Id, string Outcome, VisitId At, ImmutableArray<ScoreRow> Rows, Provenance Provenance);

/// <summary>A row of a score table.</summary>
/// <param name="Low">The lowest score of the row.</param>
/// <param name="High">The highest score.</param>
/// <param name="Condition">The id of the condition that it makes true.</param>
public sealed record ScoreRow(int Low, int High, string Condition);
