using System.CommandLine;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Commands;

/// <summary>The options that name one visit of a calendar, with the files that it is about.</summary>
internal sealed class VisitOptions
{
    private readonly Inputs inputs = new();
    private readonly Option<string?> calendar = Values.Path("--calendar", "The calendar: the JSON that 'schedule' or 'continue' wrote.", required: true);
    private readonly Option<string> visit = new("--visit") { Description = "The visit, such as 'wet[2]'.", HelpName = "VISIT", Required = true };
    private readonly Option<long> rank = Values.WholeNumber("--proposal", "Which of the calendar's proposals.", 1_000, 1);
    private readonly Option<string> deviations = Values.OneOf("--deviations", "How far windows may be stretched; as far as in the calendar unless stated.", [.. Texts.LimitNames]);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { calendar, visit, rank, deviations })
        {
            command.Options.Add(option);
        }

        inputs.AddTo(command);
    }

    /// <summary>The request, its calendar and the visit; mistakes are reported, and end the command.</summary>
    /// <exception cref="InputMistake">The visit cannot be moved, or the calendar is none whatever happens to it.</exception>
    public MovableVisit Read(ParseResult parsed, Surroundings around)
    {
        var name = parsed.GetValue(calendar)!;
        var text = around.Use(CalendarJsonReader.Open(name, around.ReadBytes(name)));
        var input = inputs.Read(parsed, around, text);
        var given = around.Use(CalendarJsonReader.Read(text, input.Protocol, input.Clinic, input.Patient, (int)parsed.GetValue(rank)));
        var request = parsed.GetResult(deviations) is { Implicit: false }
            ? given.Request with { Deviations = Texts.ParseLimit(parsed.GetValue(deviations)!)!.Value }
            : given.Request;
        var id = Find(request, given.Calendar, parsed.GetValue(visit)!, around);

        // Where the calendar breaks rules without the visit, no place of it makes them good.
        var verdict = Verifier.Judge(request, given.Calendar);
        if (verdict.Breaches.FirstOrDefault(b => !b.Visits.Contains(id)) is { } breach)
        {
            around.Use(new Read<string>(null, [Messages.CalendarBrokenElsewhere(SourceSpan.Whole(name), id.ToString(), breach.Message)]));
        }

        return new(request, given.Calendar, id, verdict);
    }

    private static VisitId Find(PlanningRequest request, TreatmentCalendar calendar, string written, Surroundings around)
    {
        var at = SourceSpan.Whole("--visit");
        var visits = request.Protocol.Visits;
        var type = request.Protocol.VisitTypes.FirstOrDefault(t => t.Id == written);
        var found = visits.Where(v => v.ToString() == written || (type is { Count: 1 } && v.Type == written)).Select(v => (VisitId?)v).FirstOrDefault();
        Diagnostic? mistake =
            found is not { } id ? (type is null ? Messages.NoSuchVisit(at, written, [.. visits.Select(v => v.ToString())]) : Messages.VisitWithoutNumber(at, type.Id, type.Count))
            : request.LeftOut.Contains(id) ? Messages.VisitNotPlaced(at, id.ToString(), "the course goes without it.")
            : calendar.Find(id) is null ? Messages.VisitNotPlaced(at, id.ToString(), "no place was found for it.")
            : request.Fixed.Any(f => f.Id == id) ? Messages.VisitIsFixed(at, id.ToString())
            : null;
        if (mistake is not null)
        {
            around.Use(new Read<string>(null, [mistake]));
        }

        return found!.Value;
    }
}

/// <summary>A visit of a calendar that may be moved.</summary>
/// <param name="Request">The request to which the calendar is an answer.</param>
/// <param name="Calendar">The calendar.</param>
/// <param name="Id">The visit.</param>
/// <param name="Verdict">What the calendar's judge says; whatever is broken, the visit has part in it.</param>
internal sealed record MovableVisit(PlanningRequest Request, TreatmentCalendar Calendar, VisitId Id, Verdict Verdict);
