using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>The first pass: parameters are read before anything else, since any value may name one.</summary>
internal static class ParameterText
{
    private static readonly ScalarShape<(string From, string To)> Between = new(
        "two bounds such as '4 and 8' or '30 min and 90 min'",
        (Phrase phrase, out (string From, string To) value) =>
        {
            var parts = phrase.TakeAll().Split(" and ");
            value = parts.Length == 2 ? (parts[0].Trim(), parts[1].Trim()) : default;
            return parts.Length == 2;
        })
        { HoldsParameters = false };

    private static readonly Key<string> Value = Keys.Required("value", Scalars.Text, "The value unless a clinic sets another.");

    private static readonly Key<(string From, string To)> Range = Keys.Optional("between", Between, "The least and the greatest value that make sense.");

    private static readonly Key<string> Means = Keys.Required("means", Scalars.Text, "What it is, in a sentence.");

    private static readonly MappingShape<ParameterDeclaration> One = new(
        "a parameter",
        [Value, Range, Means, RuleKeys.Cites, RuleKeys.Assumed],
        (fields, _) => new(
            new("", fields.Get(Value).Value, fields.Get(Value).Value, fields.Get(Means).Value, RuleKeys.From(fields)) { Between = fields.Find(Range)?.Value },
            fields.Get(Value).Span));

    /// <summary>The shape of the declarations.</summary>
    public static MapShape<string, ParameterDeclaration> Shape { get; } = new("parameters by name", Scalars.Id, One);

    /// <summary>The parameters in force, and their values for the rest of the file.</summary>
    public static List<(Parameter Parameter, SourceSpan At)> Read(
        SyntaxNode.Mapping root, IReadOnlyDictionary<string, string>? overrides, DiagnosticBag bag, ParameterValues values)
    {
        var read = new List<(Parameter, SourceSpan)>();
        var entry = root.Entries.FirstOrDefault(e => e.Key.Value == "parameters");
        if (entry is not null && Shape.TryRead(entry.Value, new Reading(bag, values), out var declared))
        {
            foreach (var (key, declaration) in declared.Entries)
            {
                var (parameter, at) = (declaration.Value.Parameter, declaration.Value.ValueSpan);
                var chosen = overrides?.GetValueOrDefault(key.Value);
                var value = chosen ?? parameter.Default;
                if (chosen is not null && Unspaced(chosen) is { } spaced)
                {
                    bag.Add(Messages.ParameterWithoutSpace(at, key.Value, chosen, spaced));
                }
                else if (parameter.Between is { } bounds && !IsBetween(value, bounds, out var comparable))
                {
                    bag.Add(comparable || chosen is not null ? Messages.ParameterOutOfRange(at, key.Value, value, $"{bounds.From} and {bounds.To}") : Messages.RangeUnitDiffers(at, key.Value));
                }

                values.Set(key.Value, value);
                read.Add((parameter with { Name = key.Value, Value = value }, key.Span));
            }
        }

        var names = read.ConvertAll(r => r.Item1.Name);
        foreach (var name in overrides?.Keys.Where(n => !names.Contains(n)).Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            bag.Add(Messages.UnknownOverride(entry?.Key.Span ?? SourceSpan.Whole(root.Span.File), name, names));
        }

        return read;
    }

    private static bool IsBetween(string value, (string From, string To) range, out bool comparable)
    {
        comparable = false;
        if (Measure(value) is not { } measured || Measure(range.From) is not { } from || Measure(range.To) is not { } to
            || measured.Unit != from.Unit || from.Unit != to.Unit)
        {
            return false;
        }

        comparable = true;
        return measured.Amount >= from.Amount && measured.Amount <= to.Amount;
    }

    /// <summary>What <c>4weeks</c> should be: <c>4 weeks</c>. Null for what needs no space.</summary>
    private static string? Unspaced(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var spaced = $"{text[..digits]} {text[digits..]}";
        return digits > 0 && digits < text.Length && text[digits] != ' ' && Measure(spaced) is not null ? spaced : null;
    }

    private static (int Amount, string Unit)? Measure(string text)
    {
        if (Scalars.Number(0, 1_000_000).TryParse(text, out var number))
        {
            return (number, "");
        }

        if (Scalars.Minutes.TryParse(text, out var minutes))
        {
            return (minutes, "min");
        }

        return Scalars.Days.TryParse(text, out var days)
            ? days.Months > 0 ? (days.Months, "months") : (days.Days + (7 * days.Weeks), "days")
            : null;
    }

    /// <summary>One declaration with the places that diagnostics point at.</summary>
    internal sealed record ParameterDeclaration(Parameter Parameter, SourceSpan ValueSpan);
}
