namespace Scheduler.Core.Planning.Search;

/// <summary>A calendar as the search sees it.</summary>
/// <param name="Cost">Its price.</param>
/// <param name="Days">The day of each visit; -1 for one that is left out.</param>
/// <param name="Options">The start and resources of each visit; null for one that is left out.</param>
internal sealed record Solution(PackedCost Cost, int[] Days, Option?[] Options);

/// <summary>What a search found.</summary>
/// <param name="Best">The best solution, or null.</param>
/// <param name="IsComplete">Whether nothing better exists; false when the step budget ended the search.</param>
/// <param name="Bound">No solution costs less.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record SearchResult(Solution? Best, bool IsComplete, PackedCost Bound, long Steps);

/// <summary>Whether there is any solution.</summary>
/// <param name="IsFound">Whether one was found.</param>
/// <param name="IsKnown">Whether one was found, or none exists; false when the step budget ended the search.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record Existence(bool IsFound, bool IsKnown, long Steps);
