using Npgsql;

namespace Scheduler.App.Tests.Servers;

/// <summary>SQL in a connection of its own.</summary>
internal static class Statements
{
    /// <summary>Runs them; answers the first value of the first row, null where there is none.</summary>
    public static async Task<object?> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs them; answers the code with which PostgreSQL refuses them.</summary>
    public static async Task<string> RefusedAsync(string database, string sql) => (await Assert.ThrowsAsync<PostgresException>(() => AskAsync(database, sql))).SqlState;
}
