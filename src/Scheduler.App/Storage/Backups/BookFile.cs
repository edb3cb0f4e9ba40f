using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.App.Audit;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Storage.Backups;

/// <summary>
/// A book as one file, the same for both stores: gzip over lines of JSON. The first line says what follows, each further one is a row: its table's place in the list, then its values in the order of its
/// columns. What one store wrote, the other reads.
/// </summary>
internal static class BookFile
{
    /// <summary>The tables, each after those that it refers to.</summary>
    public static readonly ImmutableArray<string> Tables =
    [
        "clinic", "clinic_version", "resource", "absence", "protocol_version", "patient", "enrolment", "allocation", "allocation_entry", "course_event", "proposal", "proposal_part", "booking", "resource_use", "deviation",
        "erasure", "asked_once", "account", "account_role", "account_person", "sign_in_link", "announcement", "told_day", "reminder", "reply", "signing_key", "audit",
    ];

    private const string Format = "scheduler book 1";

    /// <summary>
    /// The step that makes the guard. It judges rows as they come in, by what their resources bear now; what was booked when they bore more stays. So rows come first, and then the guard.
    /// </summary>
    private const string Guard = "0002-guard";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a book as it is at one moment.</summary>
    public static async Task<BookSummary> Write(BookTransaction book, Stream to)
    {
        await using var zip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await using var text = new StreamWriter(zip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var summary = await Summary(book, Tables);
        var columns = new Dictionary<string, ImmutableArray<string>>();
        foreach (var table in Tables)
        {
            columns[table] = await book.Columns(table);
        }

        var head = new Head(Format, await book.Rows<string>("select name from migration order by name"), columns, summary, await Numbers(book, Tables));
        await text.WriteLineAsync(JsonSerializer.Serialize(head, Plain));
        for (var i = 0; i < Tables.Length; i++)
        {
            await foreach (var row in book.Stream($"select {string.Join(", ", columns[Tables[i]])} from {Tables[i]} order by {(columns[Tables[i]].Length == 1 ? "1" : "1, 2")}"))
            {
                await text.WriteLineAsync(JsonSerializer.Serialize(new object?[] { i }.Concat(row), Plain));
            }
        }

        return summary;
    }

    /// <summary>Fills a new book with what a file holds, and makes sure that it is what was written. What an older version wrote is put into the tables that it had, which then become those of this one.</summary>
    /// <param name="book">A transaction in which there are no tables.</param>
    /// <param name="from">The file.</param>
    /// <param name="given">The last number that each table of the book in whose place it comes has given: none is given again.</param>
    /// <param name="make">Makes tables: those of some steps, or where none are named all that are not there yet.</param>
    /// <exception cref="BackupException">The file is no backup, is of a newer version, or is not whole.</exception>
    public static async Task<BookSummary> Fill(BookTransaction book, Stream from, IReadOnlyDictionary<string, long> given, Func<IReadOnlySet<string>?, Task> make)
    {
        try
        {
            await using var zip = new GZipStream(from, CompressionMode.Decompress, leaveOpen: true);
            using var text = new StreamReader(zip, Encoding.UTF8);
            var head = JsonSerializer.Deserialize<Head>(await text.ReadLineAsync() ?? "null") is { Format: Format } found ? found : throw new BackupException("it is no backup of a book");
            var steps = head.Migrations.Select(Migrations.Step).ToHashSet(StringComparer.Ordinal);
            if (steps.Except(Migrations.Known).FirstOrDefault() is { } unknown)
            {
                throw new BackupException($"it was written by a newer version of this program ('{unknown}' is not known here)");
            }

            await make(steps.Where(s => s != Guard).ToHashSet(StringComparer.Ordinal));
            string[] tables = [.. head.Columns.Keys];
            while (await text.ReadLineAsync() is { } line)
            {
                var row = JsonNode.Parse(line)!.AsArray();
                var table = Tables.Contains(tables[row[0]!.GetValue<int>()]) ? tables[row[0]!.GetValue<int>()] : throw new BackupException("it names a table that no book has");
                await book.Put(table, head.Columns[table], [.. row.Skip(1).Select(v => v?.GetValueKind() switch { null => null, JsonValueKind.Number => v.GetValue<long>(), _ => (object)v.GetValue<string>() })]);
            }

            var summary = await Summary(book, tables);
            if (!summary.Same(head.Summary))
            {
                throw new BackupException("it is not whole: what was read is not what its first line says");
            }

            if (await book.TakeTheSame())
            {
                throw new BackupException("two of its bookings take the same");
            }

            await make(null);
            foreach (var table in tables.Where(t => IsNumbered(head.Columns[t])))
            {
                await book.NumberBehind(table, new[] { await book.Row<long?>($"select max(key) from {table}") ?? 0, head.Numbers?.GetValueOrDefault(table) ?? 0, given.GetValueOrDefault(table) }.Max());
            }

            if (head.Numbers is null)
            {
                // It does not say which numbers its proposals had: a new one may have the number of one that was asked for under a key.
                await book.ForgetAskedOnce();
            }

            return summary;
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or EndOfStreamException)
        {
            throw new BackupException("it is no backup of a book, or not whole");
        }
    }

    /// <summary>The last number that each table that numbers its rows has given.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Numbers(BookTransaction book, IEnumerable<string> tables)
    {
        var numbers = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            if (IsNumbered(await book.Columns(table)))
            {
                numbers[table] = await book.LastNumber(table);
            }
        }

        return numbers;
    }

    private static bool IsNumbered(ImmutableArray<string> columns) => columns[0] == "key";

    /// <summary>How many rows each table has, and where the chains of the audit end.</summary>
    /// <exception cref="BackupException">A chain is broken.</exception>
    private static async Task<BookSummary> Summary(BookTransaction book, IEnumerable<string> tables)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            counts[table] = await book.Row<long>($"select count(*) from {table}");
        }

        var heads = new Dictionary<string, string>();
        foreach (var clinic in await book.Rows<string>("select distinct clinic from audit order by clinic"))
        {
            var chain = await book.Chain(clinic);
            if (AuditChain.FirstBroken(chain) is { } broken)
            {
                throw new BackupException($"the audit of '{clinic}' has been changed at entry {broken}");
            }

            heads[clinic] = $"{chain[^1].Number} {chain[^1].Hash}";
        }

        return new(counts, heads);
    }

    private sealed record Head(string Format, List<string> Migrations, Dictionary<string, ImmutableArray<string>> Columns, BookSummary Summary, IReadOnlyDictionary<string, long>? Numbers = null);
}

/// <summary>What a book holds, to compare.</summary>
/// <param name="Rows">How many rows each table has.</param>
/// <param name="Heads">The number and hash of the last entry of each clinic's audit.</param>
public sealed record BookSummary(IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, string> Heads)
{
    /// <summary>Whether two books hold the same.</summary>
    public bool Same(BookSummary other) =>
        Rows.OrderBy(r => r.Key, StringComparer.Ordinal).SequenceEqual(other.Rows.OrderBy(r => r.Key, StringComparer.Ordinal))
        && Heads.OrderBy(r => r.Key, StringComparer.Ordinal).SequenceEqual(other.Heads.OrderBy(r => r.Key, StringComparer.Ordinal));
}

/// <summary>A backup cannot be made or read; nothing was changed.</summary>
/// <param name="why">Why, as a clause.</param>
public sealed class BackupException(string why) : Exception($"The backup cannot be used: {why}.");
