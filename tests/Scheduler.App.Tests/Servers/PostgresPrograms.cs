using System.Diagnostics;
using System.Globalization;

namespace Scheduler.App.Tests.Servers;

/// <summary>Where the programs of an installed PostgreSQL are.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder of `initdb` and `postgres`: Debian's newest, else what `pg_config` says, else one of the path.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static string Find() => Find([.. OfDebian("/usr/lib/postgresql"), .. OfPgConfig(), .. OfPath()]);

    /// <summary>The first of these folders that has both programs.</summary>
    public static string Find(IReadOnlyCollection<string> folders) =>
        folders.FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "postgres")))
        ?? throw new InvalidOperationException(
            "These tests start a PostgreSQL server, and none is installed. './build.sh test' installs it on Debian and Ubuntu ('apt-get install postgresql'); elsewhere install the server of version 15 or later, "
            + $"so that 'initdb' and 'postgres' are on the path. Looked in: {string.Join(", ", folders)}.");

    /// <summary>Debian keeps each version in a folder of its own, none of them on the path. The newest comes first.</summary>
    public static IEnumerable<string> OfDebian(string root) =>
        !Directory.Exists(root) ? [] : Directory.GetDirectories(root).OrderByDescending(VersionOf).Select(f => Path.Combine(f, "bin"));

    private static double VersionOf(string folder) => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static string[] OfPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string[] OfPgConfig()
    {
        if (!Array.Exists(OfPath(), f => File.Exists(Path.Combine(f, "pg_config"))))
        {
            return [];
        }

        using var process = Process.Start(new ProcessStartInfo("pg_config", ["--bindir"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? [said] : [];
    }
}
