using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>What a message says: a text, or a mapping of languages to texts.</summary>
/// <param name="mayTell">Whether words that tell what is treated are somebody else's question.</param>
internal sealed class SayingShape(bool mayTell) : Shape<Saying>
{
    private readonly PlainTextShape text = Text(mayTell);

    private readonly MapShape<string, string> texts = new("texts by language", LanguageText.Tag, Text(mayTell));

    /// <inheritdoc />
    public override string Expected => "a text, or texts by language such as '{en: ..., de: ...}'";

    /// <inheritdoc />
    public override Outline Outline => new Outline.Either(text.Outline, texts.Outline);

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out Saying value)
    {
        value = null;
        if (node is not SyntaxNode.Mapping mapping)
        {
            value = text.TryRead(node, reading, out var one) ? Saying.Of(one) : null;
            return value is not null;
        }

        if (mapping.Entries.IsEmpty)
        {
            reading.Bag.Add(Messages.UnexpectedValue(node.Span, "an empty mapping", Expected));
            return false;
        }

        if (texts.TryRead(node, reading, out var entries) && entries.Entries.Length == mapping.Entries.Length)
        {
            value = new([.. entries.Entries.Select(e => new SaidIn(e.Key.Value, e.Value.Value))]);
        }

        return value is not null;
    }

    private static PlainTextShape Text(bool mayTell) => new(new("some text", TemplateShape.LongestText, [], []) { MayTell = mayTell });
}
