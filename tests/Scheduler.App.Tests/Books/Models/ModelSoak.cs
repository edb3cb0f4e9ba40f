using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>Many seeds of many operations, one after the other and by several workers; what went wrong is told with its seed.</summary>
internal static class ModelSoak
{
    /// <summary>Runs seeds in books of their own.</summary>
    /// <param name="newBook">Makes an empty book.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="operations">How many operations of each.</param>
    /// <param name="isSerial">Whether they are done one after the other.</param>
    public static async Task<(ImmutableSortedDictionary<string, int> Answers, IReadOnlyList<string> Faults)> Run(Func<Task<TestBook>> newBook, IEnumerable<int> seeds, int operations, bool isSerial)
    {
        var (tally, faults) = (new ConcurrentDictionary<string, int>(), new List<string>());
        foreach (var seed in seeds)
        {
            try
            {
                if (isSerial)
                {
                    await Task.Run(() => ModelCheck.Serial(newBook, seed, operations, tally, wrong => Console.Error.WriteLine($"seed {seed}: {wrong}\nFewer operations that go wrong are looked for.")));
                }
                else if (await ModelCheck.AtRandom(newBook, seed, operations, tally) is { Length: > 0 } wrong)
                {
                    faults.Add(wrong);
                }
            }
            catch (Exception failed)
            {
                faults.Add($"seed {seed}: {failed.Message}");
            }
        }

        return (tally.ToImmutableSortedDictionary(StringComparer.Ordinal), faults);
    }
}
