using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text.Shapes;

/// <summary>Reads a value out of a phrase; false when the phrase does not say one. The phrase then stands at the unexpected word.</summary>
public delegate bool PhraseReader<T>(Phrase phrase, [MaybeNullWhen(false)] out T value);

/// <summary>A single value: a word, a number, or a short phrase such as <c>3 days before to 3 days after</c>.</summary>
/// <param name="expected">Completes "expected …", with an example.</param>
/// <param name="read">Reads the value; everything in the phrase must be used up.</param>
public sealed class ScalarShape<T>(string expected, PhraseReader<T> read) : Shape<T>
{
    /// <inheritdoc />
    public override string Expected => expected;

    /// <summary>What the text looks like, where that is simple enough to say (see <see cref="Shapes.Pattern"/>); it must fit all that is read.</summary>
    public string? Pattern { get; init; }

    /// <summary>The words from which the author chooses; empty where the value is free.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The least and the greatest of whole numbers; null for text.</summary>
    public (int From, int To)? Range { get; init; }

    /// <inheritdoc />
    public override Outline Outline => new Outline.Single(expected, Pattern) { Choices = Choices, Range = Range };

    /// <summary>Whether a word of it may be a parameter; not in free text, where a dollar sign is one.</summary>
    public bool HoldsParameters { get; init; } = true;

    /// <summary>For a text that does not fit: what to write instead, where that can be told from it.</summary>
    public Func<string, string?>? Meant { get; init; }

    /// <summary>For a text that does not fit because it says something that is said in another form: the form, in a sentence.</summary>
    public Func<string, string?>? OtherForm { get; init; }

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not SyntaxNode.Scalar scalar)
        {
            reading.Bag.Add(Messages.WrongKindOfNode(node.Span, node.Kind, expected));
            return false;
        }

        var text = scalar.Value;
        if (text.StartsWith('$') && !text.Any(char.IsWhiteSpace))
        {
            if (!reading.Parameters.TryUse(text[1..], out var whole))
            {
                reading.Bag.Add(Messages.UnknownParameter(scalar.Span, text[1..], reading.Parameters.Names));
                return false;
            }

            if (!TryParse(whole, out value, out _))
            {
                reading.Bag.Add(Messages.ParameterDoesNotFit(scalar.Span, text[1..], whole, expected));
                return false;
            }

            return true;
        }

        string? unknown = null;
        string? ValueOf(string name)
        {
            _ = reading.Parameters.TryUse(name, out var found) || (unknown ??= name) is null;
            return found;
        }

        if (!TryParse(text, out value, out var phrase, HoldsParameters ? ValueOf : null))
        {
            var (offset, word) = phrase.Rest;
            if (unknown is not null)
            {
                reading.Bag.Add(Messages.UnknownParameter(
                    scalar.Part(text.IndexOf($"${unknown}", StringComparison.Ordinal), unknown.Length + 1), unknown, reading.Parameters.Names));
                return false;
            }

            if (phrase.Parameter is { } parameter)
            {
                reading.Bag.Add(Messages.ParameterDoesNotFit(scalar.Part(offset, parameter.Length), parameter[1..], ValueOf(parameter[1..])!, expected));
                return false;
            }

            if (OtherForm?.Invoke(text) is { } form)
            {
                reading.Bag.Add(Messages.SaidInAnotherForm(scalar.Span, scalar.Kind, form));
                return false;
            }

            var meant = Meant?.Invoke(text) ?? phrase.Meant;
            reading.Bag.Add(
                offset > 0 && word.Length > 0
                    ? Messages.UnexpectedWord(scalar.Part(offset, word.Length), word, text, expected, meant)
                    : Messages.UnexpectedValue(scalar.Span, scalar.Kind, expected, meant));
            return false;
        }

        return true;
    }

    /// <summary>Reads a value from text that stands in no file, such as a parameter given on the command line.</summary>
    public bool TryParse(string text, [MaybeNullWhen(false)] out T value) => TryParse(text, out value, out _);

    private bool TryParse(string text, [MaybeNullWhen(false)] out T value, out Phrase phrase, Func<string, string?>? valueOf = null)
    {
        phrase = new Phrase(text, valueOf);
        return read(phrase, out value) && phrase.AtEnd;
    }
}
