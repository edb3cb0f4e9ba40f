using System.CommandLine;
using System.Data.Common;
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
        var (data, store, account, json, settings) = (BookOptions.Data(), BookOptions.Store(), BookOptions.Account(), BookOptions.Json(), BookOptions.File());
        var command = new Command("init", "Makes a clinic's book: an SQLite file in a folder, for which nothing is to be installed, or the tables of a PostgreSQL database. --as names its first administrator.")
        {
            sample, data, store, account, json, settings,
        };
        command.SetAction(parsed =>
        {
            var chosen = Settings.Read(around, parsed.GetValue(settings));
            var name = parsed.GetValue(account) ?? chosen.As;
            if (!parsed.GetValue(sample) && name is null)
            {
                throw new WrongUsage(["Option '--as' is required: it names the first administrator."]);
            }

            var stores = BookOptions.Chosen(around, chosen, parsed.GetValue(store), parsed.GetValue(data));
            return stores.IsDone
                ? (parsed.GetValue(sample) ? Sample(around, stores.Value, parsed.GetValue(json)) : Empty(around, stores.Value, name!, parsed.GetValue(json))).GetAwaiter().GetResult()
                : BookAnswer.Refuse(around, stores.Refusal);
        });
        return command;
    }

    private static async Task<int> Sample(Surroundings around, Stores stores, bool isJson)
    {
        SampleMade? made = null;
        var refused = stores.IsFile
            ? await NewFile(stores, async beside => made = await SampleBook.Make(new Stores(beside).Open, around.Clock.GetCurrentInstant()))
            : await InDatabase(around, stores, async store => made = await SampleBook.MakeElsewhere(store, around.Clock.GetCurrentInstant()));
        if (refused is not null)
        {
            return BookAnswer.Refuse(around, refused);
        }

        if (isJson)
        {
            BookAnswer.Write(around, new { folder = FolderOf(stores), database = DatabaseOf(stores), clinic = made!.Clinic, patients = made.Patients, enrolments = made.Enrolments, protocols = made.Protocols });
            return ExitCode.Done;
        }

        around.Say($"A book with the clinic '{made!.Clinic}', {made.Protocols} protocols and {made.Patients} patients, {made.Enrolments} of them on a protocol, is in {stores.Place}.");
        around.Say($"Accounts: '{SampleBook.Administrator}' may do everything, '{SampleBook.Office}' books; each person of the clinic has one of their own.");
        around.Say($"Look at a day: scheduler day --as {SampleBook.Office}");
        return ExitCode.Done;
    }

    private static async Task<int> Empty(Surroundings around, Stores stores, string name, bool isJson)
    {
        async Task Make(Store store)
        {
            await store.Migrate();
            if ((await FirstAdministrator.Make(store, name)).Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.Code);
            }
        }

        var refused = stores.IsFile
            ? await NewFile(stores, async beside =>
            {
                await using var store = new Stores(beside).Open(around.Clock);
                await Make(store);
            })
            : await InDatabase(around, stores, Make);
        if (refused is not null)
        {
            return BookAnswer.Refuse(around, refused);
        }

        if (isJson)
        {
            BookAnswer.Write(around, new { folder = FolderOf(stores), database = DatabaseOf(stores), administrator = name });
            return ExitCode.Done;
        }

        around.Say($"An empty book, of which '{name}' is the administrator, is in {stores.Place}.");
        around.Say($"Import the clinic, and protocols for its library: scheduler clinic import FILE --as {name}");
        return ExitCode.Done;
    }

    /// <summary>Makes the book beside its place and moves it there when it is whole, so that nobody ever sees half of one. Why not; null where it is done.</summary>
    private static async Task<Refusal?> NewFile(Stores stores, Func<string, Task> make)
    {
        var (folder, file) = (stores.Folder, stores.Place);
        if (Path.Exists(file))
        {
            return Refusals.HasBook(folder);
        }

        var isNew = !Directory.Exists(folder);
        string? beside = null;
        try
        {
            Directory.CreateDirectory(folder);
            beside = Path.Combine(folder, $".new-{Environment.ProcessId}");
            Directory.CreateDirectory(beside);
            await make(beside);
            File.Move(Path.Combine(beside, Stores.File), file);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Path.Exists(file) ? Refusals.HasBook(folder) : Refusals.FolderNotWritable(folder);
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
    }

    /// <summary>Makes the book in a database that has none. Why not; null where it is done.</summary>
    private static async Task<Refusal?> InDatabase(Surroundings around, Stores stores, Func<Store, Task> make)
    {
        await using var store = stores.Open(around.Clock);
        try
        {
            if (await store.IsMade() && await FirstAdministrator.IsThere(store))
            {
                return Refusals.HasBookInDatabase(stores.Place);
            }

            await make(store);
            return null;
        }
        catch (BookIsNewerException newer)
        {
            return Refusals.BookIsNewer(newer);
        }
        catch (DbException refused)
        {
            return store.Because(refused);
        }
    }

    private static string? FolderOf(Stores stores) => stores.IsFile ? stores.Folder : null;

    private static string? DatabaseOf(Stores stores) => stores.IsFile ? null : stores.Place;
}
