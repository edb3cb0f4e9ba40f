using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>When a condition is true, as written. A closed set.</summary>
internal abstract record TestText
{
    private TestText()
    {
    }

    /// <summary>Reads a test.</summary>
    public static ScalarShape<TestText> Shape { get; } = new(
        "a test such as 'caps5 at week-2 is at least 25', 'caps5 at week-2 is at least 30 % below caps5 at baseline', 'relapse' or 'not responder'", TryTest)
    {
        OtherForm = text => text.Split(' ') switch
        {
            [_, "and" or "or", "not", var denied] => $"'not' stands alone. Declare another condition with 'when: not {denied}', and join its name here.",
            [_, .. var rest] when rest.Contains("not") => "'not' stands alone. Declare another condition for it, and join its name here.",
            [not "not", ..] words when words.Contains("and") && words.Contains("or") =>
                "Either 'and' or 'or' joins conditions. Declare another condition for one part, and join its name here.",
            _ => null,
        },
    };

    /// <summary>The test with its names bound; mistakes are reported.</summary>
    /// <param name="at">Where it is written.</param>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="conditions">All conditions that were written.</param>
    public OutcomeTest? Bind(SourceSpan at, OutcomeNames outcomes, ImmutableArray<string> conditions) => this switch
    {
        Bounds bounds => Bind(bounds, at, outcomes),
        Fall fall => Bind(fall, at, outcomes),
        Not not => Condition(not.Name, at, conditions, outcomes.Names.Bag) is { } other ? new OutcomeTest.Not(other) : null,
        Named named => Bind(named, at, outcomes, conditions),
        _ => throw new ArgumentOutOfRangeException(nameof(at), this, "A kind of test without a case here."),
    };

    private static OutcomeTest.Between? Bind(Bounds bounds, SourceSpan at, OutcomeNames outcomes)
    {
        if (outcomes.Score(bounds.Outcome.Text, bounds.Outcome.In(at), bounds.At, at) is not var (measure, visit))
        {
            return null;
        }

        var (low, high) = measure.Range!.Value;
        var (from, to) = (Math.Max(low, bounds.Low ?? low), Math.Min(high, bounds.High ?? high));
        if (from > to || (from, to) == (low, high))
        {
            outcomes.Names.Bag.Add(Messages.ConditionDecidesNothing(at, $"{measure.Id} runs from {low} to {high}", always: from <= to));
            return null;
        }

        return new(measure.Id, visit, from, to);
    }

    private static OutcomeTest? Bind(Fall fall, SourceSpan at, OutcomeNames outcomes)
    {
        var later = outcomes.Score(fall.Outcome.Text, fall.Outcome.In(at), fall.At, at);
        var earlier = outcomes.Score(fall.Than.Text, fall.Than.In(at), fall.Before, at);
        if (later is not var (measure, visit) || earlier is not var (other, before))
        {
            return null;
        }

        var (low, high) = measure.Range!.Value;
        if (measure.Id != other.Id)
        {
            outcomes.Names.Bag.Add(Messages.FallOfAnother(fall.Than.In(at), measure.Id, other.Id));
            return null;
        }

        if (visit == before)
        {
            outcomes.Names.Bag.Add(Messages.FallFromItself(at, visit.ToString()));
            return null;
        }

        if (fall.Amount == 0 || fall.Amount > (fall.IsPercent ? 100 : high - low))
        {
            outcomes.Names.Bag.Add(Messages.ConditionDecidesNothing(
                at, fall.IsPercent ? "a fall is more than 0 and at most 100 %" : $"{measure.Id} runs from {low} to {high}", always: fall.Amount == 0));
            return null;
        }

        return fall.IsPercent ? new OutcomeTest.FellBy(measure.Id, visit, before, fall.Amount) : new OutcomeTest.FellByPoints(measure.Id, visit, before, fall.Amount);
    }

    private static OutcomeTest? Bind(Named named, SourceSpan at, OutcomeNames outcomes, ImmutableArray<string> conditions)
    {
        if (named.Names is [var only])
        {
            if (conditions.Contains(only.Text) && !outcomes.IsDeclared(only.Text))
            {
                outcomes.Names.Bag.Add(Messages.ConditionIsAnother(only.In(at), only.Text));
                return null;
            }

            if (outcomes.Find(only.Text, only.In(at)) is not { } measure)
            {
                return null;
            }

            if (measure.Range is { } range)
            {
                outcomes.Names.Bag.Add(Messages.ScoreIsNoAnswer(only.In(at), only.Text, measure.At[0].ToString(), (range.Low + range.High) / 2));
                return null;
            }

            return new OutcomeTest.Yes(only.Text);
        }

        var bound = named.Names.Select(n => Condition(n, at, conditions, outcomes.Names.Bag)).OfType<string>().ToImmutableArray();
        return bound.Length < named.Names.Length ? null : named.IsAny ? new OutcomeTest.AnyOf(bound) : new OutcomeTest.AllOf(bound);
    }

    private static string? Condition(Word name, SourceSpan at, ImmutableArray<string> conditions, DiagnosticBag bag)
    {
        if (Names.IsWritten(name.Text, conditions))
        {
            return name.Text;
        }

        bag.Add(Messages.UnknownCondition(name.In(at), name.Text, conditions));
        return null;
    }

    private static bool TryTest(Phrase phrase, [MaybeNullWhen(false)] out TestText test)
    {
        test = null;
        if (phrase.TryWords("not"))
        {
            test = TryWord(phrase, out var denied) ? new Not(denied) : null;
            return test is not null;
        }

        if (!TryWord(phrase, out var name))
        {
            return false;
        }

        return phrase.TryWords("at") ? TryScore(phrase, name, out test) : TryNamed(phrase, name, out test);
    }

    private static bool TryNamed(Phrase phrase, Word first, [MaybeNullWhen(false)] out TestText test)
    {
        var names = ImmutableArray.Create(first);
        var joint = phrase.TryWords("and") ? "and" : phrase.TryWords("or") ? "or" : null;
        test = null;
        while (joint is not null)
        {
            if (!TryWord(phrase, out var next))
            {
                return false;
            }

            names = names.Add(next);
            if (!phrase.TryWords(joint))
            {
                break;
            }
        }

        test = new Named(names, joint == "or");
        return true;
    }

    private static bool TryScore(Phrase phrase, Word outcome, [MaybeNullWhen(false)] out TestText test)
    {
        test = null;
        if (!Selectors.TryGroup(phrase, out var at) || !phrase.TryWords("is"))
        {
            return false;
        }

        if (phrase.TryWords("below"))
        {
            test = phrase.TryNumber(out var limit) ? new Bounds(outcome, at, null, limit - 1) : null;
        }
        else if (phrase.TryWords("above"))
        {
            test = phrase.TryNumber(out var limit) ? new Bounds(outcome, at, limit + 1, null) : null;
        }
        else if (phrase.TryWords("at", "most"))
        {
            test = phrase.TryNumber(out var limit) ? new Bounds(outcome, at, null, limit) : null;
        }
        else if (phrase.TryWords("at", "least"))
        {
            return TryAtLeast(phrase, outcome, at, out test);
        }
        else if (phrase.TryNumber(out var low))
        {
            test = !phrase.TryWords("to") ? new Bounds(outcome, at, low, low) : phrase.TryNumber(out var high) && low <= high ? new Bounds(outcome, at, low, high) : null;
        }

        return test is not null;
    }

    private static bool TryAtLeast(Phrase phrase, Word outcome, SelectorList at, [MaybeNullWhen(false)] out TestText test)
    {
        test = null;
        if (!TryAmount(phrase, out var amount, out var isPercent))
        {
            return false;
        }

        if (isPercent is null)
        {
            test = new Bounds(outcome, at, amount, null);
            return true;
        }

        if (phrase.TryWords("below") && TryWord(phrase, out var than) && phrase.TryWords("at") && Selectors.TryGroup(phrase, out var before))
        {
            test = new Fall(outcome, at, amount, isPercent.Value, than, before);
        }

        return test is not null;
    }

    /// <summary>Reads <c>30 %</c>, <c>30%</c>, <c>10 points</c> or a bare number.</summary>
    private static bool TryAmount(Phrase phrase, out int amount, out bool? isPercent)
    {
        isPercent = null;
        var mark = phrase.Mark;
        if (phrase.TryNumber(out amount))
        {
            isPercent = phrase.TryWords("%") || phrase.TryWords("percent") ? true : phrase.TryWords("points") || phrase.TryWords("point") ? false : null;
            return true;
        }

        if (phrase.TryAny(out var word) && word.EndsWith('%') && int.TryParse(word[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out amount) && amount <= 1000)
        {
            isPercent = true;
            return true;
        }

        phrase.Return(mark);
        return false;
    }

    private static bool TryWord(Phrase phrase, out Word word)
    {
        var offset = phrase.Rest.Offset;
        var found = phrase.TryAny(out var text);
        word = new(text, offset);
        return found;
    }

    /// <summary>A name with its place in the value.</summary>
    internal readonly record struct Word(string Text, int Offset)
    {
        public SourceSpan In(SourceSpan value) => value.Part(Offset, Text.Length);
    }

    private sealed record Bounds(Word Outcome, SelectorList At, int? Low, int? High) : TestText;

    private sealed record Fall(Word Outcome, SelectorList At, int Amount, bool IsPercent, Word Than, SelectorList Before) : TestText;

    private sealed record Not(Word Name) : TestText;

    private sealed record Named(ImmutableArray<Word> Names, bool IsAny) : TestText;
}
