using NodaTime;

namespace Scheduler.App.Storage.Tables;

/// <summary>What patients have been told of their visits, and what is to be sent.</summary>
internal static class ReminderTable
{
    /// <summary>Why one is kept back that was due before a backup was restored.</summary>
    internal const string KeptBack = "the book was restored, and it may have gone out before";

    private const string Columns = "key, clinic, patient, person, enrolment, subject, version, kind, channel, due_at, useful_until, state, next_try, tries, claimed_by, lease_until, message_id, problem, done_at";

    /// <summary>Enrolments of which something has happened since their reminders were made, the longest known first.</summary>
    public static Task<List<UnremindedRow>> Unreminded(this BookTransaction book, long after, int most) =>
        book.Rows<UnremindedRow>("select key, clinic from enrolment where reminded < version and key > @after order by key limit @most", new { after, most });

    /// <summary>Notes up to which version of an enrolment its reminders are made.</summary>
    public static Task SetReminded(this BookTransaction book, long enrolment, long version) =>
        book.Do("update enrolment set reminded = @version where key = @enrolment", new { enrolment, version });

    /// <summary>Has the reminders of a patient's enrolments made anew.</summary>
    public static Task RemindAnew(this BookTransaction book, string clinic, string patient) =>
        book.Do("update enrolment set reminded = 0 where clinic = @clinic and patient = @patient", new { clinic, patient });

    /// <summary>Has the reminders of all enrolments of a clinic made anew.</summary>
    public static Task RemindAnew(this BookTransaction book, string clinic) => book.Do("update enrolment set reminded = 0 where clinic = @clinic", new { clinic });

    /// <summary>Has the reminders of the enrolment made anew that a reminder is about, if it is about any.</summary>
    public static Task RemindAnew(this BookTransaction book, long reminder) => book.Do("update enrolment set reminded = 0 where key = (select enrolment from reminder where key = @reminder)", new { reminder });

    /// <summary>What has been told of an enrolment's visits.</summary>
    public static Task<List<AnnouncementRow>> Announcements(this BookTransaction book, long enrolment) => book.Rows<AnnouncementRow>(
        "select enrolment, visit, version, starts, ends, from_instant, was_instant, mode, is_on, since, uid from announcement where enrolment = @enrolment order by visit", new { enrolment });

    /// <summary>What has been told of one visit; null for nothing.</summary>
    public static Task<AnnouncementRow?> Announcement(this BookTransaction book, long enrolment, string visit) => book.Row<AnnouncementRow>(
        "select enrolment, visit, version, starts, ends, from_instant, was_instant, mode, is_on, since, uid from announcement where enrolment = @enrolment and visit = @visit", new { enrolment, visit });

    /// <summary>Keeps what is told of a visit from now on.</summary>
    public static Task Announce(this BookTransaction book, AnnouncementRow row) => book.Do(
        """
        insert into announcement (enrolment, visit, version, starts, ends, from_instant, was_instant, mode, is_on, since, uid) values (@Enrolment, @Visit, @Version, @Starts, @Ends, @From_Instant, @Was_Instant, @Mode, @Is_On, @Since, @Uid)
        on conflict (enrolment, visit) do update set version = excluded.version, starts = excluded.starts, ends = excluded.ends, from_instant = excluded.from_instant, was_instant = excluded.was_instant, mode = excluded.mode, is_on = excluded.is_on, since = excluded.since
        """,
        row);

    /// <summary>What a person of a clinic has been told of a day; null for nothing.</summary>
    public static Task<ToldDayRow?> ToldDay(this BookTransaction book, string clinic, string person, string day) => book.Row<ToldDayRow>(
        "select clinic, person, day, version, list, since from told_day where clinic = @clinic and person = @person and day = @day", new { clinic, person, day });

    /// <summary>Keeps what a person is told of a day from now on; what waits to tell them an older list dies.</summary>
    public static async Task TellDay(this BookTransaction book, ToldDayRow row)
    {
        await book.Do(
            """
            insert into told_day (clinic, person, day, version, list, since) values (@Clinic, @Person, @Day, @Version, @List, @Since)
            on conflict (clinic, person, day) do update set version = excluded.version, list = excluded.list, since = excluded.since
            """,
            row);
        await book.Do(
            "update reminder set state = 'dead', done_at = @Since where clinic = @Clinic and person = @Person and subject = @Day and state in ('waiting', 'queued', 'failed')", row);
    }

    /// <summary>Has what a person is told hold another list, of which they need not be told anew.</summary>
    public static Task KeepDay(this BookTransaction book, ToldDayRow row) =>
        book.Do("update told_day set list = @List, since = @Since where clinic = @Clinic and person = @Person and day = @Day", row);

    /// <summary>The visits of a clinic that are booked and that nobody has confirmed, whether or not the patient gets messages, of those on some days to which somebody comes, by time.</summary>
    public static Task<List<UnconfirmedRow>> Unconfirmed(this BookTransaction book, string clinic, LocalDate from, LocalDate to) => book.Rows<UnconfirmedRow>(
        """
        select e.key as enrolment, e.patient, a.visit, a.from_instant, a.since
        from booking b join enrolment e on e.key = b.enrolment join announcement a on a.enrolment = b.enrolment and a.visit = b.visit
        where b.clinic = @clinic and b.date >= @first and b.date <= @last and b.status = 'booked' and b.proposal is null and a.is_on = 1 and a.mode <> 'self-report'
        order by a.from_instant, e.key
        """,
        new { clinic, first = Times.Of(from), last = Times.Of(to) });

    /// <summary>The state of what was to tell a person a list; null where nothing was.</summary>
    public static Task<string?> StateOfDay(this BookTransaction book, ToldDayRow told) => book.Row<string>(
        "select state from reminder where clinic = @Clinic and enrolment is null and person = @Person and subject = @Day and version = @Version", told);

    /// <summary>All reminders of an enrolment.</summary>
    public static Task<List<ReminderRow>> Reminders(this BookTransaction book, long enrolment) =>
        book.Rows<ReminderRow>($"select {Columns} from reminder where enrolment = @enrolment order by key", new { enrolment });

    /// <summary>The reminders of a clinic, or of one of its enrolments, in one state or in all; those first that fall due first.</summary>
    public static Task<List<ReminderRow>> Reminders(this BookTransaction book, string clinic, string? state, long? enrolment, int most) => book.Rows<ReminderRow>(
        $"""
        select {Columns} from reminder
        where clinic = @clinic and (cast(@state as text) is null or state = @state) and (cast(@enrolment as bigint) is null or enrolment = @enrolment) order by due_at, key limit @most
        """,
        new { clinic, state, enrolment, most });

    /// <summary>The reminders of a clinic that could not be delivered and are still of use.</summary>
    public static Task<List<ReminderRow>> Undelivered(this BookTransaction book, string clinic, long now) => book.Rows<ReminderRow>(
        $"select {Columns} from reminder where clinic = @clinic and state = 'failed' and useful_until > @now order by useful_until, key", new { clinic, now });

    /// <summary>How many reminders there are in each state.</summary>
    public static Task<List<StateCount>> CountsByState(this BookTransaction book) => book.Rows<StateCount>("select state, count(*) as count from reminder group by state order by state");

    /// <summary>Since when the one is due that is due longest, of those that have not gone out and are still of use; null where there is none. One that has failed before is due since it was first; one that was put off, or is tried again by hand, since then.</summary>
    public static Task<long?> LongestDue(this BookTransaction book, long now) => book.Row<long?>(
        """
        select min(at) from (
          select case when problem is null then next_try else due_at end as at from reminder where state = 'waiting' and useful_until > @now and (next_try <= @now or problem is not null)
          union all
          select case when problem is null then next_try else due_at end as at from reminder where state in ('queued', 'claimed') and useful_until > @now) as due
        """,
        new { now });

    /// <summary>One reminder.</summary>
    public static Task<ReminderRow?> Reminder(this BookTransaction book, long key) => book.Row<ReminderRow>($"select {Columns} from reminder where key = @key", new { key });

    /// <summary>Keeps new reminders.</summary>
    public static Task AddReminders(this BookTransaction book, IEnumerable<ReminderRow> rows) => book.InsertAll(
        "reminder",
        "clinic, patient, person, enrolment, subject, version, kind, channel, due_at, useful_until, state, next_try, tries, message_id",
        rows.Select(r => new object?[] { r.Clinic, r.Patient, r.Person, r.Enrolment, r.Subject, r.Version, r.Kind, r.Channel, r.Due_At, r.Useful_Until, "waiting", r.Due_At, 0L, r.Message_Id }));

    /// <summary>Lets reminders die that nobody has begun to send; false where somebody has begun with one of them meanwhile.</summary>
    public static async Task<bool> LetDie(this BookTransaction book, IReadOnlyCollection<long> keys, long at)
    {
        var died = 0;
        await BookTransaction.DoInParts(keys, async some => died += await book.Do($"update reminder set state = 'dead', done_at = @at where key in {some} and state in ('waiting', 'queued', 'failed')", new { at }));
        return died == keys.Count;
    }

    /// <summary>Has a reminder wait until another moment.</summary>
    public static Task Postpone(this BookTransaction book, long key, long dueAt, long usefulUntil) => book.Do(
        "update reminder set due_at = @dueAt, next_try = @dueAt, useful_until = @usefulUntil where key = @key and state = 'waiting'", new { key, dueAt, usefulUntil });

    /// <summary>Has one that waits wake up, or that was dead or failed wait again; false for others.</summary>
    public static async Task<bool> Revive(this BookTransaction book, long key, long at) => await book.Do(
        """
        update reminder set state = 'waiting', next_try = @at, problem = null, done_at = null, claimed_by = null, lease_until = null
        where key = @key and state in ('waiting', 'failed', 'dead')
        """,
        new { key, at }) == 1;

    /// <summary>Keeps back what was due before a backup was restored: it may have gone out since the backup was made. Whoever wants it sent has it tried again.</summary>
    public static Task<int> KeepBack(this BookTransaction book, long now) => book.Do(
        """
        update reminder set state = 'failed', problem = @KeptBack, done_at = @now, claimed_by = null, lease_until = null
        where state in ('waiting', 'queued', 'claimed') and next_try <= @now
        """,
        new { now, KeptBack });

    /// <summary>Has wait what was queued: whatever was to deliver it has gone with its process.</summary>
    public static Task<int> Unqueue(this BookTransaction book) => book.Do("update reminder set state = 'waiting', lease_until = null where state = 'queued'");

    /// <summary>Has a claimed reminder wait until a moment, as if nobody had claimed it; false where the claim does not hold any more.</summary>
    public static async Task<bool> PutOff(this BookTransaction book, long key, string by, long until) => await book.Do(
        "update reminder set state = 'waiting', next_try = @until, tries = tries - 1, problem = null, claimed_by = null, lease_until = null where key = @key and state = 'claimed' and claimed_by = @by", new { key, by, until }) == 1;

    /// <summary>The channels on which something is due.</summary>
    public static Task<List<string>> ChannelsDue(this BookTransaction book, long now) =>
        book.Rows<string>("select distinct channel from reminder where state = 'waiting' and next_try <= @now order by channel", new { now });

    /// <summary>Queues what is due on a channel, those that are due longest; the keys of what was, in any order. Whoever else does so at once queues others.</summary>
    /// <param name="book">The book.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="now">The moment.</param>
    /// <param name="until">Until when whoever gets them has them.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="most">How many of the channel may be with somebody, these included.</param>
    public static Task<List<long>> Queue(this BookTransaction book, string channel, long now, long until, int take, int most) => book.Rows<long>(
        """
        update reminder set state = 'queued', lease_until = @until
        where state = 'waiting' and key in (
          select key from reminder where state = 'waiting' and channel = @channel and next_try <= @now order by next_try, key
          limit (
            select case when count(*) >= @most then 0 when @most - count(*) < @take then @most - count(*) else @take end
            from reminder where state in ('queued', 'claimed') and channel = @channel))
        returning key
        """,
        new { channel, now, until, take, most });

    /// <summary>Has wait again what was queued or claimed by somebody who is gone: their time has run out. How many there were.</summary>
    public static Task<int> Sweep(this BookTransaction book, long now) => book.Do(
        "update reminder set state = 'waiting', claimed_by = null, lease_until = null where state in ('queued', 'claimed') and lease_until < @now", new { now });

    /// <summary>Lets expire what waits and is of no use any more; how many there were.</summary>
    public static Task<int> Expire(this BookTransaction book, long now) => book.Do(
        "update reminder set state = 'expired', done_at = @now where state = 'waiting' and next_try <= @now and useful_until <= @now", new { now });

    /// <summary>
    /// Claims some reminders for whoever is to send them; the keys of those that are due and that nobody else has, in order. Each counts as tried, since nobody can tell of one whose claim runs out whether it went out; one that was
    /// not begun, or turns out to be true no more, is counted back.
    /// </summary>
    public static async Task<List<long>> Claim(this BookTransaction book, IEnumerable<long> keys, string by, long now, long leaseUntil) =>
    [
        .. (await book.Rows<long>(
            $"update reminder set state = 'claimed', claimed_by = @by, lease_until = @leaseUntil, tries = tries + 1 where key in {BookTransaction.List(keys)} and state in ('waiting', 'queued') and next_try <= @now returning key",
            new { by, now, leaseUntil })).Order(),
    ];

    /// <summary>Has wait, as if nobody had claimed them, those of some that a claim still holds; how many there were.</summary>
    public static Task<int> GiveBack(this BookTransaction book, IEnumerable<long> keys, string by) => book.Do(
        $"update reminder set state = 'waiting', tries = tries - 1, claimed_by = null, lease_until = null where key in {BookTransaction.List(keys)} and state = 'claimed' and claimed_by = @by", new { by });

    /// <summary>Says how a claimed reminder ended, where the claim still holds.</summary>
    public static async Task<bool> End(this BookTransaction book, long key, string by, string state, string? problem, long at) => await book.Do(
        "update reminder set state = @state, problem = @problem, done_at = @at, claimed_by = null, lease_until = null where key = @key and state = 'claimed' and claimed_by = @by", new { key, by, state, problem, at }) == 1;

    /// <summary>Says that a claimed reminder ended without having been sent, as if nobody had claimed it, where the claim still holds.</summary>
    public static async Task<bool> EndUnsent(this BookTransaction book, long key, string by, string state, long at) => await book.Do(
        "update reminder set state = @state, done_at = @at, tries = tries - 1, claimed_by = null, lease_until = null where key = @key and state = 'claimed' and claimed_by = @by", new { key, by, state, at }) == 1;

    /// <summary>Has a claimed reminder be tried again later, where the claim still holds.</summary>
    public static async Task<bool> TryLater(this BookTransaction book, long key, string by, string problem, long nextTry) => await book.Do(
        "update reminder set state = 'waiting', problem = @problem, next_try = @nextTry, claimed_by = null, lease_until = null where key = @key and state = 'claimed' and claimed_by = @by", new { key, by, problem, nextTry }) == 1;
}

/// <summary>An enrolment whose reminders are to be made.</summary>
internal sealed record UnremindedRow(long Key, string Clinic);

/// <summary>How many reminders are in a state.</summary>
internal sealed record StateCount
{
    /// <summary>The state.</summary>
    public required string State { get; init; }

    /// <summary>How many.</summary>
    public long Count { get; init; }
}

/// <summary>A visit that its patient has not confirmed.</summary>
internal sealed record UnconfirmedRow(long Enrolment, string Patient, string Visit, long From_Instant, long Since);

/// <summary>What is told of a visit.</summary>
/// <param name="Enrolment">The enrolment.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Version">How often that has changed, from 1.</param>
/// <param name="Starts">When it starts, in wall time of the clinic.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="From_Instant">The moment at which it starts.</param>
/// <param name="Was_Instant">The moment at which it was to start before; null where it had no other.</param>
/// <param name="Mode">Where: <c>in person</c>, <c>video</c>, ...</param>
/// <param name="Is_On">1 where it is to take place.</param>
/// <param name="Since">Since when that is told.</param>
/// <param name="Uid">What calendars know the visit by: chance, so that it tells nothing, and the same for all versions.</param>
internal sealed record AnnouncementRow(long Enrolment, string Visit, long Version, string Starts, string Ends, long From_Instant, long? Was_Instant, string Mode, long Is_On, long Since, string Uid);

/// <summary>What a person has been told of a day.</summary>
/// <param name="Clinic">The clinic.</param>
/// <param name="Person">The person.</param>
/// <param name="Day">The day.</param>
/// <param name="Version">How often that has changed, from 1.</param>
/// <param name="List">Their list, a line each.</param>
/// <param name="Since">Since when that is told.</param>
internal sealed record ToldDayRow(string Clinic, string Person, string Day, long Version, string List, long Since);

/// <summary>A reminder as kept. It goes to a patient, and is about a visit of an enrolment; or to a person of the clinic, and is about a day.</summary>
internal sealed record ReminderRow(
    long Key, string Clinic, string? Patient, string? Person, long? Enrolment, string Subject, long Version, string Kind, string Channel, long Due_At, long Useful_Until, string State, long Next_Try, long Tries,
    string? Claimed_By, long? Lease_Until, string Message_Id, string? Problem, long? Done_At);
