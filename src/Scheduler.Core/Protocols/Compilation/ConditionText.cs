using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How conditions are written: what comes true or not, and by which outcomes it is known.</summary>
internal sealed record ConditionText(string Means, Located<TestText>? When, ImmutableArray<Located<string>> Excludes, Provenance Provenance)
{
    private static readonly Key<string> MeansKey = Keys.Required("means", Scalars.Text, "What the condition is, in a sentence.");

    private static readonly Key<TestText> WhenKey = Keys.Optional("when", TestText.Shape, "When it is true, by recorded outcomes; left out, the clinic judges.");

    private static readonly Key<ImmutableArray<Located<string>>> ExcludesKey = Keys.Optional(
        "excludes", new ListShape<string>(Scalars.Name), "Conditions that cannot hold together with this one.");

    public static Key<NamedEntries<string, ConditionText>> Conditions { get; } = Keys.Optional(
        "conditions",
        new MapShape<string, ConditionText>(
            "conditions by name",
            Scalars.Id,
            new MappingShape<ConditionText>(
                "a condition",
                [MeansKey, WhenKey, ExcludesKey, RuleKeys.Cites, RuleKeys.Assumed],
                (fields, _) => new(fields.Get(MeansKey).Value, fields.Find(WhenKey), fields.Find(ExcludesKey)?.Value ?? [], RuleKeys.From(fields)))),
        "What comes true or not, and on which visits depend.");

    /// <summary>The conditions, those that only score tables make behind the others.</summary>
    /// <param name="entries">The conditions as written.</param>
    /// <param name="tables">The score tables; each of their rows makes a condition.</param>
    /// <param name="declared">All conditions that were written.</param>
    /// <param name="outcomes">The outcomes.</param>
    public static ImmutableArray<Condition> Bind(
        NamedEntries<string, ConditionText> entries, ImmutableArray<ScoreTable> tables, ImmutableArray<string> declared, OutcomeNames outcomes)
    {
        var bag = outcomes.Names.Bag;
        var rows = tables.SelectMany(t => t.Rows.Select(r => (Table: t, Row: r))).GroupBy(r => r.Row.Condition).ToDictionary(g => g.Key, g => g.First());
        var bound = ImmutableArray.CreateBuilder<Condition>();
        foreach (var (key, (text, _)) in entries.Entries)
        {
            CheckExcludes(key.Value, text, declared, bag);
            OutcomeTest? when = null;
            if (rows.Remove(key.Value, out var row))
            {
                when = Test(row.Table, row.Row);
                if (text.When is { } other)
                {
                    bag.Add(Messages.ConditionOfTableHasWhen(other.Span, key.Value, row.Table.Id));
                }
            }
            else if (text.When is { } test)
            {
                when = test.Value.Bind(test.Span, outcomes, declared);
            }

            bound.Add(new(key.Value, text.Means, [.. text.Excludes.Select(x => x.Value)]) { When = when, Provenance = text.Provenance });
        }

        bound.AddRange(rows.Values.Select(r => new Condition(
            r.Row.Condition, $"{r.Table.Outcome} at {r.Table.At} is {r.Row.Low} to {r.Row.High}.", []) { When = Test(r.Table, r.Row) }));
        return [.. bound.Select(c => c with { Excludes = [.. c.Excludes.Union(bound.Where(o => Exclude(c, o)).Select(o => o.Id))] })];
    }

    private static OutcomeTest.Between Test(ScoreTable table, ScoreRow row) => new(table.Outcome, table.At, row.Low, row.High);

    private static void CheckExcludes(string name, ConditionText text, ImmutableArray<string> declared, DiagnosticBag bag)
    {
        foreach (var excluded in text.Excludes)
        {
            if (!Names.IsWritten(excluded.Value, declared))
            {
                bag.Add(Messages.UnknownCondition(excluded.Span, excluded.Value, declared));
            }
            else if (excluded.Value == name)
            {
                bag.Add(Messages.ConditionExcludesItself(excluded.Span, name));
            }
            else if (text.Excludes.First(x => x.Value == excluded.Value) != excluded)
            {
                bag.Add(Messages.NamedTwice(excluded.Span, excluded.Value, "'excludes'"));
            }
        }
    }

    /// <summary>Whether two conditions exclude each other by what they say: one is not the other, or they ask for different scores of one visit.</summary>
    private static bool Exclude(Condition a, Condition b) => (a.When, b.When) switch
    {
        (OutcomeTest.Not not, _) when not.Condition == b.Id => true,
        (_, OutcomeTest.Not not) when not.Condition == a.Id => true,
        (OutcomeTest.Between one, OutcomeTest.Between other) => (one.Outcome, one.At) == (other.Outcome, other.At) && (one.High < other.Low || other.High < one.Low),
        _ => false,
    };
}
