namespace Scheduler.Core.Planning.Search;

/// <summary>A resource on a date, in ticks.</summary>
/// <param name="Hours">It works.</param>
/// <param name="Worked">It works, and the clinic is open.</param>
/// <param name="Load">What it bears by its bookings.</param>
/// <param name="BookingStarts">When its bookings start that are no supervision, in minutes, and how many minutes apart from others they ask to be.</param>
internal sealed record ResourceDay(TickSet Hours, TickSet Worked, Load Load, IReadOnlyList<(int Begin, int Apart)> BookingStarts)
{
    /// <summary>Free stretches shorter than 60 minutes are fragments.</summary>
    private const int Fragment = 60 / TickSet.Minutes;

    private readonly TickSet taken = ~(Worked & ~Load.Taken);

    /// <summary>It works, the clinic is open, and nothing is booked.</summary>
    public TickSet Free => ~taken;

    /// <summary>The fragments that ticks taken would make more than there are.</summary>
    public int FragmentsMore(TickSet more) => FragmentsOf(~taken & ~more) - FragmentsOf(~taken);

    /// <summary>The same for one stretch of ticks [from, to) that begins in free time: only the free stretch around it changes.</summary>
    public int FragmentsMore(int from, int to)
    {
        var first = taken.Before(from) + 1;
        var end = taken.Next(from) is >= 0 and var next ? next : TickSet.Count;
        return to > end
            ? FragmentsMore(TickSet.Range(from, to))
            : IsFragment(from - first) + IsFragment(end - to) - IsFragment(end - first);
    }

    /// <summary>Starts from each of which ticks [from, to) later are taken, by the fragments that this makes more; null where some change still more.</summary>
    public FragmentLevels? LevelsOf(TickSet starts, (int From, int To) taken)
    {
        // Clean-up may reach over the end of free time, and into what lies behind a break; such starts are looked at one by one.
        var (from, to) = taken;
        var inFree = starts & Free.StartsOf(to - from).Down(from);
        var levels = FragmentLevels.Of(inFree, FragmentsAround(from, to));
        for (var (others, tick) = (starts & ~inFree, (starts & ~inFree).Next(0)); tick >= 0; tick = others.Next(tick + 1))
        {
            var more = FragmentsMore(tick + from, tick + to);
            if (more is < FragmentLevels.Least or > FragmentLevels.Most)
            {
                return null;
            }

            levels |= FragmentLevels.Of(TickSet.Range(tick, tick + 1), more);
        }

        return levels;
    }

    /// <summary>Of all starts at once from which ticks [from, to) later are free, those that leave a fragment before them, those that leave one behind, and those that lie in one.</summary>
    public (TickSet Before, TickSet Behind, TickSet Inside) FragmentsAround(int from, int to)
    {
        var whole = Free.StartsOf(Fragment);
        var inside = Free & ~whole.Lasting(Fragment);
        return (
            (Free.Up(1) & ~whole.Up(Fragment)).Down(from),
            Free.Down(to) & ~whole.Down(to),
            inside.Down(from));
    }

    private static int IsFragment(int ticks) => ticks is > 0 and < Fragment ? 1 : 0;

    private static int FragmentsOf(TickSet free) => free.Runs - free.StartsOf(Fragment).Runs;
}
