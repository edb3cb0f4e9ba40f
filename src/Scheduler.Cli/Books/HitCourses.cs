using NodaTime;
using Scheduler.App;
using Scheduler.App.Enrolments;
using Scheduler.Core;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Books;

/// <summary>The courses that a change of the clinic hits, and what would repair them: one proposal for all of them.</summary>
/// <param name="Hit">The ids of the enrolments.</param>
/// <param name="Repaired">What would repair them, or why nothing does; null where none is hit.</param>
internal sealed record HitCourses(IReadOnlyList<string> Hit, Answer<Repaired>? Repaired)
{
    /// <summary>How far windows may be stretched in a repair.</summary>
    public static System.CommandLine.Option<string> Deviations() => Commands.Values.OneOf("--deviations", "How far windows may be stretched in the repair.", [.. Texts.LimitNames]);

    /// <summary>Asks what would repair those that are hit.</summary>
    public static async Task<HitCourses> Of(OpenBook book, IReadOnlyList<string> hit, string deviations) =>
        new(hit, hit.Count == 0 ? null : await Repair(book, hit, null, deviations));

    /// <summary>Asks how several courses go on together.</summary>
    public static Task<Answer<Repaired>> Repair(OpenBook book, IReadOnlyList<string> enrolments, LocalDate? from, string deviations) =>
        book.App.Send(new Repair(enrolments, from, Texts.ParseLimit(deviations)!.Value) { As = book.As, Clinic = book.Clinic });

    /// <summary>The proposal's id for programs; null where there is none.</summary>
    public string? Proposal => Repaired?.Value?.Proposal;

    /// <summary>Whether nothing moves fewer visits.</summary>
    public bool? IsProved => Repaired?.Value?.IsProved;

    /// <summary>What becomes of each course, for programs.</summary>
    public IEnumerable<object>? Courses(OpenBook book) => Repaired?.Value?.Courses.Select(c => new
    {
        enrolment = c.Enrolment,
        moved = ProposeCommand.Names(c.Moved),
        kept = ProposeCommand.Names(c.Kept),
        visits = ProposeCommand.Visits(book, c.Calendar),
        unplaced = ProposeCommand.Names(c.Calendar.Unplaced),
    });

    /// <summary>The courses without a calendar, for programs.</summary>
    public IEnumerable<object>? Without => Repaired?.Value?.Without.Select(w => new { enrolment = w.Enrolment, reasons = w.Reasons });

    /// <summary>The ids of the enrolments that are asked for once the proposal is booked.</summary>
    public IEnumerable<string>? Later => Repaired?.Value?.Later;

    /// <summary>The exit code: a repair that is refused says why.</summary>
    public int End(Surroundings around) => Repaired?.Refusal is { } refusal ? BookAnswer.Refuse(around, refusal) : ExitCode.Done;

    /// <summary>Prints for people who is hit, and what would repair it.</summary>
    /// <param name="around">The surroundings.</param>
    /// <param name="what">What was changed, in a sentence.</param>
    /// <param name="isNear">Which of the visits that stay are shown beside those that move.</param>
    public void Print(Surroundings around, string what, Func<PlacedVisit, bool> isNear)
    {
        around.Say($"{what} {(Hit.Count == 0 ? "No booked visit is hit." : $"Hit: {Spoken.Join(Hit)}.")}");
        Print(around, isNear);
    }

    /// <summary>Prints for people what would repair them.</summary>
    /// <param name="around">The surroundings.</param>
    /// <param name="isNear">Which of the visits that stay are shown beside those that move.</param>
    public void Print(Surroundings around, Func<PlacedVisit, bool> isNear)
    {
        if (Repaired?.Value is { } found)
        {
            foreach (var course in found.Courses)
            {
                around.Say("");
                around.Say($"{course.Enrolment}: {(course.Moved.IsEmpty ? "no visit moves" : $"{Spoken.Join(ProposeCommand.Names(course.Moved))} {(course.Moved.Length == 1 ? "moves" : "move")}")}.");
                BookTable.Calendar(around, course.Calendar with { Visits = [.. course.Calendar.Visits.Where(v => course.Moved.Contains(v.Id) || isNear(v))] }, [.. ProposeCommand.Names(course.Moved)]);
            }

            foreach (var course in found.Without)
            {
                around.Say("");
                around.Say($"{course.Enrolment} has no calendar and stays as it is booked: somebody has to look at it. {string.Join(" ", course.Reasons)}");
            }

            around.Say("");
            around.Say($"{found.Proposal} does all that at once{(found.IsProved ? ", and no other moves fewer visits" : "")}. To book it: scheduler book {found.Proposal}");
            if (!found.Later.IsEmpty)
            {
                around.Say($"Not in it: {Spoken.Join(found.Later)}; at most {App.Enrolments.Repair.Most} courses are planned together, and one of each patient. Once it is booked: scheduler propose {string.Join(' ', found.Later)}");
            }
        }
        else if (Repaired is not null)
        {
            around.Say($"No calendar was found for all of them together. One at a time, or further off: {string.Join("; ", Hit.Select(e => $"scheduler propose {e} --deviations minor"))}");
        }
    }
}
