using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Scheduler.App.Tests.Servers;

/// <summary>
/// A PostgreSQL server of the tests' own: its data in a folder below the system's temporary one, on 127.0.0.1 and a port that was free. It ends, and its folder goes, with
/// <see cref="DisposeAsync"/> and also with the process that started it, however that ends.
/// </summary>
/// <remarks>One caller at a time starts, kills and disposes; databases and roles may be made by several at once.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";

    /// <summary>How many ports are tried.</summary>
    private const int Ports = 50;

    /// <summary>Nothing here takes as long on a machine that works; it is there so that no test hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Below the ports that Linux deals to clients by itself, so that none of them takes the server's while it is down between a crash and a restart.</summary>
    private static int lastPort = 20_000 + (Environment.ProcessId % 10_000);

    private readonly string programs;
    private readonly bool fsync;

    /// <summary>Whoever else is on the machine can reach the port too, and a superuser may run programs.</summary>
    private readonly string password = RandomNumberGenerator.GetHexString(32);
    private GuardedProgram? running;
    private int databases;

    private PostgresServer(string programs, string folder, bool fsync) => (this.programs, Folder, this.fsync) = (programs, folder, fsync);

    /// <summary>Holds the data, the log and the Unix socket.</summary>
    public string Folder { get; }

    public int Port { get; private set; }

    internal string Data => Path.Combine(Folder, "data");

    private string Log => Path.Combine(Folder, "log");

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="fsync">Whether what is committed reaches the disk before the answer, as with a clinic. False is quicker, and is for tests that need not care.</param>
    /// <param name="cancellation">Gives up; nothing stays behind.</param>
    /// <exception cref="InvalidOperationException">No server is installed, or it does not start; the message says what to install, or quotes the server's log.</exception>
    public static Task<PostgresServer> StartAsync(bool fsync = true, CancellationToken cancellation = default) =>
        StartAsync(Path.GetTempPath(), Interlocked.Increment(ref lastPort), fsync, cancellation);

    /// <summary>Starts a server with its folder below this one, on this port or another where it is taken.</summary>
    internal static async Task<PostgresServer> StartAsync(string under, int port, bool fsync, CancellationToken cancellation)
    {
        var found = PostgresPrograms.Find();
        // Not cancelled: a folder that nobody knows would stay.
        var folder = await ServerUser.RunAsync(CancellationToken.None, "mktemp", "-d", Path.Combine(under, "scheduler-postgres-XXXXXX"));
        var server = new PostgresServer(found, folder, fsync);
        try
        {
            using var bound = Bound(cancellation);
            await server.MakeDataAsync(bound.Token);
            for (var tried = 1; !await server.ListensAsync(port, bound.Token); tried++)
            {
                port = tried < Ports ? Interlocked.Increment(ref lastPort) : throw server.Failure($"the last {Ports} ports tried are taken", 0);
            }

            await server.AnswersAsync(bound.Token);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database and its owner, who may do everything in it, also `create extension btree_gist`, and cannot reach any other.</summary>
    /// <param name="name">What its name begins with: lower-case letters, digits and underscores, 40 at most. A number follows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The owner's connection string.</returns>
    public async Task<string> NewDatabaseAsync(string? name = null, CancellationToken cancellation = default)
    {
        var database = $"{Word(name ?? "test")}_{Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture)}";
        await RunAsync(
            cancellation,
            $"create role {database}_owner login password '{password}'",
            $"create database {database} owner {database}_owner",
            $"revoke all on database {database} from public");
        return ConnectionString(database, $"{database}_owner");
    }

    /// <summary>Makes a role that may connect to this one database and, until the owner grants it something, nothing else: it creates no table, not even a temporary one.</summary>
    /// <param name="database">What <see cref="NewDatabaseAsync"/> answered.</param>
    /// <param name="roleName">As a database's name. Roles belong to the whole server, so the database's name stands before it; the owner finds the whole in the answer, to grant it rights.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The role's connection string.</returns>
    public async Task<string> NewRoleAsync(string database, string roleName, CancellationToken cancellation = default)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        var role = $"{name}_{Word(roleName)}";
        await RunAsync(cancellation, $"create role {role} login password '{password}'", $"grant connect on database {name} to {role}");
        return ConnectionString(name, role);
    }

    /// <summary>Kills the server and all of its processes with kill -9, as a crash would. What the system had taken to write is still written: this is no power cut. Open connections break.</summary>
    public async Task KillAsync()
    {
        var server = running ?? throw new InvalidOperationException("The server is not running.");
        using var bound = Bound(CancellationToken.None);
        await FolderProcesses.KillAsync(Data, PostmasterFile.Read(Data)!.Id, bound.Token);
        await server.WaitAsync(bound.Token);
        server.Dispose();
        running = null;
    }

    /// <summary>Starts a server that was killed again, on the same port and data, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It still runs, or does not start; the message quotes the log.</exception>
    public async Task RestartAsync(CancellationToken cancellation = default)
    {
        if (running is not null)
        {
            throw new InvalidOperationException("The server is running; only one that was killed is started again.");
        }

        using var bound = Bound(cancellation);
        if (!await ListensAsync(Port, bound.Token))
        {
            throw Failure($"port {Port} is taken", 0);
        }

        await AnswersAsync(bound.Token);
    }

    /// <summary>Ends the server in order, or by force where that takes too long, and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        using var bound = Bound(CancellationToken.None);
        if (running is not null)
        {
            await running.EndAsync(bound.Token);
            running.Dispose();
            running = null;
        }

        if (Directory.Exists(Folder))
        {
            if (PostmasterFile.Read(Data) is { } crashed)
            {
                await ServerUser.RunAsync(bound.Token, "ipcrm", "--shmem-id", crashed.SharedMemory);
            }

            Directory.Delete(Folder, recursive: true);
        }

        await FolderProcesses.GoneAsync(Folder, bound.Token);
    }

    private async Task MakeDataAsync(CancellationToken cancellation)
    {
        // Whoever runs the server must be able to read it; the folder lets in nobody else.
        var secret = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(secret, password, cancellation);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        running = GuardedProgram.Start(
            Folder, Path.Combine(programs, "initdb"), "--pgdata", Data, "--username", Superuser, "--encoding", "UTF8", "--locale", "C", "--auth", "scram-sha-256", "--pwfile", secret, "--no-sync");
        var code = await running.WaitAsync(cancellation);
        Forget();
        if (code != 0)
        {
            throw Failure("initdb failed", 0);
        }

        File.Delete(secret);
    }

    /// <summary>Starts the server; answers whether it takes connections, or the port is somebody else's.</summary>
    private async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        var before = new FileInfo(Log).Length;
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = Folder,
            ["fsync"] = fsync ? "on" : "off",
            // After a crash PostgreSQL syncs all of its files before it begins; one by one, a thousand of them take seconds.
            ["recovery_init_sync_method"] = "syncfs",
            ["max_connections"] = "200",
            ["shared_preload_libraries"] = "",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        };
        running = GuardedProgram.Start(Folder, [Path.Combine(programs, "postgres"), "-D", Data, .. settings.SelectMany(s => (string[])["-c", $"{s.Key}={s.Value}"])]);
        while (!running.HasEnded)
        {
            // After a crash the file of the one before still says that it is ready.
            if (PostmasterFile.Read(Data) is { Ready: true } file && FolderProcesses.In(Data).Contains(file.Id))
            {
                Port = port;
                return true;
            }

            await Task.Delay(20, cancellation);
        }

        Forget();
        return LogFrom(before).Contains("could not create any TCP/IP sockets", StringComparison.Ordinal) ? false : throw Failure("postgres ended", before);
    }

    private async Task AnswersAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", Superuser, pooling: false));
        await connection.OpenAsync(cancellation);
        if (connection.PostgreSqlVersion.Major < 15)
        {
            throw new InvalidOperationException($"PostgreSQL 15 or later is needed; {programs} has {connection.PostgreSqlVersion}.");
        }
    }

    private void Forget()
    {
        running!.Dispose();
        running = null;
    }

    private async Task RunAsync(CancellationToken cancellation, params IEnumerable<string> statements)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", Superuser, pooling: false));
        await connection.OpenAsync(cancellation);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private string ConnectionString(string database, string user, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Password = password,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        IncludeErrorDetail = true,
        Pooling = pooling,
        Timeout = 60,
    }.ConnectionString;

    private InvalidOperationException Failure(string what, long from) => new($"PostgreSQL of {programs} does not start in {Folder}: {what}. Its log:\n{LogFrom(from)}");

    private string LogFrom(long from)
    {
        if (!File.Exists(Log))
        {
            return "(none)";
        }

        using var reader = new StreamReader(Log, new FileStreamOptions { Share = FileShare.ReadWrite });
        reader.BaseStream.Seek(from, SeekOrigin.Begin);
        return reader.ReadToEnd();
    }

    private static string Word(string name) =>
        name is { Length: > 0 and <= 40 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? name
            : throw new ArgumentException($"'{name}' is no name: up to 40 lower-case letters, digits and underscores.", nameof(name));

    private static CancellationTokenSource Bound(CancellationToken cancellation)
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(Longest);
        return bound;
    }
}
