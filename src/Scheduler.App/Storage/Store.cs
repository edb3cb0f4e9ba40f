using System.Data.Common;
using NodaTime;
using Scheduler.App.Storage.Backups;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Storage;

/// <summary>The clinic's book as it is kept: it opens transactions, and knows what its database means when it refuses.</summary>
/// <param name="clock">Tells when something was done.</param>
public abstract class Store(IClock clock) : IAsyncDisposable
{
    /// <summary>How often a transaction is tried that others got in the way of, before that is an error.</summary>
    private const int Tries = 20;

    /// <summary>Why nothing can be asked of it where no book has been made there.</summary>
    public abstract Refusal NotMade { get; }

    /// <summary>Whether a book has been made there.</summary>
    public abstract Task<bool> IsMade(CancellationToken cancel = default);

    /// <summary>What it means for whoever asks that the database refuses: what is in the way, and what to do.</summary>
    public abstract Refusal Because(DbException refused);

    /// <summary>Brings the tables to the newest form, under a lock; those that are there already stay.</summary>
    /// <param name="cancel">Ends it early; nothing is changed then.</param>
    /// <exception cref="BookIsNewerException">The book has been written by a newer version of this program.</exception>
    public virtual async Task Migrate(CancellationToken cancel = default)
    {
        await using var book = await BeginAnew(cancel);
        await MakeTables(book, only: null);
        await book.Commit();
    }

    /// <summary>Decides and saves in one transaction: what is refused leaves nothing behind, and what others got in the way of is tried again from the start.</summary>
    /// <param name="work">Loads, decides and saves. It may run several times.</param>
    /// <param name="cancel">Ends it early; nothing is changed then.</param>
    public async Task<Answer<T>> Write<T>(Func<BookTransaction, Task<Answer<T>>> work, CancellationToken cancel = default)
        where T : class
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var turn = await Turn(cancel);
                await using var book = await Begin(writes: true, cancel);
                var answer = await work(book);
                if (answer.IsDone)
                {
                    await book.WriteAudit(clock.GetCurrentInstant());
                    await book.Commit();
                }

                return answer;
            }
            catch (DbException refused) when (Meaning(refused) == Meanings.SlotTaken)
            {
                return Refusals.SlotTaken();
            }
            catch (DbException refused) when (Meaning(refused) == Meanings.TryAgain && tried < Tries)
            {
                // Whoever was in the way has finished or was given up: there is nothing to wait for.
            }
        }
    }

    /// <summary>Reads what stands in the book at one moment.</summary>
    public async Task<T> Read<T>(Func<BookTransaction, Task<T>> work, CancellationToken cancel = default)
    {
        await using var book = await Begin(writes: false, cancel);
        return await work(book);
    }

    /// <summary>Writes the book as it is at one moment; others go on meanwhile.</summary>
    /// <exception cref="BackupException">The audit of a clinic has been changed: what such a book says cannot be trusted.</exception>
    public async Task<BookSummary> Backup(Stream to, CancellationToken cancel = default)
    {
        await using var book = await Begin(writes: false, cancel);
        return await BookFile.Write(book, to);
    }

    /// <summary>
    /// Puts a backup in the place of all that stands in the book, in one transaction: whole or not at all. Whoever has been erased since the backup is erased again,
    /// no number is given twice, no reminder goes out that may have gone out already, and the audit of each clinic says where it ended before.
    /// </summary>
    /// <param name="from">The backup.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="follow">Makes the reminders that had not been made when the backup was, so that they are kept back too; null where none are made.</param>
    /// <param name="cancel">Ends it early; nothing is changed then.</param>
    /// <exception cref="BackupException">The file cannot be used.</exception>
    public async Task<BookSummary> Restore(Stream from, string actor, Func<BookTransaction, Task>? follow = null, CancellationToken cancel = default)
    {
        await Migrate(cancel);
        using var turn = await Turn(cancel);
        await using var book = await BeginAnew(cancel);
        var (erased, heads, given) = (await book.Erasures(), await book.Heads(), await BookFile.Numbers(book, BookFile.Tables));
        await DropTables(book);
        var summary = await BookFile.Fill(book, from, given, only => MakeTables(book, only));

        // A link that was used since the backup, or made on another machine, opens nothing here.
        await book.ForgetSignInLinks();
        var known = (await book.Erasures()).ToDictionary(e => (e.Clinic, e.Patient), e => e.At);

        // Whoever came back after an erasure that the backup knows stays. An erasure keeps its moment, and is kept too where the patient is not in this backup: another may come.
        foreach (var again in erased.Where(e => !known.TryGetValue((e.Clinic, e.Patient), out var at) || at < e.At))
        {
            if (await book.Erase(again.Clinic, again.Patient, again.At))
            {
                book.Note(new(again.Clinic, actor, "erase patient again", again.Patient, "", "", "restored from a backup that still had them"));
            }
        }

        await (follow?.Invoke(book) ?? Task.CompletedTask);
        _ = await book.KeepBack(Clock.GetCurrentInstant().ToUnixTimeSeconds());
        foreach (var clinic in summary.Heads.Keys.Union(heads.Keys))
        {
            book.Note(new(clinic, actor, "restore", clinic, HeadOf(heads, clinic), HeadOf(summary.Heads, clinic), ""));
        }

        await book.WriteAudit(Clock.GetCurrentInstant());
        await book.Commit();
        return summary;
    }

    private static string HeadOf(IReadOnlyDictionary<string, string> heads, string clinic) => heads.TryGetValue(clinic, out var head) ? $$"""{"head":"{{head}}"}""" : "";

    /// <summary>Begins a transaction in which tables may be made and dropped.</summary>
    protected abstract Task<BookTransaction> BeginAnew(CancellationToken cancel);

    /// <summary>Makes the tables that a book does not have yet.</summary>
    /// <param name="book">The book.</param>
    /// <param name="only">The steps to do; null for all.</param>
    protected abstract Task MakeTables(BookTransaction book, IReadOnlySet<string>? only);

    /// <summary>Drops the tables with all that is in them.</summary>
    protected virtual async Task DropTables(BookTransaction book)
    {
        foreach (var table in BookFile.Tables.Reverse().Append("migration"))
        {
            await book.Do($"drop table {table}");
        }
    }

    /// <summary>The time.</summary>
    protected IClock Clock => clock;

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>Begins a transaction.</summary>
    protected abstract Task<BookTransaction> Begin(bool writes, CancellationToken cancel);

    /// <summary>A turn to write, where writers of this process take turns.</summary>
    protected abstract ValueTask<IDisposable?> Turn(CancellationToken cancel);

    /// <summary>What the database means by refusing.</summary>
    protected abstract Meanings Meaning(DbException refused);

    /// <summary>What a database can mean by refusing.</summary>
    protected enum Meanings
    {
        /// <summary>A defect, or a disk that is full.</summary>
        Other,

        /// <summary>What is to be booked is taken.</summary>
        SlotTaken,

        /// <summary>Somebody else got in the way.</summary>
        TryAgain,
    }
}

/// <summary>The book has been written by a newer version of this program, which knows better what stands in it.</summary>
/// <param name="migration">The newest migration that the book has had.</param>
public sealed class BookIsNewerException(string migration) : Exception($"The book was written by a newer version of this program (it has had the migration '{migration}', which this one does not know). Install that version.");
