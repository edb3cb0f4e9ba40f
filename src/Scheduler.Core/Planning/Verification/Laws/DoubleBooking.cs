using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>double-booking</c>: no resource is used beyond what it bears.</summary>
internal static class DoubleBooking
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var day in evidence.ResourceDays)
        {
            // The same clash shows at several times and in several worlds; once is enough.
            var said = new HashSet<string>();
            foreach (var world in day.Worlds(evidence))
            {
                foreach (var (takings, tick, bears) in Clashes(day.Resource, world))
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

    private static IEnumerable<(List<Taking> Takings, int Tick, string Bears)> Clashes(Resource resource, IReadOnlyList<Taking> takings)
    {
        // Among fixed visits and bookings alone nothing can be done.
        var open = takings.Where(IsOpen).ToList();
        var beside = takings.Where(t => open.Exists(o => o.Taken.Overlaps(t.Taken))).ToList();
        if (beside.Count == open.Count && open.TrueForAll(t => t.IsHeld) && !AnyOverlap(open))
        {
            yield break;
        }

        // What is borne changes only where something begins or ends.
        foreach (var tick in beside.SelectMany(t => new[] { t.Taken.From, t.InUse.To, t.Taken.To }).Distinct().Order())
        {
            var now = beside.Where(t => t.Taken.From <= tick && tick < t.Taken.To).ToList();
            var held = now.Where(t => t.IsHeld && !now.Exists(o => GivesWay(t, o, tick))).ToList();
            var overseen = now.Where(t => !t.IsHeld).ToList();
            var isExclusive = held.Exists(t => t.Use == Use.Exclusive);
            if (isExclusive && held.Count > 1)
            {
                yield return (held, tick, "bears one exclusive use and nothing else in hand");
            }
            else if (!isExclusive && held.Count > resource.Capacity)
            {
                yield return (held, tick, $"bears {Count(resource.Capacity, "share")}");
            }

            if (overseen.Count > resource.Supervises)
            {
                yield return (overseen, tick, $"bears {Count(resource.Supervises, "supervision")}");
            }

            var tying = held.Where(t => t.Hours.To - t.Hours.From > resource.HandsOnMinutes).ToList();
            if (tying.Count > 0 && overseen.Count > 0)
            {
                yield return ([.. tying, .. overseen], tick, $"can supervise only beside uses of at most {resource.HandsOnMinutes} min");
            }
        }
    }

    private static bool IsOpen(Taking taking) => taking.Visit is { IsFixed: false };

    private static bool AnyOverlap(List<Taking> takings)
    {
        for (var i = 0; i < takings.Count; i++)
        {
            for (var j = i + 1; j < takings.Count; j++)
            {
                if (takings[i].Taken.Overlaps(takings[j].Taken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the clean-up of a segment gives way to a later segment of the same need of the same visit.</summary>
    private static bool GivesWay(Taking cleaned, Taking later, int tick) =>
        cleaned.Visit is not null
        && tick >= cleaned.InUse.To
        && later.Visit == cleaned.Visit
        && later.Need == cleaned.Need
        && later.Hours.From > cleaned.Hours.From;

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
