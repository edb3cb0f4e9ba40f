namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>
/// Bounds on differences of numbers: <c>to - from</c> is at most so much. They have a solution exactly when no cycle of them adds up to
/// less than nothing (Bellman and Ford).
/// </summary>
/// <param name="count">How many numbers there are.</param>
internal sealed class Differences(int count)
{
    private readonly List<(int From, int To, long Most)> bounds = [];
    private readonly int[] place = new int[count * count];

    /// <summary>The bounds, of two between the same numbers only the tighter one.</summary>
    public IReadOnlyList<(int From, int To, long Most)> Bounds => bounds;

    /// <summary>Number <paramref name="to"/> is at most so much more than number <paramref name="from"/>.</summary>
    public void AtMost(int from, int to, long most)
    {
        ref var at = ref place[(from * count) + to];
        if (at == 0)
        {
            bounds.Add((from, to, most));
            at = bounds.Count;
        }
        else if (most < bounds[at - 1].Most)
        {
            bounds[at - 1] = (from, to, most);
        }
    }

    /// <summary>Number <paramref name="to"/> is so much more than number <paramref name="from"/>, or more.</summary>
    public void AtLeast(int from, int to, long least) => AtMost(to, from, -least);

    /// <summary>Whether there is a solution.</summary>
    public bool CanHold()
    {
        var (value, cause) = (new long[count], new int[count]);
        Array.Fill(cause, -1);
        for (var round = 0; round <= count; round++)
        {
            // There and back again: a chain that runs against the order of the list then takes one round, not as many as it has links.
            var changed = false;
            for (var i = 0; i < bounds.Count; i++)
            {
                var (from, to, most) = bounds[round % 2 == 0 ? i : bounds.Count - 1 - i];
                if (value[from] + most < value[to])
                {
                    (value[to], cause[to]) = (value[from] + most, from);
                    changed = true;
                }
            }

            if (!changed)
            {
                return true;
            }

            // Values that cause each other in a circle fall for ever: no need to watch them to the last round.
            if (round % 8 == 7 && HasCircle(cause))
            {
                return false;
            }
        }

        return false;
    }

    private static bool HasCircle(int[] cause)
    {
        var seen = new int[cause.Length];
        for (var start = 0; start < cause.Length; start++)
        {
            for (var at = start; at >= 0; at = cause[at])
            {
                if (seen[at] == start + 1)
                {
                    return true;
                }

                if (seen[at] != 0)
                {
                    break;
                }

                seen[at] = start + 1;
            }
        }

        return false;
    }
}
