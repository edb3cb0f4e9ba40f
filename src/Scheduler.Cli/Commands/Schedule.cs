using System.CommandLine;
using Scheduler.Cli.Output;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler schedule</c></summary>
internal static class Schedule
{
    public static Command Make(Surroundings around)
    {
        var inputs = new Inputs();
        var from = Inputs.Date("--from", "The earliest day of the first visit.", required: true);
        var within = Bounded("--start-within", "The days in which the first visit may fall.", 1, 366, PlanningRequest.DefaultStartWithinDays);
        var proposals = Bounded("--proposals", "How many calendars to propose, differing in a way that a patient would notice.", 1, 20, 1);
        var deviations = new Option<DeviationLimit>("--deviations") { Description = "How far windows may be stretched: none, minor or major.", DefaultValueFactory = _ => DeviationLimit.None };
        var enrolled = Inputs.Date("--enrolled", "The day of enrolment, for windows that count from it; the day of --from unless stated.");
        var steps = new Option<long>("--steps") { Description = "The step budget of the search.", DefaultValueFactory = _ => PlanningRequest.DefaultStepBudget };
        steps.Validators.Add(r => Require(r.GetValueOrDefault<long>() > 0, r, "--steps takes a whole number from 1."));
        var arm = new Option<string?>("--arm") { Description = "The arm of the protocol, where it has arms.", HelpName = "ARM" };
        var with = new Option<string[]>("--with") { Description = "An optional stream to include, where the protocol has such.", HelpName = "STREAM" };
        var format = new Option<string>("--format") { Description = "How to print the result.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "ics", "csv");
        var command = new Command("schedule", "Places a patient's course: the best calendar, proved, or why there is none.") { from, within, proposals, deviations, enrolled, steps, arm, with, format };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var (protocol, clinic, patient) = inputs.Read(parsed, around);
            var protocolFile = parsed.GetValue(inputs.ProtocolFile)!;
            var request = new PlanningRequest(protocol, clinic, patient ?? Patient.Anyone, parsed.GetValue(from)!.Value)
            {
                StartWithinDays = parsed.GetValue(within),
                Proposals = parsed.GetValue(proposals),
                Deviations = parsed.GetValue(deviations),
                Enrolled = parsed.GetValue(enrolled),
                StepBudget = parsed.GetValue(steps),
            };
            Diagnostic[] mistakes =
            [
                .. RequestChecks.Of(request, parsed.GetValue(inputs.PatientFile) ?? ""),
                .. parsed.GetValue(arm) is { } a ? new[] { Messages.NoArms(protocolFile, a) } : [],
                .. (parsed.GetValue(with) ?? []).Select(s => Messages.NoStreams(protocolFile, s)),
            ];
            around.Report(mistakes);
            if (mistakes.Length > 0)
            {
                return ExitCode.Mistakes;
            }

            return Print(around, new(request, Planner.Plan(request), patient is not null), parsed.GetValue(format)!);
        });
        return command;
    }

    private static int Print(Surroundings around, PlanningAnswer answer, string format)
    {
        // Every calendar passes its judge before anybody sees it; a breach here is a defect of ours.
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            var verdict = Verifier.Judge(answer.Request, proposal.Calendar);
            if (!verdict.Holds || verdict.Cost != proposal.Cost || verdict.CostWithConditional != proposal.CostWithConditional)
            {
                throw new PlannerRefuted();
            }
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
                break;
            default:
                new CalendarTable(around.Output, around.Colour).Print(answer);
                break;
        }

        if (answer.Outcome is Outcome.Infeasible infeasible && (format == "csv" || format == "ics"))
        {
            foreach (var conflict in infeasible.Conflicts)
            {
                around.Error.WriteLine(conflict.Message);
            }
        }

        return answer.Outcome switch
        {
            Outcome.Placed => ExitCode.Done,
            Outcome.Infeasible => ExitCode.Infeasible,
            _ => ExitCode.Unproved,
        };
    }

    private static Option<int> Bounded(string name, string description, int least, int most, int otherwise)
    {
        var option = new Option<int>(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(r => Require(r.GetValueOrDefault<int>() is var n && n >= least && n <= most, r, $"{name} takes a whole number from {least} to {most}."));
        return option;
    }

    private static void Require(bool holds, System.CommandLine.Parsing.OptionResult result, string otherwise)
    {
        if (!holds)
        {
            result.AddError(otherwise);
        }
    }

    /// <summary>The verifier refuted a calendar of the planner.</summary>
    private sealed class PlannerRefuted : Exception;
}
