using Scheduler.App.Bookings;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.App.Storage.Tables;

/// <summary>What booked and reserved visits take: units of resources, dealt so that no two uses that meet have the same.</summary>
internal static class UseTable
{
    private const string Uses = "booking, number, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, starts_apart_minutes, taken_from, taken_to, unit, apart, side";

    private const string BearsOf = "select capacity, supervises, hands_on_minutes from resource where key = @resource";

    /// <summary>No use takes longer, in seconds: the table's own bound. What lies farther from a use than that cannot meet it.</summary>
    private const long LongestUse = 2 * 86_400;

    /// <summary>The rows of what some bookings take.</summary>
    public static Task<List<long>> TakenBy(this BookTransaction book, IEnumerable<long> bookings) => BookTransaction.InParts(
        bookings, keys => book.Rows<long>($"select distinct resource from resource_use where booking in {keys}"));

    /// <summary>Frees what some bookings take; that they were booked stays.</summary>
    public static Task Free(this BookTransaction book, IEnumerable<long> bookings) =>
        BookTransaction.DoInParts(bookings, keys => book.Do($"delete from resource_use where booking in {keys}"));

    /// <summary>Takes what some bookings need. The first that finds no place, by its place in the list; null where all do.</summary>
    /// <param name="book">The book, what the visits take locked.</param>
    /// <param name="visits">The rows of the bookings, their places, and what they take.</param>
    public static async Task<int?> Take(this BookTransaction book, IReadOnlyList<(long Booking, NewBooking Place, IReadOnlyList<TakenUse> Uses)> visits)
    {
        // What has one unit needs no dealing, and comes all at once.
        await book.InsertAll("resource_use", Uses, visits.SelectMany(v => v.Uses.Where(IsOne).Select(u => Row(v.Booking, v.Place, u, 1))).Select(Values));
        for (var i = 0; i < visits.Count; i++)
        {
            var (booking, place, uses) = visits[i];
            foreach (var use in uses.Where(u => !IsOne(u)))
            {
                var row = Row(booking, place, use, 0);
                if (await book.Deal(row.Resource, use.Manner, Units(use), new(row.Booking, row.Number, row.Taken_From, row.Taken_To, row.Apart, StandsAlone: false, 0)) is not { } unit)
                {
                    return i;
                }

                await book.Insert(row with { Unit = unit });
            }
        }

        return null;
    }

    /// <summary>Takes out what some bookings take.</summary>
    public static Task<List<UseRow>> TakeOut(this BookTransaction book, IEnumerable<long> bookings) => BookTransaction.InParts(bookings, async keys =>
    {
        var rows = await book.Rows<UseRow>($"select {Uses} from resource_use where booking in {keys} order by booking, number");
        await book.Do($"delete from resource_use where booking in {keys}");
        return rows;
    });

    /// <summary>Puts back what was taken out, some seconds later; false, and nothing is, where something of it is taken then.</summary>
    public static async Task<bool> PutBack(this BookTransaction book, IEnumerable<UseRow> uses, long seconds)
    {
        var put = new List<UseRow>();
        foreach (var use in uses)
        {
            var later = use with { Taken_From = use.Taken_From + seconds, Taken_To = use.Taken_To + seconds };
            var of = (await book.Row<Bears>(BearsOf, new { resource = use.Resource }))!;
            var manner = Texts.ParseUse(use.Manner)!.Value;
            later = later with { Side = of.SideOf(later) };
            var unit = await book.MeetsOtherSide(later) ? null : await book.Deal(use.Resource, manner, (int)(manner == Use.Supervision ? of.Supervises : of.Capacity), new(use.Booking, use.Number, later.Taken_From, later.Taken_To, use.Apart, manner == Use.Exclusive, 0));
            if (unit is not { } dealt)
            {
                foreach (var row in put)
                {
                    await book.Do("delete from resource_use where booking = @Booking and number = @Number", new { row.Booking, row.Number });
                }

                return false;
            }

            put.Add(later with { Unit = dealt });
            await book.Insert(put[^1]);
        }

        return true;
    }

    /// <summary>Whether any two uses take the same: whether the guard would have kept one of them out.</summary>
    public static async Task<bool> TakeTheSame(this BookTransaction book) => (await book.Rows<long>(
        """
        select u.booking from resource_use u join resource_use v on v.resource = u.resource and v.taken_from >= u.taken_from and v.taken_from < u.taken_to
        where u.apart <> v.apart and ((u.manner = 'supervision') = (v.manner = 'supervision') and u.unit = v.unit
          or u.manner <> 'supervision' and v.manner <> 'supervision' and (u.manner = 'exclusive') <> (v.manner = 'exclusive')
          or u.side <> v.side)
        limit 1
        """)).Count > 0;

    /// <summary>Whether a use would stand on one side, and something that it meets on the other.</summary>
    private static async Task<bool> MeetsOtherSide(this BookTransaction book, UseRow use) => use.Side is not null && (await book.Rows<long>(
        """
        select booking from resource_use
        where resource = @Resource and taken_from >= @from and taken_from < @Taken_To and taken_to > @Taken_From and apart <> @Apart and side <> @Side limit 1
        """,
        new { use.Resource, from = use.Taken_From - LongestUse, use.Taken_To, use.Taken_From, use.Apart, use.Side })).Count > 0;

    private static int Units(TakenUse use) => use.Manner == Use.Supervision ? use.Of.Supervises : use.Of.Capacity;

    /// <summary>A unit for a use, the others dealt again where none is free all the time; null where there is none.</summary>
    private static async Task<long?> Deal(this BookTransaction book, long resource, Use manner, int bears, Dealt mine)
    {
        var there = await book.Rows<UseRow>(
            $"""
            select {Uses} from resource_use
            where resource = @resource and taken_from >= @from and taken_from < @to and (manner = 'supervision') = @overseen order by taken_from, booking, number
            """,
            new { resource, from = mine.From - LongestUse, to = mine.To + LongestUse, overseen = manner == Use.Supervision });
        var units = there.ToDictionary(u => (u.Booking, u.Number));
        var deal = Dealing.Deal([.. there.Select(u => new Dealt(u.Booking, u.Number, u.Taken_From, u.Taken_To, u.Apart, u.Manner == "exclusive", u.Unit)), mine], bears);
        if (deal is null)
        {
            return null;
        }

        // Taken out and put back, so that no two have the same unit in between.
        var moved = deal.Where(d => units.TryGetValue((d.Booking, d.Number), out var was) && was.Unit != d.Unit).Select(d => units[(d.Booking, d.Number)] with { Unit = d.Unit }).ToList();
        if (moved.Count > 0)
        {
            // They come in again as the resource is now.
            var of = (await book.Row<Bears>(BearsOf, new { resource }))!;
            moved = [.. moved.Select(m => m with { Side = of.SideOf(m) })];
            foreach (var row in moved.Where(m => m.Side != units[(m.Booking, m.Number)].Side))
            {
                if (await book.MeetsOtherSide(row))
                {
                    return null;
                }
            }
        }

        foreach (var row in moved)
        {
            await book.Do("delete from resource_use where booking = @Booking and number = @Number", new { row.Booking, row.Number });
        }

        foreach (var row in moved)
        {
            await book.Insert(row);
        }

        return deal.Single(d => d.Booking == mine.Booking && d.Number == mine.Number).Unit;
    }

    private static Task Insert(this BookTransaction book, UseRow row) => book.InsertAll("resource_use", Uses, [Values(row)]);

    private static bool IsOne(TakenUse use) => use.Manner == Use.Exclusive || Units(use) == 1;

    private static UseRow Row(long booking, NewBooking place, TakenUse use, long unit) => new(
        booking, use.Number, use.Of.Key, use.Need, use.Role, Texts.UseName(use.Manner), use.Hours.From, use.Hours.To, use.CleanUpMinutes, use.StartsApartMinutes,
        use.TakenFrom, use.TakenTo, unit, use.MaySharePlace ? -place.Enrolment!.Value : (booking * 1_000) + use.Number, use.Side);

    private static object?[] Values(UseRow row) =>
    [
        row.Booking, row.Number, row.Resource, row.Need, row.Role, row.Manner, row.From_Minute, row.To_Minute, row.Clean_Up_Minutes, row.Starts_Apart_Minutes, row.Taken_From, row.Taken_To, row.Unit, row.Apart, row.Side,
    ];

    /// <summary>What a resource bears now, which may not be what it bore when a use of it was booked.</summary>
    private sealed record Bears(long Capacity, long Supervises, long Hands_On_Minutes)
    {
        public long? SideOf(UseRow use) => TakenUse.SideOf((int)Supervises, (int)Hands_On_Minutes, Texts.ParseUse(use.Manner)!.Value, (int)(use.To_Minute - use.From_Minute));
    }
}

/// <summary>What a booking takes, as kept.</summary>
internal sealed record UseRow(
    long Booking, long Number, long Resource, string Need, string Role, string Manner, long From_Minute, long To_Minute, long Clean_Up_Minutes, long? Starts_Apart_Minutes,
    long Taken_From, long Taken_To, long Unit, long Apart, long? Side);
