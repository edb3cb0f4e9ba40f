using System.CommandLine;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler schedule</c></summary>
internal static class Schedule
{
    public static Command Make(Surroundings around)
    {
        var inputs = new Inputs();
        var usual = new Settings(File: null);
        var from = Values.Date("--from", "The earliest day of the first visit.", required: true);
        var within = Values.WholeNumber("--start-within", "The days in which the first visit may fall.", Settings.MostStartWithin, usual.StartWithin, "DAYS");
        var proposals = Values.WholeNumber("--proposals", "How many calendars to propose, differing in a way that a patient would notice.", Settings.MostProposals, usual.Proposals);
        var deviations = Values.OneOf("--deviations", "How far windows may be stretched.", [.. Texts.LimitNames]);
        var enrolled = Values.Date("--enrolled", "The day of enrolment, for windows that count from it; the day of --from unless stated.");
        var steps = Values.Steps();
        var arm = new Option<string?>("--arm") { Description = "The arm of the protocol, where it has arms.", HelpName = "ARM" };
        var with = new Option<string[]>("--with") { Description = "An optional stream to include, where the protocol has such.", HelpName = "STREAM" };
        var format = Answers.Format();
        var command = new Command("schedule", "Places a patient's course: the best calendar, proved, or why there is none.") { from, within, proposals, deviations, enrolled, steps, arm, with, format };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = inputs.Read(parsed, around);
            var settings = given.Settings;
            var parts = given.Protocol.For(parsed.GetValue(arm), parsed.GetValue(with) ?? [], given.ProtocolFile);
            var request = new PlanningRequest(parts.Value ?? given.Protocol, given.Clinic, given.Patient ?? Patient.Anyone, parsed.GetValue(from)!.Value)
            {
                StartWithinDays = (int)Values.Chosen(parsed, within, settings.StartWithin),
                Proposals = (int)Values.Chosen(parsed, proposals, settings.Proposals),
                Deviations = Texts.ParseLimit(parsed.GetValue(deviations)!)!.Value,
                Enrolled = parsed.GetValue(enrolled),
                StepBudget = Values.Chosen(parsed, steps, settings.Steps),
                Arm = parsed.GetValue(arm),
                Streams = [.. (parts.Value?.Streams ?? []).Select(s => s.Id)],
            };
            Diagnostic[] mistakes = [.. RequestChecks.Of(request, given.Protocol, given.PatientFile ?? ""), .. parts.Diagnostics];
            around.Report(mistakes);
            if (mistakes.Any(m => m.Severity == Severity.Error))
            {
                return ExitCode.Mistakes;
            }

            if (request.Enrolled is not null && !RequestChecks.CountsFromEnrolment(request.Protocol))
            {
                around.Report([Messages.NothingFromEnrolment(given.ProtocolFile)]);
            }

            return Answers.Print(around, new(request, Planner.Plan(request), given.Patient is not null), parsed.GetValue(format)!);
        });
        return command;
    }
}
