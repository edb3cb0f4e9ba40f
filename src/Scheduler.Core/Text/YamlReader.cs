using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Core.Text;

/// <summary>Reads YAML into syntax with positions, within <see cref="YamlLimits"/>. Anchors, aliases and tags are refused.</summary>
public static class YamlReader
{
    /// <summary>Reads <paramref name="text"/>, whose root must be a mapping.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="bag">Receives what is wrong.</param>
    /// <param name="limits">How much to read; <see cref="YamlLimits.Default"/> when left out.</param>
    /// <param name="keys">The keys that this kind of file knows; they make the advice better where the text is no YAML.</param>
    /// <returns>The root, or null when the text could not be read. Duplicate keys are reported and the first is kept.</returns>
    public static SyntaxNode.Mapping? ReadMapping(string file, string text, DiagnosticBag bag, YamlLimits? limits = null, IReadOnlyCollection<string>? keys = null)
    {
        var reader = new Reader(file, text, bag, limits ?? YamlLimits.Default, keys ?? []);
        return reader.Read();
    }

    private sealed class Reader(string file, string text, DiagnosticBag bag, YamlLimits limits, IReadOnlyCollection<string> keys)
    {
        private int events;
        private (Position Start, Position End) reached = (Position.Start, Position.Start);

        public SyntaxNode.Mapping? Read()
        {
            if (text.Length > limits.Characters)
            {
                bag.Add(Messages.TextTooLong(file, text.Length, limits.Characters));
                return null;
            }

            if (FindControlCharacter(text) is { } at)
            {
                bag.Add(Messages.ControlCharacter(new SourceSpan(file, at, at), text));
                return null;
            }

            try
            {
                return ReadDocument(new Parser(new StringReader(text)));
            }
            catch (Refused)
            {
                return null;
            }
            catch (YamlException broken)
            {
                bag.Add(NotYaml(Span(broken.Start, broken.End), broken.Message));
                return null;
            }
        }

        private SyntaxNode.Mapping? ReadDocument(Parser parser)
        {
            Next(parser);
            if (Next(parser) is not DocumentStart)
            {
                bag.Add(Messages.EmptyText(file));
                return null;
            }

            var root = ReadNode(parser, Next(parser), depth: 1);
            Next(parser);
            if (Next(parser) is DocumentStart second)
            {
                bag.Add(Messages.SecondDocument(Span(second.Start, second.End)));
                return null;
            }

            switch (root)
            {
                case SyntaxNode.Mapping mapping:
                    return mapping;
                case SyntaxNode.Scalar { Value: "" }:
                    bag.Add(Messages.EmptyText(file));
                    return null;
                default:
                    bag.Add(Messages.RootNotMapping(root.Span, root.Kind));
                    return null;
            }
        }

        /// <summary>Reads a node whose first event is <paramref name="first"/>. Recursion is bounded by the depth limit.</summary>
        private SyntaxNode ReadNode(Parser parser, ParsingEvent first, int depth)
        {
            if (depth > limits.Depth)
            {
                throw Refuse(Messages.TooDeep(Span(first.Start, first.End), limits.Depth));
            }

            switch (first)
            {
                case Scalar scalar:
                    if (scalar.Value.Length > limits.ScalarCharacters)
                    {
                        throw Refuse(Messages.ValueTooLong(Span(scalar.Start, scalar.Start), scalar.Value.Length, limits.ScalarCharacters));
                    }

                    return new SyntaxNode.Scalar(
                        Span(scalar.Start, scalar.End), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Start.Line == scalar.End.Line);
                case SequenceStart:
                    return ReadSequence(parser, first, depth);
                case MappingStart:
                    return ReadMapping(parser, first, depth);
                default:
                    // The parser answers unbalanced events for some broken flow collections.
                    throw Refuse(NotYaml(Span(first.Start, first.End), "a value is missing here"));
            }
        }

        private SyntaxNode.Sequence ReadSequence(Parser parser, ParsingEvent first, int depth)
        {
            var items = ImmutableArray.CreateBuilder<SyntaxNode>();
            var next = Next(parser);
            while (next is not SequenceEnd)
            {
                items.Add(ReadNode(parser, next, depth + 1));
                next = Next(parser);
            }

            return new(Span(first.Start, next.End), items.ToImmutable());
        }

        private SyntaxNode.Mapping ReadMapping(Parser parser, ParsingEvent first, int depth)
        {
            var entries = ImmutableArray.CreateBuilder<SyntaxNode.Entry>();
            var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
            var next = Next(parser);
            while (next is not MappingEnd)
            {
                var key = ReadNode(parser, next, depth + 1);
                var value = ReadNode(parser, Next(parser), depth + 1);
                if (key is not SyntaxNode.Scalar name)
                {
                    bag.Add(Messages.KeyNotText(key.Span, key.Kind));
                }
                else if (!seen.TryAdd(name.Value, name.Span))
                {
                    bag.Add(Messages.DuplicateKey(name.Span, name.Value, seen[name.Value]));
                }
                else
                {
                    entries.Add(new(name, value));
                }

                next = Next(parser);
            }

            return new(Span(first.Start, next.End), entries.ToImmutable());
        }

        private ParsingEvent Next(Parser parser)
        {
            do
            {
                if (!MoveNext(parser))
                {
                    return new StreamEnd();
                }
            }
            while (parser.Current is Comment);

            var current = parser.Current!;
            reached = (At(current.Start), At(current.End));
            if (++events > limits.Events)
            {
                throw Refuse(Messages.TooManyNodes(Span(current.Start, current.Start), limits.Events));
            }

            if (current is AnchorAlias alias)
            {
                throw Refuse(Messages.AliasRefused(Span(alias.Start, alias.End)));
            }

            if (current is NodeEvent node)
            {
                if (!node.Anchor.IsEmpty)
                {
                    throw Refuse(Messages.AliasRefused(Span(node.Start, node.End)));
                }

                if (!node.Tag.IsEmpty && node is not Scalar { Tag.IsNonSpecific: true })
                {
                    throw Refuse(Messages.TagRefused(Span(node.Start, node.Start), node.Tag.Value));
                }
            }

            return current;
        }

        /// <summary>Moves on. YamlDotNet throws what is no <see cref="YamlException"/> at some broken texts: <c>!!]</c>, <c>? {a</c>.</summary>
        private bool MoveNext(Parser parser)
        {
            try
            {
                return parser.MoveNext();
            }
            catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
            {
                throw Refuse(NotYaml(new(file, reached.Start, reached.End), "what follows cannot be told apart"));
            }
        }

        /// <summary>What is wrong with a text that is no YAML: what its author probably meant, else the parser's own words.</summary>
        private Diagnostic NotYaml(SourceSpan at, string why) =>
            SyntaxAdvice.Find(new(file, text, at.Start, reached.Start, why), keys) ?? Messages.NotYaml(at, why);

        private Refused Refuse(Diagnostic diagnostic)
        {
            bag.Add(diagnostic);
            return new Refused();
        }

        private SourceSpan Span(Mark start, Mark end) => new(file, At(start), At(end));

        private static Position At(Mark mark) => new((int)mark.Line, (int)mark.Column);

        private static Position? FindControlCharacter(string text)
        {
            var (line, column) = (1, 1);
            foreach (var c in text)
            {
                if (c == '\n')
                {
                    (line, column) = (line + 1, 1);
                    continue;
                }

                if ((char.IsControl(c) && c is not ('\r' or '\t')) || c is '\u2028' or '\u2029' or '\uFEFF' && (line, column) != (1, 1))
                {
                    return new(line, column);
                }

                column++;
            }

            return null;
        }
    }

    /// <summary>Unwinds a reading that was refused; never leaves this file.</summary>
    private sealed class Refused : Exception;
}
