using System.CommandLine;

namespace Scheduler.Cli.Commands;

/// <summary><c>--set NAME=VALUE</c>, which may be repeated; of two for one name the last counts.</summary>
internal sealed class ParameterOption : Option<string[]>
{
    public ParameterOption()
        : base("--set")
    {
        (Description, HelpName, AllowMultipleArgumentsPerToken) = ("Sets a parameter of the protocol; may be repeated.", "NAME=VALUE", false);
        Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !t.Value.Contains('=') || t.Value.StartsWith('=')))
            {
                result.AddError($"'{token.Value}' does not fit --set; expected NAME=VALUE such as 'rating=45 min'.");
            }
        });
    }

    /// <summary>The values as they were written, each <c>NAME=VALUE</c>.</summary>
    public string[] Written(ParseResult parsed) => parsed.GetValue(this) ?? [];

    /// <summary>The values by name.</summary>
    public IReadOnlyDictionary<string, string> Chosen(ParseResult parsed) => Written(parsed).Select(s => s.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
}
