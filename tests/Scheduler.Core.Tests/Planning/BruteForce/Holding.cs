using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>A resource in somebody's hands during some ticks of a day.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Date">The day.</param>
/// <param name="Owner">The visit's need or the booking that holds it.</param>
/// <param name="Use">How.</param>
/// <param name="From">The first tick.</param>
/// <param name="To">The first tick after it.</param>
/// <param name="IsCleanUp">Whether it is the time after a use.</param>
/// <param name="HandsFull">Whether the use is too long to go with supervision.</param>
internal sealed record Holding(Resource Resource, LocalDate Date, string Owner, Use Use, int From, int To, bool IsCleanUp, bool HandsFull)
{
    public bool IsContact => Use != Use.Supervision && !IsCleanUp;

    public bool Covers(int tick) => tick >= From && tick < To;

    /// <summary>A use and the clean-up after it.</summary>
    public static IEnumerable<Holding> Of(Resource resource, LocalDate date, string owner, Use use, Hours minutes, int cleanUp)
    {
        var taken = Ticks.Touched(minutes.From, minutes.To);
        var full = use != Use.Supervision && minutes.To - minutes.From > resource.HandsOnMinutes;
        yield return new(resource, date, owner, use, taken.From, taken.To, IsCleanUp: false, full);
        var clean = Math.Min(Ticks.PerDay, Ticks.Touched(minutes.From, minutes.To + cleanUp).To);
        if (use != Use.Supervision && clean > taken.To)
        {
            yield return new(resource, date, owner, use, taken.To, clean, IsCleanUp: true, full);
        }
    }

    /// <summary>Whether a resource bears at one tick what is in its hands then.</summary>
    public static bool AreBorne(Resource resource, IReadOnlyList<Holding> holdings, int tick)
    {
        var (exclusive, shares, supervisions, full) = (0, 0, 0, false);
        foreach (var holding in holdings)
        {
            if (!holding.Covers(tick) || holding.Yields(holdings, tick))
            {
                continue;
            }

            exclusive += holding.Use == Use.Exclusive ? 1 : 0;
            shares += holding.Use == Use.Share ? 1 : 0;
            supervisions += holding.Use == Use.Supervision ? 1 : 0;
            full |= holding.HandsFull;
        }

        return exclusive <= 1
            && (exclusive == 0 || shares == 0)
            && shares <= resource.Capacity
            && supervisions <= resource.Supervises
            && (supervisions == 0 || !full);
    }

    /// <summary>Clean-up does not stand in the way of later segments of its own need, nor does it count twice.</summary>
    private bool Yields(IReadOnlyList<Holding> holdings, int tick)
    {
        if (!IsCleanUp)
        {
            return false;
        }

        foreach (var other in holdings)
        {
            var isLater = other.IsCleanUp ? other.From > From : other.From >= From;
            if (isLater && other.Owner == Owner && other.Covers(tick))
            {
                return true;
            }
        }

        return false;
    }
}
