namespace Scheduler.Core.Planning.Search;

/// <summary>The order in which calendars of equal price are told apart: visit by visit, the earlier place first. Cuts what cannot come first any more.</summary>
internal sealed class TieOrder(SearchProblem problem, Decisions decisions, DayOptions[] options, SharedDay sharedDays)
{
    private readonly VisitModel[] visits = problem.Visits;

    /// <summary>
    /// Whether every calendar below comes after the best one in the order of ties: up to the first visit that is later for sure, none can lie before its place
    /// in the best.
    /// </summary>
    /// <param name="below">What is left once the latest decision is made.</param>
    /// <param name="above">What was left before it.</param>
    /// <param name="group">The visits that were open before it.</param>
    /// <param name="best">Their best places so far.</param>
    public bool ComesAfter(Domains below, Domains above, int[] group, Part best)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            var isOfGroup = Array.BinarySearch(group, v) >= 0;
            if (!isOfGroup && !MayMove(above, group, v))
            {
                continue;
            }

            var found = Array.FindIndex(best.Places, p => p.Visit == v);
            if (found < 0)
            {
                return false;
            }

            var (isOpen, at) = (decisions.Day[v] == Decisions.Open, best.Places[found]);
            var day = isOpen ? DaySet.Next(below.Days(v), 0) : decisions.Day[v];
            if (day != at.Day)
            {
                return at.Day >= 0 && (day < 0 || day > at.Day);
            }

            if (day < 0)
            {
                continue;
            }

            if (isOpen || !isOfGroup || MayBeJoined(below, v))
            {
                if (visits[v].Fixed is null && at.Option!.ComparePlace(options[v].First(day)) > 0)
                {
                    return false;
                }
            }
            else if (sharedDays.PlaceOf(v, decisions).Compare(at) is var order and not 0)
            {
                return order > 0;
            }
        }

        return false;
    }

    /// <summary>Whether visits of a group can move a decided one that is not of the group.</summary>
    private bool MayMove(Domains level, int[] group, int visit) =>
        decisions.Day[visit] >= 0
        && visits[visit].Fixed is null
        && (decisions.HourPartners.Any(p => p.Length > 0) || Array.Exists(group, v => DaySet.Contains(level.Days(v), decisions.Day[visit])));

    /// <summary>Whether the day of a placed visit may still change: an open visit may come to it, or is tied to it by hours.</summary>
    private bool MayBeJoined(Domains level, int visit)
    {
        if (decisions.HourPartners.Any(p => p.Length > 0))
        {
            return true;
        }

        for (var other = 0; other < visits.Length; other++)
        {
            if (decisions.Day[other] == Decisions.Open && !problem.NeverShare[visit, other] && DaySet.Contains(level.Days(other), decisions.Day[visit]))
            {
                return true;
            }
        }

        return false;
    }
}
