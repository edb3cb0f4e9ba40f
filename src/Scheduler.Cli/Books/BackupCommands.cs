using System.CommandLine;
using Scheduler.App;
using Scheduler.App.Backups;
using Scheduler.App.Storage.Backups;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler backup|restore</c></summary>
internal static class BackupCommands
{
    public static Command Backup(Surroundings around)
    {
        var file = File("The file to write; one that exists is left alone.");
        return BookOptions.Command("backup", "Writes the whole book, of all its clinics, into a file as it is at this moment; others go on meanwhile.", around, [file], async (parsed, book) =>
        {
            var path = parsed.GetValue(file)!;
            var beside = $"{path}.part";
            try
            {
                Answer<BackedUp> answer;
                await using (var to = new FileStream(beside, FileMode.Create))
                {
                    answer = await book.App.Send(new BackUp(to) { As = book.As, Clinic = "" });
                }

                if (!answer.IsDone)
                {
                    System.IO.File.Delete(beside);
                    return BookAnswer.Refuse(around, answer.Refusal);
                }

                // Only what is whole has the name that was asked for.
                System.IO.File.Move(beside, path);
                return Print(book, answer.Value.Holds, path, $"The book is in {path}");
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                System.IO.File.Delete(beside);
                return BookAnswer.Refuse(around, Refusals.FileNotWritable(path, exists: Path.Exists(path)));
            }
        },
        ofAll: true);
    }

    public static Command Restore(Surroundings around)
    {
        var file = File("The file that 'scheduler backup' wrote.");
        return BookOptions.Command(
            "restore", "Puts a backup in the place of all that stands in the book, whole or not at all. Whoever has been erased since is erased again.", around, [file], async (parsed, book) =>
            {
                var path = parsed.GetValue(file)!;
                if (!System.IO.File.Exists(path))
                {
                    around.Report([Core.Diagnostics.Messages.FileNotFound(path)]);
                    return ExitCode.Mistakes;
                }

                await using var from = new FileStream(path, FileMode.Open, FileAccess.Read);
                var answer = await book.App.Send(new App.Backups.Restore(from) { As = book.As, Clinic = "" });
                return answer.IsDone ? Print(book, answer.Value.Holds, path, $"The book is as {path} has it") : BookAnswer.Refuse(around, answer.Refusal);
            },
            ofAll: true);
    }

    private static Argument<string> File(string description)
    {
        var file = new Argument<string>("FILE") { Description = description };
        file.Validators.Add(result => Values.RefuseNothing(result, "FILE"));
        return file;
    }

    private static int Print(OpenBook book, BookSummary holds, string path, string done) => book.Print(
        holds,
        _ => new { file = path, rows = holds.Rows, heads = holds.Heads.ToDictionary(h => h.Key, h => h.Value.Replace(' ', ':')) },
        _ => book.Around.Say($"{done}: {holds.Rows["patient"]} patients, {holds.Rows["enrolment"]} enrolments, {holds.Rows["booking"]} bookings, and an audit of {holds.Rows["audit"]} entries that is as it was written."));
}
