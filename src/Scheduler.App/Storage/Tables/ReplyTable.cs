namespace Scheduler.App.Storage.Tables;

/// <summary>What patients said by the links of messages, and what links are signed with.</summary>
internal static class ReplyTable
{
    /// <summary>Keeps a secret for a purpose that has none yet.</summary>
    public static Task AddSigningKey(this BookTransaction book, string purpose, string secret) =>
        book.Do("insert into signing_key (purpose, secret) values (@purpose, @secret) on conflict (purpose) do nothing", new { purpose, secret });

    /// <summary>The secret of a purpose; null where it has none yet.</summary>
    public static Task<string?> SigningKey(this BookTransaction book, string purpose) => book.Row<string>("select secret from signing_key where purpose = @purpose", new { purpose });

    /// <summary>Keeps what somebody said; false where they said something already.</summary>
    public static async Task<bool> AddReply(this BookTransaction book, ReminderRow reminder, string said, long at, bool isSeen) => await book.Do(
        "insert into reply (reminder, enrolment, visit, said, said_at, seen_at) values (@Key, @Enrolment, @Subject, @said, @at, @seen) on conflict (reminder) do nothing",
        new { reminder.Key, reminder.Enrolment, reminder.Subject, said, at, seen = isSeen ? at : (long?)null }) == 1;

    /// <summary>What was said by the link of a message; null for nothing.</summary>
    public static Task<string?> SaidBy(this BookTransaction book, long reminder) => book.Row<string>("select said from reply where reminder = @reminder", new { reminder });

    /// <summary>What patients of a clinic said that nobody has looked at, the oldest first, with the start that they were told: a message is of use until then.</summary>
    public static Task<List<ReplyRow>> Replies(this BookTransaction book, string clinic) => book.Rows<ReplyRow>(
        """
        select r.reminder, r.enrolment, e.patient, r.visit, r.said, r.said_at, m.useful_until as from_instant
        from reply r join enrolment e on e.key = r.enrolment join reminder m on m.key = r.reminder
        where e.clinic = @clinic and r.seen_at is null order by r.said_at, r.reminder
        """,
        new { clinic });

    /// <summary>Notes that somebody has looked at what was said; false where there is nothing of the kind to be looked at.</summary>
    public static async Task<bool> SetSeen(this BookTransaction book, string clinic, long reminder, string by, long at) => await book.Do(
        "update reply set seen_at = @at, seen_by = @by where reminder = @reminder and seen_at is null and enrolment in (select key from enrolment where clinic = @clinic)",
        new { clinic, reminder, by, at }) == 1;
}

/// <summary>What a patient said.</summary>
internal sealed record ReplyRow(long Reminder, long Enrolment, string Patient, string Visit, string Said, long Said_At, long From_Instant);
