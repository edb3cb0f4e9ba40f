using System.CommandLine;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Samples;
using Scheduler.App.Storage;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler init</c></summary>
internal static class Init
{
    public static Command Make(Surroundings around)
    {
        var sample = new Option<bool>("--sample") { Description = "Fills the book with a made-up clinic, its people, the shipped protocols and 40 patients in all stages." };
        var (data, account, json, settings) = (BookOptions.Data(), BookOptions.Account(), BookOptions.Json(), BookOptions.File());
        var command = new Command("init", "Makes a clinic's book in a folder: an SQLite file, nothing to install. --as names its first administrator.") { sample, data, account, json, settings };
        command.SetAction(parsed =>
        {
            var chosen = Settings.Read(around, parsed.GetValue(settings));
            var folder = BookOptions.FolderOf(around, chosen, parsed.GetValue(data));
            var name = parsed.GetValue(account) ?? chosen.As;
            return (parsed.GetValue(sample)
                ? Sample(around, folder, parsed.GetValue(json))
                : Empty(around, folder, name ?? throw new WrongUsage(["Option '--as' is required: it names the first administrator."]), parsed.GetValue(json))).GetAwaiter().GetResult();
        });
        return command;
    }

    private static Task<int> Sample(Surroundings around, string folder, bool isJson) => New(around, folder, async beside =>
    {
        var made = await SampleBook.Make(new Stores(beside).Open, around.Clock.GetCurrentInstant());
        return () =>
        {
            if (isJson)
            {
                BookAnswer.Write(around, new { folder, clinic = made.Clinic, patients = made.Patients, enrolments = made.Enrolments, protocols = made.Protocols });
                return;
            }

            around.Say($"A book with the clinic '{made.Clinic}', {made.Protocols} protocols and {made.Patients} patients, {made.Enrolments} of them on a protocol, is in {Shown(folder)}.");
            around.Say($"Accounts: '{SampleBook.Administrator}' may do everything, '{SampleBook.Office}' books; each person of the clinic has one of their own.");
            around.Say($"Look at a day: scheduler day --as {SampleBook.Office}");
        };
    });

    private static Task<int> Empty(Surroundings around, string folder, string name, bool isJson) => New(around, folder, async beside =>
    {
        await using var store = new Stores(beside).Open(around.Clock);
        await store.Migrate();
        if ((await FirstAdministrator.Make(store, name)).Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Code);
        }

        return () =>
        {
            if (isJson)
            {
                BookAnswer.Write(around, new { folder, administrator = name });
                return;
            }

            around.Say($"An empty book, of which '{name}' is the administrator, is in {Shown(folder)}.");
        };
    });

    /// <summary>Makes the book beside its place and moves it there when it is whole, so that nobody ever sees half of one.</summary>
    private static async Task<int> New(Surroundings around, string folder, Func<string, Task<Action>> make)
    {
        var file = Path.Combine(folder, Stores.File);
        if (Path.Exists(file))
        {
            return BookAnswer.Refuse(around, Refusals.HasBook(folder));
        }

        Action say;
        var isNew = !Directory.Exists(folder);
        string? beside = null;
        try
        {
            Directory.CreateDirectory(folder);
            beside = Path.Combine(folder, $".new-{Environment.ProcessId}");
            Directory.CreateDirectory(beside);
            say = await make(beside);
            File.Move(Path.Combine(beside, Stores.File), file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return BookAnswer.Refuse(around, Path.Exists(file) ? Refusals.HasBook(folder) : Refusals.FolderNotWritable(folder));
        }
        finally
        {
            if (beside is not null && Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }

            if (isNew && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }

        say();
        return ExitCode.Done;
    }

    private static string Shown(string folder) => Path.Combine(folder, Stores.File);
}
