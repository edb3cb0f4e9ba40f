using System.CommandLine;
using System.Text;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Cli.Output;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler move ENROLMENT VISIT [--to TIME]</c></summary>
internal static class MoveCommand
{
    public static Command Make(Surroundings around)
    {
        var (enrolment, visit, why) = (Arguments.Enrolment(), Arguments.Visit(), Arguments.Why());
        var to = Values.Time("--to", "When it shall start, in wall time of the clinic; without it, where it may go is shown.", required: false);
        var from = Values.Date("--from", "The first day that is shown; the weeks around the visit unless stated.");
        var until = Values.Date("--until", "The last day that is shown.");
        return BookOptions.Command(
            "move",
            "Proposes one visit at another time while all others stay; without a time, shows where it may go. Outside the ideal of a window it takes a reason and is a deviation; against another rule it takes a clinician or an administrator besides.",
            around,
            [enrolment, visit, to, from, until, why],
            (parsed, book) => parsed.GetValue(to) is { } start
                ? book.Answer(
                    new Move(parsed.GetValue(enrolment)!, parsed.GetValue(visit)!, start, parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic },
                    proposed => ProposeCommand.Json(book, proposed),
                    proposed => ProposeCommand.Print(around, proposed))
                : Show(book, new(parsed.GetValue(enrolment)!, parsed.GetValue(visit)!, Days(parsed.GetValue(from), parsed.GetValue(until))) { As = book.As, Clinic = book.Clinic }));
    }

    private static DateInterval? Days(LocalDate? from, LocalDate? until) => (from, until) switch
    {
        (null, null) => null,
        ({ } first, { } last) when first <= last => new(first, last),
        _ => throw new WrongUsage(["--from and --until go together, and the last day is not before the first."]),
    };

    private static async Task<int> Show(OpenBook book, ShowPlaces ask)
    {
        var answer = await book.App.Send(ask);
        if (!answer.IsDone)
        {
            return BookAnswer.Refuse(book.Around, answer.Refusal);
        }

        var (request, calendar, places) = answer.Value;
        if (book.IsJson)
        {
            book.Around.Output.Write(Encoding.UTF8.GetString(PlacesJson.Write(request, places)));
        }
        else
        {
            new PlacesText(book.Around, new(request, calendar, places.Now.Id, Verifier.Judge(request, calendar))).Print(places);
        }

        return ExitCode.Done;
    }
}
