using System.Collections.Concurrent;
using System.Text.Json;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.App.Protocols;

/// <summary>
/// Protocols and clinics as compiled from the versions that the book keeps. What was compiled is known by its text, and not by the number of its version, under which another text stands once a backup was
/// restored or an import was given up.
/// </summary>
public sealed class Library
{
    private readonly ConcurrentDictionary<(string Protocol, string Yaml, string Parameters), Protocol> protocols = new();
    private readonly ConcurrentDictionary<(string Clinic, string Yaml), Clinic> clinics = new();

    /// <summary>A version of a protocol with an enrolment's parameters; it was compiled before it came into the book, so that it has no mistakes.</summary>
    /// <param name="protocol">The id.</param>
    /// <param name="parameters">A JSON object of the values that are set.</param>
    /// <param name="yaml">The text.</param>
    public Protocol Protocol(string protocol, string parameters, string yaml) => protocols.GetOrAdd(
        (protocol, yaml, parameters), _ => ProtocolCompiler.Compile(protocol, yaml, JsonSerializer.Deserialize<Dictionary<string, string>>(parameters)).Required);

    /// <summary>The same for an enrolment that may come to this version, whose parameters it may not have.</summary>
    public Read<Protocol> Read(string protocol, string parameters, string yaml) => protocols.TryGetValue((protocol, yaml, parameters), out var known)
        ? new(known, [])
        : ProtocolCompiler.Compile(protocol, yaml, JsonSerializer.Deserialize<Dictionary<string, string>>(parameters));

    /// <summary>A version of a clinic, as its file says.</summary>
    public Clinic Clinic(string clinic, string yaml) => clinics.GetOrAdd((clinic, yaml), _ => ClinicReader.Read(clinic, yaml).Required);
}
