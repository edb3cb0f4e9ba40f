using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Text.Shapes;

/// <summary>A phrase of several things with commas between them, which may as well be written as a list of them: <c>a, b</c> or <c>[a, b]</c>.</summary>
public sealed class JoinedShape<T>(ScalarShape<T> phrase) : Shape<T>
{
    /// <inheritdoc />
    public override string Expected => phrase.Expected;

    /// <inheritdoc />
    public override Outline Outline => new Outline.List(phrase.Outline);

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out T value) =>
        node is SyntaxNode.Sequence { Items: { IsEmpty: false } items } && items.All(i => i is SyntaxNode.Scalar { IsNothing: false })
            ? phrase.TryRead(new SyntaxNode.Scalar(node.Span, string.Join(", ", items.Cast<SyntaxNode.Scalar>().Select(i => i.Value)), Plain: false), reading, out value)
            : phrase.TryRead(node, reading, out value);
}
