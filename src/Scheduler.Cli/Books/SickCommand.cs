using System.CommandLine;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler sick RESOURCE --from DATE --to DATE</c></summary>
internal static class SickCommand
{
    public static Command Make(Surroundings around)
    {
        var resource = new Argument<string>("RESOURCE") { Description = "The id of the person, room or device that is away." };
        var from = Values.Date("--from", "The first day.", required: true);
        var to = Values.Date("--to", "The last day; the first unless said.");
        var deviations = Values.OneOf("--deviations", "How far windows may be stretched in the repair.", [.. Texts.LimitNames]);
        var why = Arguments.Why();
        return BookOptions.Command(
            "sick",
            "Says that somebody or something is away for some days, and proposes how all courses go on that have visits then. Nothing moves until the proposal is booked.",
            around,
            [resource, from, to, deviations, why],
            async (parsed, book) =>
            {
                var (name, first) = (parsed.GetValue(resource)!, parsed.GetValue(from)!.Value);
                var last = parsed.GetValue(to) ?? first;
                var noted = await book.App.Send(
                    new AddAbsence(name, first, last, Hours.WholeDay, parsed.GetValue(why) ?? "sick") { As = book.As, Clinic = book.Clinic });
                if (noted.Value is not { } absent)
                {
                    return BookAnswer.Refuse(around, noted.Refusal!);
                }

                var repaired = absent.Hit.Count == 0
                    ? null
                    : await book.App.Send(new App.Enrolments.Repair(absent.Hit, null, Texts.ParseLimit(parsed.GetValue(deviations)!)!.Value) { As = book.As, Clinic = book.Clinic });
                book.Print(absent, _ => Json(book, name, first, last, absent, repaired), _ => Print(around, name, first, last, absent, repaired));
                return repaired?.Refusal is { } refusal ? BookAnswer.Refuse(around, refusal) : ExitCode.Done;
            });
    }

    private static object Json(OpenBook book, string resource, LocalDate from, LocalDate to, Absent absent, Answer<Repaired>? repaired) => new
    {
        resource,
        from = Texts.Date(from),
        to = Texts.Date(to),
        enrolments = absent.Hit,
        proposal = repaired?.Value?.Proposal,
        proved = repaired?.Value?.IsProved,
        courses = repaired?.Value?.Courses.Select(c => new
        {
            enrolment = c.Enrolment,
            moved = ProposeCommand.Names(c.Moved),
            kept = ProposeCommand.Names(c.Kept),
            visits = ProposeCommand.Visits(book, c.Calendar),
            unplaced = ProposeCommand.Names(c.Calendar.Unplaced),
        }),
        without = repaired?.Value?.Without.Select(w => new { enrolment = w.Enrolment, reasons = w.Reasons }),
    };

    private static void Print(Surroundings around, string resource, LocalDate from, LocalDate to, Absent absent, Answer<Repaired>? repaired)
    {
        around.Say($"{resource} is away from {BookTable.Day(from)} to {BookTable.Day(to)}. {(absent.Hit.Count == 0 ? "No booked visit is hit." : $"Hit: {Spoken.Join(absent.Hit)}.")}");
        if (repaired?.Value is { } found)
        {
            foreach (var course in found.Courses)
            {
                around.Say("");
                around.Say($"{course.Enrolment}: {(course.Moved.IsEmpty ? "no visit moves" : $"{Spoken.Join(ProposeCommand.Names(course.Moved))} {(course.Moved.Length == 1 ? "moves" : "move")}")}.");
                BookTable.Calendar(around, course.Calendar with { Visits = [.. course.Calendar.Visits.Where(v => course.Moved.Contains(v.Id) || (v.Date >= from && v.Date <= to))] }, [.. ProposeCommand.Names(course.Moved)]);
            }

            foreach (var course in found.Without)
            {
                around.Say("");
                around.Say($"{course.Enrolment} has no calendar and stays as it is booked: somebody has to look at it. {string.Join(" ", course.Reasons)}");
            }

            around.Say("");
            around.Say($"{found.Proposal} does all that at once{(found.IsProved ? ", and no other moves fewer visits" : "")}. To book it: scheduler book {found.Proposal}");
        }
        else if (repaired is not null)
        {
            around.Say($"No calendar was found for all of them together. One at a time, or further off: {string.Join("; ", absent.Hit.Select(e => $"scheduler propose {e} --deviations minor"))}");
        }
    }
}
