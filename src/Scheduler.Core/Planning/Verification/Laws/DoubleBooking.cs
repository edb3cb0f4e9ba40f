using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>double-booking</c>: no resource is used beyond what it bears.</summary>
internal static class DoubleBooking
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var day in evidence.UsedDays)
        {
            if (!MayClash(day.Visits, day.Bookings))
            {
                continue;
            }

            // The same clash shows at several times and in several worlds; once is enough.
            var said = new HashSet<string>();
            foreach (var world in day.Worlds(evidence))
            {
                foreach (var (takings, tick, bears) in Clashes(day.Resource, world, day.Bookings))
                {
                    var parties = string.Join(" and ", takings.Select(Party));
                    if (takings.Exists(IsOpen) && said.Add(bears + parties))
                    {
                        yield return new(
                            [.. takings.Select(t => t.Visit?.Id).OfType<VisitId>().Distinct()],
                            [day.Resource.Id],
                            $"{Wording.Of(day.Resource)} {bears}, but on {Wording.Of(day.Date)} at {Hours.Clock(tick)} it is taken by {parties}.");
                    }
                }
            }
        }
    }

    /// <summary>Whether a visit that can be moved meets anything, or oversees: whoever is in hand alone is no clash, and among fixed visits and bookings nothing can be done.</summary>
    private static bool MayClash(IReadOnlyList<Taking> visits, ImmutableArray<Taking> bookings)
    {
        for (var i = 0; i < visits.Count; i++)
        {
            if (!IsOpen(visits[i]))
            {
                continue;
            }

            if (!visits[i].IsHeld)
            {
                return true;
            }

            for (var j = 0; j < visits.Count; j++)
            {
                if (j != i && visits[i].Taken.Overlaps(visits[j].Taken))
                {
                    return true;
                }
            }

            foreach (var booking in bookings)
            {
                if (visits[i].Taken.Overlaps(booking.Taken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<(List<Taking> Takings, int Tick, string Bears)> Clashes(Resource resource, IReadOnlyList<Taking> visits, ImmutableArray<Taking> bookings)
    {
        // Among fixed visits and bookings alone nothing can be done.
        var open = visits.Where(IsOpen).ToList();
        var beside = new List<Taking>();
        foreach (var taking in visits.Concat(bookings))
        {
            if (Meets(open, taking.Taken))
            {
                beside.Add(taking);
            }
        }

        foreach (var tick in Changes(open, beside))
        {
            var (held, isExclusive, tying, overseen) = Load(resource, beside, tick);
            if (isExclusive && held > 1)
            {
                yield return (Held(beside, tick), tick, "bears one exclusive use and nothing else in hand");
            }
            else if (!isExclusive && held > resource.Capacity)
            {
                yield return (Held(beside, tick), tick, $"bears {Count(resource.Capacity, "share")}");
            }

            if (overseen > resource.Supervises)
            {
                yield return (Overseen(beside, tick), tick, $"bears {Count(resource.Supervises, "supervision")}");
            }

            if (tying > 0 && overseen > 0)
            {
                yield return (
                    [.. Held(beside, tick).Where(t => IsTying(resource, t)), .. Overseen(beside, tick)],
                    tick,
                    $"can supervise only beside uses of at most {resource.HandsOnMinutes} min");
            }
        }
    }

    /// <summary>The ticks at which more or less is borne than before, in their order: those at which something begins or ends while a visit that can be moved is there.</summary>
    private static IEnumerable<int> Changes(List<Taking> open, List<Taking> beside)
    {
        var ticks = new List<int>(3 * beside.Count);
        foreach (var taking in beside)
        {
            ticks.Add(taking.Taken.From);
            ticks.Add(taking.InUse.To);
            ticks.Add(taking.Taken.To);
        }

        ticks.Sort();
        for (var i = 0; i < ticks.Count; i++)
        {
            if ((i == 0 || ticks[i] != ticks[i - 1]) && Meets(open, new(ticks[i], ticks[i] + 1)))
            {
                yield return ticks[i];
            }
        }
    }

    /// <summary>What is in hand at a tick, whether any of it is exclusive, how much of it ties whoever supervises, and what is overseen.</summary>
    private static (int Held, bool IsExclusive, int Tying, int Overseen) Load(Resource resource, List<Taking> takings, int tick)
    {
        var (held, isExclusive, tying, overseen) = (0, false, 0, 0);
        foreach (var taking in takings)
        {
            if (!taking.IsHeld)
            {
                overseen += IsOn(taking, tick) ? 1 : 0;
            }
            else if (IsOn(taking, tick) && !GivesWay(taking, takings, tick))
            {
                held++;
                isExclusive |= taking.Use == Use.Exclusive;
                tying += IsTying(resource, taking) ? 1 : 0;
            }
        }

        return (held, isExclusive, tying, overseen);
    }

    private static List<Taking> Held(List<Taking> takings, int tick) => takings.FindAll(t => t.IsHeld && IsOn(t, tick) && !GivesWay(t, takings, tick));

    private static List<Taking> Overseen(List<Taking> takings, int tick) => takings.FindAll(t => !t.IsHeld && IsOn(t, tick));

    private static bool IsOn(Taking taking, int tick) => taking.Taken.From <= tick && tick < taking.Taken.To;

    private static bool IsTying(Resource resource, Taking taking) => taking.Hours.To - taking.Hours.From > resource.HandsOnMinutes;

    private static bool IsOpen(Taking taking) => taking.Visit is { IsFixed: false };

    private static bool Meets(List<Taking> takings, Hours taken)
    {
        foreach (var taking in takings)
        {
            if (taking.Taken.Overlaps(taken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the clean-up of a segment gives way, at a tick, to a later segment of the same need of the same visit.</summary>
    private static bool GivesWay(Taking cleaned, List<Taking> takings, int tick)
    {
        if (cleaned.Visit is null || tick < cleaned.InUse.To)
        {
            return false;
        }

        foreach (var later in takings)
        {
            if (later.Visit == cleaned.Visit && later.Need == cleaned.Need && later.Hours.From > cleaned.Hours.From && IsOn(later, tick))
            {
                return true;
            }
        }

        return false;
    }

    private static string Party(Taking taking) =>
        $"{(taking.Visit is { } visit ? visit.Id.ToString() : "a booking")} ({taking.Use.ToString().ToLowerInvariant()}, {taking.Hours}"
        + (taking.TakenTo > taking.Hours.To ? $", clean-up until {Hours.Clock(taking.TakenTo)})" : ")");

    private static string Count(int count, string what) => count switch
    {
        0 => $"no {what}",
        1 => $"1 {what} at once",
        _ => $"{count} {what}s at once",
    };
}
