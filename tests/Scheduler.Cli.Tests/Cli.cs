using NodaTime;

namespace Scheduler.Cli.Tests;

/// <summary>Runs the command line in this process and keeps what it printed.</summary>
internal sealed record Cli(int ExitCode, string Output, string Error)
{
    /// <summary>The folder that holds Scheduler.sln.</summary>
    public static string Root { get; } = FindRoot();

    public const string Protocol = "protocols/feder-2025-ketamine-wet.yaml";

    /// <summary>Runs a command; paths that begin with <c>protocols/</c> are those of the repository.</summary>
    public static Cli Run(params string[] args) => Run(new FixedClock(), args);

    public static Cli Run(IClock clock, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run([.. args.Select(Resolve)], output, error, clock, isTerminal: false);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command in a folder that may hold appsettings.json.</summary>
    public static Cli RunIn(string folder, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, output, error, new FixedClock(), isTerminal: false, folder);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Places the Feder course in a sample clinic.</summary>
    public static Cli Schedule(string clinic, params string[] more) =>
        Run(["schedule", "--protocol", Protocol, "--clinic", $"protocols/samples/clinic-{clinic}.yaml", "--from", "2026-12-01", .. more]);

    public static string Resolve(string path) => path.StartsWith("protocols/", StringComparison.Ordinal) ? Path.Combine(Root, path) : path;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Scheduler.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 11, 21, 12, 0);
    }
}

/// <summary>A folder for the files of one test, removed afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-test-");

    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
