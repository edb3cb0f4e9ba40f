using System.CommandLine;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler schema [KIND]</c></summary>
internal static class Schema
{
    public static Command Make(Surroundings around)
    {
        var kind = new Argument<string>("KIND") { Description = $"{Spoken.Join(FileSchema.Kinds, "or")}.", DefaultValueFactory = _ => FileSchema.Kinds[0] };
        kind.CompletionSources.Add([.. FileSchema.Kinds]);
        kind.Validators.Add(result => Values.RefuseOther(result, "KIND", FileSchema.Kinds));
        var command = new Command("schema", "Prints a JSON Schema of a kind of file, with which editors complete and check what is typed.") { kind };
        command.SetAction(parsed => around.Output.Write(FileSchema.Write(parsed.GetValue(kind)!.ToLowerInvariant())));
        return command;
    }
}
