using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Makes a <see cref="Clinic"/> from YAML, or says everything that is wrong with it.</summary>
public static class ClinicReader
{
    private static readonly ImmutableArray<int> Grids = [5, 10, 15, 30, 60];

    /// <summary>The keys of a clinic file at any depth.</summary>
    public static ImmutableArray<string> KeyNames { get; } = [.. ClinicFormat.Shape.KeyNames.Distinct(StringComparer.Ordinal)];

    /// <summary>What a clinic file looks like.</summary>
    public static Outline Outline => ClinicFormat.Shape.Outline;

    /// <summary>Reads a clinic.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<Clinic> Read(string file, string text)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag, keys: KeyNames) is not { } root || FileKind.IsOther(root, FileKind.Clinic, bag))
        {
            return Read<Clinic>.From(null, bag);
        }

        if (!ClinicFormat.Shape.TryRead(root, new Reading(bag, ParameterValues.None), out var draft))
        {
            var (resources, entries) = ClinicFormat.ReadParts(root);
            BookingChecks.AgainstNames(resources.Declared, entries, bag);
            BookingChecks.AgainstResources(WithIds(resources), BookingChecks.List(entries), bag);
            return Read<Clinic>.From(null, bag);
        }

        var bookings = BookingChecks.List(draft.Bookings);
        var clinic = new Clinic(
            draft.Id,
            draft.Title,
            FindZone(draft.Zone, bag),
            draft.Grid.Value,
            Opening(draft, bag),
            [.. draft.Closures.Entries.SelectMany(named => named.Value.Value.Select(closure => closure.Value with { Name = named.Key.Value }))],
            [.. WithIds(draft.Resources.Value).Select((resource, i) => ResourceHours.Complete(resource, draft.Resources.Value.Entries[i], draft.WeekABegins, bag))],
            [.. bookings.Select(b => b.Value)])
        {
            Messages = draft.Messages is { } messages ? MessagesFormat.Named(messages, draft.Title, bag) : null,
        };
        CheckGrid(draft.Grid, bag);
        CheckSomethingToUse(draft, clinic, bag);
        ResourceHours.CheckAgainstOpening(clinic, draft, bag);
        BookingChecks.AgainstNames(draft.Resources.Value.Declared, draft.Bookings, bag);
        BookingChecks.AgainstResources(clinic.Resources, bookings, bag);
        BookingChecks.AgainstHours(clinic, bookings, bag);
        return Read<Clinic>.From(clinic, bag);
    }

    private static ImmutableArray<Resource> WithIds(NamedEntries<string, ResourceDraft> resources) =>
    [
        .. resources.Entries.Select(named =>
        {
            var (id, resource) = (named.Key.Value, named.Value.Value.Resource);
            return resource with { Id = id, Title = resource.Title.Length > 0 ? resource.Title : id };
        }),
    ];

    private static WeeklyHours Opening(ClinicDraft draft, DiagnosticBag bag)
    {
        WeeklyFormat.CheckMonday(draft.WeekABegins, bag);
        return WeeklyFormat.ToWeeklyHours(draft.Opening.Value, null, draft.WeekABegins?.Value, bag);
    }

    private static DateTimeZone FindZone(Located<string> name, DiagnosticBag bag)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Value) is { } zone)
        {
            return zone;
        }

        var known = DateTimeZoneProviders.Tzdb.Ids;
        var city = name.Value.Trim().Replace(' ', '_');
        var near = known.FirstOrDefault(id => id.EndsWith($"/{city}", StringComparison.OrdinalIgnoreCase))
            ?? NearMatch.Find(name.Value.Replace(' ', '_'), known);
        bag.Add(Messages.UnknownZone(name.Span, name.Value, near));
        return DateTimeZone.Utc;
    }

    private static void CheckGrid(Located<int> grid, DiagnosticBag bag)
    {
        if (!Grids.Contains(grid.Value))
        {
            bag.Add(Messages.GridNotOffered(grid.Span, grid.Value, Grids));
        }
    }

    private static void CheckSomethingToUse(ClinicDraft draft, Clinic clinic, DiagnosticBag bag)
    {
        if (draft.Opening.Value.Entries.Length == draft.Opening.Value.Declared.Length && clinic.Opening.Days.All(d => d.Hours.IsEmpty) && !bag.HasErrors)
        {
            bag.Add(Messages.NeverOpen(draft.Opening.Span));
        }

        if (draft.Resources.Value.Declared.IsEmpty)
        {
            bag.Add(Messages.NoResources(draft.Resources.Span));
        }
    }
}
