using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A stretch of a day with how it takes a resource; plain hours are exclusive.</summary>
internal readonly record struct Stretch(Hours Hours, Use Use);

/// <summary>
/// Stretches of a day separated by commas, or a word for none. A stretch that ends before it begins is reported and left out,
/// so that it hides no other mistake.
/// </summary>
internal sealed class StretchesShape : Shape<ImmutableArray<Located<Stretch>>>
{
    private static readonly Dictionary<string, Use> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["exclusive"] = Use.Exclusive, ["share"] = Use.Share, ["supervision"] = Use.Supervision,
    };

    private readonly bool withUse;
    private readonly string[] none;
    private readonly ScalarShape<ImmutableArray<Part>> parts;

    private StretchesShape(string expected, bool withUse, params string[] none)
    {
        (this.withUse, this.none) = (withUse, none);
        var stretch = Pattern.Parts(Pattern.Time, Pattern.Words("to"), Pattern.Time) + (withUse ? $"(?:{Pattern.Space}{Pattern.OneOf(Uses.Keys)})?" : "");
        parts = new(expected, TryParts) { Pattern = Pattern.Whole(Pattern.Or([.. none.Select(Pattern.Words), $"{stretch}(?:\\s*,\\s*{stretch})*"])) };
    }

    /// <summary>Working or opening hours.</summary>
    public static StretchesShape Working { get; } = new("hours such as '08:00 to 12:30, 13:00 to 17:00', or 'off'", withUse: false, "off");

    /// <summary>When a patient can come.</summary>
    public static StretchesShape Free { get; } = new("hours such as '09:00 to 12:00', or 'away'", withUse: false, "away", "off");

    /// <summary>What is booked on a day.</summary>
    public static StretchesShape Booked { get; } =
        new("times such as '09:00 to 11:40, 12:30 to 15:10', each followed by 'share' or 'supervision' where it is not exclusive", withUse: true);

    /// <inheritdoc />
    public override string Expected => parts.Expected;

    /// <inheritdoc />
    public override Outline Outline => parts.Outline;

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, out ImmutableArray<Located<Stretch>> value)
    {
        value = [];
        if (!parts.TryRead(node, reading, out var read))
        {
            return false;
        }

        var stretches = ImmutableArray.CreateBuilder<Located<Stretch>>();
        foreach (var part in read)
        {
            var span = ((SyntaxNode.Scalar)node).Part(part.Offset, part.Length);
            if (part.From >= part.To)
            {
                reading.Bag.Add(Messages.HoursReversed(span, part.From, part.To));
            }
            else
            {
                stretches.Add(new(new(new(part.From, part.To), part.Use), span));
            }
        }

        value = stretches.ToImmutable();
        return true;
    }

    private bool TryParts(Phrase phrase, out ImmutableArray<Part> value)
    {
        value = [];
        foreach (var word in none)
        {
            if (phrase.TryWords(word))
            {
                return true;
            }
        }

        var found = ImmutableArray.CreateBuilder<Part>();
        do
        {
            var offset = phrase.Rest.Offset;
            if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
            {
                return false;
            }

            var use = withUse && phrase.TryOneOf(Uses, out var named) ? named : Use.Exclusive;
            found.Add(new(from, to, use, offset, phrase.Text.AsSpan(offset, phrase.Rest.Offset - offset).TrimEnd().Length));
        }
        while (phrase.TryComma());
        value = found.ToImmutable();
        return true;
    }

    private readonly record struct Part(int From, int To, Use Use, int Offset, int Length);
}

/// <summary>What the hours of one day must satisfy among themselves.</summary>
internal static class StretchChecks
{
    /// <summary>The hours of a day, sorted and joined where they touch. Two that overlap are reported.</summary>
    public static ImmutableArray<Hours> ToHours(ImmutableArray<Located<Stretch>> stretches, DiagnosticBag bag)
    {
        var sorted = stretches.OrderBy(s => s.Value.Hours.From).ThenBy(s => s.Span.Start).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Value.Hours.Overlaps(sorted[i - 1].Value.Hours))
            {
                var (first, second) = sorted[i].Span.Start.CompareTo(sorted[i - 1].Span.Start) > 0 ? (sorted[i - 1], sorted[i]) : (sorted[i], sorted[i - 1]);
                bag.Add(Messages.HoursOverlap(second.Span, second.Value.Hours.ToString(), first.Value.Hours.ToString()));
            }
        }

        return Hours.Merge(sorted.Select(s => s.Value.Hours));
    }
}
