using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Storage.Tables;

/// <summary>Visits with their places, and what they take.</summary>
internal static class BookingTable
{
    /// <summary>What keeps a course from the times at which its patient is at visits of another.</summary>
    public const string OtherCourse = "another course of the patient";

    /// <summary>What is booked or reserved at a clinic, but not by some enrolments themselves, and not what was reserved until a moment that is over.</summary>
    /// <param name="book">The book.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="from">From this day on.</param>
    /// <param name="on">On these days only; null for all.</param>
    /// <param name="now">The moment, in seconds since 1970.</param>
    /// <param name="except">The enrolments.</param>
    public static async Task<ImmutableArray<Booking>> Bookings(this BookTransaction book, string clinic, LocalDate from, IEnumerable<LocalDate>? on, long now, IReadOnlyCollection<long> except)
    {
        var rows = await book.Rows<TakenRow>(
            $"""
            select r.id as resource, b.date, u.from_minute, u.to_minute, u.manner, u.clean_up_minutes, u.starts_apart_minutes, b.enrolment
            from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource left join proposal p on p.key = b.proposal
            where b.clinic = @clinic and b.date >= @from {(on is null ? "" : $"and b.date in {BookTransaction.List(on)}")} and r.is_patient = 0 and (b.proposal is null or p.reserved_until > @now)
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
        select b.key, b.enrolment, b.visit, b.date, u.from_minute, u.to_minute, e.patient, u.role, b.status
        from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource left join enrolment e on e.key = b.enrolment
        where b.clinic = @clinic and b.date >= @first and b.date <= @last and b.proposal is null and r.id = @resource and r.is_patient = 0
        order by b.date, u.from_minute, b.key, u.number
        """,
        new { clinic, resource, first = Times.Of(from), last = Times.Of(to) });

    /// <summary>Visits of a clinic that begun between a day and a moment, and of which nobody has told anything.</summary>
    public static Task<List<UntoldRow>> Untold(this BookTransaction book, string clinic, LocalDate from, LocalDateTime until) => book.Rows<UntoldRow>(
        """
        select enrolment, visit from booking
        where clinic = @clinic and date >= @first and date <= @last and starts <= @until and enrolment is not null and proposal is null and status in ('booked', 'confirmed') order by starts, key
        """,
        new { clinic, first = Times.Of(from), last = Times.Of(until.Date), until = Times.Of(until) });

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
            .Select(r => new Closure(OtherCourse, Times.Date(r.Date), Times.Date(r.Date), new((int)r.From_Minute, (int)r.To_Minute), Yearly: false) { IsOfTheCourse = true }),
    ];

    /// <summary>The booked visits of an enrolment, those that were missed among them; not what is reserved.</summary>
    public static Task<List<BookedRow>> BookedVisits(this BookTransaction book, long enrolment) =>
        book.Rows<BookedRow>("select key, visit, status, starts, ends from booking where enrolment = @enrolment and proposal is null order by starts, key", new { enrolment });

    /// <summary>Takes some bookings out, with what they take.</summary>
    public static Task Remove(this BookTransaction book, IEnumerable<long> bookings) => BookTransaction.DoInParts(bookings, keys => book.Do($"delete from booking where key in {keys}"));

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

        return await book.Take([.. visits.Select((v, i) => (keys[i], v.Place, v.Uses))]);
    }

    /// <summary>The bookings of a clinic that end later than a moment, by time.</summary>
    public static Task<List<TimedRow>> Timed(this BookTransaction book, string clinic, long after) => book.Rows<TimedRow>(
        "select key, enrolment, visit, starts, zone, from_instant from booking where clinic = @clinic and to_instant > @after order by starts, key", new { clinic, after });

    /// <summary>Puts a booking at a moment that is some seconds later; what it takes is taken out before.</summary>
    public static Task Shift(this BookTransaction book, long booking, long seconds) =>
        book.Do("update booking set from_instant = from_instant + @seconds, to_instant = to_instant + @seconds where key = @booking", new { booking, seconds });

    private sealed record TakenRow(string Resource, string Date, long From_Minute, long To_Minute, string Manner, long Clean_Up_Minutes, long? Starts_Apart_Minutes, long? Enrolment);

    private sealed record BusyRow(string Date, long From_Minute, long To_Minute);
}

/// <summary>A visit of which nobody has told anything.</summary>
internal sealed record UntoldRow(long Enrolment, string Visit);

/// <summary>A part of a visit in which a resource is used.</summary>
internal sealed record SessionRow(
    long Key, long? Enrolment, string? Visit, string Date, long From_Minute, long To_Minute, string? Patient, string Role, string Status)
    : BookedFor(Key, Enrolment, Visit);

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
