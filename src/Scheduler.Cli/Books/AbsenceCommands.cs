using System.CommandLine;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary>The commands that change when people, rooms and devices are there: <c>sick</c>, <c>leave</c>, <c>hours</c>, <c>clinic close</c>, <c>clinic undo</c>.</summary>
internal static class AbsenceCommands
{
    private const string Repaired = "and proposes how all courses go on that have visits then. Nothing moves until the proposal is booked.";

    /// <summary><c>scheduler sick RESOURCE --from DATE --to DATE</c></summary>
    public static Command Sick(Surroundings around)
    {
        var resource = Resource();
        var from = Values.Date("--from", "The first day.", required: true);
        var to = Values.Date("--to", "The last day; the first unless said.");
        var (deviations, why) = (HitCourses.Deviations(), Arguments.Why());
        return BookOptions.Command("sick", $"Says that somebody or something is away for some days, {Repaired}", around, [resource, from, to, deviations, why], (parsed, book) => Away(
            book, parsed.GetValue(resource)!, parsed.GetValue(from)!.Value, parsed.GetValue(to) ?? parsed.GetValue(from)!.Value, [Hours.WholeDay], parsed.GetValue(why) ?? "sick", parsed.GetValue(deviations)!));
    }

    /// <summary><c>scheduler leave RESOURCE FROM [TO]</c></summary>
    public static Command Leave(Surroundings around)
    {
        var (resource, from, to) = (Resource(), Arguments.Day("FROM", "The first day."), Arguments.Day("TO", "The last day; the first unless said.", required: false));
        var hours = Arguments.HoursOfDay("The stretch of each day; the whole day unless said.");
        var (deviations, why) = (HitCourses.Deviations(), Arguments.Why());
        return BookOptions.Command("leave", $"Notes a leave, or a room or device that is not to be had, {Repaired}", around, [resource, from, to, hours, deviations, why], (parsed, book) => Away(
            book, parsed.GetValue(resource)!, parsed.GetValue(from)!.Value, parsed.GetValue(to) ?? parsed.GetValue(from)!.Value, parsed.GetValue(hours), parsed.GetValue(why) ?? "leave", parsed.GetValue(deviations)!));
    }

    /// <summary><c>scheduler clinic close DAY</c></summary>
    public static Command Close(Surroundings around)
    {
        var (from, to) = (Arguments.Day("DAY", "The day."), Values.Date("--to", "The last day, where there are several."));
        var hours = Arguments.HoursOfDay("The stretch of each day that is closed; the whole day unless said.");
        var (deviations, why) = (HitCourses.Deviations(), Arguments.Why());
        return BookOptions.Command("close", $"Closes the clinic on some days, {Repaired}", around, [from, to, hours, deviations, why], (parsed, book) => Away(
            book, null, parsed.GetValue(from)!.Value, parsed.GetValue(to) ?? parsed.GetValue(from)!.Value, parsed.GetValue(hours), parsed.GetValue(why) ?? "closed", parsed.GetValue(deviations)!));
    }

    /// <summary><c>scheduler hours RESOURCE FROM [TO] --hours HOURS</c></summary>
    public static Command OtherHours(Surroundings around)
    {
        var (resource, from, to) = (Resource(), Arguments.Day("FROM", "The first day."), Arguments.Day("TO", "The last day; the first unless said.", required: false));
        var hours = Arguments.HoursOfDay("When it is there on these days, instead of its own hours; 'off' for not at all.", required: true);
        var on = new Option<string[]>("--on") { Description = "On which weekdays; all unless said. May be repeated.", HelpName = "WEEKDAY" };
        on.Validators.Add(result => Values.RefuseOther(result, "--on", Weekdays));
        on.CompletionSources.Add(Weekdays);
        var (deviations, why) = (HitCourses.Deviations(), Arguments.Why());
        return BookOptions.Command(
            "hours",
            $"Says which hours somebody or something has on some days instead of its own, {Repaired} Hours that hold for good belong into the clinic's file.",
            around,
            [resource, from, to, hours, on, deviations, why],
            (parsed, book) =>
            {
                var (name, first, there) = (parsed.GetValue(resource)!, parsed.GetValue(from)!.Value, parsed.GetValue(hours));
                var last = parsed.GetValue(to) ?? first;
                var days = (parsed.GetValue(on) ?? []).Select(d => Enum.Parse<IsoDayOfWeek>(d, ignoreCase: true)).Distinct().Order().ToList();
                return Change(
                    book,
                    new ChangeHours(name, first, last, [.. days], there, parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic },
                    name,
                    first,
                    last,
                    $"{name} is {(there.IsEmpty ? "not there" : $"there {string.Join(", ", there)}")} {Days(first, last)}{(days.Count == 0 ? "" : $", each {Spoken.Join(days.Select(d => d.ToString()))}")}.",
                    parsed.GetValue(deviations)!);
            });
    }

    /// <summary><c>scheduler clinic undo NUMBER</c></summary>
    public static Command Undo(Surroundings around)
    {
        var number = Arguments.Number("The number of the absence, as 'scheduler clinic show' lists it.");
        var (deviations, why) = (HitCourses.Deviations(), Arguments.Why());
        return BookOptions.Command("undo", "Takes back an absence, a closure, or hours that were given.", around, [number, deviations, why], async (parsed, book) =>
        {
            var taken = await book.App.Send(new TakeBackAbsence(parsed.GetValue(number), parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic });
            if (!taken.IsDone)
            {
                return BookAnswer.Refuse(around, taken.Refusal);
            }

            var hit = await HitCourses.Of(book, taken.Value.Hit, parsed.GetValue(deviations)!);
            book.Print(
                hit,
                _ => new { number = parsed.GetValue(number), enrolments = hit.Hit, proposal = hit.Proposal, proved = hit.IsProved, courses = hit.Courses(book), without = hit.Without, later = hit.Later },
                _ => hit.Print(around, $"Absence {parsed.GetValue(number)} is taken back.", _ => false));
            return hit.End(around);
        });
    }

    private static readonly string[] Weekdays = [.. Enum.GetNames<IsoDayOfWeek>().Where(d => d != nameof(IsoDayOfWeek.None))];

    private static async Task<int> Away(OpenBook book, string? resource, LocalDate first, LocalDate last, IReadOnlyList<Hours> hours, string why, string deviations)
    {
        if (hours is not [var stretch])
        {
            throw new WrongUsage(["--hours takes one stretch of the day here, such as 08:00-12:00."]);
        }

        var during = stretch == Hours.WholeDay ? "" : $", {stretch}";
        return await Change(
            book,
            new AddAbsence(resource, first, last, stretch, why) { As = book.As, Clinic = book.Clinic },
            resource,
            first,
            last,
            $"{resource ?? book.Clinic} is {(resource is null ? "closed" : "away")} {Days(first, last)}{during}.",
            deviations);
    }

    private static async Task<int> Change(OpenBook book, Ask<Absent> ask, string? resource, LocalDate first, LocalDate last, string what, string deviations)
    {
        var changed = await book.App.Send(ask);
        if (!changed.IsDone)
        {
            return BookAnswer.Refuse(book.Around, changed.Refusal);
        }

        var courses = await HitCourses.Of(book, changed.Value.Hit, deviations);
        book.Print(
            courses,
            _ => new
            {
                resource,
                from = Texts.Date(first),
                to = Texts.Date(last),
                enrolments = courses.Hit,
                proposal = courses.Proposal,
                proved = courses.IsProved,
                courses = courses.Courses(book),
                without = courses.Without,
                later = courses.Later,
            },
            _ => courses.Print(book.Around, what, v => v.Date >= first && v.Date <= last));
        return courses.End(book.Around);
    }

    private static string Days(LocalDate first, LocalDate last) => first == last ? $"on {BookTable.Day(first)}" : $"from {BookTable.Day(first)} to {BookTable.Day(last)}";

    private static Argument<string> Resource() => new("RESOURCE") { Description = "The id of the person, room or device." };
}
