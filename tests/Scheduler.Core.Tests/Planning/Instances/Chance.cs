using System.Collections.Immutable;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Choices that a seed decides.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int From(int least, int most) => random.Next(least, most + 1);

    public bool Percent(int percent) => random.Next(100) < percent;

    public T One<T>(params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    public T One<T>(ImmutableArray<T> of) => of[random.Next(of.Length)];

    /// <summary>So many different ones, in their order.</summary>
    public ImmutableArray<T> Some<T>(IEnumerable<T> of, int count) =>
        [.. of.Select((item, i) => (item, i, key: random.Next())).OrderBy(x => x.key).Take(count).OrderBy(x => x.i).Select(x => x.item)];

    /// <summary>Each with a probability.</summary>
    public ImmutableArray<T> Each<T>(IEnumerable<T> of, int percent) => [.. of.Where(_ => Percent(percent))];
}
