using System.Collections.Immutable;

namespace Scheduler.App.Samples;

/// <summary>How far a patient of the sample has come, and what is out of the ordinary.</summary>
internal enum SampleStage
{
    /// <summary>In the book, on no protocol.</summary>
    Registered,

    /// <summary>On a protocol, with nothing proposed.</summary>
    Enrolled,

    /// <summary>With calendars to choose from.</summary>
    Proposed,

    /// <summary>With one kept for them while they are asked.</summary>
    Reserved,

    /// <summary>Booked; what lies in the past took place.</summary>
    Booked,

    /// <summary>The same, and the second infusion was missed and the rest repaired.</summary>
    Missed,

    /// <summary>The same, and the last visit until now was stopped on its day and waits for a new place.</summary>
    OnHold,

    /// <summary>The same, and of the last visit until now nobody has told anything yet.</summary>
    Untold,
}

/// <summary>One patient of the sample.</summary>
/// <param name="Weeks">How many weeks ago their course was asked for; 0 for now.</param>
/// <param name="Protocol">The protocol's id; empty for none.</param>
/// <param name="Stage">How far they have come.</param>
internal sealed record SampleStory(int Weeks, string Protocol, SampleStage Stage)
{
    /// <summary>The trial whose arms are drawn from a list.</summary>
    public const string Blinded = "feder-2021-repeated-ketamine";

    private const string Feder = "feder-2025-ketamine-wet";
    private const string Paired = "ketamine-assisted-psychotherapy";
    private const string Integrated = "macconnel-2025-ketamine";
    private const string Stimulated = "rtms-depression";
    private const string Convulsive = "ect-acute";

    /// <summary>The forty, those who came first before the others.</summary>
    public static ImmutableArray<SampleStory> All { get; } =
    [
        new(10, Paired, SampleStage.Booked), new(10, Paired, SampleStage.Booked), new(10, Feder, SampleStage.Booked),
        new(9, Feder, SampleStage.Booked), new(9, Integrated, SampleStage.Booked),
        new(8, Feder, SampleStage.Booked), new(8, Paired, SampleStage.Booked), new(8, Blinded, SampleStage.Booked),
        new(7, Feder, SampleStage.Booked), new(7, Integrated, SampleStage.Booked),
        new(6, Feder, SampleStage.Booked), new(6, Stimulated, SampleStage.Booked),
        new(5, Paired, SampleStage.Booked), new(5, Convulsive, SampleStage.Booked), new(5, Blinded, SampleStage.Booked),
        new(4, Feder, SampleStage.Missed), new(4, Feder, SampleStage.Booked), new(4, Integrated, SampleStage.Booked),
        new(3, Paired, SampleStage.Booked), new(3, Feder, SampleStage.OnHold), new(3, Feder, SampleStage.Untold),
        new(2, Feder, SampleStage.Booked), new(2, Paired, SampleStage.Booked), new(2, Integrated, SampleStage.Booked),
        new(1, Feder, SampleStage.Booked),
        new(0, Feder, SampleStage.Booked), new(0, Feder, SampleStage.Booked), new(0, Paired, SampleStage.Booked), new(0, Integrated, SampleStage.Booked), new(0, Feder, SampleStage.Booked),
        new(0, Feder, SampleStage.Reserved), new(0, Paired, SampleStage.Reserved),
        new(0, Feder, SampleStage.Proposed), new(0, Paired, SampleStage.Proposed),
        new(0, Feder, SampleStage.Enrolled), new(0, Paired, SampleStage.Enrolled), new(0, Integrated, SampleStage.Enrolled),
        new(0, "", SampleStage.Registered), new(0, "", SampleStage.Registered), new(0, "", SampleStage.Registered),
    ];

    /// <summary>What the patients are called, none after anybody.</summary>
    public static string NameOf(int patient) => $"{First[patient % First.Length]} {Last[patient * 7 % Last.Length]}";

    private static readonly string[] First = ["Ada", "Ben", "Cleo", "Dev", "Elif", "Femi", "Gus", "Hana", "Ivo", "June", "Kofi", "Lena", "Milo", "Nora", "Omar", "Pia", "Quinn", "Rosa", "Sol", "Tess"];

    private static readonly string[] Last = ["Abend", "Brook", "Calder", "Dune", "Ember", "Fjord", "Grove", "Heath", "Inlet", "Juniper", "Knoll"];
}
