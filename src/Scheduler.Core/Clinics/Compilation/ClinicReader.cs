using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Makes a <see cref="Clinic"/> from YAML, or says everything that is wrong with it.</summary>
public static class ClinicReader
{
    private static readonly Key<string> Id = Keys.Required("clinic", Scalars.Id, "The clinic's id.");

    private static readonly Key<string> Title = Keys.Required("title", Scalars.Text, "What people call it.");

    private static readonly Key<string> Zone = Keys.Required("time zone", Scalars.Text, "Its time zone by its IANA name.");

    private static readonly Key<int> Grid = Keys.Required("slot grid", Scalars.Minutes, "Visits start at whole multiples of this: 5, 10, 15, 30 or 60 min.");

    private static readonly Key<NamedEntries<(ImmutableArray<IsoDayOfWeek>, WeekTurn), ImmutableArray<Hours>>> Opening = Keys.Required(
        "opening hours", HoursText.WeeklyShape, "When the clinic is open.");

    private static readonly Key<NamedEntries<string, ClosureText>> Closures = Keys.Optional(
        "closures", new MapShape<string, ClosureText>("closures by name", Scalars.Text, ClosureText.Shape), "When it is closed in spite of that.");

    private static readonly Key<NamedEntries<string, ResourceText>> Resources = Keys.Required(
        "resources", new MapShape<string, ResourceText>("resources by id", Scalars.Id, ResourceText.Shape), "People, rooms, chairs and devices.");

    private static readonly Key<NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<(Hours Hours, Use Use)>>>> Bookings = Keys.Optional(
        "bookings", BookingText.Shape, "What is booked already.");

    private static readonly MappingShape<Fields> Root = new(
        "a clinic", [Id, Title, Zone, Grid, Opening, HoursText.WeekABegins, Closures, Resources, Bookings], (fields, _) => fields) { MakesDo = true };

    /// <summary>Reads a clinic.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<Clinic> Read(string file, string text)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag) is not { } syntax
            || !Root.TryRead(syntax, new Reading(bag, ParameterValues.None), out var fields))
        {
            return Read<Clinic>.From(null, bag);
        }

        var zone = fields.Get(Zone);
        var provider = DateTimeZoneProviders.Tzdb;
        if (provider.GetZoneOrNull(zone.Value) is null)
        {
            bag.Add(Messages.UnknownZone(zone.Span, zone.Value, provider.Ids));
        }

        var grid = fields.Get(Grid);
        if (grid.Value is not (5 or 10 or 15 or 30 or 60))
        {
            bag.Add(Messages.BadGrid(grid.Span, grid.Value));
        }

        var resources = fields.Get(Resources).Value;
        var clinic = new Clinic(
            fields.Get(Id).Value,
            fields.Get(Title).Value,
            provider.GetZoneOrNull(zone.Value) ?? DateTimeZone.Utc,
            grid.Value,
            HoursText.Weekly(fields.Get(Opening).Value, fields.Find(HoursText.WeekABegins), bag),
            [.. (fields.Find(Closures)?.Value.Entries ?? []).Select(e => e.Value.Value.Bind(e.Key.Value, e.Value.Span, bag)).OfType<Closure>()],
            [.. resources.Entries.Select(e => e.Value.Value.Bind(e.Key.Value, bag))],
            []);
        return Read<Clinic>.From(
            fields.Find(Bookings) is { } bookings ? clinic with { Bookings = BookingText.Bind(bookings.Value, clinic, resources.Declared, bag) } : clinic, bag);
    }
}
