using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols;

/// <summary>
/// Something that a calendar must or should satisfy. A closed set: each kind is a nested record in a file of its own, with
/// a file of the same name in each room that treats rules kind by kind (compilation, planning, verification).
/// </summary>
public abstract partial record Rule
{
    private Rule(RuleHead head) => Head = head;

    /// <summary>Id, reason and provenance.</summary>
    public RuleHead Head { get; }

    /// <summary>The rule's id, unique in its protocol: as written, with a number where what is written is several rules.</summary>
    public string Id => Head.Part is { } part ? $"{Head.Id}[{part}]" : Head.Id;
}

/// <summary>What all rules have in common.</summary>
/// <param name="Id">The id, as written.</param>
/// <param name="Because">Why the rule is there, in a sentence; may be missing.</param>
/// <param name="Provenance">Where it comes from.</param>
/// <param name="Where">Where it is written.</param>
public sealed record RuleHead(string Id, string? Because, Provenance Provenance, SourceSpan Where)
{
    /// <summary>Which of several rules that are written as one, from 1; null for a rule that is one.</summary>
    public int? Part { get; init; }
}

/// <summary>Whether a rule must be kept, or should be kept at a price.</summary>
/// <param name="Weight">Null for a rule that must be kept; else the preference points that each breach costs, from 1 to 100.</param>
public readonly record struct Strength(int? Weight)
{
    /// <summary>A rule that must be kept.</summary>
    public static Strength Must => new(null);

    /// <summary>A preference of this weight.</summary>
    public static Strength Should(int weight) => new(weight);

    /// <summary>Whether the rule must be kept.</summary>
    public bool IsMust => Weight is null;
}
