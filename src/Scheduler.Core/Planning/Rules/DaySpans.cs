using System.Numerics;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The most days from each visit to each other that lags allow, one after the other; negative where one lies before the other on any account.</summary>
internal sealed class DaySpans
{
    /// <summary>The span that nothing bounds.</summary>
    public const int Unbounded = 1_000_000_000;

    /// <summary>Where lags contradict each other, going round in them makes spans ever smaller: below this they are all alike.</summary>
    private const int Smallest = -Unbounded / 2;

    private readonly int visits;
    private readonly int[] most;

    /// <summary>Adds lags up along all ways (Floyd and Warshall), row by row in vectors: a protocol of 400 visits asks for 64 million sums.</summary>
    /// <param name="visits">How many visits there are.</param>
    /// <param name="lags">The most days from one visit to another; null for no bound.</param>
    public DaySpans(int visits, IEnumerable<(int From, int To, int? Most)> lags)
    {
        this.visits = visits;
        most = new int[visits * visits];
        Array.Fill(most, Unbounded);
        for (var v = 0; v < visits; v++)
        {
            most[(v * visits) + v] = 0;
        }

        foreach (var (from, to, days) in lags)
        {
            ref var span = ref most[(from * visits) + to];
            span = Math.Min(span, days ?? Unbounded);
        }

        for (var via = 0; via < visits; via++)
        {
            for (var from = 0; from < visits; from++)
            {
                if (this[from, via] == Unbounded)
                {
                    continue;
                }

                var (row, onwards) = (from * visits, via * visits);
                if (this[via, via] < 0)
                {
                    ShortenInACircle(row, via, onwards);
                }
                else
                {
                    Shorten(most.AsSpan(row, visits), this[from, via], most.AsSpan(onwards, visits));
                }
            }
        }
    }

    /// <summary>The span from one visit to another.</summary>
    public int this[int from, int to] => most[(from * visits) + to];

    /// <summary>Whether a visit lies on an earlier day than another, whatever the days.</summary>
    public bool IsBefore(int first, int second) => this[second, first] < 0;

    /// <summary>The visits so that one comes after all that must lie before it; of those that nothing orders, the first of the protocol comes first.</summary>
    public int[] InOrder()
    {
        var before = new int[visits];
        for (var first = 0; first < visits; first++)
        {
            for (var second = 0; second < visits; second++)
            {
                before[second] += this[second, first] < 0 ? visits : this[second, first] <= 0 ? 1 : 0;
            }
        }

        return [.. Enumerable.Range(0, visits).OrderBy(v => before[v])];
    }

    /// <summary>Lags of conditional visits that contradict each other leave no day: each way by them is a way further back than the last.</summary>
    private void ShortenInACircle(int row, int via, int onwards)
    {
        for (var to = 0; to < visits; to++)
        {
            if (most[onwards + to] < Unbounded)
            {
                most[row + to] = Math.Min(most[row + to], Math.Max(most[row + via] + most[onwards + to], Smallest));
            }
        }
    }

    private static void Shorten(Span<int> row, int way, ReadOnlySpan<int> onwards)
    {
        var j = 0;
        for (; j <= row.Length - Vector<int>.Count; j += Vector<int>.Count)
        {
            var on = new Vector<int>(onwards[j..]);
            var sum = Vector.Max(on + new Vector<int>(way), new Vector<int>(Smallest));
            sum = Vector.ConditionalSelect(Vector.LessThan(on, new Vector<int>(Unbounded)), sum, new Vector<int>(Unbounded));
            Vector.Min(new Vector<int>(row[j..]), sum).CopyTo(row[j..]);
        }

        for (; j < row.Length; j++)
        {
            row[j] = onwards[j] == Unbounded ? row[j] : Math.Min(row[j], Math.Max(way + onwards[j], Smallest));
        }
    }
}
