using System.Reflection;

namespace Scheduler.App.Samples;

/// <summary>The shipped files from which the sample is made; they are part of the program.</summary>
internal static class SampleTexts
{
    private const string OfProtocols = "sample/protocols/";

    /// <summary>The sample clinic.</summary>
    public static string Clinic => Text($"sample/{ClinicFile}");

    /// <summary>The name of its file.</summary>
    public const string ClinicFile = "clinic-lakeside.yaml";

    /// <summary>An allocation list for the blinded trial, in blocks of four.</summary>
    public const string AllocationList = "1,ketamine\n2,midazolam\n3,midazolam\n4,ketamine\n5,midazolam\n6,midazolam\n7,ketamine\n8,ketamine\n";

    /// <summary>The shipped protocols by the names of their files.</summary>
    public static IEnumerable<(string File, string Yaml)> Protocols => typeof(SampleTexts).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(OfProtocols, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => (n[OfProtocols.Length..], Text(n)));

    private static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
