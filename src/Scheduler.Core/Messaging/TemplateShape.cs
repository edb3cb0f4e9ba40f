using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>A text that patients get to see: not too long, of printable characters, with no fields but those that are filled in.</summary>
/// <param name="longest">How many characters it has at most; one that may be longer than a line may have several lines.</param>
/// <param name="required">The fields that it must have.</param>
/// <param name="fields">All the fields that it may have.</param>
/// <param name="expected">Completes "expected …".</param>
internal sealed class TemplateShape(string expected, int longest, ImmutableArray<string> required, ImmutableArray<string> fields) : Shape<Template>
{
    /// <summary>The most characters of a text.</summary>
    public const int LongestText = 500;

    /// <summary>The most characters of a name, a subject or a greeting.</summary>
    public const int LongestLine = 100;

    /// <inheritdoc />
    public override string Expected => expected;

    /// <inheritdoc />
    public override Outline Outline => new Outline.Single(expected, Pattern: null);

    /// <summary>Whether words that tell what is treated are somebody else's question.</summary>
    public bool MayTell { get; init; }

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out Template value)
    {
        value = null;
        if (!Scalars.Text.TryRead(node, reading, out var text))
        {
            return false;
        }

        var before = reading.Bag.Count;
        Check(text, (offset, length) => node is SyntaxNode.Scalar scalar && scalar.Value == text ? scalar.Part(offset, length) : node.Span, reading.Bag);
        value = reading.Bag.Count == before ? new(text) : null;
        return value is not null;
    }

    private void Check(string text, Func<int, int, SourceSpan> at, DiagnosticBag bag)
    {
        var shown = longest > LongestLine ? PlainText.OfLines(text) : PlainText.Of(text);
        if (text.Zip(shown).TakeWhile(pair => pair.First == pair.Second).Count() is var offset && offset < text.Length)
        {
            bag.Add(Messages.ControlCharacter(at(offset, 1)));
        }

        if (text.Length > longest)
        {
            bag.Add(Messages.MessageTooLong(at(0, text.Length), text.Length, longest));
        }

        CheckFields(text, at, bag);
        if (!MayTell && TellingWords.Find(text) is { } told)
        {
            bag.Add(Messages.TellsTreatment(at(told.Offset, told.Word.Length), told.Word));
        }
    }

    private void CheckFields(string text, Func<int, int, SourceSpan> at, DiagnosticBag bag)
    {
        var found = new Template(text).Fields().ToList();
        foreach (var (offset, field) in found.Where(f => !fields.Contains(f.Field)))
        {
            bag.Add(Messages.UnknownField(at(offset, field.Length + 2), field, fields));
        }

        var misspelt = found.Where(f => !fields.Contains(f.Field)).Select(f => NearMatch.Find(f.Field, fields)).ToHashSet(StringComparer.Ordinal);
        foreach (var field in required.Where(r => found.All(f => f.Field != r) && !misspelt.Contains(r)))
        {
            bag.Add(Messages.FieldMissing(at(0, text.Length), field));
        }

        var inFields = found.SelectMany(f => new[] { f.Offset, f.Offset + f.Field.Length + 1 }).ToHashSet();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && !inFields.Contains(i))
            {
                bag.Add(Messages.BraceAlone(at(i, 1), text[i]));
                return;
            }
        }
    }
}

/// <summary>A text that patients get to see, without fields.</summary>
/// <param name="template">What it must satisfy.</param>
internal sealed class PlainTextShape(TemplateShape template) : Shape<string>
{
    /// <inheritdoc />
    public override string Expected => template.Expected;

    /// <inheritdoc />
    public override Outline Outline => template.Outline;

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = template.TryRead(node, reading, out var read) ? read.Text : null;
        return value is not null;
    }
}
