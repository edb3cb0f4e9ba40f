using System.Text;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>Writes changes as a list for people.</summary>
public static class ChangesText
{
    /// <summary>The text, with a line end.</summary>
    public static string Write(ProtocolChanges changes)
    {
        var text = new StringBuilder();
        text.Append($"From {Name(changes.Old)} to {Name(changes.New)}\n");
        if (changes.All.IsEmpty)
        {
            return text.Append("Nothing changed: the two protocols say the same.\n").ToString();
        }

        foreach (var kind in changes.All.GroupBy(c => c.Kind))
        {
            text.Append('\n').Append(Title(kind.Key)).Append('\n');
            foreach (var change in kind)
            {
                text.Append("- ").Append(change.Sentence).Append('\n');
            }
        }

        if (changes.All.All(c => c.Kind == ChangeKind.Provenance))
        {
            text.Append("\nNo calendar would notice: only reasons, citations or assumptions changed.\n");
        }

        return text.ToString();
    }

    /// <summary>What stands above the changes of one kind.</summary>
    internal static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.Course => "The protocol",
        ChangeKind.Visits => "Visits",
        ChangeKind.Needs => "People and places",
        ChangeKind.Rules => "Rules",
        ChangeKind.Results => "Results, and what depends on them",
        ChangeKind.Events => "When things go wrong",
        ChangeKind.Messages => "What the patient is told",
        ChangeKind.Parameters => "What a clinic may set",
        ChangeKind.Provenance => "Reasons, citations and assumptions",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of change without a title here."),
    };

    private static string Name(Protocol protocol) => $"{protocol.Id} {protocol.Version}";
}
