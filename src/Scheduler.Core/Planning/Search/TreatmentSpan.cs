namespace Scheduler.Core.Planning.Search;

/// <summary>The first and the last day of treatment, as far as visits are decided.</summary>
internal readonly record struct TreatmentSpan(int First, int Last)
{
    /// <summary>No treatment yet.</summary>
    public static TreatmentSpan None => new(int.MaxValue, -1);

    /// <summary>What the two days cost; nothing where there is no treatment.</summary>
    public PackedCost Price => Last < 0 ? PackedCost.Zero : PackedCost.Days(First, Last);

    /// <summary>The span with one more day of treatment.</summary>
    public TreatmentSpan With(int day) => new(Math.Min(First, day), Math.Max(Last, day));

    /// <summary>Whether treatment on any of these days leaves the span as it is.</summary>
    public bool Holds(ReadOnlySpan<ulong> days) => DaySet.IsEmpty(days) || (DaySet.Next(days, 0) >= First && DaySet.Last(days) <= Last);
}
