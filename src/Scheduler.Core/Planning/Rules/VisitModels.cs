using NodaTime;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules;

/// <summary>Makes visits as the search sees them; those of one length and the same limits share a class.</summary>
internal sealed class VisitModels(PlanningRequest request, CourseVisits visits, ClassBuilder classes, Almanac dates, int days, bool isPriced)
{
    private readonly Dictionary<string, VisitClass> known = new(StringComparer.Ordinal);

    /// <summary>The visit of an index with what limits it.</summary>
    public VisitModel Of(int v, CourseFrame frame, VisitLimits limits)
    {
        var id = visits.Ids[v];
        var type = request.Protocol.TypeOf(id);
        var domain = new ulong[DaySet.Words(days)];
        if (visits.FixedAt[v] is { } place)
        {
            var own = classes.ForFixed(type, id, place);
            DaySet.Add(domain, Period.DaysBetween(dates.Origin, place.Date));
            return new()
            {
                Id = id,
                Class = own,
                Days = domain,
                IsOptional = false,
                MayOpen = false,
                Fixed = place,
                FixedOption = classes.FixedOption(own, place, limits.TimePoints, limits.WeekdayPoints),
            };
        }

        var end = visits.IsLeftOut(id) ? 0 : Math.Min(days, Period.DaysBetween(dates.Origin, frame.LastDays[id]) + 1);
        var begin = Period.DaysBetween(dates.Origin, request.From);
        if (!limits.AllowAnyDate)
        {
            for (var day = begin; day < end; day++)
            {
                if (limits.Allow(dates.DateOf(day)))
                {
                    DaySet.Add(domain, day);
                }
            }
        }
        else if (begin < end)
        {
            DaySet.AddRange(domain, begin, end - 1);
        }

        var isOffGrid = frame.OffGrid.Contains(id);
        var key = $"{id.Type}\n{type.DurationOf(id.Ordinal)}\n{(isOffGrid ? "off" : "on")}\n{limits.Key}";
        if (!known.TryGetValue(key, out var shared))
        {
            known.Add(key, shared = classes.For(type, id.Ordinal, isOffGrid, limits));
        }

        if (isPriced && visits.BookedAt[v] is { } booked)
        {
            shared = shared.For(classes.Booked(type, booked));
        }

        return new() { Id = id, Class = shared, Days = domain, IsOptional = visits.IsOptional(v), MayOpen = frame.Openers.Contains(id), Fixed = null };
    }
}
