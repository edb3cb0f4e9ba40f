namespace Scheduler.Core.Formats.Changes;

/// <summary>What a change is about, in the order in which changes are told.</summary>
public enum ChangeKind
{
    /// <summary>The protocol as a whole: its name, arms, streams, phases.</summary>
    Course,

    /// <summary>Visits: how many, how long, how, for whom.</summary>
    Visits,

    /// <summary>Who and what a visit takes.</summary>
    Needs,

    /// <summary>Rules of the calendar.</summary>
    Rules,

    /// <summary>What is measured, and what depends on it.</summary>
    Results,

    /// <summary>What follows when visits are missed, patients late, or conditions of the day not met.</summary>
    Events,

    /// <summary>What the patient is told.</summary>
    Messages,

    /// <summary>Values that a clinic may set.</summary>
    Parameters,

    /// <summary>Reasons, citations and assumptions: nothing that a calendar would notice.</summary>
    Provenance,
}

/// <summary>One difference between two protocols, in words that a clinician can sign.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="About">The id in the file: of a visit type, a rule, a parameter.</param>
/// <param name="Sentence">What changed.</param>
public sealed record Change(ChangeKind Kind, string About, string Sentence);
