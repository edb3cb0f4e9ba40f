using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Says of the refused starts of a day what is in the way; those in a row with the same obstacles are one.</summary>
/// <param name="fillers">Who can fill the needs at all.</param>
/// <param name="onDay">Who can that day.</param>
/// <param name="refusals">What is refused, whoever comes.</param>
/// <param name="unasked">The starts at which nobody is asked who could come.</param>
internal sealed class RefusedRuns(Fillers fillers, FillersOnDay onDay, List<Refusal> refusals, TickSet unasked)
{
    /// <summary>The runs, by start.</summary>
    /// <param name="starts">All starts of the day.</param>
    /// <param name="refused">Those that are refused.</param>
    public ImmutableArray<RefusedStarts> Of(TickSet starts, TickSet refused)
    {
        var runs = ImmutableArray.CreateBuilder<RefusedStarts>();
        var (first, last, count, key, next) = (-1, -1, 0, new List<int>(), new List<int>());
        for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
        {
            var isRefused = refused.Contains(tick);
            if (isRefused)
            {
                FindKey(tick, next);
            }

            if (first >= 0 && !(isRefused && CollectionsMarshal.AsSpan(next).SequenceEqual(CollectionsMarshal.AsSpan(key))))
            {
                runs.Add(Run());
                first = -1;
            }

            if (isRefused)
            {
                (first, last, count) = (first < 0 ? tick : first, tick, first < 0 ? 1 : count + 1);
                (key, next) = (next, key);
            }
        }

        if (first >= 0)
        {
            runs.Add(Run());
        }

        return runs.DrainToImmutable();

        RefusedStarts Run() => new(TimeOf(first), TimeOf(last), count, ObstaclesAt(first));
    }

    private static LocalTime TimeOf(int tick) => LocalTime.Midnight.PlusMinutes(tick * TickSet.Minutes);

    /// <summary>Tells starts apart that have different obstacles.</summary>
    private void FindKey(int tick, List<int> key)
    {
        key.Clear();
        for (var i = 0; i < refusals.Count; i++)
        {
            if (refusals[i].Starts.Contains(tick))
            {
                key.Add(i);
            }
        }

        for (var n = 0; n < fillers.Needs.Length && !unasked.Contains(tick); n++)
        {
            if (IsUnfilled(n, tick))
            {
                key.Add(-1 - n);
                for (var f = 0; f < fillers.Of[n].Length; f++)
                {
                    key.Add((int)onDay.HindranceOf(n, f, tick));
                }
            }
        }
    }

    private ImmutableArray<Obstacle> ObstaclesAt(int tick)
    {
        var obstacles = ImmutableArray.CreateBuilder<Obstacle>();
        foreach (var refusal in refusals)
        {
            if (refusal.Starts.Contains(tick))
            {
                obstacles.Add(refusal.Obstacle);
            }
        }

        for (var n = 0; n < fillers.Needs.Length && !unasked.Contains(tick); n++)
        {
            if (IsUnfilled(n, tick))
            {
                var need = n;
                obstacles.Add(new Obstacle.OfNeed(
                    fillers.Needs[n].Need.Id,
                    [.. fillers.Of[n].Select((who, f) => new Candidate(who.Id, onDay.HindranceOf(need, f, tick), who.Rules))]));
            }
        }

        if (obstacles.Count == 0)
        {
            obstacles.Add(new Obstacle.OfNeedsTogether([.. fillers.Inside.Where(i => i.IsMust).Select(i => i.Rule).Distinct()]));
        }

        return obstacles.DrainToImmutable();
    }

    private bool IsUnfilled(int need, int tick)
    {
        for (var f = 0; f < fillers.Of[need].Length; f++)
        {
            if (fillers.Of[need][f].Always == Hindrance.None && onDay.Free(need, f).Contains(tick))
            {
                return false;
            }
        }

        return true;
    }
}
