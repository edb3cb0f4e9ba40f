using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>What anybody does in any order ends in the book as in the model; the full figures are those of the soak.</summary>
public abstract class ModelConformance
{
    private const int Seeds = 10;

    private const int Operations = 200;

    /// <summary>What must have been answered at times, or the operations show little.</summary>
    private static readonly string[] Wanted =
    [
        "Accept done", "Accept BK001", "Accept BK016", "Accept BK017", "Accept BK018", "Accept BK022", "AddAbsence done", "Amend done", "Amend BK010", "Amend BK092", "Enrol done", "Move done", "Move BK028", "OfferFree done",
        "Propose done", "Propose BK034", "Repair done", "Reserve done", "Reserve BK001", "Reserve BK016", "Reserve BK017", "Reserve BK024", "Reserve BK025", "Tell done", "Tell BK021", "Tell BK026", "Tell BK035", "Tell BK043", "Wait done",
    ];

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Any_operations_end_as_in_a_plain_model()
    {
        var tally = new ConcurrentDictionary<string, int>();

        await Task.Run(() =>
        {
            for (var seed = 1; seed <= Seeds; seed++)
            {
                ModelCheck.Serial(NewBook, seed, Operations, tally);
            }
        });

        Assert.Empty(Wanted.Except(tally.Keys));
    }

    [Fact]
    public async Task Operations_of_eight_workers_end_as_in_a_plain_model()
    {
        var tally = new ConcurrentDictionary<string, int>();

        for (var seed = 1; seed <= 2; seed++)
        {
            var wrong = await ModelCheck.AtRandom(NewBook, seed, Operations, tally);
            Assert.True(wrong.Length == 0, wrong);
        }
    }
}

/// <summary>Has FsCheck draw operations from a seed, and find fewer that go wrong too.</summary>
internal static class ModelCheck
{
    /// <summary>Fails with the seed and the fewest operations that were found to go wrong.</summary>
    /// <param name="newBook">Makes an empty book.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="operations">How many are drawn.</param>
    /// <param name="tally">Counts what was answered.</param>
    /// <param name="first">Is told what went wrong before fewer are looked for, which may take an hour where many were drawn.</param>
    public static void Serial(Func<Task<TestBook>> newBook, int seed, int operations, ConcurrentDictionary<string, int> tally, Action<string>? first = null) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1).WithReplay(From(seed)),
        Prop.ForAll(Operation.Lists(operations), some =>
        {
            var wrong = Serial(newBook, some, tally).GetAwaiter().GetResult();
            if (wrong is not null)
            {
                Interlocked.Exchange(ref first, null)?.Invoke(wrong);
            }

            return (wrong is null).Label($"seed {seed}: {wrong}");
        }));

    /// <summary>What went wrong, with the seed; empty where nothing did. Who comes first is another each time, so fewer operations are not looked for.</summary>
    public static async Task<string> AtRandom(Func<Task<TestBook>> newBook, int seed, int operations, ConcurrentDictionary<string, int> tally)
    {
        var some = Array.Empty<Operation>();
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1).WithReplay(From(seed)), Prop.ForAll(Operation.Lists(operations), drawn => (some = drawn).Length == operations));
        await using var book = await newBook();
        return await ModelRun.AtRandom(book, some, tally) is { } wrong ? $"seed {seed}: {wrong}" : "";
    }

    private static async Task<string?> Serial(Func<Task<TestBook>> newBook, IEnumerable<Operation> operations, ConcurrentDictionary<string, int> tally)
    {
        await using var book = await newBook();
        return await ModelRun.Serial(book, operations, tally);
    }

    private static FSharpOption<Replay> From(int seed) => new(new(new Rnd((ulong)seed, 1), FSharpOption<int>.None));
}

public sealed class SqliteModelTests : ModelConformance, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-model-");

    public void Dispose() => folder.Delete(recursive: true);

    internal override Task<TestBook> NewBook() => Task.FromResult(NewBooks.Sqlite(folder.CreateSubdirectory(Path.GetRandomFileName()).FullName));
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresModelTests(SharedPostgres postgres) : ModelConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
