using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Formats.Sentences;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Writes a description as plain text, at most about 120 characters a line.</summary>
public static class DescriptionText
{
    private const int Width = 120;

    /// <summary>The text, with a line end.</summary>
    public static string Write(ProtocolDescription description)
    {
        var (text, protocol) = (new StringBuilder(), description.Protocol);
        Paragraph(text, "", $"{protocol.Title} ({protocol.Id} {protocol.Version})");
        if (protocol.Source is { } source)
        {
            Paragraph(text, "", Source(source));
        }

        foreach (var section in description.Sections)
        {
            Heading(text, section.Title);
            foreach (var statement in section.Statements)
            {
                Paragraph(text, "- ", $"{statement.Id}: {statement.Text}{(statement.Because is { } because ? $" Reason: {English.Sentence(because)}" : "")}{(statement.Provenance.Cites is { } cites ? $" [{cites}]" : "")}");
                foreach (var detail in statement.Details)
                {
                    Paragraph(text, "  - ", detail);
                }
            }
        }

        Heading(text, "The course by week");
        Paragraph(text, "", CourseWeeks.Legend(description));
        Table(text, CourseWeeks.Columns, CourseWeeks.Rows(description));
        if (!description.Citations.IsEmpty)
        {
            Heading(text, "Sources");
            foreach (var (citation, of) in description.Citations)
            {
                Paragraph(text, "- ", $"{citation}: {string.Join(", ", of)}");
            }
        }

        if (!description.Assumptions.IsEmpty)
        {
            Heading(text, "Assumptions, to be confirmed by whoever signs");
            foreach (var assumption in description.Assumptions)
            {
                Paragraph(text, "- ", $"{assumption.Id}: {English.Sentence(assumption.Provenance.Assumed!)}");
            }
        }

        if (description.SaysNotSourced is { } notSourced)
        {
            Heading(text, "Not sourced");
            Paragraph(text, "", notSourced);
        }

        return text.ToString();
    }

    /// <summary>The publication in one line.</summary>
    internal static string Source(Protocols.Source source) =>
        string.Join(", ", new[] { source.Citation, source.Doi is { } doi ? $"doi {doi}" : null, source.Registry }.OfType<string>());

    private static void Heading(StringBuilder text, string title) => text.Append('\n').Append(title).Append('\n').Append('-', title.Length).Append('\n');

    /// <summary>Text with its lines broken between words; those after the first are indented under it.</summary>
    private static void Paragraph(StringBuilder text, string bullet, string content)
    {
        var (line, room) = (new StringBuilder(bullet), Width);
        foreach (var word in content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > bullet.Length && line.Length + 1 + word.Length > room)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', bullet.Length);
            }

            _ = line.Length > bullet.Length ? line.Append(' ').Append(word) : line.Append(word);
        }

        text.Append(line).Append('\n');
    }

    private static void Table(StringBuilder text, ImmutableArray<string> columns, ImmutableArray<ImmutableArray<string>> rows)
    {
        var widths = columns.Select((c, i) => rows.Select(r => r[i].Length).Append(c.Length).Max()).ToList();
        foreach (var row in rows.Insert(0, columns))
        {
            text.AppendJoin(" | ", row.Select((cell, i) => cell.PadRight(widths[i]))).Replace("  \n", "\n");
            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }
    }
}
