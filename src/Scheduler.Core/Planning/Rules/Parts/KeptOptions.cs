using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>
/// What a class of visits can do on each day with some constraints. Those that it does not notice make no difference; and what is known of a day with some holds with
/// more, or with fewer, so that few days are looked at again (<see cref="KeptDays"/>).
/// </summary>
/// <param name="visits">The class.</param>
/// <param name="times">The constraints about times.</param>
/// <param name="days">Days of the horizon.</param>
internal sealed class KeptOptions(VisitClass visits, KeptTimes times, int days)
{
    /// <summary>More sets of limits that shut days to one crew, or to all, are not kept; a usual course has some dozens.</summary>
    private const int MostShut = 1_024;

    private readonly ulong[] noticed = times.Of(visits);
    private readonly ByBits<Known> known = new();
    private readonly ByBits<ulong[]>?[] shut = new ByBits<ulong[]>?[visits.Crews.Length + 1];
    private int shutCount;

    /// <summary>Places for what is known of needs, resources, crews and days; more than most take.</summary>
    public long Size =>
        ((long)known.Count * ((visits.Needs.Length * times.Availability.Resources.Count) + ((2L + visits.Crews.Length) * days)))
        + ((long)shutCount * (noticed.Length + DaySet.Words(days)));

    /// <summary>As much of <see cref="Size"/> as was counted last.</summary>
    public long Counted { get; set; }

    /// <summary>The options with some constraints.</summary>
    /// <param name="kept">The constraints, as bits.</param>
    /// <param name="availability">When clinic, patient and resources can with these.</param>
    public DayOptions With(ulong[] kept, Availability availability)
    {
        var those = DaySet.Both(noticed, kept);
        if (known.Find(those) is { } found)
        {
            return found.Options;
        }

        var of = new KeptDays(this, those, days, visits.Crews.Length);
        return known.Add(those, new(new(visits, availability, 0, days - 1, of), of)).Options;
    }

    /// <summary>Adds what is known of the days of a crew with some constraints: from what was asked with more of them, or with others, and from what these shut.</summary>
    public void Add(ulong[] kept, int crew, KnownDays.OfCrew to)
    {
        for (var i = 0; i < known.Count; i++)
        {
            var (those, other) = known[i];
            if (!ReferenceEquals(those, kept) && other.Days.IsAsked(crew))
            {
                var asked = other.Days.Of(crew);
                DaySet.Unite(to.Suspect, asked.Shut);
                if (DaySet.IsInside(kept, those))
                {
                    DaySet.Unite(to.Possible, asked.Possible);
                }
            }
        }

        AddShut(shut[0], kept, to);
        AddShut(crew == Decisions.AnyCrew ? null : shut[crew + 1], kept, to);
    }

    /// <summary>The days that some constraints shut to a crew, or to all.</summary>
    public ulong[] Shut(int crew, ulong[] by)
    {
        var of = shut[crew + 1] ??= new();
        if (of.Find(by) is { } found)
        {
            return found;
        }

        var shutDays = new ulong[DaySet.Words(days)];
        if (of.Count == MostShut)
        {
            return shutDays;
        }

        shutCount++;
        return of.Add(by, shutDays);
    }

    /// <summary>The same where these are limits.</summary>
    public ulong[] ShutByLimits(int crew, ulong[] limits) => Shut(crew, times.Constraints(limits));

    /// <summary>The constraints of what is in the way of a crew, or of all.</summary>
    public ulong[] InTheWay(int crew, ulong by) => times.Of(visits, crew, by);

    private static void AddShut(ByBits<ulong[]>? shut, ulong[] kept, KnownDays.OfCrew to)
    {
        for (var i = 0; i < shut?.Count; i++)
        {
            var (by, these) = shut[i];
            if (DaySet.IsInside(by, kept))
            {
                DaySet.Unite(to.Shut, these);
            }
        }
    }

    /// <summary>What is known with some constraints.</summary>
    private sealed record Known(DayOptions Options, KeptDays Days);
}
