using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Makes a <see cref="Protocol"/> from YAML, or says everything that is wrong with it.</summary>
public static class ProtocolCompiler
{
    /// <summary>Compiles a protocol.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="overrides">Values for the file's parameters, by name; null for none.</param>
    public static Read<Protocol> Compile(string file, string text, IReadOnlyDictionary<string, string>? overrides = null) =>
        throw new NotSupportedException($"No compiler yet for {file} ({text.Length}, {overrides?.Count}).");
}
