using System.CommandLine;
using System.Data.Common;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Clinics;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary>The options of every command that asks something of the book: where it lies, who asks, of which clinic, and how the answer is printed.</summary>
internal sealed class BookOptions
{
    /// <summary>The folder of the book where nobody names another.</summary>
    public const string UsualFolder = "data";

    /// <summary>What is asked of no clinic.</summary>
    private static readonly KnownClinic NoneOfThem = new("", DateTimeZone.Utc);

    private readonly Option<string?> data = Data();
    private readonly Option<string?> store = Store();
    private readonly Option<string?> account = Account();
    private readonly Option<string?> clinic = new("--clinic") { Description = "The id of the clinic, where the book has several.", HelpName = "ID" };
    private readonly Option<bool> json = Json();
    private readonly Option<string?> settings = File();

    /// <summary>The option that names the folder.</summary>
    public static Option<string?> Data()
    {
        var option = Values.Path("--data", $"The folder of the book; '{UsualFolder}' unless the settings name another.");
        option.HelpName = "FOLDER";
        return option;
    }

    /// <summary>The option that says how the book is kept.</summary>
    public static Option<string?> Store()
    {
        var option = new Option<string?>("--store")
        {
            Description = $"How the book is kept: a file of the folder, or a PostgreSQL database that the environment variable {Stores.ConnectionVariable} names; {Stores.Names[0]} unless the settings say otherwise.",
            HelpName = string.Join('|', Stores.Names),
        };
        option.Validators.Add(result => Values.RefuseOther(result, "--store", Stores.Names));
        option.CompletionSources.Add([.. Stores.Names]);
        return option;
    }

    /// <summary>The option that says who asks.</summary>
    public static Option<string?> Account() => new("--as") { Description = "The account of whoever asks; it stands in the audit.", HelpName = "NAME" };

    /// <summary>The option for programs.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Prints the answer as JSON." };

    /// <summary>The option that names the settings.</summary>
    public static Option<string?> File() => Values.Path("--settings", $"A JSON file of settings; '{Settings.UsualFile}' in the current directory is read unless another is named.");

    /// <summary>How the book is kept and where, by the command line or else the settings.</summary>
    public static Answer<Stores> Chosen(Surroundings around, Settings settings, string? kept, string? folder) =>
        Stores.Chosen(kept?.ToLowerInvariant() ?? settings.Store, folder ?? settings.Folder ?? Path.Combine(around.Folder, UsualFolder), around.Variable);

    /// <summary>A command that asks something of the book.</summary>
    /// <param name="name">What one types.</param>
    /// <param name="description">What it does.</param>
    /// <param name="around">Its surroundings.</param>
    /// <param name="parts">Its arguments and options.</param>
    /// <param name="act">Asks and prints; the exit code.</param>
    /// <param name="ofAll">Whether it may concern all clinics, or a book that has none yet: where the clinic is not clear, it is asked of none.</param>
    public static Command Command(string name, string description, Surroundings around, Symbol[] parts, Func<ParseResult, OpenBook, Task<int>> act, bool ofAll = false)
    {
        var command = new Command(name, description);
        foreach (var part in parts)
        {
            if (part is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)part);
            }
        }

        var options = new BookOptions();
        command.Options.Add(options.data);
        command.Options.Add(options.store);
        command.Options.Add(options.account);
        command.Options.Add(options.clinic);
        command.Options.Add(options.json);
        command.Options.Add(options.settings);
        command.SetAction(parsed => options.Run(parsed, around, act, ofAll).GetAwaiter().GetResult());
        return command;
    }

    private async Task<int> Run(ParseResult parsed, Surroundings around, Func<ParseResult, OpenBook, Task<int>> act, bool ofAll)
    {
        var chosen = Settings.Read(around, parsed.GetValue(settings));
        var name = parsed.GetValue(account) ?? chosen.As ?? throw new WrongUsage(["Option '--as' is required, unless the settings say who asks."]);
        var stores = Chosen(around, chosen, parsed.GetValue(store), parsed.GetValue(data));
        if (!stores.IsDone)
        {
            return BookAnswer.Refuse(around, stores.Refusal);
        }

        await using var open = stores.Value.Open(around.Clock);
        try
        {
            if (!await open.IsMade())
            {
                return BookAnswer.Refuse(around, open.NotMade);
            }

            await open.Migrate();
            var known = await KnownClinics.Of(open);
            var id = parsed.GetValue(clinic);
            var clear = id is null ? known.Count == 1 ? known[0] : null : known.FirstOrDefault(c => c.Id == id);
            var outgoing = chosen.Sent.Outgoing(stores.Value.Folder, chosen.Web.BaseAddress ?? chosen.Web.Listen, around);
            return (clear ?? (ofAll && id is null ? NoneOfThem : null)) is { } found
                ? await act(parsed, new(new Application(open, around.Clock, new SystemSecrets(), NodaTime.DateTimeZoneProviders.Tzdb, outgoing.Value), outgoing, open, stores.Value, name, found, known, around, parsed.GetValue(json), chosen))
                : BookAnswer.Refuse(around, id is not null ? Refusals.NoClinic(id) : known.Count == 0 ? Refusals.NoClinicYet() : Refusals.WhichClinic(known.Select(c => c.Id)));
        }
        catch (BookIsNewerException newer)
        {
            return BookAnswer.Refuse(around, Refusals.BookIsNewer(newer));
        }
        catch (DbException refused)
        {
            return BookAnswer.Refuse(around, open.Because(refused));
        }
    }
}

/// <summary>A book that a command asks.</summary>
/// <param name="App">The use cases.</param>
/// <param name="Outgoing">How messages leave this process, or what is missing for that.</param>
/// <param name="Store">The book itself, for what is asked before anybody is known.</param>
/// <param name="Place">Where the book is.</param>
/// <param name="As">Who asks.</param>
/// <param name="At">The clinic.</param>
/// <param name="Known">All clinics of the book.</param>
/// <param name="Around">The surroundings of the command.</param>
/// <param name="IsJson">Whether a program reads the answer.</param>
/// <param name="Settings">The settings.</param>
internal sealed record OpenBook(
    Application App, Answer<Outgoing> Outgoing, Store Store, Stores Place, string As, KnownClinic At, IReadOnlyList<KnownClinic> Known, Surroundings Around, bool IsJson, Settings Settings)
{
    /// <summary>The id of the clinic.</summary>
    public string Clinic => At.Id;

    /// <summary>The wall time of the clinic.</summary>
    public LocalDateTime Now => Around.Clock.GetCurrentInstant().InZone(At.Zone).LocalDateTime;
}
