using System.Globalization;

namespace Scheduler.App.Tests.Servers;

/// <summary>What a server writes about itself into `postmaster.pid`. After a crash the file stays.</summary>
/// <param name="Id">The server's process.</param>
/// <param name="SharedMemory">The id of its System V segment.</param>
/// <param name="Ready">Whether it said that it takes connections.</param>
internal sealed record PostmasterFile(int Id, string SharedMemory, bool Ready)
{
    /// <summary>Null where there is none, or it is not whole yet.</summary>
    public static PostmasterFile? Read(string data)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(data, "postmaster.pid")) is { Length: >= 8 } lines
                ? new(int.Parse(lines[0], CultureInfo.InvariantCulture), lines[6].Split(' ')[^1], lines[7].TrimEnd() == "ready")
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
