using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>
/// What is known of the days of a class with some constraints from what others asked: a day that some constraints shut stays shut with any others beside them, and one on
/// which visits can take place stays so with fewer.
/// </summary>
/// <param name="all">What is known with other constraints.</param>
/// <param name="kept">The constraints that the class notices, as bits.</param>
/// <param name="days">Days of the horizon.</param>
/// <param name="crews">How many crews the class has.</param>
internal sealed class KeptDays(KeptOptions all, ulong[] kept, int days, int crews) : KnownDays(days, crews)
{
    private readonly List<(ulong By, ulong[] Days)>?[] shutBy = new List<(ulong, ulong[])>?[crews + 1];

    /// <inheritdoc/>
    protected override void Add(int crew, OfCrew to) => all.Add(kept, crew, to);

    /// <inheritdoc/>
    protected override ulong[] ShutBy(int crew, ulong by)
    {
        var ofCrew = shutBy[crew + 1] ??= [];
        foreach (var (what, shut) in ofCrew)
        {
            if (what == by)
            {
                return shut;
            }
        }

        ofCrew.Add((by, all.Shut(crew, DaySet.Both(all.InTheWay(crew, by), kept))));
        return ofCrew[^1].Days;
    }

    /// <inheritdoc/>
    protected override ulong[] ShutBy(int crew, ulong[] limits) => all.ShutByLimits(crew, limits);
}
