using System.Collections.Immutable;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>The course as a table: what lies in which week, and what the rules leave.</summary>
public static class CourseWeeks
{
    private const string Closures = " What says '+ closures' is later where days on which the clinic is closed make it so.";

    /// <summary>What the table counts from, in a sentence, and what else needs an explanation in it.</summary>
    public static string Legend(ProtocolDescription description)
    {
        var first = First(description.Protocol);
        return $"{Begins(description)} Week -1 is the week before. D0 is the day of {first}, D-1 the day before it. The usual week is the one in which a visit lies when all goes as planned: on the "
            + "target of its window, else as early as the rules allow. The earliest and the latest week are what the rules alone leave, before any clinic's hours are known."
            + (description.Course.Any(IsMadeLaterByClosures) ? Closures : "");
    }

    /// <summary>With which visit week 1 begins, in a sentence: that is not always the one that a publication counts from.</summary>
    public static string Begins(ProtocolDescription description)
    {
        var origins = CourseDays.Origins(description.Protocol);
        var treats = origins.All(v => description.Protocol.TypeOf(v).Purpose == VisitPurpose.Treatment);
        return $"Week 1 begins with {First(description.Protocol)}{(treats ? $", the first treatment visit{(origins.Length > 1 ? " of its arm" : "")}" : "")}.";
    }

    private static string First(Protocol protocol) =>
        Spoken.Join(CourseDays.Origins(protocol).Select(v => English.Visits([v], protocol, "all")), "or");

    /// <summary>Names of the columns.</summary>
    public static ImmutableArray<string> Columns { get; } = ["usual week", "usual day", "visits", "earliest week", "latest week"];

    /// <summary>The rows: visits of one type that share usual, earliest and latest week stand in one.</summary>
    public static ImmutableArray<ImmutableArray<string>> Rows(ProtocolDescription description) =>
    [
        .. description.Course
            .GroupBy(p => (p.Visit.Type, Usual: Placement.WeekOf(p.Usual), Earliest: Week(p.Earliest), Latest: Latest(p)))
            .Select(g => ImmutableArray.Create(
                $"{g.Key.Usual}",
                Placement.Days(g.Select(p => p.Usual)),
                English.Visits(g.Select(p => p.Visit), description.Protocol, "all") + Only(description.Protocol.VisitTypes.First(t => t.Id == g.Key.Type)),
                g.Key.Earliest,
                g.Key.Latest)),
    ];

    private static string Week(int? day) => day is { } d ? $"{Placement.WeekOf(d)}" : "open";

    private static string Latest(Placement placement) =>
        IsMadeLaterByClosures(placement) ? $"{Week(placement.LatestWithoutClosures)} + closures" : Week(placement.Latest);

    private static bool IsMadeLaterByClosures(Placement placement) => placement is { Latest: null, LatestWithoutClosures: not null };

    private static string Only(VisitType type)
    {
        string[] only = [.. new[] { type.OnlyIf is { } c ? $"if {c}" : null, type.Arm is { } a ? $"in arm {a}" : null, type.Stream is { } s ? $"with {s}" : null }.OfType<string>()];
        return only.Length == 0 ? "" : $" ({string.Join(", ", only)})";
    }
}
