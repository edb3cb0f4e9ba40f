namespace Scheduler.Benchmarks.Peers;

/// <summary>A finite set of integers, as runs that do not touch.</summary>
internal sealed class ValueSet
{
    private ValueSet((int From, int To)[] runs) => Runs = runs;

    /// <summary>The runs, in order; both ends belong to them.</summary>
    public IReadOnlyList<(int From, int To)> Runs { get; }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => Runs.Count == 0;

    /// <summary>The least value.</summary>
    public int Least => Runs[0].From;

    /// <summary>The greatest value.</summary>
    public int Most => Runs[^1].To;

    /// <summary>The values, in order.</summary>
    public IEnumerable<int> Values => Runs.SelectMany(r => Enumerable.Range(r.From, r.To - r.From + 1));

    /// <summary>All from one value to another.</summary>
    public static ValueSet Range(int from, int to) => new([(from, to)]);

    /// <summary>What a literal may be.</summary>
    public static ValueSet Literal => Range(0, 1);

    /// <summary>Some values.</summary>
    public static ValueSet Of(IEnumerable<int> values)
    {
        var runs = new List<(int From, int To)>();
        foreach (var value in values.Distinct().Order())
        {
            if (runs.Count > 0 && runs[^1].To == value - 1)
            {
                runs[^1] = (runs[^1].From, value);
            }
            else
            {
                runs.Add((value, value));
            }
        }

        return new([.. runs]);
    }

    /// <summary>Whether a value is in it.</summary>
    public bool Contains(long value) => Runs.Any(r => value >= r.From && value <= r.To);
}
