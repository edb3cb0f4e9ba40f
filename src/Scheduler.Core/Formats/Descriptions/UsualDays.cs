using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>What rules want of a visit's day when all goes as planned: the target of a window, a series spread over its weeks.</summary>
internal static class UsualDays
{
    /// <summary>How many wishes may fail before the rest is left as the rules are; more would take long to find and show little.</summary>
    private const int MostRefusals = 50;

    private const int DayMinutes = 24 * 60;

    /// <summary>Bounds narrowed by all wishes that go together; of those that do not, the first in the file wins.</summary>
    /// <param name="bounds">What the rules leave.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="index">The number of a visit, or of enrolment.</param>
    /// <param name="origins">The numbers from which others are counted.</param>
    public static DayBounds Narrow(DayBounds bounds, Protocol protocol, Func<VisitId?, int> index, int[] origins)
    {
        ImmutableArray<Wish> wishes = [.. Wishes(protocol)];
        var narrowed = bounds.Copy();
        foreach (var wish in wishes)
        {
            narrowed.Between(index(wish.From), index(wish.To), wish.Best.Least, wish.Best.Most);
        }

        return !Hold(narrowed, origins) && Hold(bounds, origins) ? OneByOne(bounds, wishes, index, origins) : narrowed;
    }

    private static bool Hold(DayBounds bounds, int[] origins) => origins.All(o => bounds.Latest(o) is not null);

    private static DayBounds OneByOne(DayBounds bounds, ImmutableArray<Wish> wishes, Func<VisitId?, int> index, int[] origins)
    {
        var (narrowed, refusals) = (bounds.Copy(), 0);
        foreach (var wish in wishes)
        {
            foreach (var (least, most) in new[] { wish.Best, wish.Else }.Distinct())
            {
                narrowed.Between(index(wish.From), index(wish.To), least, most);
                if (Hold(narrowed, origins))
                {
                    break;
                }

                narrowed.TakeBack(2);
                if (++refusals == MostRefusals)
                {
                    return narrowed;
                }
            }
        }

        return narrowed;
    }

    private static IEnumerable<Wish> Wishes(Protocol protocol)
    {
        var apart = protocol.Rules.OfType<Rule.ApartDays>().ToList();
        return protocol.Rules.SelectMany(rule => rule switch
        {
            Rule.Window window => window.Visits.Select(v => Of(window, v)),
            Rule.HourWindow window => window.Visits.Select(v => Of(window, v)),
            Rule.Cadence cadence => Spread(cadence),
            Rule.Order order => order.Groups.Zip(order.Groups.Skip(1))
                .Where(p => apart.Exists(a => a.Groups.Any(g => g.Contains(p.First[^1])) && a.Groups.Any(g => g.Contains(p.Second[0]) && !g.Contains(p.First[^1]))))
                .Select(p => Wish.AtLeast(p.First[^1], p.Second[0], 1)),
            _ => [],
        });
    }

    private static Wish Of(Rule.Window window, VisitId visit)
    {
        var target = CourseDays.Of(window.Target);
        var best = target + Nearest(window.Ideal);
        return new(window.Anchor.VisitOrNone, visit, (best, best), (target + window.Ideal.From, target + window.Ideal.To));
    }

    private static Wish Of(Rule.HourWindow window, VisitId visit)
    {
        // A visit of the morning: what is due half a day later is due the same day.
        long Day(int minutes) => (long)Math.Floor((minutes + (9 * 60)) / (double)DayMinutes);
        var best = Day(window.TargetMinutes + Nearest(window.Ideal));
        return new(window.Anchor.VisitOrNone, visit, (best, best), (Day(window.TargetMinutes + window.Ideal.From), Day(window.TargetMinutes + window.Ideal.To)));
    }

    /// <summary>The days of a series evenly over the weeks of each block, or at their exact distance.</summary>
    private static IEnumerable<Wish> Spread(Rule.Cadence cadence)
    {
        var (days, before) = (cadence.Days, 0);
        for (var d = 1; d < days.Length; d++)
        {
            if (cadence.Every is { } every)
            {
                yield return new(days[d - 1][0], days[d][0], (every.Days, every.Days), (every.Days - every.Tolerance, every.Days + every.Tolerance));
            }

            if (cadence.PerWeek is { } weekly)
            {
                var (from, to) = weekly.WeeksOf(d);
                before = weekly.WeeksOf(d - 1) == (from, to) ? before + 1 : 0;
                var times = weekly.Phases.Where(p => p.EveryWeeks == to - from + 1).Max(p => p.Times);
                yield return Wish.AtLeast(days[0][0], days[d][0], (7 * from) + (before * Math.Max(1, 7 * (to - from + 1) / times)));
            }
        }
    }

    private static int Nearest(Leeway leeway) => Math.Clamp(0, leeway.From, leeway.To);

    /// <summary>How many days a visit should lie after another, or after enrolment: best, and else.</summary>
    private sealed record Wish(VisitId? From, VisitId To, (long Least, long Most) Best, (long Least, long Most) Else)
    {
        private const long NoLimit = 1_000_000;

        public static Wish AtLeast(VisitId from, VisitId to, long days) => new(from, to, (days, NoLimit), (days, NoLimit));
    }
}
