namespace Scheduler.Core.Formats.Descriptions;

/// <summary>
/// Days bounded against each other: number <c>to</c> is at most so much more than number <c>from</c>. What follows for each number against one of
/// them is a shortest path (Bellman and Ford).
/// </summary>
internal sealed class DayBounds(int count)
{
    private readonly List<(int From, int To, long Most)> bounds = [];

    /// <summary>Adds a bound.</summary>
    public void AtMost(int from, int to, long most) => bounds.Add((from, to, most));

    /// <summary>Takes back the bounds that were added last.</summary>
    public void TakeBack(int number = 1) => bounds.RemoveRange(bounds.Count - number, number);

    /// <summary>The same bounds, to be narrowed further.</summary>
    public DayBounds Copy()
    {
        var copy = new DayBounds(count);
        copy.bounds.AddRange(bounds);
        return copy;
    }

    /// <summary>One number is exactly so much more than another.</summary>
    public void Exactly(int from, int to, long days) => Between(from, to, days, days);

    /// <summary>One number is at least and at most so much more than another.</summary>
    public void Between(int from, int to, long least, long most)
    {
        AtMost(from, to, most);
        AtMost(to, from, -least);
    }

    /// <summary>How much more than number <paramref name="source"/> each is at most; null for no bound. Null as a whole where the bounds contradict each other.</summary>
    public long?[]? Latest(int source) => Paths(source, bounds);

    /// <summary>How much more than number <paramref name="source"/> each is at least.</summary>
    public long?[]? Earliest(int source)
    {
        var paths = Paths(source, bounds.ConvertAll(b => (b.To, b.From, b.Most)));
        return paths is null ? null : Array.ConvertAll(paths, p => -p);
    }

    private long?[]? Paths(int source, List<(int From, int To, long Most)> edges)
    {
        var path = new long?[count];
        path[source] = 0;
        for (var round = 0; round <= count; round++)
        {
            var changed = false;
            foreach (var (from, to, most) in edges)
            {
                if (path[from] is { } length && !(path[to] <= length + most))
                {
                    path[to] = length + most;
                    changed = true;
                }
            }

            if (!changed)
            {
                return path;
            }
        }

        return null;
    }
}
