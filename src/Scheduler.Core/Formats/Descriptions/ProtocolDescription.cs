using System.Collections.Immutable;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>A protocol in plain sentences, ready to be printed in any form.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Sections">What it says, section by section; none is empty.</param>
/// <param name="Course">Its visits in the order of their usual days.</param>
/// <param name="Bands">Where its visits may lie, for a picture.</param>
/// <param name="Citations">Each reference with what rests on it.</param>
public sealed record ProtocolDescription(
    Protocol Protocol, ImmutableArray<DescribedSection> Sections, ImmutableArray<Placement> Course, ImmutableArray<Band> Bands, ImmutableArray<(string Citation, ImmutableArray<string> Of)> Citations)
{
    /// <summary>What the author assumed, where publications are silent.</summary>
    public ImmutableArray<DescribedStatement> Assumptions => [.. Statements.Where(s => s.Provenance.Assumed is not null)];

    private IEnumerable<DescribedStatement> Statements => Sections.SelectMany(s => s.Statements);

    /// <summary>Describes a protocol.</summary>
    public static ProtocolDescription Of(Protocol protocol)
    {
        ImmutableArray<DescribedSection> sections =
        [
            .. new DescribedSection[]
            {
                new("Who", [.. Who(protocol)]),
                new("Visits", [.. protocol.VisitTypes.Select(Of)]),
                new("Phases", [.. protocol.Phases.Select(p => new DescribedStatement(p.Id, $"{English.Sentence(p.Title)} Visits: {English.Visits(p.Visits, protocol)}.", p.Provenance))]),
                new("Rules", [.. WrittenRule.Of(protocol).Select(r => new DescribedStatement(r.Id, RuleSentence.Of(r, protocol), r.Head.Provenance) { Because = r.Head.Because })]),
                new("What is measured", [.. protocol.Outcomes.Select(o => new DescribedStatement(o.Id, CourseSentences.Of(o, protocol), o.Provenance))]),
                new("What depends on results", [.. OnResults(protocol)]),
                new("When things go wrong", [.. protocol.Events.Select(e => new DescribedStatement(e.Id, CourseSentences.Of(e, protocol), e.Provenance))]),
                new("What the patient is told", [.. Told(protocol)]),
                new("What a clinic may set", [.. protocol.Parameters.Select(p => new DescribedStatement(p.Name, CourseSentences.Of(p), p.Provenance))]),
            }.Where(s => !s.Statements.IsEmpty),
        ];
        var citations = sections.SelectMany(s => s.Statements).Where(s => s.Provenance.Cites is not null).GroupBy(s => s.Provenance.Cites!, s => s.Id);
        var (course, enrolment) = CourseDays.Of(protocol);
        return new(protocol, sections, course, CourseBands.Of(protocol, course, enrolment), [.. citations.Select(c => (c.Key, c.Distinct().ToImmutableArray()))]);
    }

    private static IEnumerable<DescribedStatement> Who(Protocol protocol) =>
        protocol.Arms.Select(a => new DescribedStatement(a.Id, $"An arm: {English.Sentence(a.Title)}", a.Provenance))
            .Concat(protocol.Blinded.IsEmpty ? [] : [new DescribedStatement("blinded", CourseSentences.Blinded(protocol.Blinded), Provenance.None)])
            .Concat(protocol.Streams.Select(s => new DescribedStatement(s.Id, $"For those who choose it: {English.Sentence(s.Means)}", s.Provenance)));

    private static DescribedStatement Of(VisitType type) => new(
        type.Id,
        $"{English.Sentence(type.Title == type.Id ? VisitSentences.Shape(type) : $"{type.Title}: {VisitSentences.Shape(type)}")}{string.Concat(VisitSentences.ForWhom(type).Select(s => " " + s))}",
        type.Provenance)
    {
        Details = [.. type.Needs.Select(n => English.Sentence(VisitSentences.Of(n))), .. type.DayConditions.Select(c => $"On the day ({c.Id}): {VisitSentences.Of(c)}{Reference(c.Provenance)}")],
    };

    private static string Reference(Provenance provenance) =>
        (provenance.Cites is { } cites ? $" [{cites}]" : "") + (provenance.Assumed is { } assumed ? $" Assumed: {English.Sentence(assumed)}" : "");

    private static IEnumerable<DescribedStatement> OnResults(Protocol protocol) =>
        protocol.Conditions.Select(c => new DescribedStatement(c.Id, CourseSentences.Of(c, protocol), c.Provenance))
            .Concat(protocol.ScoreTables.Select(t => new DescribedStatement(t.Id, CourseSentences.Of(t, protocol), t.Provenance)));

    private static IEnumerable<DescribedStatement> Told(Protocol protocol) =>
        protocol.VisitTypes
            .SelectMany(t => t.Messages.Select(m => new DescribedStatement($"{t.Id}, {m.Id}", VisitSentences.Of(m), m.Provenance)))
            .Concat(protocol.QuietHours is { } quiet ? [new DescribedStatement("quiet hours", CourseSentences.QuietHours(quiet), Provenance.None)] : []);
}

/// <summary>Statements about one thing.</summary>
public sealed record DescribedSection(string Title, ImmutableArray<DescribedStatement> Statements);

/// <summary>One statement of a protocol.</summary>
/// <param name="Id">What the file calls it.</param>
/// <param name="Text">What it says, in sentences.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record DescribedStatement(string Id, string Text, Provenance Provenance)
{
    /// <summary>Why it is so; null where the file does not say.</summary>
    public string? Because { get; init; }

    /// <summary>What belongs to it, in a sentence each.</summary>
    public ImmutableArray<string> Details { get; init; } = [];
}
