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

    /// <summary>How many statements set a number: a count, a length, a distance, a score.</summary>
    public int Numbers => Statements.Count(s => s.HasNumber);

    /// <summary>Statements that set a number and say neither where it is published nor that it is assumed.</summary>
    public ImmutableArray<DescribedStatement> NotSourced => [.. Statements.Where(s => s.HasNumber && s.Provenance is { Cites: null, Assumed: null })];

    /// <summary>What is to be said of these, in a sentence; null where there are none.</summary>
    public string? SaysNotSourced => NotSourced is { IsEmpty: false } without
        ? $"{without.Length} of {English.Count(Numbers, "statement")} with a number have neither 'cites' nor 'assumed': {string.Join(", ", without.Select(s => s.Id))}."
        : null;

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
                new("Rules", [.. WrittenRule.Of(protocol).Select(r => new DescribedStatement(r.Id, RuleSentence.Of(r, protocol), r.Head.Provenance) { Because = r.Head.Because, HasNumber = HasNumber(r.Parts[0]) })]),
                new("What is measured", [.. protocol.Outcomes.Select(o => new DescribedStatement(o.Id, CourseSentences.Of(o, protocol), o.Provenance))]),
                new("What depends on results", [.. OnResults(protocol)]),
                new("When things go wrong", [.. protocol.Events.Select(e => new DescribedStatement(e.Id, CourseSentences.Of(e, protocol), e.Provenance) { HasNumber = HasNumber(e) })]),
                new("What the patient is told", [.. Told(protocol)]),
                new("What a clinic may set", [.. protocol.Parameters.Select(p => new DescribedStatement(p.Name, CourseSentences.Of(p), p.Provenance) { HasNumber = true })]),
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
        HasNumber = true,
        Details = [.. type.Needs.Select(n => English.Sentence(VisitSentences.Of(n))), .. type.DayConditions.Select(c => $"On the day ({c.Id}): {VisitSentences.Of(c)}{Reference(c.Provenance)}")],
    };

    private static bool HasNumber(Rule rule) => rule switch
    {
        Rule.Order order => order.AtLeast is not null || order.AtMost is not null,
        Rule.SameDay same => same.Place is DayPlace.Starts,
        Rule.Cadence or Rule.Window or Rule.HourWindow or Rule.TimeOfDay => true,
        _ => false,
    };

    /// <summary>What a score table makes true has its number in the table.</summary>
    private static bool HasNumber(Condition condition, Protocol protocol) =>
        condition.When is OutcomeTest.Between or OutcomeTest.FellBy or OutcomeTest.FellByPoints
        && !protocol.ScoreTables.Any(t => t.Rows.Any(r => r.Condition == condition.Id));

    private static bool HasNumber(EventRule rule) => rule switch
    {
        EventRule.Missed missed => missed.AtMost is not null || missed.Then is Remedy.MakeUp || missed.Otherwise is Remedy.MakeUp,
        EventRule.Late => true,
        _ => false,
    };

    private static string Reference(Provenance provenance) =>
        (provenance.Cites is { } cites ? $" [{cites}]" : "") + (provenance.Assumed is { } assumed ? $" Assumed: {English.Sentence(assumed)}" : "");

    private static IEnumerable<DescribedStatement> OnResults(Protocol protocol) =>
        protocol.Conditions.Select(c => new DescribedStatement(c.Id, CourseSentences.Of(c, protocol), c.Provenance) { HasNumber = HasNumber(c, protocol) })
            .Concat(protocol.ScoreTables.Select(t => new DescribedStatement(t.Id, CourseSentences.Of(t, protocol), t.Provenance) { HasNumber = true }));

    private static IEnumerable<DescribedStatement> Told(Protocol protocol) =>
        protocol.VisitTypes
            .SelectMany(t => t.Messages.Select(m => new DescribedStatement($"{t.Id}, {m.Id}", VisitSentences.Of(m), m.Provenance)))
            .Concat(protocol.QuietHours is { } quiet ? [new DescribedStatement("quiet hours", CourseSentences.Quiet(quiet), Provenance.None)] : []);
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

    /// <summary>Whether it sets a number, which should have a source or be an assumption.</summary>
    public bool HasNumber { get; init; }

    /// <summary>What belongs to it, in a sentence each.</summary>
    public ImmutableArray<string> Details { get; init; } = [];
}
