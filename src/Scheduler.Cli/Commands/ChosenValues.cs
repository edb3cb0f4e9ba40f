using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Commands;

/// <summary>Values for a protocol's parameters. One that does not fit is a mistake of whoever chose it, and is told there, not in the protocol.</summary>
/// <param name="file">The protocol's file.</param>
/// <param name="made">The calendar that was made with values; null where there is none.</param>
/// <param name="set">Values of the command line as <c>NAME=VALUE</c>, which beat the recorded ones, and later ones earlier ones.</param>
internal sealed class ChosenValues(string file, CalendarText? made, IReadOnlyCollection<string> set)
{
    /// <summary>Compiles the protocol with the values.</summary>
    public Read<Protocol> Compile(string text)
    {
        var choices = Choices().ToList();
        var whole = ProtocolCompiler.Compile(file, text, choices.ToDictionary(c => c.Name, c => c.Value));
        if (whole.Succeeded || choices.Count == 0 || ProtocolCompiler.Compile(file, text).Value is not { } protocol)
        {
            return whole;
        }

        // The protocol alone is right, so a value is to blame; where none is alone, they are together.
        var mistakes = choices
            .Select(c => (c.Refuse, Alone: ProtocolCompiler.Compile(file, text, new Dictionary<string, string> { [c.Name] = c.Value })))
            .Where(c => !c.Alone.Succeeded)
            .Select(c => c.Refuse(protocol, c.Alone.Diagnostics.First(d => d.Severity == Severity.Error).Message))
            .Distinct()
            .ToImmutableArray();
        return mistakes.IsEmpty ? whole : new(null, mistakes);
    }

    private IEnumerable<(string Name, string Value, Func<Protocol, string, Diagnostic> Refuse)> Choices()
    {
        var typed = set.Select(s => s.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
        foreach (var (name, value) in (made?.Parameters ?? []).Where(r => !typed.ContainsKey(r.Name)))
        {
            // Where the calendar was made for another protocol, that is the mistake.
            yield return (name, value.Value, (protocol, why) =>
                made is { Protocol: { } id, Version: { } version } && (id.Value, version.Value) != (protocol.Id, protocol.Version)
                    ? Messages.CalendarOfAnotherProtocol(id.Span, $"{id.Value} {version.Value}", $"{protocol.Id} {protocol.Version}")
                    : Messages.CannotSetAsRecorded(value.Span, name, value.Value, why));
        }

        foreach (var (name, value) in typed)
        {
            yield return (name, value, (_, why) => Messages.CannotSet(file, $"{name}={value}", why));
        }
    }
}
