using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests;

/// <summary>The files of this repository, as tests read them.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Scheduler.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a file by its path from the root.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A shipped protocol.</summary>
    public static Protocol Protocol(string name) => ProtocolCompiler.Compile(name, Text($"protocols/{name}")).Required;

    /// <summary>A sample clinic.</summary>
    public static Clinic Clinic(string name) => ClinicReader.Read(name, Text($"protocols/samples/{name}")).Required;

    /// <summary>A sample patient.</summary>
    public static Patient Patient(string name) => PatientReader.Read(name, Text($"protocols/samples/{name}")).Required;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Scheduler.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
