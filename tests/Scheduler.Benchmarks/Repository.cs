namespace Scheduler.Benchmarks;

/// <summary>Where the project's files are.</summary>
internal static class Repository
{
    /// <summary>The full path of a file or folder of the project.</summary>
    /// <param name="path">Its path from the top level.</param>
    public static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Scheduler.sln is in no folder above the benchmarks.");
        }

        return Path.Combine(folder.FullName, path);
    }
}
