using System.CommandLine;
using Scheduler.Core;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler completion SHELL</c></summary>
internal static class Completion
{
    private const string Bash = """
        _scheduler() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(scheduler "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
          [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _scheduler scheduler
        """;

    private const string Zsh = """
        _scheduler() {
          local -a found
          found=("${(@f)$(scheduler "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
          _files
        }
        compdef _scheduler scheduler
        """;

    private const string Fish = """
        complete -c scheduler -a "(scheduler '[suggest:'(commandline -C)']' (commandline -cp) 2>/dev/null)"
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName scheduler -ScriptBlock {
          param($word, $line, $position)
          scheduler "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["powershell"] = PowerShell };

    public static Command Make(Surroundings around)
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {Spoken.Join(Scripts.Keys, "or")}." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result => Values.RefuseOther(result, "SHELL", Scripts.Keys));
        var command = new Command("completion", "Prints a script that completes commands and options; source it in your shell's start-up file.") { shell };
        command.SetAction(parsed => around.Output.WriteLine(Scripts[parsed.GetValue(shell)!]));
        return command;
    }
}
