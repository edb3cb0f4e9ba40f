using System.CommandLine;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats.Changes;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler diff OLD NEW</c></summary>
internal static class Diff
{
    public static Command Make(Surroundings around)
    {
        var old = new Argument<string>("OLD") { Description = "A protocol's YAML file." };
        var @new = new Argument<string>("NEW") { Description = "The YAML file of another version of it." };
        var format = Values.OneOf("--format", "How to print the changes.", "text", "json");
        old.Validators.Add(result => Values.RefuseNothing(result, "OLD"));
        @new.Validators.Add(result => Values.RefuseNothing(result, "NEW"));
        var command = new Command("diff", "Says what changed between two protocols, in words that a clinician can sign.") { old, @new, format };
        command.SetAction(parsed =>
        {
            var (before, after) = (Read(around, parsed.GetValue(old)!), Read(around, parsed.GetValue(@new)!));
            if (before is null || after is null)
            {
                return ExitCode.Mistakes;
            }

            var changes = ProtocolChanges.Between(before, after);
            around.Output.Write(parsed.GetValue(format) == "json" ? ChangesJson.Write(changes) : PlainText.OfLines(ChangesText.Write(changes)));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The protocol; null where it has mistakes, which are reported, so that those of both files come at once.</summary>
    private static Protocol? Read(Surroundings around, string file)
    {
        try
        {
            return around.Use(ProtocolCompiler.Compile(file, around.ReadText(file)));
        }
        catch (InputMistake)
        {
            return null;
        }
    }
}
