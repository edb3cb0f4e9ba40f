using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Courses.Compilation;

/// <summary>A file of events as it is written: what it names is known only with a course.</summary>
public sealed record EventsText
{
    internal EventsText(Located<string> patient, SourceSpan list, ImmutableArray<Happening> entries) => (Patient, List, Entries) = (patient, list, entries);

    /// <summary>What is told of a patient to whom nothing has happened.</summary>
    /// <param name="patient">The clinic's number of the patient.</param>
    /// <param name="file">The name to use in diagnostics.</param>
    public static EventsText Nothing(string patient, string file) => new(new(patient, SourceSpan.Whole(file)), SourceSpan.Whole(file), []) { IsWritten = false };

    /// <summary>The clinic's number of the patient.</summary>
    public Located<string> Patient { get; }

    /// <summary>How many entries it has.</summary>
    public int Count => Entries.Length;

    /// <summary>Whether somebody wrote it down: a file that is not there cannot be mended.</summary>
    internal bool IsWritten { get; private init; } = true;

    /// <summary>Where the list of entries begins.</summary>
    internal SourceSpan List { get; }

    /// <summary>The entries in the order of the text.</summary>
    internal ImmutableArray<Happening> Entries { get; }
}

/// <summary>Reads a file of events, or says everything that is wrong with its form.</summary>
public static class EventsReader
{
    /// <summary>The most entries of a file.</summary>
    public const int MostEvents = 2_000;

    /// <summary>The keys of a file of events at any depth.</summary>
    public static ImmutableArray<string> KeyNames { get; } = [.. EventsFormat.Shape.KeyNames.Distinct(StringComparer.Ordinal)];

    /// <summary>What a file of events looks like.</summary>
    public static Outline Outline => EventsFormat.Shape.Outline;

    /// <summary>Reads the text.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<EventsText> Read(string file, string text)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag, keys: KeyNames) is not { } root
            || FileKind.IsOther(root, FileKind.Events, bag)
            || !EventsFormat.Shape.TryRead(root, new Reading(bag, ParameterValues.None), out var events))
        {
            return Read<EventsText>.From(null, bag);
        }

        if (events.Count > MostEvents)
        {
            bag.Add(Messages.TooManyEvents(events.Entries[MostEvents].Where, MostEvents));
        }

        return Read<EventsText>.From(events, bag);
    }
}
