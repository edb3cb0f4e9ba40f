using System.Diagnostics;
using System.Globalization;
using Scheduler.App.Enrolments;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Deaths;

/// <summary>A process of its own that books: one course after another until it is killed, or its part of a race.</summary>
internal static class BookingProcess
{
    /// <summary>Books all that is proposed, and says so of each before it goes on.</summary>
    public const string Verb = "book";

    /// <summary>Takes part in a race.</summary>
    public const string Racing = "race";

    /// <summary>What it says when the book is open.</summary>
    public const string Ready = "ready";

    /// <summary>Starts it.</summary>
    /// <param name="place">The book; it goes by standard input, since a password is in it.</param>
    /// <param name="words">The verb and what belongs to it.</param>
    public static async Task<Process> Start(BookPlace place, params IEnumerable<string> words)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(BookingProcess).Assembly.Location, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardInput.WriteLineAsync(place.AsText());
        await process.StandardInput.FlushAsync();
        return process;
    }

    /// <summary>The process's own work: <see cref="Verb"/>.</summary>
    public static async Task Book()
    {
        await using var book = BookPlace.Of(Console.ReadLine()!).Open();
        foreach (var key in await book.Rows<long>("select key from proposal order by key"))
        {
            var id = EnrolmentId(key);
            var answer = await book.App.Send(new Accept(id, id) { As = "root", Clinic = Clinic });
            Console.WriteLine(answer.IsDone ? id : answer.Refusal.ToString());
        }
    }

    /// <summary>The process's own work: <see cref="Racing"/>, one of so many parts with so many clients.</summary>
    public static async Task Race(int part, int parts, int clients)
    {
        await using var book = BookPlace.Of(Console.ReadLine()!).Open();
        var mine = (await book.Rows<long>("select key from proposal order by key")).Where((_, i) => i % parts == part).Select(k => (EnrolmentId(k), EnrolmentId(k))).ToList();
        Console.WriteLine(Ready);
        Console.ReadLine();
        foreach (var (answer, count) in (await Races.Race.Run(book.App, mine, clients)).Answers)
        {
            Console.WriteLine($"{count} {answer}");
        }
    }

    private static string EnrolmentId(long key) => string.Create(CultureInfo.InvariantCulture, $"P-{key}");
}
