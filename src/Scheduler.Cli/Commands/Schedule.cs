using System.CommandLine;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler schedule</c></summary>
internal static class Schedule
{
    public static Command Make(Surroundings around)
    {
        var course = new CourseOptions();
        var proposals = Values.WholeNumber(
            "--proposals", "How many calendars to propose, differing in a way that a patient would notice.", Settings.MostProposals, new Settings(File: null).Proposals);
        var format = Answers.Format();
        var command = new Command("schedule", "Places a patient's course: the best calendar, proved, or why there is none.") { proposals, format };
        course.AddTo(command);
        command.SetAction(parsed =>
        {
            if (course.Read(parsed, around) is not var (given, asked))
            {
                return ExitCode.Mistakes;
            }

            var request = asked with { Proposals = (int)Values.Chosen(parsed, proposals, given.Settings.Proposals) };
            return Answers.Print(around, new(request, Planner.Plan(request), given.Patient is not null), parsed.GetValue(format)!);
        });
        return command;
    }
}
