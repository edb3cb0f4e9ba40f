using System.CommandLine;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler schema [KIND]</c></summary>
internal static class Schema
{
    public static Command Make(Surroundings around)
    {
        var kind = new Argument<string>("KIND") { Description = "protocol, clinic or patient.", DefaultValueFactory = _ => FileSchema.Kinds[0] };
        kind.AcceptOnlyFromAmong([.. FileSchema.Kinds]);
        var command = new Command("schema", "Prints a JSON Schema of a kind of file, with which editors complete and check what is typed.") { kind };
        command.SetAction(parsed => around.Output.Write(FileSchema.Write(parsed.GetValue(kind)!)));
        return command;
    }
}
