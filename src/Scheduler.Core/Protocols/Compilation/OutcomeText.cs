using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How outcomes are written: what is measured or judged, at which visits.</summary>
internal sealed record OutcomeText(string Means, Located<SelectorList> At, (int Low, int High)? Range, Provenance Provenance)
{
    private static readonly Key<string> MeansKey = Keys.Required("means", Scalars.Text, "What it is, in a sentence.");

    private static readonly Key<SelectorList> MeasuredAt = Keys.Required("measured at", Selectors.Group, "The visits at which it is recorded.");

    private static readonly Key<(int Low, int High)> RangeKey = Keys.Optional(
        "range", new ScalarShape<(int Low, int High)>("the lowest and the highest score such as '0 to 80'", TryScores), "The lowest and the highest score.");

    private static readonly Key<bool> Answer = Keys.Optional(
        "answer", Scalars.OneOf("'yes or no'", ("yes or no", true)), "Says that the outcome is an answer instead of a score.");

    public static Key<NamedEntries<string, OutcomeText>> Outcomes { get; } = Keys.Optional(
        "outcomes", new MapShape<string, OutcomeText>("outcomes by id", Scalars.Id, new MappingShape<OutcomeText>(
            "an outcome",
            [MeansKey, MeasuredAt, RangeKey, Answer, RuleKeys.Cites, RuleKeys.Assumed],
            (fields, reading) =>
            {
                if (fields.Find(RangeKey) is null == fields.Find(Answer) is null)
                {
                    reading.Bag.Add(Messages.ScoreOrAnswer(fields.Find(Answer)?.Span ?? fields.Span, both: fields.Find(Answer) is not null));
                    return null;
                }

                return new(fields.Get(MeansKey).Value, fields.Get(MeasuredAt), fields.Find(RangeKey)?.Value, RuleKeys.From(fields));
            })),
        "What is measured, and at which visits.");

    /// <summary>The outcomes whose visits are known.</summary>
    public static ImmutableArray<Measure> Bind(NamedEntries<string, OutcomeText> entries, Names names) =>
    [
        .. entries.Entries
            .Select(e => names.Visits(e.Value.Value.At) is { } at ? new Measure(e.Key.Value, e.Value.Value.Means, at, e.Value.Value.Range, e.Value.Value.Provenance) : null)
            .OfType<Measure>(),
    ];

    /// <summary>Reads <c>0 to 80</c>: two different scores.</summary>
    private static bool TryScores(Phrase phrase, out (int Low, int High) value)
    {
        value = default;
        if (!phrase.TryNumber(out var low) || !phrase.TryWords("to") || !phrase.TryNumber(out var high))
        {
            return false;
        }

        value = (low, high);
        return low < high;
    }
}

/// <summary>Binds the names of outcomes; reports those that name nothing.</summary>
/// <param name="measures">The outcomes that have no mistake.</param>
/// <param name="declared">All outcomes that were written.</param>
/// <param name="names">The visits.</param>
internal sealed class OutcomeNames(ImmutableArray<Measure> measures, ImmutableArray<string> declared, Names names)
{
    /// <summary>The visits.</summary>
    public Names Names => names;

    /// <summary>Whether an outcome was written, with mistakes or without.</summary>
    public bool IsDeclared(string name) => declared.Contains(name);

    /// <summary>The outcome with an id; null where there is none.</summary>
    public Measure? Find(string name, SourceSpan at)
    {
        var found = measures.FirstOrDefault(m => m.Id == name);
        if (found is null && !Names.IsWritten(name, declared))
        {
            names.Bag.Add(Messages.UnknownOutcome(at, name, declared));
        }

        return found;
    }

    /// <summary>A score with the one visit at which it is read; null where it is no score, or is not measured there.</summary>
    public (Measure Measure, VisitId At)? Score(string name, SourceSpan nameSpan, SelectorList at, SourceSpan span)
    {
        var (measure, visits) = (Find(name, nameSpan), names.Visits(at, span));
        if (measure is null || visits is not { } found)
        {
            return null;
        }

        if (measure.Range is null)
        {
            names.Bag.Add(Messages.AnswerIsNoScore(nameSpan, name));
            return null;
        }

        var selector = at.Items[0];
        var where = span.Part(selector.Offset, at.Written.Length);
        if (found.Length != 1)
        {
            names.Bag.Add(Messages.ScoreAtSeveral(where, at.Written, found.Length));
            return null;
        }

        if (!measure.At.Contains(found[0]))
        {
            names.Bag.Add(Messages.NotMeasuredThere(where, name, found[0].ToString(), [.. measure.At.Select(v => v.ToString())]));
            return null;
        }

        return (measure, found[0]);
    }
}
