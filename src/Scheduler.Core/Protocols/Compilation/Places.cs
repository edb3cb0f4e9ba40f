using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Where things are written, by the keys that lead to them, so that a check of bound parts can point at both of its sides.</summary>
internal sealed class Places(SyntaxNode.Mapping root)
{
    /// <summary>The single value at the end of the path; of a mapping or list, the key before it; of what was left out, the nearest thing around it.</summary>
    public SourceSpan Of(params ReadOnlySpan<string> path)
    {
        var (node, span) = ((SyntaxNode)root, root.Span);
        foreach (var key in path)
        {
            if ((node as SyntaxNode.Mapping)?.Entries.FirstOrDefault(e => e.Key.Value == key) is not { } entry)
            {
                return span;
            }

            (node, span) = (entry.Value, entry.Value is SyntaxNode.Scalar ? entry.Value.Span : entry.Key.Span);
        }

        return span;
    }
}
