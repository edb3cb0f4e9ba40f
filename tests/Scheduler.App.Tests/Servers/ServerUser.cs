using System.Diagnostics;

namespace Scheduler.App.Tests.Servers;

/// <summary>Whom the server's programs run as. PostgreSQL refuses root, so root hands them to somebody else.</summary>
internal static class ServerUser
{
    /// <summary>What stands before a program's name: nothing, or what changes the user.</summary>
    private static readonly string[] Prefix = Environment.IsPrivilegedProcess ? ChangeTo(File.ReadLines("/etc/passwd")) : [];

    /// <summary>How a program is started as that user. Nothing of the caller's PostgreSQL environment goes along.</summary>
    public static ProcessStartInfo Command(params IEnumerable<string> words)
    {
        List<string> all = [.. Prefix, .. words];
        var start = new ProcessStartInfo(all[0], all[1..]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal) || k.StartsWith("LC_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Runs a short program as that user; answers what it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(CancellationToken cancellation, params IEnumerable<string> words)
    {
        var start = Command(words);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"'{string.Join(' ', words)}' failed: {await error}");
    }

    /// <summary>To `postgres`, whom Debian's package makes, else to `nobody`.</summary>
    private static string[] ChangeTo(IEnumerable<string> accounts)
    {
        var all = accounts.Select(a => a.Split(':')).ToList();
        var account = all.Find(a => a[0] == "postgres") ?? all.Find(a => a[0] == "nobody")
            ?? throw new InvalidOperationException("PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as.");
        return ["setpriv", $"--reuid={account[2]}", $"--regid={account[3]}", "--clear-groups"];
    }
}
