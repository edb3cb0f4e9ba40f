using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A clinic as the file has it, before its parts are checked against each other.</summary>
internal sealed record ClinicDraft(
    string Id,
    string Title,
    Located<string> Zone,
    Located<int> Grid,
    Located<NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>> Opening,
    Located<LocalDate>? WeekABegins,
    NamedEntries<string, ImmutableArray<Located<Closure>>> Closures,
    Located<NamedEntries<string, ResourceDraft>> Resources,
    NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>> Bookings,
    Located<MessagesDraft>? Messages);

/// <summary>The keys of a clinic file.</summary>
internal static class ClinicFormat
{
    private static readonly Key<string> Id = Keys.Required("clinic", Scalars.Id, "The clinic's id.");

    private static readonly Key<string> Title = Keys.Optional("title", Scalars.Text, "What people call it; its id when left out.");

    private static readonly Key<string> Zone = Keys.Required(
        "time zone",
        new ScalarShape<string>("a time zone such as 'America/New_York'", (Phrase phrase, [MaybeNullWhen(false)] out string value) => (value = phrase.TakeAll()).Length > 0),
        "Where the clinic is in time, by a name of the IANA time zone database.");

    private static readonly Key<int> Grid = Keys.Required("slot grid", Scalars.Minutes, "Visits start at whole multiples of this from midnight: 5, 10, 15, 30 or 60 min.");

    private static readonly Key<NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>> Opening = Keys.Required(
        "opening hours", WeeklyFormat.Working, "When the clinic is open; a weekday that is not listed is closed.");

    private static readonly Key<NamedEntries<string, ImmutableArray<Located<Closure>>>> Closures = Keys.Optional(
        "closures",
        new MapShape<string, ImmutableArray<Located<Closure>>>("closures by name", Scalars.Text, new ListShape<Closure>(new ClosureShape())),
        "When the clinic is closed in spite of its opening hours.");

    private static readonly Key<NamedEntries<string, ResourceDraft>> Resources = Keys.Required(
        "resources", new MapShape<string, ResourceDraft>("resources by id", Scalars.Id, ResourceFormat.Shape), "People, rooms, chairs and devices.");

    private static readonly Key<NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>>> Bookings = Keys.Optional(
        "bookings",
        new MapShape<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>>(
            "bookings by resource",
            Scalars.Name,
            new MapShape<LocalDate, ImmutableArray<Located<Stretch>>>("bookings by date", Scalars.Date, StretchesShape.Booked)),
        "What is booked already, by resource and date.");

    private static readonly Key<MessagesDraft> Said = Keys.Optional("messages", MessagesFormat.Shape, "What is said in messages to patients and staff; none are sent when left out.");

    /// <summary>The shape of a clinic file.</summary>
    public static MappingShape<ClinicDraft> Shape { get; } = new(
        "a clinic",
        [Id, Title, Zone, Grid, Opening, WeeklyFormat.WeekABegins, Closures, Resources, Bookings, Said],
        (fields, _) => new(
            fields.Get(Id).Value,
            fields.Or(Title, fields.Get(Id).Value),
            fields.Get(Zone),
            fields.Get(Grid),
            fields.Get(Opening) with { Span = fields.KeySpan(Opening) },
            fields.Find(WeeklyFormat.WeekABegins),
            fields.Or(Closures, NamedEntries<string, ImmutableArray<Located<Closure>>>.Empty),
            fields.Get(Resources) with { Span = fields.KeySpan(Resources) },
            fields.Or(Bookings, NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>>.Empty),
            fields.Find(Said) is { } said ? said with { Span = fields.KeySpan(Said) } : null));

    /// <summary>
    /// Resources and bookings of a file that does not fit as a whole, so that a missing key elsewhere does not hide what is wrong
    /// between the two. Their own mistakes have been reported already and are not reported again.
    /// </summary>
    public static (NamedEntries<string, ResourceDraft> Resources, NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>> Bookings)
        ReadParts(SyntaxNode.Mapping root)
    {
        return (Part(root, Resources) ?? NamedEntries<string, ResourceDraft>.Empty,
            Part(root, Bookings) ?? NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>>.Empty);
    }

    private static T? Part<T>(SyntaxNode.Mapping root, Key<T> key)
        where T : class =>
        root.Entries.FirstOrDefault(e => e.Key.Value == key.Name) is { } entry
        && key.Shape.TryRead(entry.Value, new Reading(new(), ParameterValues.None), out var value)
            ? value
            : null;
}
