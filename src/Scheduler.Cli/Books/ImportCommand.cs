using System.CommandLine;
using Scheduler.App;
using Scheduler.App.Clinics;
using Scheduler.Core;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler import FOLDER</c></summary>
internal static class ImportCommand
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };

    public static Command Make(Surroundings around)
    {
        var folder = Arguments.Path("FOLDER", "A folder of clinics' and protocols' YAML files; those in folders below it count too.");
        var dry = new Option<bool>("--dry-run") { Description = "Only looks what would come of it." };
        var deviations = HitCourses.Deviations();
        return BookOptions.Command(
            "import",
            "Takes what is new in a folder of clinics' and protocols' files into the book as versions: all of it, or nothing where there are mistakes, which are all told.",
            around,
            [folder, dry, deviations],
            async (parsed, book) =>
            {
                var (root, isTrial) = (parsed.GetValue(folder)!, parsed.GetValue(dry));
                if (!Directory.Exists(root))
                {
                    around.Report([Core.Diagnostics.Messages.FileNotFound(root)]);
                    return ExitCode.Mistakes;
                }

                var files = Directory.EnumerateFiles(root, "*", Below).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".yaml" or ".yml").Order(StringComparer.Ordinal).ToList();
                if (files.Count == 0)
                {
                    return BookAnswer.Refuse(around, Refusals.NothingToImport(root));
                }

                var imported = await book.App.Send(
                    new ImportFolder([.. files.Select(f => new GivenFile(f, around.ReadText(f)))], isTrial) { As = book.As, Clinic = parsed.GetResult("--clinic") is null ? "" : book.Clinic });
                if (!imported.IsDone)
                {
                    return BookAnswer.Refuse(around, imported.Refusal);
                }

                var done = imported.Value;
                var hit = new Dictionary<string, HitCourses>();
                foreach (var clinic in done.Clinics.Where(c => c.Hit.Count > 0))
                {
                    // What is only tried stands nowhere that a repair could be planned for.
                    hit[clinic.Clinic] = isTrial ? new(clinic.Hit, null) : await HitCourses.Of(book with { At = book.Known.Single(c => c.Id == clinic.Clinic) }, clinic.Hit, parsed.GetValue(deviations)!);
                }

                book.Print(
                    done,
                    _ => new
                    {
                        folder = root,
                        dryRun = isTrial,
                        clinics = done.Clinics.Select(c => new { clinic = c.Clinic, version = c.Version, isNew = c.IsNew, enrolments = c.Hit, proposal = hit.GetValueOrDefault(c.Clinic)?.Proposal }),
                        protocols = done.Protocols.Select(p => new { protocol = p.Protocol, version = p.Version, state = p.State, isNew = p.IsNew }),
                        others = done.Others,
                    },
                    _ => Print(around, done, hit, isTrial));
                return hit.Values.Select(h => h.End(around)).Append(ExitCode.Done).Max();
            },
            ofAll: true);
    }

    private static void Print(Surroundings around, ImportedFolder done, IReadOnlyDictionary<string, HitCourses> hit, bool isTrial)
    {
        var verb = isTrial ? "would be" : "is";
        foreach (var clinic in done.Clinics.Where(c => c.IsNew))
        {
            hit.GetValueOrDefault(clinic.Clinic, new([], null)).Print(around, $"Clinic {clinic.Clinic} {verb} in the book in version {clinic.Version}.", _ => false);
        }

        foreach (var protocol in done.Protocols.Where(p => p.IsNew))
        {
            around.Say($"Protocol {protocol.Protocol} {protocol.Version} {verb} a draft in the library.");
        }

        var known = done.Clinics.Count(c => !c.IsNew) + done.Protocols.Count(p => !p.IsNew);
        around.Say($"{Spoken.Count(known, "file")} {(known == 1 ? "is" : "are")} in the book already, {done.Others.Length} {(done.Others.Length == 1 ? "is" : "are")} of another kind.{(isTrial ? " Nothing was changed." : "")}");
    }
}
