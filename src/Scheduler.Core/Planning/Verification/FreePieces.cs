using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What is left free of a resource's day, and what of that is too short for a visit.</summary>
internal static class FreePieces
{
    /// <summary>Free pieces shorter than this are fragments.</summary>
    private const int FragmentMinutes = 60;

    /// <summary>The fragments of a day's available time, with what is taken by its bookings and by some visits.</summary>
    public static int Fragments(ResourceDay day, IReadOnlyList<Taking> visits)
    {
        var taken = new List<Hours>(visits.Count + day.Bookings.Length + 1);
        foreach (var booking in day.Bookings)
        {
            if (booking.IsHeld)
            {
                taken.Add(booking.Taken);
            }
        }

        for (var i = 0; i < visits.Count; i++)
        {
            if (visits[i].IsHeld)
            {
                taken.Add(visits[i].Taken);
            }
        }

        taken.Sort(static (a, b) => a.From.CompareTo(b.From));
        taken.Add(new(Hours.MinutesPerDay, Hours.MinutesPerDay));
        var fragments = 0;
        foreach (var stretch in day.Available)
        {
            var (free, end) = (Ticks.Ceiling(stretch.From), Ticks.Floor(stretch.To));
            foreach (var hole in taken)
            {
                fragments += Math.Min(hole.From, end) - free is > 0 and < FragmentMinutes ? 1 : 0;
                free = Math.Max(free, hole.To);
            }
        }

        return fragments;
    }
}
