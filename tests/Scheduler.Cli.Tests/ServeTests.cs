using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>The pages as a user starts them, and links to sign in.</summary>
public sealed class ServeTests : IDisposable
{
    private const string FreePort = "http://127.0.0.1:0";

    private readonly Scratch scratch = new();

    public ServeTests() => Assert.Equal(0, BookOfSample.Ask(scratch.Folder, "init", "--as", "admin").ExitCode);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task It_prints_a_link_that_signs_in_and_ends_when_it_is_told_to()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var read = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        using var printed = new StreamReader(read);
        using var stop = new CancellationTokenSource();
        await using var output = new StreamWriter(pipe) { AutoFlush = true };
        using var error = new StringWriter();
        var serving = Task.Run(() => CommandLine.Run(["serve", "--as", "admin", "--listen", FreePort], output, error, NodaTime.SystemClock.Instance, isTerminal: false, scratch.Folder, stop: stop.Token));

        var at = (await printed.ReadLineAsync())!.Split(' ').Single(w => w.StartsWith("http://127.0.0.1:", StringComparison.Ordinal));
        var link = (await printed.ReadLineAsync())!.Split(' ')[^1];
        Assert.StartsWith("Messages are written into ", await printed.ReadLineAsync(), StringComparison.Ordinal);
        var others = await printed.ReadLineAsync();
        using var client = new HttpClient();
        Assert.StartsWith($"{at}/sign-in/", link, StringComparison.Ordinal);
        Assert.Contains("<button>Sign in</button>", await client.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal("Healthy", await client.GetStringAsync($"{at}/health/ready"));
        Assert.Equal("Healthy", await client.GetStringAsync($"{at}/health/reminders"));
        Assert.Equal("For others: scheduler sign-in ACCOUNT --as admin", others);

        await stop.CancelAsync();

        Assert.Equal((0, ""), (await serving, error.ToString()));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_cleanly()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "scheduler.dll"), "serve", "--as", "admin", "--json", "--listen", FreePort])
        {
            UseShellExecute = false,
            WorkingDirectory = scratch.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            // The whole answer is there once its last brace is.
            var said = "";
            while (!said.EndsWith("}\n", StringComparison.Ordinal))
            {
                said += await process.StandardOutput.ReadLineAsync() + "\n";
            }

            var address = JsonDocument.Parse(said).RootElement.GetProperty("address").GetString();
            using (var client = new HttpClient())
            {
                Assert.Equal("Healthy", await client.GetStringAsync($"{address}/health"));
            }

            using (var kill = Process.Start("kill", [IsCtrlCIgnored() ? "-TERM" : "-INT", $"{process.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await process.WaitForExitAsync(patience.Token);

            Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>A shell has what it runs in the background ignore Ctrl-C, and so what that runs.</summary>
    private static bool IsCtrlCIgnored()
    {
        const int Interrupt = 2;
        var ignored = File.ReadLines("/proc/self/status").Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0;
    }

    [Fact]
    public void A_port_that_is_taken_is_said_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var run = BookOfSample.Ask(scratch.Folder, "serve", "--as", "admin", "--listen", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"BK111: http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port} is taken", run.Error, StringComparison.Ordinal);
        Assert.Contains("--listen", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Before anything is started: not even a port is taken.</summary>
    [Fact]
    public void Whoever_has_no_account_is_told_so()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var run = BookOfSample.Ask(scratch.Folder, "serve", "--as", "nobody", "--listen", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("BK074", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_administrator_makes_links_for_others()
    {
        Assert.Equal(0, BookOfSample.Ask(scratch.Folder, "user", "add", "office", "--role", "Scheduler", "--everywhere", "--as", "admin").ExitCode);

        var made = BookOfSample.Ask(scratch.Folder, "sign-in", "office", "--as", "admin");
        var refused = BookOfSample.Ask(scratch.Folder, "sign-in", "admin", "--as", "office");

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Matches("^To sign in as office, open this within 15 minutes; it works once: http://localhost:8080/sign-in/[0-9a-f]{32}\n$", made.Output.ReplaceLineEndings("\n"));
        Assert.StartsWith("BK002", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"web": {"baseAddress": "http://clinic.example"}}""", "BK112")]
    [InlineData("""{"web": {"listen": "http://0.0.0.0:8080"}}""", "BK112")]
    public void Where_others_could_read_along_it_is_not_served(string settings, string code)
    {
        scratch.Write("appsettings.json", settings);

        var run = BookOfSample.Ask(scratch.Folder, "serve", "--as", "admin");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(code, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"web": {"listen": "localhost"}}""", "http://localhost:8080")]
    [InlineData("""{"web": {"listen": "https://localhost:8443"}}""", "http://localhost:8080")]
    [InlineData("""{"web": {"baseAddress": "https://clinic.example/pages"}}""", "http://localhost:8080")]
    [InlineData("""{"web": {"proxies": ["everybody"]}}""", "10.0.0.7")]
    [InlineData("""{"web": {"port": 8080}}""", "'baseAddress', 'listen', 'proxies'")]
    [InlineData("""{"telemetry": {"collector": "localhost"}}""", "http://localhost:4318")]
    [InlineData("""{"telemetry": {"port": 4318}}""", "'collector'")]
    public void What_is_no_address_is_told_where_it_stands(string settings, string expected)
    {
        scratch.Write("appsettings.json", settings);

        var run = BookOfSample.Ask(scratch.Folder, "sign-in", "admin", "--as", "admin");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("appsettings.json:1:", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_built_from_the_base_address()
    {
        scratch.Write("appsettings.json", """{"web": {"baseAddress": "https://clinic.example", "listen": "http://0.0.0.0:8080", "proxies": ["10.0.0.7"]}}""");

        Assert.Contains(" https://clinic.example/sign-in/", BookOfSample.Ask(scratch.Folder, "sign-in", "admin", "--as", "admin").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hangfire_is_refused_where_it_cannot_deliver_with_what_to_do()
    {
        var isLeftOut = !File.Exists(Path.Combine(AppContext.BaseDirectory, "Scheduler.Hangfire.dll"));
        scratch.Write("appsettings.json", """{"delivery": "hangfire"}""");

        var run = BookOfSample.Ask(scratch.Folder, "serve", "--as", "admin", "--listen", FreePort);

        // The book is a file, which a build that has Hangfire says.
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(isLeftOut ? "BK113: The settings have Hangfire deliver messages, and this build was made without it." : "BK114", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"delivery\": \"quartz\"", run.Error, StringComparison.Ordinal);
        Assert.Contains(isLeftOut ? "./build.sh setup" : "--store postgres", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_engine_is_told_where_it_stands()
    {
        scratch.Write("appsettings.json", """{"delivery": "pigeon"}""");

        var run = BookOfSample.Ask(scratch.Folder, "serve", "--as", "admin", "--listen", FreePort);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("appsettings.json:1:14:", run.Error, StringComparison.Ordinal);
        Assert.Contains("quartz or hangfire, or null", run.Error, StringComparison.Ordinal);
    }
}
