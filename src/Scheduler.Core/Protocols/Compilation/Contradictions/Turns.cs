namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>
/// The visits of one day in turns: of two, one ends before the other starts. Where bounds leave only one of the two turns, that is a bound too, and so
/// on until nothing changes; where they leave neither, the two overlap.
/// </summary>
internal sealed class Turns
{
    /// <summary>The most visits of a day whose turns are followed.</summary>
    private const int MostVisits = 60;

    private const long Unbounded = long.MaxValue / 4;

    private readonly int[] lengths;
    private readonly long[,] most;

    /// <summary>Visits of some lengths in minutes; one more number than there are visits stands for midnight.</summary>
    public Turns(int[] lengths)
    {
        this.lengths = lengths;
        var nodes = Follows ? lengths.Length + 1 : 0;
        most = new long[nodes, nodes];
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j < nodes; j++)
            {
                most[i, j] = i == j ? 0 : Unbounded;
            }
        }
    }

    private bool Follows => lengths.Length <= MostVisits;

    /// <summary>Number <paramref name="to"/> is at most so much more than number <paramref name="from"/>.</summary>
    public void AtMost(int from, int to, long minutes)
    {
        if (!Follows || minutes >= most[from, to])
        {
            return;
        }

        for (var i = 0; i < most.GetLength(0); i++)
        {
            for (var j = 0; j < most.GetLength(0); j++)
            {
                most[i, j] = Math.Min(most[i, j], Math.Min(Unbounded, most[i, from] + minutes + most[to, j]));
            }
        }
    }

    /// <summary>Two visits that overlap; null where none need to.</summary>
    /// <param name="mayOverlap">Whether two visits are one stay.</param>
    public (int One, int Other)? Overlap(Func<int, int, bool> mayOverlap)
    {
        var changed = Follows;
        while (changed)
        {
            changed = false;
            for (var i = 0; i < lengths.Length; i++)
            {
                for (var j = 0; j < lengths.Length; j++)
                {
                    if (i == j || most[i, j] >= lengths[i] || mayOverlap(i, j))
                    {
                        continue;
                    }

                    // The second cannot come after the first, so it comes before it.
                    if (most[j, i] < lengths[j])
                    {
                        return (Math.Min(i, j), Math.Max(i, j));
                    }

                    if (most[i, j] > -lengths[j])
                    {
                        AtMost(i, j, -lengths[j]);
                        changed = true;
                    }
                }
            }
        }

        return null;
    }
}
