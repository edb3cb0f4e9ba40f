using System.CommandLine;
using Scheduler.Cli.Output;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler explain</c></summary>
internal static class Explain
{
    public static Command Make(Surroundings around)
    {
        var course = new CourseOptions();
        var format = Values.OneOf("--format", "How to print the result.", "text", "json");
        var command = new Command("explain", "Says why a patient's course cannot be placed, and what would help: each way was planned.") { format };
        course.AddTo(command);
        command.SetAction(parsed =>
        {
            if (course.Read(parsed, around) is not var (given, request))
            {
                return ExitCode.Mistakes;
            }

            var outcome = Planner.Plan(request);
            var answer = new PlanningAnswer(request, outcome, given.Patient is not null)
            {
                Relaxations = outcome is Outcome.Infeasible infeasible ? Relaxations.Of(request, infeasible.Conflicts) : [],
            };
            foreach (var relaxation in answer.Relaxations)
            {
                Answers.Judge(relaxation.Eased, relaxation.Proposal);
            }

            if (parsed.GetValue(format) == "json")
            {
                return Answers.Print(around, answer, "json");
            }

            new ExplanationText(around).Print(answer);
            return Answers.CodeOf(outcome);
        });
        return command;
    }
}
