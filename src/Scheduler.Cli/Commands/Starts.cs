using System.CommandLine;
using System.Text;
using Scheduler.Cli.Output;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Ranking = Scheduler.Core.Planning.Starts;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler starts</c></summary>
internal static class Starts
{
    public static Command Make(Surroundings around)
    {
        var course = new CourseOptions();
        var format = Values.OneOf("--format", "How to print the result.", "text", "json");
        var command = new Command("starts", "Ranks the days on which a patient's course may begin: each was planned.") { format };
        course.AddTo(command);
        command.SetAction(parsed =>
        {
            if (course.Read(parsed, around) is not var (given, request))
            {
                return ExitCode.Mistakes;
            }

            var clinic = new PreparedClinic(request.Clinic);
            var starts = Ranking.Of(request, clinic);
            foreach (var start in starts)
            {
                if (start.Proposal is { } proposal)
                {
                    Answers.Judge(Ranking.On(request, start.Day), proposal, clinic);
                }
            }

            if (parsed.GetValue(format) == "json")
            {
                around.Output.Write(Encoding.UTF8.GetString(StartsJson.Write(request, starts, given.Patient is not null)));
            }
            else
            {
                new StartsText(around).Print(request, starts);
            }

            return starts.Any(s => s.Proposal is not null) ? ExitCode.Done : starts.All(s => s.Proved) ? ExitCode.Infeasible : ExitCode.Unproved;
        });
        return command;
    }
}
