using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text;

/// <summary>The kinds of file that authors write, each named by the first key of its files.</summary>
public static class FileKind
{
    /// <summary>A treatment protocol.</summary>
    public const string Protocol = "protocol";

    /// <summary>A clinic.</summary>
    public const string Clinic = "clinic";

    /// <summary>A patient.</summary>
    public const string Patient = "patient";

    /// <summary>What has happened in a course.</summary>
    public const string Events = "events";

    /// <summary>All kinds.</summary>
    public static ImmutableArray<string> All { get; } = [Protocol, Clinic, Patient, Events];

    /// <summary>Whether a file is of another kind than expected. That is reported, and what is in it then matters no more.</summary>
    public static bool IsOther(SyntaxNode.Mapping root, string expected, DiagnosticBag bag)
    {
        if (root.Entries is not [var first, ..] || first.Key.Value == expected || !All.Contains(first.Key.Value) || root.Entries.Any(e => e.Key.Value == expected))
        {
            return false;
        }

        bag.Add(Messages.OtherKindOfFile(first.Key.Span, first.Key.Value, expected));
        return true;
    }
}
