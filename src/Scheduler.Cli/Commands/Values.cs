using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Commands;

/// <summary>The kinds of value that options take, each with what it says of a value that does not fit.</summary>
internal static class Values
{
    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>An option whose value is a date.</summary>
    public static Option<LocalDate?> Date(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        Required = required,
        CustomParser = result =>
        {
            var date = Texts.ParseDate(result.Tokens[0].Value);
            if (date is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit {name}; expected {Texts.ExpectedDate}.");
            }

            return date;
        },
    };

    /// <summary>An option whose value is a month: <c>2027-03</c>.</summary>
    public static Option<DateInterval?> Month(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "MONTH",
        CustomParser = result =>
        {
            if (Texts.ParseDate($"{result.Tokens[0].Value}-01") is { } first)
            {
                return new(first, first.PlusMonths(1).PlusDays(-1));
            }

            result.AddError($"'{result.Tokens[0].Value}' does not fit {name}; expected a month from 1900-01 to 2200-12 such as 2027-01.");
            return null;
        },
    };

    /// <summary>An option whose value is a date, or a date and a time: <c>2027-01-08</c>, <c>2027-01-08T12:00</c> or <c>'2027-01-08 12:00'</c>.</summary>
    public static Option<LocalDateTime?> Time(string name, string description, bool required = true) => new(name)
    {
        Description = description,
        HelpName = "DATE[T]TIME",
        Required = required,
        CustomParser = result =>
        {
            var parts = result.Tokens[0].Value.Split('T', ' ');
            var time = parts.Length == 2 && TimeOfDay.Parse(parts[1]) is { Success: true, Value: var found } ? found : parts.Length == 1 ? LocalTime.Midnight : (LocalTime?)null;
            if (Texts.ParseDate(parts[0]) is { } date && time is { } known)
            {
                return date + known;
            }

            result.AddError($"'{result.Tokens[0].Value}' does not fit {name}; expected {Texts.ExpectedDate}, or with a time such as 2027-01-04T08:30.");
            return null;
        },
    };

    /// <summary>An option whose value is a whole number from 1 on.</summary>
    public static Option<long> WholeNumber(string name, string description, long most, long otherwise, string shown = "NUMBER") => new(name)
    {
        Description = $"{description} 1 to {most}.",
        HelpName = shown,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            if (!long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > most)
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit {name}, which takes a whole number from 1 to {most}.");
            }

            return number;
        },
    };

    /// <summary>An option whose value is one of a few words, whatever the case of their letters; the first is the usual one.</summary>
    public static Option<string> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
            CustomParser = result =>
            {
                RefuseOther(result, name, words);
                return result.Tokens[0].Value.ToLowerInvariant();
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>An option whose value is the path of a file.</summary>
    public static Option<string?> Path(string name, string description, bool required = false)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE", Required = required };
        option.Validators.Add(result => RefuseNothing(result, name));
        return option;
    }

    /// <summary>An option whose value is a file, and which may be repeated.</summary>
    public static Option<string[]> Paths(string name, string description, bool required = false)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "FILE", Required = required, AllowMultipleArgumentsPerToken = false };
        option.Validators.Add(result => RefuseNothing(result, name));
        return option;
    }

    /// <summary>The step budget of a search.</summary>
    public static Option<long> Steps() => WholeNumber("--steps", "The step budget of the search.", Settings.MostSteps, new Settings(File: null).Steps);

    /// <summary>What the command line says; what the settings say where it is silent.</summary>
    public static long Chosen(ParseResult parsed, Option<long> option, long setting) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : setting;

    /// <summary>Refuses an empty path, which an unset variable of a shell easily makes.</summary>
    public static void RefuseNothing(SymbolResult result, string name)
    {
        if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
        {
            result.AddError($"{name} takes the path of a file; found nothing.");
        }
    }

    /// <summary>Refuses a value that is none of a few words.</summary>
    public static void RefuseOther(SymbolResult result, string name, IReadOnlyCollection<string> words)
    {
        foreach (var token in result.Tokens.Where(t => !words.Contains(t.Value, StringComparer.OrdinalIgnoreCase)))
        {
            result.AddError($"'{token.Value}' does not fit {name}; expected {Spoken.Join(words, "or")}.{NearMatch.Question(token.Value, words)}");
        }
    }
}
