using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using NodaTime;
using Scheduler.Cli.Commands;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary>What commands of the book name without an option.</summary>
internal static class Arguments
{
    /// <summary>An enrolment.</summary>
    public static Argument<string> Enrolment() => new("ENROLMENT") { Description = "The id of the enrolment, such as E-17." };

    /// <summary>One enrolment or several.</summary>
    public static Argument<string[]> Enrolments() => new("ENROLMENT") { Description = "The id of the enrolment, such as E-17; or of several.", Arity = ArgumentArity.OneOrMore };

    /// <summary>A visit of a course.</summary>
    public static Argument<string> Visit() => new("VISIT") { Description = "The visit, such as 'infusion[2]'." };

    /// <summary>A proposal.</summary>
    public static Argument<string> Proposal() => new("PROPOSAL") { Description = "The id of the proposal, such as P-3." };

    /// <summary>A day.</summary>
    public static Argument<LocalDate?> Day(string name, string description, bool required = true) => new(name)
    {
        Description = description,
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            var day = Texts.ParseDate(result.Tokens[0].Value);
            if (day is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit {name}; expected {Texts.ExpectedDate}.");
            }

            return day;
        },
    };

    /// <summary>A file or a folder.</summary>
    public static Argument<string> Path(string name, string description)
    {
        var path = new Argument<string>(name) { Description = description };
        path.Validators.Add(result => Values.RefuseNothing(result, name));
        return path;
    }

    /// <summary>A whole number that the book has given to something.</summary>
    public static Argument<long> Number(string description) => new("NUMBER")
    {
        Description = description,
        CustomParser = result =>
        {
            if (!long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit NUMBER; expected a whole number.");
            }

            return number;
        },
    };

    /// <summary>Stretches of a day.</summary>
    public static Option<ImmutableArray<Hours>> HoursOfDay(string description, bool required = false) => new("--hours")
    {
        Description = description,
        HelpName = "08:00-12:00,13:00-17:00",
        Required = required,
        DefaultValueFactory = required ? null : _ => [Hours.WholeDay],
        CustomParser = result =>
        {
            var said = result.Tokens[0].Value;
            var all = string.Equals(said, "off", StringComparison.OrdinalIgnoreCase) ? [] : said.Split(',').Select(Stretch).ToList();
            if (all.Exists(h => h is null))
            {
                result.AddError($"'{said}' does not fit --hours; expected stretches such as 08:00-12:00,13:00-17:00, or off.");
                return [];
            }

            return Hours.Merge(all.Select(h => h!.Value));
        },
    };

    /// <summary>A reason.</summary>
    public static Option<string?> Why() => new("--why") { Description = "The reason, in the clinic's words; it stands in the audit, also once the patient is erased. No names.", HelpName = "TEXT" };

    private static Hours? Stretch(string said) =>
        said.Split('-') is [var from, var to] && Minutes(from) is { } first && Minutes(to) is { } last && first < last ? new(first, last) : null;

    private static int? Minutes(string said) =>
        said.Trim().Split(':') is [{ Length: 1 or 2 } hour, { Length: 2 } minute]
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60 && (h * 60) + m <= Hours.MinutesPerDay
            ? (h * 60) + m
            : null;
}
