using System.Collections.Immutable;
using Scheduler.Core.Tests.Architecture;

namespace Scheduler.App.Tests.Architecture;

/// <summary>
/// The rooms of the app and the arrows between them. A room is a folder, or a single type that sees less or more than its folder does; a type lives in the room with the longest name that fits it. Arrows make no circle, so that
/// each room can be read without those above it.
/// </summary>
internal static class AppHouse
{
    private const string Root = "Scheduler.App";

    /// <summary>What stands in the folder of the project itself and is an answer's: it sees nothing.</summary>
    private const string Words = "";

    /// <summary>What everybody who asks or is asked needs.</summary>
    private static readonly string[] Asking = ["Access.Ask", "Access.IAsk", "Access.Role", "Access.AllowedAttribute"];

    /// <summary>What a use case sees whatever it is about: who may ask, the store, what refusals say.</summary>
    private static readonly string[] Usual = [.. Asking, "Access", "Storage", "Storage.Times", "Audit.AuditEntry", "Refusals"];

    /// <summary>The rooms from below, each with the rooms that it may see besides itself and the words.</summary>
    public static readonly ImmutableArray<(string Room, string[] Sees)> Rooms =
    [
        (Words, []),

        // What others know by name, and that knows nobody.
        ("Access.IAsk", []),
        ("Access.Role", []),
        ("Access.AllowedAttribute", ["Access.Role"]),
        ("Access.Ask", ["Access.IAsk"]),
        ("Audit.AuditEntry", []),
        ("Audit.AuditLink", ["Audit.AuditEntry"]),
        ("Audit.AuditChain", ["Audit.AuditEntry", "Audit.AuditLink"]),
        ("Protocols.Library", []),
        ("Storage.Times", []),
        ("Storage.BookIsNewerException", []),
        ("Storage.Backups.BackupException", []),
        ("Enrolments.EventRow", []),
        ("Enrolments.EventText", ["Enrolments.EventRow", "Storage.Times"]),
        ("Bookings", ["Storage.Times"]),
        ("Refusals", ["Access.Role", "Storage.BookIsNewerException", "Storage.Backups.BackupException"]),

        // The store, which knows what it keeps and nobody who asks for it. Which database it is, is chosen in one place.
        ("Storage", ["Bookings", "Enrolments.EventRow", "Enrolments.EventText", "Protocols.Library", "Audit.AuditEntry", "Audit.AuditLink", "Audit.AuditChain", "Access.Role", "Refusals", "Storage.Times", "Storage.BookIsNewerException", "Storage.Backups.BackupException"]),
        ("Storage.Sqlite", ["Storage", "Refusals"]),
        ("Storage.Postgres", ["Storage", "Refusals"]),
        ("Storage.Stores", ["Storage", "Storage.Sqlite", "Storage.Postgres", "Refusals"]),

        // Who may ask, below all that is asked.
        ("Access", [.. Asking, "Storage", "Protocols.Library", "Audit.AuditEntry", "Refusals"]),

        // What is asked.
        ("Audit", [.. Usual, "Audit.AuditLink", "Audit.AuditChain"]),
        ("Patients", [.. Usual, "Protocols.Library"]),
        ("Protocols", [.. Usual, "Protocols.Library"]),
        ("Enrolments", [.. Usual, "Protocols.Library", "Protocols", "Bookings", "Enrolments.EventRow", "Enrolments.EventText"]),
        ("Allocations", [.. Usual, "Protocols.Library", "Enrolments"]),
        ("Clinics", [.. Usual, "Protocols.Library", "Protocols", "Bookings", "Enrolments", "Enrolments.EventText"]),
        ("Reports", [.. Usual, "Protocols.Library", "Enrolments", "Enrolments.EventText", "Clinics"]),
        ("Reminders", [.. Usual, "Protocols.Library", "Enrolments", "Enrolments.EventText", "Reports"]),
        ("Backups", [.. Usual, "Storage.Backups.BackupException", "Reminders"]),

        // Where all of it is put together, and a book that shows all of it.
        ("Application", ["Access.Ask", "Access.IAsk", "Access", "Storage", "Protocols.Library", "Reminders"]),
        ("Jobs", ["Application", "Enrolments", "Protocols.Library", "Reminders", "Storage", "Storage.Stores", "Storage.Postgres"]),
        ("Samples", [.. Usual, "Storage.Stores", "Application", "Allocations", "Clinics", "Enrolments", "Patients", "Protocols", "Reminders", "Reports"]),
    ];

    /// <summary>What only some rooms may see of the world: how a database is asked.</summary>
    private static readonly ImmutableArray<(string Space, string[] Rooms)> Doors =
    [
        ("Dapper", ["Storage"]),
        ("System.Data", ["Storage", "Storage.Sqlite", "Storage.Postgres"]),
        ("Microsoft.Data", ["Storage.Sqlite"]),
        ("SQLitePCL", ["Storage.Sqlite"]),
        ("Npgsql", ["Storage.Postgres"]),
    ];

    private static readonly ImmutableDictionary<string, string[]> Arrows = Rooms.ToImmutableDictionary(r => r.Room, r => r.Sees);

    /// <summary>The room of a type; null where the house has none for it.</summary>
    public static string? RoomOf(string type)
    {
        var inside = type[(Root.Length + 1)..].Split('+')[0].Split('`')[0];
        return Arrows.Keys.Where(r => r.Length > 0 && (inside == r || inside.StartsWith($"{r}.", StringComparison.Ordinal))).MaxBy(r => r.Length)
            ?? (inside.Contains('.', StringComparison.Ordinal) ? null : Words);
    }

    /// <summary>What is wrong with these uses, one line for each.</summary>
    public static IEnumerable<string> Breaches(IEnumerable<TypeUse> uses) => uses.Select(Breach).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private static string? Breach(TypeUse use)
    {
        if (RoomOf(use.From) is not { } from)
        {
            return $"{use.From} lives in no known room";
        }

        if (!use.IsOurs)
        {
            return Doors.FirstOrDefault(d => use.To == d.Space || use.To.StartsWith($"{d.Space}.", StringComparison.Ordinal)) is { Rooms: { } rooms } && !rooms.Contains(from)
                ? $"{use.From}.{use.In} -> {use.To}: only {string.Join(", ", rooms)} may see that" : null;
        }

        return RoomOf(use.To) is not { } to ? $"{use.To} lives in no known room"
            : from == to || to == Words || Arrows[from].Contains(to) ? null
            : $"{use.From}.{use.In} -> {use.To}: '{from}' may not see '{to}'";
    }
}
