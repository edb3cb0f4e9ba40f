using System.CommandLine;
using NodaTime.Text;
using Scheduler.App.Clinics;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler clinic import|list|show|close|undo</c></summary>
internal static class ClinicCommand
{
    private static readonly string[] ListHeadings = ["clinic", "time zone"];
    private static readonly string[] ResourceHeadings = ["resource", "kind", "capacity", "roles"];
    private static readonly string[] AbsenceHeadings = ["number", "what", "from", "to", "hours", "reason"];

    public static Command Make(Surroundings around) => new("clinic", "Brings clinics into the book, shows them, and closes them for some days.")
    {
        Import(around), List(around), Show(around), AbsenceCommands.Close(around), AbsenceCommands.Undo(around),
    };

    private static Command Import(Surroundings around)
    {
        var file = Arguments.Path("FILE", "The clinic's YAML file.");
        var deviations = HitCourses.Deviations();
        return BookOptions.Command(
            "import",
            "Takes a clinic's file into the book, as its next version, and says whose booked visits no longer fit and what would repair them. Bookings of the file are taken over with the first.",
            around,
            [file, deviations],
            async (parsed, book) =>
            {
                var (path, text) = (parsed.GetValue(file)!, around.ReadText(parsed.GetValue(file)!));

                // A file says of which clinic it is, and may be of one that the book does not have yet.
                var of = ClinicReader.Read(path, text).Value is { } read ? new KnownClinic(read.Id, read.Zone) : book.At;
                var imported = await book.App.Send(new ImportClinic(path, text) { As = book.As, Clinic = of.Id });
                if (imported.Value is not { } clinic)
                {
                    return BookAnswer.Refuse(around, imported.Refusal!);
                }

                var hit = await HitCourses.Of(book with { At = of }, clinic.Hit, parsed.GetValue(deviations)!);
                book.Print(
                    clinic,
                    _ => new
                    {
                        clinic = clinic.Clinic,
                        version = clinic.Version,
                        isNew = clinic.IsNew,
                        enrolments = hit.Hit,
                        proposal = hit.Proposal,
                        proved = hit.IsProved,
                        courses = hit.Courses(book),
                        without = hit.Without,
                        later = hit.Later,
                    },
                    _ => hit.Print(around, clinic.IsNew ? $"{clinic.Clinic} is in the book in version {clinic.Version}." : $"{clinic.Clinic} is in the book as the file has it already, in version {clinic.Version}.", _ => false));
                return hit.End(around);
            },
            ofAll: true);
    }

    private static Command List(Surroundings around) => BookOptions.Command(
        "list",
        "Lists the clinics of the book.",
        around,
        [],
        (_, book) => Task.FromResult(book.Print(
            book.Known,
            known => new { clinics = known.Select(c => new { clinic = c.Id, timeZone = c.Zone.Id }) },
            known =>
            {
                if (known.Count == 0)
                {
                    around.Say("The book has no clinic yet.");
                    return;
                }

                BookTable.Print(around, ListHeadings, known.Select(c => (string[])[c.Id, c.Zone.Id]));
            })),
        ofAll: true);

    private static Command Show(Surroundings around) => BookOptions.Command("show", "Shows a clinic: its resources, and the absences, closures and other hours that are not over.", around, [], (_, book) => book.Answer(
        new ShowClinic { As = book.As, Clinic = book.Clinic },
        shown => new
        {
            clinic = shown.Clinic.Id,
            title = shown.Clinic.Title,
            timeZone = shown.Clinic.Zone.Id,
            version = shown.Version,
            importedAt = InstantPattern.General.Format(shown.ImportedAt),
            importedBy = shown.ImportedBy,
            resources = shown.Clinic.Resources.Select(r => new { id = r.Id, title = r.Title, kind = r.Kind.ToString().ToLowerInvariant(), capacity = r.Capacity, roles = r.Roles, skills = r.Skills }),
            absences = shown.Absences.Select(a => new
            {
                number = a.Number,
                resource = a.Resource,
                from = Texts.Date(a.From),
                to = Texts.Date(a.To),
                weekdays = a.Weekdays.Select(d => d.ToString()),
                instead = a.IsInstead,
                hours = a.Hours.Select(h => new { from = Hours.Clock(h.From), to = Hours.Clock(h.To) }),
                reason = a.Reason,
            }),
        },
        shown =>
        {
            around.Say($"{shown.Clinic.Id}: {shown.Clinic.Title}, {shown.Clinic.Zone.Id}, version {shown.Version} by {shown.ImportedBy}.");
            BookTable.Print(around, ResourceHeadings, shown.Clinic.Resources.Select(r => (string[])[r.Id, r.Kind.ToString().ToLowerInvariant(), $"{r.Capacity}", string.Join(", ", r.Roles)]));
            if (!shown.Absences.IsEmpty)
            {
                around.Say("");
                BookTable.Print(
                    around,
                    AbsenceHeadings,
                    shown.Absences.Select(a => (string[])
                    [
                        $"{a.Number}",
                        a.Resource is null ? "closed" : $"{a.Resource} {(a.IsInstead ? "there" : "away")}",
                        BookTable.Day(a.From),
                        BookTable.Day(a.To),
                        $"{(a.Hours.IsEmpty ? "not at all" : string.Join(", ", a.Hours))}{(a.Weekdays.IsEmpty ? "" : $" on {Spoken.Join(a.Weekdays.Select(d => d.ToString()))}")}",
                        a.Reason,
                    ]));
            }
        }));
}
