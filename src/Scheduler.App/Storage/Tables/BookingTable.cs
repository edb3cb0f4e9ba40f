using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Storage.Tables;

/// <summary>Visits with their places, and what they take.</summary>
internal static class BookingTable
{
    private const string Uses = "booking, number, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, starts_apart_minutes, taken_from, taken_to, unit, apart, side";

    /// <summary>No use takes longer, in seconds: the table's own bound. What lies farther from a use than that cannot meet it.</summary>
    private const long LongestUse = 2 * 86_400;

    /// <summary>What is booked or reserved at a clinic from a day on, but not by an enrolment itself, and not what was reserved until a moment that is over.</summary>
    public static async Task<ImmutableArray<Booking>> Bookings(this BookTransaction book, string clinic, LocalDate from, long now, IReadOnlyCollection<long> except)
    {
        var rows = await book.Rows<TakenRow>(
            """
            select r.id as resource, b.date, u.from_minute, u.to_minute, u.manner, u.clean_up_minutes, u.starts_apart_minutes, b.enrolment
            from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource left join proposal p on p.key = b.proposal
            where b.clinic = @clinic and b.date >= @from and r.is_patient = 0 and (b.proposal is null or p.reserved_until > @now)
            order by b.date, u.taken_from, b.key, u.number
            """,
            new { clinic, from = Times.Of(from), now });
        return
        [
            .. rows.Where(r => r.Enrolment is not { } course || !except.Contains(course)).Select(r => new Booking(r.Resource, Times.Date(r.Date), new((int)r.From_Minute, (int)r.To_Minute), Texts.ParseUse(r.Manner)!.Value)
            {
                Part = new((int)r.Clean_Up_Minutes, (int?)r.Starts_Apart_Minutes),
            }),
        ];
    }

    /// <summary>The ids of the enrolments that have a visit booked, in part, while a resource is used on some days; null for all resources.</summary>
    public static async Task<List<string>> EnrolmentsUsing(this BookTransaction book, string clinic, string? resource, LocalDate from, LocalDate to, Hours hours) =>
    [
        .. (await book.Rows<long>(
            """
            select distinct b.enrolment from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource
            where b.clinic = @clinic and b.date >= @first and b.date <= @last and b.enrolment is not null and b.proposal is null
              and (cast(@resource as text) is null or (r.id = @resource and r.is_patient = 0)) and u.from_minute < @To and u.to_minute > @From and b.status in ('planned', 'booked', 'confirmed')
            order by b.enrolment
            """,
            new { clinic, resource, first = Times.Of(from), last = Times.Of(to), hours.From, hours.To })).Select(EnrolmentId.Of),
    ];

    /// <summary>What a resource is booked for on some days, by time; not what is reserved.</summary>
    public static Task<List<SessionRow>> Sessions(this BookTransaction book, string clinic, string resource, LocalDate from, LocalDate to) => book.Rows<SessionRow>(
        """
        select b.date, u.from_minute, u.to_minute, e.patient, b.visit, u.role, b.status
        from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource left join enrolment e on e.key = b.enrolment
        where b.clinic = @clinic and b.date >= @first and b.date <= @last and b.proposal is null and r.id = @resource and r.is_patient = 0
        order by b.date, u.from_minute, b.key, u.number
        """,
        new { clinic, resource, first = Times.Of(from), last = Times.Of(to) });

    /// <summary>When a patient is at other visits than those of one enrolment, from a day on: nothing of that course is placed then.</summary>
    public static async Task<ImmutableArray<Closure>> OtherVisits(this BookTransaction book, string clinic, string patient, LocalDate from, long now, long except) =>
    [
        .. (await book.Rows<BusyRow>(
            """
            select b.date, u.from_minute, u.to_minute
            from resource r join resource_use u on u.resource = r.key join booking b on b.key = u.booking left join proposal p on p.key = b.proposal
            where r.clinic = @clinic and r.is_patient = 1 and r.id = @patient and b.date >= @from and b.enrolment <> @except and (b.proposal is null or p.reserved_until > @now)
            order by b.date, u.from_minute
            """,
            new { clinic, patient, from = Times.Of(from), now, except }))
            .Select(r => new Closure("another course of the patient", Times.Date(r.Date), Times.Date(r.Date), new((int)r.From_Minute, (int)r.To_Minute), Yearly: false) { IsOfTheCourse = true }),
    ];

    /// <summary>The booked visits of an enrolment, those that were missed among them; not what is reserved.</summary>
    public static Task<List<BookedRow>> BookedVisits(this BookTransaction book, long enrolment) =>
        book.Rows<BookedRow>("select key, visit, status, starts, ends from booking where enrolment = @enrolment and proposal is null order by starts, key", new { enrolment });

    /// <summary>The rows of what some bookings take.</summary>
    public static Task<List<long>> TakenBy(this BookTransaction book, IEnumerable<long> bookings) => InParts(
        bookings, keys => book.Rows<long>($"select distinct resource from resource_use where booking in {keys}"));

    /// <summary>Takes some bookings out, with what they take.</summary>
    public static Task Remove(this BookTransaction book, IEnumerable<long> bookings) => InParts(bookings, async keys =>
    {
        await book.Do($"delete from booking where key in {keys}");
        return new List<long>();
    });

    /// <summary>Frees what some bookings take; that they were booked stays.</summary>
    public static Task Free(this BookTransaction book, IEnumerable<long> bookings) => InParts(bookings, async keys =>
    {
        await book.Do($"delete from resource_use where booking in {keys}");
        return new List<long>();
    });

    /// <summary>Says how far a booked visit is.</summary>
    public static Task SetStatus(this BookTransaction book, long booking, string status) => book.Do("update booking set status = @status where key = @booking", new { booking, status });

    /// <summary>Takes out what was reserved until a moment that is over, and its places with it.</summary>
    public static Task RemoveExpired(this BookTransaction book, string clinic, long now) => book.Do(
        "delete from booking where proposal in (select key from proposal where clinic = @clinic and reserved_until <= @now)", new { clinic, now });

    /// <summary>Books visits, or reserves their places. The first that finds no place, by its place in the list; null where all do.</summary>
    /// <param name="book">The book, what the visits take locked.</param>
    /// <param name="visits">The visits with what they take.</param>
    public static async Task<int?> Book(this BookTransaction book, IReadOnlyList<(NewBooking Place, IReadOnlyList<TakenUse> Uses)> visits)
    {
        var keys = await book.InsertNumbered(
            "booking",
            "clinic, enrolment, proposal, visit, status, date, starts, ends, zone, from_instant, to_instant",
            visits.Select(v => v.Place).Select(p => new object?[]
            {
                p.Clinic, p.Enrolment, p.Proposal, p.Visit?.ToString(), p.Status, Times.Of(p.Start.Date), Times.Of(p.Start), Times.Of(p.End), p.Zone.Id, Times.Second(p.Zone, p.Start), Times.Second(p.Zone, p.End),
            }));

        // What has one unit needs no dealing, and comes all at once.
        await book.InsertAll("resource_use", Uses, visits.SelectMany((v, i) => v.Uses.Where(IsOne).Select(u => Row(keys[i], v.Place, u, 1))).Select(Values));
        for (var i = 0; i < visits.Count; i++)
        {
            foreach (var use in visits[i].Uses.Where(u => !IsOne(u)))
            {
                var row = Row(keys[i], visits[i].Place, use, 0);
                if (await book.Deal(row.Resource, use.Manner, Units(use), new(row.Booking, row.Number, row.Taken_From, row.Taken_To, row.Apart, StandsAlone: false, 0)) is not { } unit)
                {
                    return i;
                }

                await book.Insert(row with { Unit = unit });
            }
        }

        return null;
    }

    private static bool IsOne(TakenUse use) => use.Manner == Use.Exclusive || Units(use) == 1;

    private static UseRow Row(long booking, NewBooking place, TakenUse use, long unit) => new(
        booking, use.Number, use.Of.Key, use.Need, use.Role, Texts.UseName(use.Manner), use.Hours.From, use.Hours.To, use.CleanUpMinutes, use.StartsApartMinutes,
        use.TakenFrom, use.TakenTo, unit, use.MaySharePlace ? -place.Enrolment!.Value : (booking * 1_000) + use.Number, use.Side);

    private static object?[] Values(UseRow row) =>
    [
        row.Booking, row.Number, row.Resource, row.Need, row.Role, row.Manner, row.From_Minute, row.To_Minute, row.Clean_Up_Minutes, row.Starts_Apart_Minutes, row.Taken_From, row.Taken_To, row.Unit, row.Apart, row.Side,
    ];

    /// <summary>The bookings of a clinic that end later than a moment, by time.</summary>
    public static Task<List<TimedRow>> Timed(this BookTransaction book, string clinic, long after) => book.Rows<TimedRow>(
        "select key, enrolment, visit, starts, zone, from_instant from booking where clinic = @clinic and to_instant > @after order by starts, key", new { clinic, after });

    /// <summary>Puts a booking at a moment that is some seconds later; what it takes is taken out before.</summary>
    public static Task Shift(this BookTransaction book, long booking, long seconds) =>
        book.Do("update booking set from_instant = from_instant + @seconds, to_instant = to_instant + @seconds where key = @booking", new { booking, seconds });

    /// <summary>Takes out what some bookings take.</summary>
    public static async Task<List<UseRow>> TakeOut(this BookTransaction book, IEnumerable<long> bookings)
    {
        var all = new List<UseRow>();
        await InParts(bookings, async keys =>
        {
            all.AddRange(await book.Rows<UseRow>($"select {Uses} from resource_use where booking in {keys} order by booking, number"));
            await book.Do($"delete from resource_use where booking in {keys}");
            return [];
        });
        return all;
    }

    /// <summary>Puts back what was taken out, some seconds later; false, and nothing is, where something of it is taken then.</summary>
    public static async Task<bool> PutBack(this BookTransaction book, IEnumerable<UseRow> uses, long seconds)
    {
        var put = new List<UseRow>();
        foreach (var use in uses)
        {
            var later = use with { Taken_From = use.Taken_From + seconds, Taken_To = use.Taken_To + seconds };
            var of = await book.Row<Bears>("select capacity, supervises from resource where key = @Resource", new { use.Resource });
            var manner = Texts.ParseUse(use.Manner)!.Value;
            var unit = await book.Deal(use.Resource, manner, (int)(manner == Use.Supervision ? of!.Supervises : of!.Capacity), new(use.Booking, use.Number, later.Taken_From, later.Taken_To, use.Apart, manner == Use.Exclusive, 0));
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

    /// <summary>Lists in a query are kept short.</summary>
    private static async Task<List<long>> InParts(IEnumerable<long> keys, Func<string, Task<List<long>>> some)
    {
        var all = new List<long>();
        foreach (var part in keys.Chunk(500))
        {
            all.AddRange(await some(BookTransaction.List(part)));
        }

        return all;
    }

    private sealed record TakenRow(string Resource, string Date, long From_Minute, long To_Minute, string Manner, long Clean_Up_Minutes, long? Starts_Apart_Minutes, long? Enrolment);

    private sealed record BusyRow(string Date, long From_Minute, long To_Minute);

    private sealed record Bears(long Capacity, long Supervises);
}

/// <summary>What a booking takes, as kept.</summary>
internal sealed record UseRow(
    long Booking, long Number, long Resource, string Need, string Role, string Manner, long From_Minute, long To_Minute, long Clean_Up_Minutes, long? Starts_Apart_Minutes,
    long Taken_From, long Taken_To, long Unit, long Apart, long? Side);

/// <summary>A part of a visit in which a resource is used.</summary>
internal sealed record SessionRow(string Date, long From_Minute, long To_Minute, string? Patient, string? Visit, string Role, string Status);

/// <summary>A booking with its moment.</summary>
internal sealed record TimedRow(long Key, long? Enrolment, string? Visit, string Starts, string Zone, long From_Instant)
{
    /// <summary>How it is called.</summary>
    public string Name => Enrolment is { } course ? $"{EnrolmentId.Of(course)} {Visit}" : "a booking of nobody known here";
}

/// <summary>A visit to be booked.</summary>
/// <param name="Clinic">Where.</param>
/// <param name="Enrolment">For whom; null for a booking of which nothing else is known.</param>
/// <param name="Proposal">The proposal for which it is only reserved; null for one that is booked.</param>
/// <param name="Visit">Which visit of the enrolment.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends.</param>
/// <param name="Zone">The clinic's zone.</param>
internal sealed record NewBooking(string Clinic, long? Enrolment, long? Proposal, VisitId? Visit, string Status, LocalDateTime Start, LocalDateTime End, DateTimeZone Zone);

/// <summary>A booked visit of an enrolment.</summary>
internal sealed record BookedRow(long Key, string Visit, string Status, string Starts, string Ends);
