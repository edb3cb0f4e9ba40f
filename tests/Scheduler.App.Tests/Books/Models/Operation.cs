using FsCheck;
using FsCheck.Fluent;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>
/// Something that somebody does with a book, in numbers that mean something in any book: the third course is the third of those that there are, from the front again where there are fewer. So a shorter list of operations is
/// a story too.
/// </summary>
internal abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>Time passes.</summary>
    public sealed record Pass(int Minutes) : Operation;

    /// <summary>A patient is enrolled.</summary>
    public sealed record Enrols(int Patient, bool OnGroups) : Operation;

    /// <summary>Calendars are asked for; from tomorrow on where no day is named.</summary>
    public sealed record Proposes(int Course, int? DaysAhead, int StartWithin, int Count) : Operation;

    /// <summary>The places of one of the last proposals are reserved.</summary>
    public sealed record Reserves(int Back, int Minutes) : Operation;

    /// <summary>One of the last proposals is accepted, under a new key or under one of the last.</summary>
    public sealed record Accepts(int Back, int? KeyBack) : Operation;

    /// <summary>Something happened to a visit.</summary>
    public sealed record Tells(int Course, int Visit, Happening What, int MinutesAgo) : Operation;

    /// <summary>A visit is moved by hand.</summary>
    public sealed record Moves(int Course, int Visit, int DaysAhead, int Slot) : Operation;

    /// <summary>Two courses, or one, are repaired.</summary>
    public sealed record Repairs(int Course, int Other) : Operation;

    /// <summary>Somebody or something is away, or the clinic closed, for some half hours of a day.</summary>
    public sealed record Leaves(int? Resource, int DaysAhead, int HalfHour, int HalfHours) : Operation;

    /// <summary>A course waits, or does no longer.</summary>
    public sealed record Waits(int Course, bool IsWaiting) : Operation;

    /// <summary>What is free is offered to those who wait.</summary>
    public sealed record Offers(int Most) : Operation;

    /// <summary>A course comes to a version of its protocol, or is shown what that means.</summary>
    public sealed record Amends(int Course, int Version, bool IsDecided) : Operation;

    /// <summary>What mostly happens is that visits take place.</summary>
    private static readonly Happening[] Mostly =
    [
        Happening.Confirmed, Happening.Confirmed, Happening.Arrived, Happening.Arrived, Happening.Started, Happening.Completed, Happening.Completed, Happening.Completed,
        Happening.Held, Happening.Missed, Happening.Missed, Happening.Cancelled, Happening.Cancelled, Happening.NoPlaceFound, Happening.ToBeRepeated, Happening.Withdrawn,
    ];

    /// <summary>Lists of operations, and shorter ones that may go wrong in the same way.</summary>
    public static Arbitrary<Operation[]> Lists(int length) => Arb.From(One.ArrayOf(length), Shorter);

    /// <summary>A number for what is done, and four for what it is done to.</summary>
    private static Gen<Operation> One { get; } = Gen.Choose(0, 9_999).ArrayOf(5).Select(n => (n[0] % 100) switch
    {
        < 9 => (Operation)new Pass(Of([1, 5, 15, 30, 60, 120, 600, 1_440], n[1])),
        < 13 => new Enrols(n[1] % ModelClinic.Patients.Length, n[2] % 2 == 1),
        < 34 => new Proposes(n[1], n[2] % 4 < 2 ? null : (n[2] % 4) - 1, 1 + (n[3] % 3), 1 + (n[4] % 2)),
        < 42 => new Reserves(n[1] % 12, Of([0, 1, 10, 60, 120], n[2])),
        < 66 => new Accepts(n[1] % 12, n[2] % 8 < 2 ? n[2] % 8 : null),
        < 86 => new Tells(n[1], n[2] % 3, Of(Mostly, n[3]), Of([0, 0, 0, 0, 0, 0, 1, 30, 90, -5], n[4])),
        < 92 => new Moves(n[1], n[2] % 3, n[3] % 5, n[4] % 14),
        < 95 => new Repairs(n[1], n[2]),
        < 96 => new Leaves(n[1] % 12 == 6 ? null : n[1] % 12, n[2] % 6, n[3] % 6, n[4] % 3),
        < 98 => new Waits(n[1], n[2] % 3 > 0),
        < 99 => new Offers(1 + (n[1] % 3)),
        _ => new Amends(n[1], n[2] % 3, n[3] % 2 == 1),
    });

    private static T Of<T>(T[] choices, int number) => choices[number % choices.Length];

    /// <summary>The same without some part; one by one only where few are left, since each try takes a book.</summary>
    private static IEnumerable<Operation[]> Shorter(Operation[] all)
    {
        for (var part = all.Length / 2; part > 0; part /= 2)
        {
            for (var at = 0; at < all.Length; at += part)
            {
                yield return [.. all[..at], .. all[Math.Min(all.Length, at + part)..]];
            }
        }
    }
}

/// <summary>What happens to a visit.</summary>
internal enum Happening
{
    Confirmed,
    Arrived,
    Started,
    Completed,
    Held,
    Missed,
    Cancelled,
    NoPlaceFound,
    ToBeRepeated,
    Withdrawn,
}
