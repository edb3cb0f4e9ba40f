using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Scheduler.App.Tests.Servers;

/// <summary>The processes that work in a folder or below it. Every process of a server works in its data folder.</summary>
internal static class FolderProcesses
{
    private const int Kill = 9;
    private const int Stop = 19;

    /// <summary>Their ids, of living ones only.</summary>
    public static ImmutableArray<int> In(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && FolderOf(id) is { } at && (at == folder || at.StartsWith($"{folder}/", StringComparison.Ordinal) || at == $"{folder} (deleted)")),
    ];

    /// <summary>Kills them all and waits until none is left.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="parent">The one that starts the others. It is stopped first, and killed last, so that it starts no more and none sees another's end.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task KillAsync(string folder, int parent, CancellationToken cancellation)
    {
        _ = Signal(parent, Stop);
        foreach (var id in In(folder).Remove(parent))
        {
            _ = Signal(id, Kill);
        }

        _ = Signal(parent, Kill);
        await GoneAsync(folder, cancellation);
    }

    /// <summary>Waits until none is left.</summary>
    public static async Task GoneAsync(string folder, CancellationToken cancellation)
    {
        while (!In(folder).IsEmpty)
        {
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Whether it is still there to get it does not matter.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int id, int signal);

    /// <summary>Null where it has ended, or is somebody else's.</summary>
    private static string? FolderOf(int id)
    {
        try
        {
            return new DirectoryInfo($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
