using System.CommandLine;
using Scheduler.Cli.Output;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler why</c></summary>
internal static class Why
{
    public static Command Make(Surroundings around)
    {
        var visit = new VisitOptions();
        var format = Values.OneOf("--format", "How to print the result.", "text", "json");
        var command = new Command("why", "Says why a visit of a calendar is where it is: what alone holds it there, and what its next best place would cost.") { format };
        visit.AddTo(command);
        command.SetAction(parsed =>
        {
            var movable = visit.Read(parsed, around);
            var why = WhyHere.Of(movable.Request, movable.Calendar, movable.Id);
            if (parsed.GetValue(format) == "json")
            {
                around.Output.Write(System.Text.Encoding.UTF8.GetString(PlacesJson.Write(movable.Request, why)));
            }
            else
            {
                new WhyText(around, movable).Print(why);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
