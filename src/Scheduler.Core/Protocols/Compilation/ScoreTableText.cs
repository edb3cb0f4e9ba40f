using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How score tables are written: each row of scores makes a condition true.</summary>
internal sealed record ScoreTableText(Located<(string Outcome, SelectorList At)> By, NamedEntries<(int Low, int High), string> Rows, Provenance Provenance)
{
    private static readonly Key<(string Outcome, SelectorList At)> ByKey = Keys.Required(
        "by",
        new ScalarShape<(string Outcome, SelectorList At)>(
            "an outcome with its visit such as 'qids at review'",
            (Phrase phrase, [MaybeNullWhen(false)] out (string Outcome, SelectorList At) value) =>
            {
                value = default;
                if (!phrase.TryAny(out var outcome) || !phrase.TryWords("at") || !Selectors.TryGroup(phrase, out var at))
                {
                    return false;
                }

                value = (outcome, at);
                return true;
            }),
        "The score, and the visit at which it is read.");

    private static readonly Key<NamedEntries<(int Low, int High), string>> RowsKey = Keys.Required(
        "rows",
        new MapShape<(int Low, int High), string>(
            "conditions by scores",
            new ScalarShape<(int Low, int High)>(
                "scores such as '0 to 5' or '6'",
                (Phrase phrase, out (int Low, int High) value) =>
                {
                    value = default;
                    if (!phrase.TryNumber(out var low))
                    {
                        return false;
                    }

                    var high = low;
                    if (phrase.TryWords("to") && !phrase.TryNumber(out high))
                    {
                        return false;
                    }

                    value = (low, high);
                    return low <= high;
                }),
            Scalars.Id),
        "The condition that comes true for each stretch of scores; together they cover the range.");

    public static Key<NamedEntries<string, ScoreTableText>> ScoreTables { get; } = Keys.Optional(
        "score tables",
        new MapShape<string, ScoreTableText>(
            "score tables by id",
            Scalars.Id,
            new MappingShape<ScoreTableText>(
                "a score table", [ByKey, RowsKey, RuleKeys.Cites, RuleKeys.Assumed], (fields, _) => new(fields.Get(ByKey), fields.Get(RowsKey).Value, RuleKeys.From(fields)))),
        "Scores that decide between conditions.");

    /// <summary>The conditions that the rows of all tables make, as written, with mistakes or without.</summary>
    public static IEnumerable<string> Conditions(SyntaxNode.Mapping root) =>
        from tables in Entries(root, ScoreTables.Name)
        from table in Entries(tables.Value)
        from rows in Entries(table.Value, RowsKey.Name)
        from row in Entries(rows.Value)
        where row.Value is SyntaxNode.Scalar
        select ((SyntaxNode.Scalar)row.Value).Value;

    private static IEnumerable<SyntaxNode.Entry> Entries(SyntaxNode node, string? key = null) =>
        (node as SyntaxNode.Mapping)?.Entries.Where(e => key is null || e.Key.Value == key) ?? [];

    /// <summary>The tables without mistake.</summary>
    public static ImmutableArray<ScoreTable> Bind(NamedEntries<string, ScoreTableText> entries, OutcomeNames outcomes)
    {
        var bag = outcomes.Names.Bag;
        var made = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var row in entries.Entries.SelectMany(e => e.Value.Value.Rows.Entries).Select(r => r.Value))
        {
            if (!made.TryAdd(row.Value, row.Span))
            {
                bag.Add(Messages.RowConditionTwice(row.Span, row.Value, made[row.Value]));
            }
        }

        return [.. entries.Entries.Select(e => e.Value.Value.Bind(e.Key.Value, outcomes)).OfType<ScoreTable>()];
    }

    private ScoreTable? Bind(string id, OutcomeNames outcomes)
    {
        var ((outcome, at), span) = By;
        if (outcomes.Score(outcome, span.Part(0, outcome.Length), at, span) is not var (measure, visit))
        {
            return null;
        }

        CheckRows(measure, outcomes.Names.Bag);
        return new(
            id, measure.Id, visit, [.. Rows.Entries.OrderBy(r => r.Key.Value).Select(r => new ScoreRow(r.Key.Value.Low, r.Key.Value.High, r.Value.Value))], Provenance);
    }

    /// <summary>Whether the rows cover the range, each score once.</summary>
    private void CheckRows(Measure measure, DiagnosticBag bag)
    {
        var (low, high) = measure.Range!.Value;
        var rows = Rows.Entries.Select(r => r.Key).OrderBy(r => r.Value).ToList();
        if (rows.Count == 0 || rows.Count < Rows.Declared.Length)
        {
            if (Rows.Declared.IsEmpty)
            {
                bag.Add(Messages.TableWithoutRows(By.Span));
            }

            return;
        }

        foreach (var beyond in rows.Where(r => r.Value.Low < low || r.Value.High > high))
        {
            bag.Add(Messages.RowBeyondRange(beyond.Span, measure.Id, low, high));
        }

        if (rows[0].Value.Low > low)
        {
            bag.Add(Messages.ScoresUncovered(rows[0].Span, measure.Id, low, rows[0].Value.Low - 1));
        }

        if (rows[^1].Value.High < high)
        {
            bag.Add(Messages.ScoresUncovered(rows[^1].Span, measure.Id, rows[^1].Value.High + 1, high));
        }

        foreach (var (one, next) in rows.Zip(rows.Skip(1)))
        {
            if (next.Value.Low > one.Value.High + 1)
            {
                bag.Add(Messages.RowsGap(next.Span, one.Value.High + 1, next.Value.Low - 1, one.Span));
            }
            else if (next.Value.Low <= one.Value.High)
            {
                bag.Add(Messages.RowsOverlap(next.Span, next.Value.Low, Math.Min(one.Value.High, next.Value.High), one.Span));
            }
        }
    }
}
