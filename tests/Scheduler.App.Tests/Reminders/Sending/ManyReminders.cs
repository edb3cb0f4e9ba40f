using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Tests.Books;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>A book with many reminders that are due at one minute: two courses, whose visits are told again and again under other names, so that each message is worded and looked at like any other.</summary>
internal static class ManyReminders
{
    /// <summary>Five past eight in the morning at the clinic: there are hours until quiet ones.</summary>
    public static readonly NodaTime.Instant Morning = NodaTime.Instant.FromUtc(2026, 11, 23, 13, 5);

    private const string Columns = "clinic, patient, enrolment, subject, version, channel, due_at, useful_until, state, next_try, tries";

    /// <summary>Fills a book that is empty, as it is in the morning.</summary>
    /// <param name="book">The book.</param>
    /// <param name="count">How many reminders are due; at least as many as two courses have visits.</param>
    public static async Task Fill(TestBook book, int count)
    {
        book.Clock.Now = Morning;
        _ = await book.WithClinic();
        foreach (var (patient, month) in new[] { ("P-001", 1), ("P-002", 3) })
        {
            _ = await book.Book(await book.Enrol(patient), new NodaTime.LocalDate(2027, month, 8));
        }

        _ = await ReminderParts.Of(book.Store, new Library(), book.Clock, new CountedSecrets(), Outgoing.Nowhere).Following.All();
        await book.Do("update reminder set state = 'dead' where kind <> 'booked'");
        var own = await book.Rows<long>("select key from reminder where kind = 'booked' order by key");
        for (var (made, copy) = (own.Count, 1); made < count; copy++)
        {
            made += await book.Do($"insert into reminder (kind, message_id, {Columns}) select kind || '-{copy}', '{copy}-' || message_id, {Columns} from reminder where kind = 'booked' and key <= @last", new { last = own[Math.Min(own.Count, count - made) - 1] });
        }
    }
}
