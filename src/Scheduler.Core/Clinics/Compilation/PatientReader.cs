using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Makes a <see cref="Patient"/> from YAML, or says everything that is wrong with it.</summary>
public static class PatientReader
{
    /// <summary>Reads a patient.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<Patient> Read(string file, string text) => throw new NotSupportedException($"No reader yet for {file} ({text.Length}).");
}
