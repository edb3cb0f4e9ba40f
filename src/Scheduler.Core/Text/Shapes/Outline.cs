using System.Collections.Immutable;

namespace Scheduler.Core.Text.Shapes;

/// <summary>
/// What a shape admits, as far as it can be seen without knowing the rest of the file: what an editor checks and offers while its
/// author types. It never refuses what its shape reads. A closed set.
/// </summary>
public abstract record Outline
{
    private Outline()
    {
    }

    /// <summary>A single value.</summary>
    /// <param name="Expected">What is expected, in words that complete "expected …".</param>
    /// <param name="Pattern">What the text looks like, where that is simple enough to say; null for any text that is not blank.</param>
    public sealed record Single(string Expected, string? Pattern) : Outline
    {
        /// <summary>The words from which the author chooses; empty where the value is free.</summary>
        public ImmutableArray<string> Choices { get; init; } = [];

        /// <summary>The least and the greatest of whole numbers; null for text.</summary>
        public (int From, int To)? Range { get; init; }
    }

    /// <summary>A mapping with known keys; no others may stand in it.</summary>
    /// <param name="Name">What it describes: <c>a visit type</c>.</param>
    /// <param name="Keys">The keys, in the order in which docs list them.</param>
    public sealed record Mapping(string Name, ImmutableArray<Key> Keys) : Outline;

    /// <summary>A mapping whose keys are the author's own.</summary>
    /// <param name="Name">What it lists: <c>rules by id</c>.</param>
    /// <param name="KeyOutline">What a key looks like.</param>
    /// <param name="Value">What stands under each key.</param>
    public sealed record Map(string Name, Outline KeyOutline, Outline Value) : Outline;

    /// <summary>A list; a single item may stand without the list around it.</summary>
    /// <param name="Item">What an item looks like.</param>
    public sealed record List(Outline Item) : Outline
    {
        /// <summary>Whether it may have no item at all; usually it has one at least.</summary>
        public bool MayBeEmpty { get; init; }
    }

    /// <summary>A mapping of one of several kinds, told apart by the first key of each.</summary>
    /// <param name="Name">What it describes: <c>a rule</c>.</param>
    /// <param name="Kinds">The kinds.</param>
    public sealed record Cases(string Name, ImmutableArray<Mapping> Kinds) : Outline;

    /// <summary>Either of two, told apart by what they are: a single value or a mapping.</summary>
    public sealed record Either(Outline First, Outline Second) : Outline;
}
