using Hangfire.PostgreSql;
using Npgsql;
using Scheduler.App.Storage;

namespace Scheduler.Hangfire;

/// <summary>Hangfire's own tables in the book's database.</summary>
public static class HangfireTables
{
    /// <summary>Who makes them locks this, and nobody else does: a number of our own.</summary>
    private const long MakingTables = 7_205_121_005;

    /// <summary>Makes what is missing of them, by whoever makes tables, and lets the working role use them. Several nodes may do that at once: one waits for the other, since Hangfire's own scripts do not.</summary>
    /// <param name="place">Where the book is: in PostgreSQL.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Make(Stores place, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(place.Owner ?? place.Connection!);
        await using var tables = await source.OpenConnectionAsync(cancel);

        // It is held until the connection closes.
        await Do(tables, $"select pg_advisory_lock({MakingTables})", cancel);
        PostgreSqlObjectsInstaller.Install(tables, HangfireStorage.Schema);
        if (place.Owner is not null)
        {
            var worker = new NpgsqlCommandBuilder().QuoteIdentifier(new NpgsqlConnectionStringBuilder(place.Connection).Username!);
            await Do(
                tables,
                $"""
                grant usage on schema {HangfireStorage.Schema} to {worker};
                grant select, insert, update, delete on all tables in schema {HangfireStorage.Schema} to {worker};
                grant usage on all sequences in schema {HangfireStorage.Schema} to {worker};
                """,
                cancel);
        }
    }

    private static async Task Do(NpgsqlConnection tables, string what, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(what, tables);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
