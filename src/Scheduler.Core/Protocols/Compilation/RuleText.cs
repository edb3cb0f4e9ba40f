using System.Collections.Immutable;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>A rule as written, ready to be bound once all names are known.</summary>
/// <param name="Bind">Makes the rule, or the several that are written as one; none when a name is unknown or the rule contradicts itself, which is then reported.</param>
internal sealed record RuleText(Func<RuleHead, Names, ImmutableArray<Rule>> Bind)
{
    /// <summary>Why the rule is there.</summary>
    public string? Because { get; init; }

    /// <summary>Where it comes from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}

/// <summary>The keys that every rule may have, and the shape of a rule of one kind.</summary>
internal static class RuleKeys
{
    public static Key<string> Because { get; } = Keys.Optional("because", Scalars.Text, "Why the rule is there, in a sentence.");

    public static Key<string> Cites { get; } = Keys.Optional("cites", Scalars.Text, "The publication that states it, in short.");

    public static Key<string> Assumed { get; } = Keys.Optional("assumed", Scalars.Text, "Why the value is the author's own choice, where publications are silent.");

    public static Key<bool> IsMust { get; } = Keys.Optional(
        "strength", Scalars.OneOf("'must' or 'should'", ("must", true), ("should", false)), "Whether the rule must be kept (the default) or only should.");

    public static Key<int> Weight { get; } = Keys.Optional(
        "weight", Scalars.Number(0, Scalars.MostWeight), "How many preference points a breach costs; 1 unless stated.");

    /// <summary>The shape of a rule whose first key tells its kind.</summary>
    public static MappingShape<RuleText> Rule(string name, ImmutableArray<Key> keys, Func<Fields, Reading, Func<RuleHead, Names, Rule?>> bind) =>
        Rules(name, keys, (fields, reading) => (head, names) => bind(fields, reading)(head, names) is { } rule ? [rule] : []);

    /// <summary>The shape of what is written as one rule and may be several.</summary>
    public static MappingShape<RuleText> Rules(string name, ImmutableArray<Key> keys, Func<Fields, Reading, Func<RuleHead, Names, ImmutableArray<Rule>>> bind) => new(
        name,
        [.. keys, Because, Cites, Assumed],
        (fields, reading) => new(bind(fields, reading)) { Because = fields.Find(Because)?.Value, Provenance = From(fields) });

    /// <summary>The provenance that a mapping states.</summary>
    public static Provenance From(Fields fields) =>
        fields.Find(Cites) is null && fields.Find(Assumed) is null ? Provenance.None : new(fields.Find(Cites)?.Value, fields.Find(Assumed)?.Value);

    /// <summary>The strength that a rule states; a weight without <c>should</c> is reported.</summary>
    public static Strength Strength(Fields fields, Reading reading)
    {
        var isMust = fields.Or(IsMust, otherwise: true);
        if (isMust && fields.Find(Weight) is { } weight)
        {
            reading.Bag.Add(Diagnostics.Messages.WeightWithoutShould(fields.KeySpan(Weight)));
        }

        return isMust ? Protocols.Strength.Must : Protocols.Strength.Should(Math.Max(1, fields.Or(Weight, 1)));
    }
}
