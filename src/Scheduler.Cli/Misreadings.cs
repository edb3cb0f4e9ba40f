using System.CommandLine;
using System.CommandLine.Parsing;
using Scheduler.Core;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Cli;

/// <summary>What is wrong with a command line, in a line each: a word that is not known hides what only follows from it.</summary>
internal static class Misreadings
{
    /// <summary>The mistakes; none where the command can run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed, RootCommand root)
    {
        var command = parsed.CommandResult.Command;
        var unknown = Unknown(parsed).ToList();
        var isCommandUnknown = command.Subcommands.Count > 0 && unknown is [var first, ..] && !IsOption(first);
        if (!isCommandUnknown && unknown.Find(IsOption) is not null)
        {
            string[] known = [.. command.Options.Concat(root.Options.Where(o => o.Recursive)).Select(o => o.Name)];
            return [.. unknown.Where(IsOption).Select(u => NoOption(u.Split('=', ':')[0], known))];
        }

        if (command.Subcommands.Count > 0 && parsed.Errors.Count > 0)
        {
            string[] known = [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
            return [unknown.Count == 0 ? $"Say what to do: {Spoken.Join(known, "or")}." : $"There is no command '{unknown[0]}'.{Meant(unknown[0], known)}"];
        }

        return unknown.Count > 0
            ? [.. unknown.Select(u => $"'{u}' is one word too many.")]
            : [.. parsed.Errors.Select(e => e.Message).Distinct()];
    }

    /// <summary>Words that nothing asked for, and what looks like an option where a file belongs, unless '--' says that it is none.</summary>
    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var files = parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).Where(IsOption);

        // Without an error, what is left over belongs to a directive.
        return parsed.Errors.Count == 0 ? files : files.Concat(parsed.UnmatchedTokens);
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static string NoOption(string found, string[] known) => $"There is no option '{found}' here.{Meant(found, known)}";

    private static string Meant(string found, string[] known) => NearMatch.Find(found, known) is { } near ? $" Did you mean '{near}'?" : known.Length == 1 ? $" There is only '{known[0]}'." : $" There are {Spoken.Join(known)}.";
}
