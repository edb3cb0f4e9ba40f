using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.App.Enrolments;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Races;

/// <summary>Many who book at once.</summary>
internal static class Race
{
    /// <summary>
    /// Courses of two talks, each wanting two of the same two hundred places: ten of the starts of ten days in two rooms, most of which lie over others.
    /// </summary>
    public static IEnumerable<IReadOnlyList<(int Room, NodaTime.LocalDateTime Start)>> Wishes(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (first, second) = (random.Next(10), random.Next(9));
            second += second >= first ? 1 : 0;
            yield return [.. new[] { Math.Min(first, second), Math.Max(first, second) }.Select(day => (1 + random.Next(2), TalkClinic.Start(day, random.Next(10))))];
        }
    }

    /// <summary>Has clients accept proposals, each the next as soon as it is answered; what they were answered.</summary>
    /// <param name="app">The use cases.</param>
    /// <param name="requests">The proposals with the keys under which they are accepted.</param>
    /// <param name="clients">How many clients.</param>
    public static async Task<Tally> Run(Application app, IReadOnlyList<(string Proposal, string Key)> requests, int clients)
    {
        var answers = new ConcurrentBag<string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var mine && mine < requests.Count)
            {
                try
                {
                    var answer = await app.Send(new Accept(requests[mine].Proposal, requests[mine].Key) { As = "root", Clinic = Clinic });
                    answers.Add(answer.IsDone ? Tally.Done : answer.Refusal.Code);
                }
                catch (Exception defect)
                {
                    answers.Add($"{Tally.Defect}{defect.GetType().Name}: {defect.Message.ReplaceLineEndings(" ")}");
                }
            }
        })));
        return new(answers.CountBy(a => a).ToImmutableSortedDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal));
    }
}

/// <summary>How often which answer was given.</summary>
internal sealed record Tally(ImmutableSortedDictionary<string, int> Answers)
{
    public const string Done = "booked";

    public const string Defect = "defect: ";

    public int Booked => Answers.GetValueOrDefault(Done);

    /// <summary>Errors that are no answers.</summary>
    public IEnumerable<string> Defects => Answers.Keys.Where(a => a.StartsWith(Defect, StringComparison.Ordinal));

    public override string ToString() => string.Join(", ", Answers.Select(a => $"{a.Key} {a.Value}"));
}
