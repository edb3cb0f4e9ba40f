using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Who fills the needs of the visit at a start, and what that costs.</summary>
/// <param name="By">The filler of each need, by index.</param>
/// <param name="Certain">The price without conditional visits.</param>
/// <param name="Whole">The price with them.</param>
internal sealed record Staff(int[] By, PackedCost Certain, PackedCost Whole)
{
    /// <summary>Whether it costs less; those found first come first by their ids.</summary>
    public bool IsBetterThan(Staff? other) =>
        other is null || (Certain.CompareTo(other.Certain) is var certain and not 0 ? certain < 0 : Whole < other.Whole);
}

/// <summary>Chooses the best who can fill the needs of the visit on a day.</summary>
/// <param name="around">The calendar.</param>
/// <param name="fillers">Who can at all.</param>
/// <param name="onDay">Who can that day.</param>
internal sealed class Staffing(CalendarAround around, Fillers fillers, FillersOnDay onDay)
{
    /// <summary>The best at a start, all of whom are free and allowed; null where there are none.</summary>
    public Staff? Best(int tick)
    {
        if (fillers.MeetEachOther)
        {
            Staff? best = null;
            Try(tick, broken: null, mayBreak: false, (staff, _) => best = staff.IsBetterThan(best) ? staff : best);
            return best;
        }

        var (by, certain, whole) = (new int[fillers.Needs.Length], PackedCost.Zero, PackedCost.Zero);
        for (var n = 0; n < by.Length; n++)
        {
            var (best, least, leastOfAll) = (-1, PackedCost.Zero, PackedCost.Zero);
            for (var f = 0; f < fillers.Of[n].Length; f++)
            {
                if (fillers.Of[n][f].Always == Hindrance.None && onDay.Free(n, f).Contains(tick) && onDay.Price(n, f, tick) is var (own, ownOfAll)
                    && (best < 0 || own < least || (own == least && ownOfAll < leastOfAll)))
                {
                    (best, least, leastOfAll) = (f, own, ownOfAll);
                }
            }

            if (best < 0)
            {
                return null;
            }

            (by[n], certain, whole) = (best, certain + least, whole + leastOfAll);
        }

        return new(by, certain, whole);
    }

    /// <summary>All ways to fill the needs at a start that break nothing more than one constraint, be it <paramref name="broken"/>, with what they break.</summary>
    public void TryBreaking(int tick, HeldBy? broken, Action<Staff, HeldBy?> found) => Try(tick, broken, mayBreak: true, found);

    private void Try(int tick, HeldBy? broken, bool mayBreak, Action<Staff, HeldBy?> found)
    {
        var by = new int[fillers.Needs.Length];
        Fill(0, broken, PackedCost.Zero, PackedCost.Zero);

        void Fill(int need, HeldBy? breaks, PackedCost certain, PackedCost whole)
        {
            if (need == by.Length)
            {
                found(new([.. by], certain, whole), breaks);
                return;
            }

            for (var f = 0; f < fillers.Of[need].Length; f++)
            {
                by[need] = f;
                var who = fillers.Of[need][f];
                var isTaken = false;
                for (var n = 0; n < need; n++)
                {
                    isTaken |= fillers.Of[n][by[n]].Resource == who.Resource;
                }

                var (more, isOne) = isTaken ? (null, false) : With(breaks, who, onDay.HindranceOf(need, f, tick));
                var (second, isStillOne, changes) = isOne ? Inside(need, by, more) : (null, false, 0);
                if (isStillOne && (mayBreak || second is null))
                {
                    var price = onDay.Price(need, f, tick);
                    var isCounted = !around.IsConditional(around.Index);
                    Fill(
                        need + 1,
                        second,
                        certain + price.Certain + PackedCost.PersonChanges(isCounted ? changes : 0),
                        whole + price.Whole + PackedCost.PersonChanges(changes));
                }
            }
        }
    }

    /// <summary>What is broken with a filler as well; not one where that is more than one constraint.</summary>
    private static (HeldBy? Broken, bool IsOne) With(HeldBy? broken, Filler who, Hindrance hindrance)
    {
        if (hindrance == Hindrance.None)
        {
            return (broken, true);
        }

        HeldBy? more = hindrance switch
        {
            Hindrance.Rules => who.Rules.Length == 1 ? new HeldBy.OfRule(who.Rules[0]) : null,
            Hindrance.Wish => new HeldBy.OfLaw(Laws.Preferences),
            Hindrance.Hours or Hindrance.Bookings or Hindrance.OtherVisits or Hindrance.ContactHours => new HeldBy.OfResource(who.Id, hindrance),
            _ => null,
        };
        return more is null || (broken is not null && broken != more) ? (null, false) : (more, true);
    }

    /// <summary>What rules say of a need and those filled before it.</summary>
    private (HeldBy? Broken, bool IsOne, int Changes) Inside(int need, int[] by, HeldBy? broken)
    {
        var changes = 0;
        foreach (var (rule, first, second, same, isMust) in fillers.Inside)
        {
            if (Math.Max(first, second) != need || (fillers.Of[first][by[first]].Resource == fillers.Of[second][by[second]].Resource) == same)
            {
                continue;
            }

            if (!isMust)
            {
                changes++;
                continue;
            }

            HeldBy more = new HeldBy.OfRule(rule);
            if (broken is not null && broken != more)
            {
                return (null, false, 0);
            }

            broken = more;
        }

        return (broken, true, changes);
    }
}
