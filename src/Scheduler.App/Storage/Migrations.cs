using System.Reflection;
using NodaTime;

namespace Scheduler.App.Storage;

/// <summary>The numbered steps that make the tables, in their order.</summary>
internal static class Migrations
{
    private const string Table = "create table if not exists migration (name text primary key, at bigint not null)";

    /// <summary>Does the steps that a book has not had yet.</summary>
    /// <param name="book">A transaction that nobody else of its kind can be in.</param>
    /// <param name="dialect">Which of the steps written for one database only are done: <c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="key">How that database numbers rows.</param>
    /// <param name="clock">Tells when.</param>
    /// <param name="only">The steps to do, without the names of databases; null for all.</param>
    public static async Task Apply(BookTransaction book, string dialect, string key, IClock clock, IReadOnlySet<string>? only)
    {
        await book.Do(Table);
        foreach (var step in (await Missing(book, dialect)).Where(s => only is null || only.Contains(Step(s))))
        {
            await book.Do(Text(step).Replace("{key}", key, StringComparison.Ordinal));
            await book.Do("insert into migration (name, at) values (@step, @at)", new { step, at = clock.GetCurrentInstant().ToUnixTimeSeconds() });
        }
    }

    /// <summary>All steps, without the names of databases.</summary>
    public static IEnumerable<string> Known => typeof(Migrations).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Select(Step);

    /// <summary>A step without the name of the database for which it is written: <c>0002-guard</c>.</summary>
    public static string Step(string migration) => migration.Split('.')[0];

    /// <summary>Whether a book whose tables have been made has had all steps.</summary>
    /// <exception cref="BookIsNewerException">It has had one that is not known here.</exception>
    public static async Task<bool> AreDone(BookTransaction book, string dialect) => (await Missing(book, dialect)).Count == 0;

    private static async Task<IReadOnlyList<string>> Missing(BookTransaction book, string dialect)
    {
        var had = await book.Rows<string>("select name from migration order by name");
        var steps = Steps(dialect);
        return had.LastOrDefault(h => !steps.Contains(h)) is { } unknown ? throw new BookIsNewerException(unknown) : [.. steps.Except(had)];
    }

    /// <summary>The steps for one database: <c>0001-name.sql</c> is for all, <c>0002-name.sqlite.sql</c> for one.</summary>
    private static List<string> Steps(string dialect) =>
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && n.Split('.') is { Length: var parts } name && (parts == 2 || name[1] == dialect))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text(string step)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(step)!);
        return reader.ReadToEnd();
    }
}
