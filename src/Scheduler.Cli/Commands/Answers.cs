using System.CommandLine;
using Scheduler.Cli.Output;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Cli.Commands;

/// <summary>Prints what came of planning, in the format that was asked for.</summary>
internal static class Answers
{
    /// <summary>The option that names the format of an answer.</summary>
    public static Option<string> Format() => Values.OneOf("--format", "How to print the result.", "table", "json", "ics", "csv");

    /// <summary>Prints an answer; whoever looks at the table reads first what changed.</summary>
    /// <param name="around">Receives it.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="format">The format.</param>
    /// <param name="news">What the table begins with; nothing where the course is a new one.</param>
    public static int Print(Surroundings around, PlanningAnswer answer, string format, Action? news = null)
    {
        // Every calendar passes its judge before anybody sees it; a breach here is a defect of ours.
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            Judge(answer.Request, proposal);
        }

        if (CalendarJson.Proposals(answer.Outcome) is [var first, ..])
        {
            answer = answer with { Outside = WhyOutside.Of(answer.Request, first) };
        }

        switch (format)
        {
            case "json":
                around.Output.Write(System.Text.Encoding.UTF8.GetString(CalendarJson.Write(answer)));
                break;
            case "csv":
                around.Output.Write(CalendarCsv.Write(answer));
                break;
            case "ics":
                around.Output.Write(CalendarIcs.Write(answer, around.Clock.GetCurrentInstant()));
                if (CalendarJson.Proposals(answer.Outcome).Count is > 1 and var count)
                {
                    around.Error.WriteLine($"Only the first of {count} proposals is in the iCalendar file; csv and json have all of them.");
                }

                break;
            default:
                new CalendarTable(around).Print(answer, news);
                break;
        }

        if (answer.Outcome is Outcome.Infeasible infeasible && (format == "csv" || format == "ics"))
        {
            foreach (var conflict in infeasible.Conflicts)
            {
                around.Error.WriteLine(PlainText.Of(conflict.Message));
            }
        }

        return CodeOf(answer.Outcome);
    }

    /// <summary>The exit code that tells an outcome.</summary>
    public static int CodeOf(Outcome outcome) => outcome switch
    {
        Outcome.Placed => ExitCode.Done,
        Outcome.Infeasible => ExitCode.Infeasible,
        _ => ExitCode.Unproved,
    };

    /// <summary>Has a calendar judged before anybody sees it.</summary>
    public static void Judge(PlanningRequest request, Proposal proposal, PreparedClinic? clinic = null)
    {
        var verdict = clinic is null ? Verifier.Judge(request, proposal.Calendar) : Verifier.Judge(request, proposal.Calendar, clinic);
        if (!verdict.Holds || verdict.Cost != proposal.Cost || verdict.CostWithConditional != proposal.CostWithConditional)
        {
            throw new PlannerRefuted();
        }
    }

    /// <summary>The verifier refuted a calendar of the planner.</summary>
    private sealed class PlannerRefuted : Exception;
}
