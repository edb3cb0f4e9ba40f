using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler move ENROLMENT VISIT --to TIME</c></summary>
internal static class MoveCommand
{
    public static Command Make(Surroundings around)
    {
        var (enrolment, visit, why) = (Arguments.Enrolment(), Arguments.Visit(), Arguments.Why());
        var to = Values.Time("--to", "When it shall start, in wall time of the clinic.");
        return BookOptions.Command("move", "Proposes one visit at another time while all others stay. Outside the ideal of a window it takes a reason, and is a deviation.", around, [enrolment, visit, to, why], (parsed, book) => book.Answer(
            new Move(parsed.GetValue(enrolment)!, parsed.GetValue(visit)!, parsed.GetValue(to)!.Value, parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic },
            proposed => ProposeCommand.Json(book, proposed),
            proposed => ProposeCommand.Print(around, proposed)));
    }
}
