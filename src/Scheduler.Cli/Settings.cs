using Scheduler.App.Storage;
using Scheduler.Core;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Cli;

/// <summary>
/// What a clinic settles once, so that nobody types it every day: a JSON file of options. All of them may be left out, and an
/// option on the command line beats its setting.
/// </summary>
/// <param name="File">The name of the file that was read; null where there is none.</param>
internal sealed record Settings(string? File)
{
    /// <summary>The file that is read where it exists and no other is named.</summary>
    public const string UsualFile = "appsettings.json";

    /// <summary>The longest range of days for the first visit.</summary>
    public const int MostStartWithin = 366;

    /// <summary>The most calendars that are proposed.</summary>
    public const int MostProposals = 20;

    /// <summary>The largest step budget.</summary>
    public const long MostSteps = 1_000_000_000_000;

    /// <summary>The protocol's file as written: a path from the folder of the settings.</summary>
    public Located<string>? Protocol { get; private init; }

    /// <summary>The clinic's file as written.</summary>
    public Located<string>? Clinic { get; private init; }

    /// <summary>The patient's file as written.</summary>
    public Located<string>? Patient { get; private init; }

    /// <summary>The days in which the first visit may fall.</summary>
    public int StartWithin { get; private init; } = PlanningRequest.DefaultStartWithinDays;

    /// <summary>How many calendars to propose.</summary>
    public int Proposals { get; private init; } = 1;

    /// <summary>The step budget of the search.</summary>
    public long Steps { get; private init; } = PlanningRequest.DefaultStepBudget;

    /// <summary>The folder of the clinic's book; null for the usual one.</summary>
    public string? Folder => Data is { } named ? Path.Combine(Path.GetDirectoryName(File) ?? "", named.Value) : null;

    /// <summary>How the clinic's book is kept.</summary>
    public string Store { get; private init; } = Stores.Names[0];

    /// <summary>Who asks the book; null where nobody says.</summary>
    public string? As { get; private init; }

    /// <summary>Where the page is served.</summary>
    public ServedAt Web { get; private init; } = ServedAt.Usual;

    /// <summary>How messages go out.</summary>
    public SentBy Sent { get; private init; } = SentBy.Usual;

    /// <summary>Who watches from outside.</summary>
    public SeenBy Seen { get; private init; } = SeenBy.Usual;

    /// <summary>What runs their delivery.</summary>
    public string Delivery { get; private init; } = Engine.Names[0];

    /// <summary>The folder of the clinic's book as written: a path from the folder of the settings.</summary>
    private Located<string>? Data { get; init; }

    /// <summary>Reads the settings; mistakes are reported, and end the command.</summary>
    /// <param name="around">Gives the file, and takes the mistakes.</param>
    /// <param name="named">The file that the command line names, which must exist; null for the usual one, which need not.</param>
    public static Settings Read(Surroundings around, string? named)
    {
        var usual = Path.Combine(around.Folder, UsualFile);
        if (named is null && !Path.Exists(usual))
        {
            return new Settings(File: null);
        }

        var file = named ?? usual;
        return around.Use(Read(file, around.ReadBytes(file)));
    }

    /// <summary>The path of a file that a setting names; null where it names none. A file that is not there is reported at the setting.</summary>
    public string? PathOf(string name, Located<string>? setting, DiagnosticBag bag)
    {
        if (setting is not { } named)
        {
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(File) ?? "", named.Value);
        if (!Path.Exists(path))
        {
            bag.Add(Messages.SettingNamesNoFile(named.Span, name, named.Value));
        }

        return path;
    }

    private static Read<Settings> Read(string file, byte[] utf8)
    {
        var bag = new DiagnosticBag();
        var syntax = JsonSyntaxReader.Read(file, utf8, "settings such as those of appsettings.sample.json", bag);
        if (JsonFields.Of(syntax, "the settings", bag) is not { } fields)
        {
            return Read<Settings>.From(null, bag);
        }

        var usual = new Settings(file);
        var settings = usual with
        {
            Protocol = Named(fields, "protocol", bag),
            Clinic = Named(fields, "clinic", bag),
            Patient = Named(fields, "patient", bag),
            StartWithin = (int)(fields.Number("startWithin", 1, MostStartWithin, required: false)?.Value ?? usual.StartWithin),
            Proposals = (int)(fields.Number("proposals", 1, MostProposals, required: false)?.Value ?? usual.Proposals),
            Steps = fields.Number("steps", 1, MostSteps, required: false)?.Value ?? usual.Steps,
            Data = Named(fields, "data", bag, "the path of a folder, or null"),
            Store = OneOf(Stores.Names, fields, "store", bag) ?? usual.Store,
            As = Named(fields, "as", bag, "the name of an account, or null")?.Value,
            Web = ServedAt.Read(fields, bag),
            Sent = SentBy.Read(fields, bag),
            Seen = SeenBy.Read(fields),
            Delivery = OneOf(Engine.Names, fields, "delivery", bag) ?? usual.Delivery,
        };
        fields.RefuseOthers();
        return Read<Settings>.From(settings, bag);
    }

    /// <summary>One of some names, or null for the usual one.</summary>
    private static string? OneOf(IReadOnlyList<string> names, JsonFields fields, string name, DiagnosticBag bag)
    {
        var expected = $"{Spoken.Join(names, "or")}, or null";
        var named = Named(fields, name, bag, expected);
        if (named is { } said && !names.Contains(said.Value))
        {
            bag.Add(Messages.WrongKindOfValue(said.Span, name, $"\"{said.Value}\"", expected));
            return null;
        }

        return named?.Value;
    }

    /// <summary>A path or a name, or null for none.</summary>
    private static Located<string>? Named(JsonFields fields, string name, DiagnosticBag bag, string expected = "the path of a file, or null")
    {
        switch (fields.Find(name, required: false))
        {
            case null or JsonSyntax.Nothing:
                return null;
            case JsonSyntax.Text { Value: var path, Span: var span } when !string.IsNullOrWhiteSpace(path) && !path.Contains('\0', StringComparison.Ordinal):
                return new(path, span);
            case var other:
                bag.Add(Messages.WrongKindOfValue(other.Span, name, other.Kind, expected));
                return null;
        }
    }
}
