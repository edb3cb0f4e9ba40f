using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using static Scheduler.App.Tests.Servers.Statements;

namespace Scheduler.App.Tests.Servers;

/// <summary>How a server crashes, ends, and does not begin. Each test has a server of its own.</summary>
public sealed class PostgresServerEndTests
{
    /// <summary>Nothing here takes as long; it is there so that no test hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task After_a_crash_what_was_committed_is_there_and_what_was_not_is_gone()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = $"{await server.NewDatabaseAsync()};Pooling=false";
        await AskAsync(database, "create table booking (id int); insert into booking values (1), (2)");
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var third = new NpgsqlCommand("begin; insert into booking values (3)", connection);
        await third.ExecuteNonQueryAsync();

        var port = server.Port;
        await server.KillAsync();
        Assert.Empty(FolderProcesses.In(server.Folder));
        await Assert.ThrowsAsync<NpgsqlException>(() => third.ExecuteNonQueryAsync()); // and no PostgresException: it said no farewell
        await Assert.ThrowsAsync<NpgsqlException>(() => AskAsync(database, "select 1"));
        await server.RestartAsync();

        Assert.Equal(port, server.Port);
        Assert.Equal(2L, await AskAsync(database, "select count(*) from booking"));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_server_that_was_disposed_of_while_a_client_is_connected()
    {
        await using var server = await PostgresServer.StartAsync(fsync: false);
        await using var connection = new NpgsqlConnection(await server.NewDatabaseAsync());
        await connection.OpenAsync();
        var processes = FolderProcesses.In(server.Folder);
        var memory = PostmasterFile.Read(server.Data)!.SharedMemory;
        Assert.True(processes.Length > 5, $"{processes.Length} processes");
        Assert.Contains(memory, SharedMemory());

        await server.DisposeAsync();

        Assert.False(Directory.Exists(server.Folder));
        Assert.Empty(FolderProcesses.In(server.Folder));
        Assert.DoesNotContain(memory, SharedMemory());
    }

    [Fact]
    public async Task A_server_that_does_not_start_again_says_why_and_leaves_nothing()
    {
        await using var server = await PostgresServer.StartAsync(fsync: false);
        await server.KillAsync();
        var memory = PostmasterFile.Read(server.Data)!.SharedMemory;
        Assert.Contains(memory, SharedMemory());
        File.Move(Path.Combine(server.Data, "postgresql.conf"), Path.Combine(server.Data, "elsewhere.conf"));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => server.RestartAsync());
        await server.DisposeAsync();

        Assert.Contains("postgres ended", failure.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql.conf\": No such file or directory", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(server.Folder));
        Assert.DoesNotContain(memory, SharedMemory());
    }

    [Fact]
    public async Task A_server_goes_with_a_process_that_is_killed()
    {
        using var owner = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(PostgresServer).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var folder = (await owner.StandardOutput.ReadLineAsync())!;
        Assert.NotEmpty(FolderProcesses.In(Path.Combine(folder, "data")));

        owner.Kill();

        using var bound = new CancellationTokenSource(Longest);
        await FolderProcesses.GoneAsync(folder, bound.Token);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_left_alone()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var server = await PostgresServer.StartAsync(Path.GetTempPath(), port, fsync: false, CancellationToken.None);

        Assert.NotEqual(port, server.Port);
        Assert.Equal("off", await AskAsync(await server.NewDatabaseAsync(), "show fsync"));
    }

    [Fact]
    public async Task Giving_up_a_start_leaves_nothing()
    {
        var under = Directory.CreateTempSubdirectory("scheduler-postgres-given-up-").FullName;
        File.SetUnixFileMode(under, File.GetUnixFileMode(under) | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        using var bound = new CancellationTokenSource(Longest);
        using var given = new CancellationTokenSource();
        var starting = PostgresServer.StartAsync(under, 1, fsync: false, given.Token);
        while (Directory.GetFileSystemEntries(under, "data", SearchOption.AllDirectories).Length == 0)
        {
            await Task.Delay(5, bound.Token);
        }

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);

        Assert.Empty(FolderProcesses.In(under));
        Assert.Empty(Directory.GetFileSystemEntries(under));
        Directory.Delete(under);
    }

    [Fact]
    public void Without_a_server_installed_it_is_said_what_to_install()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => PostgresPrograms.Find(["/nowhere", "/bin"]));

        Assert.Contains("apt-get install postgresql", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Looked in: /nowhere, /bin.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_version_of_Debian_comes_first()
    {
        var root = Directory.CreateTempSubdirectory("scheduler-postgres-versions-");
        foreach (var version in (string[])["9.6", "15", "16", "nonsense"])
        {
            root.CreateSubdirectory(version);
        }

        var found = PostgresPrograms.OfDebian(root.FullName).Select(f => Path.GetRelativePath(root.FullName, f)).ToList();
        root.Delete(recursive: true);

        Assert.Equal(["16/bin", "15/bin", "9.6/bin", "nonsense/bin"], found);
    }

    /// <summary>The ids of the System V segments of this machine.</summary>
    private static IEnumerable<string> SharedMemory() => File.ReadLines("/proc/sysvipc/shm").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
}
