using System.CommandLine;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Commands;

/// <summary>The options that ask for a new course of a patient, with the files that they are about.</summary>
internal sealed class CourseOptions
{
    private static readonly Settings Usual = new(File: null);

    private readonly Inputs inputs = new();
    private readonly Option<LocalDate?> from = Values.Date("--from", "The earliest day of the first visit.", required: true);
    private readonly Option<long> within = Values.WholeNumber("--start-within", "The days in which the first visit may fall.", Settings.MostStartWithin, Usual.StartWithin, "DAYS");
    private readonly Option<string> deviations = Values.OneOf("--deviations", "How far windows may be stretched.", [.. Texts.LimitNames]);
    private readonly Option<LocalDate?> enrolled = Values.Date("--enrolled", "The day of enrolment, for windows that count from it; the day of --from unless stated.");
    private readonly Option<long> steps = Values.Steps();
    private readonly Option<string?> arm = new("--arm") { Description = "The arm of the protocol, where it has arms.", HelpName = "ARM" };
    private readonly Option<string[]> with = new("--with") { Description = "An optional stream to include, where the protocol has such.", HelpName = "STREAM" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { from, within, deviations, enrolled, steps, arm, with })
        {
            command.Options.Add(option);
        }

        inputs.AddTo(command);
    }

    /// <summary>The files and the request; null where it has mistakes, which are reported.</summary>
    public (Given Given, PlanningRequest Request)? Read(ParseResult parsed, Surroundings around)
    {
        var given = inputs.Read(parsed, around);
        var settings = given.Settings;
        var parts = given.Protocol.For(parsed.GetValue(arm), parsed.GetValue(with) ?? [], given.ProtocolFile);
        var request = new PlanningRequest(parts.Value ?? given.Protocol, given.Clinic, given.Patient ?? Patient.Anyone, parsed.GetValue(from)!.Value)
        {
            StartWithinDays = (int)Values.Chosen(parsed, within, settings.StartWithin),
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
            return null;
        }

        if (request.Enrolled is not null && !RequestChecks.CountsFromEnrolment(request.Protocol))
        {
            around.Report([Messages.NothingFromEnrolment(given.ProtocolFile)]);
        }

        return (given, request);
    }
}
