using System.Collections.Concurrent;
using System.Diagnostics;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>Cancels visits while they are being reminded of: whichever is cancelled before whoever delivers claims the reminder, and so before the last look at the booking, is never sent, on whichever side of a race it falls.</summary>
/// <param name="book">A book with a clinic of which nothing is booked.</param>
internal sealed class StaleRaces(TestBook book)
{
    /// <summary>How many visits a round races for at most: those of one course.</summary>
    private const int Spread = 12;

    /// <summary>The delivery waits until the visit is cancelled.</summary>
    private const int CancelFirst = int.MinValue;

    /// <summary>The cancelling waits until the reminder is delivered.</summary>
    private const int DeliverFirst = int.MaxValue;

    /// <summary>Whoever waits longer than that waits for one who failed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> sent = [];

    /// <summary>Races, a course of a patient after the other.</summary>
    /// <param name="races">How many visits are raced for at least.</param>
    /// <param name="seed">Decides who begins.</param>
    /// <returns>How many reminders went out though their visit had been cancelled before they were claimed; how many races there were; and of how many the message went out.</returns>
    public async Task<(int Stale, int Races, int Sent)> Run(int races, int seed)
    {
        var random = new Random(seed);
        var (stale, raced, out_) = (0, 0, 0);
        for (var course = 1; raced < races; course++)
        {
            // Once the course before is over, its places are free: all of it has been cancelled.
            var id = await book.Enrol($"P-{course:000}");
            var visits = (await book.Book(id, new LocalDate(2027, 1, 4))).Visits;
            var parts = ReminderParts.Of(book.Store, new Library(), book.Clock, new SystemSecrets(), Outgoing.Nowhere);
            _ = await parts.Following.All();
            book.Clock.Now += Duration.FromMinutes(1);
            var keys = (await book.Rows<(long Key, string Subject, string Message)>("select key, subject, message_id from reminder where kind = 'booked' and state = 'waiting'")).ToDictionary(k => k.Subject);

            // Whoever is quicker on a machine wins all races: of one visit in each course the cancelling comes first whatever happens, and of one the delivery.
            var ends = await Task.WhenAll(keys.Values.Select((k, i) => Race(id, k.Key, VisitId.Parse(k.Subject), parts.Messages, i == 0 ? CancelFirst : i == 1 ? DeliverFirst : random.Next(-Spread, Spread + 1))));
            raced += ends.Length;
            stale += keys.Values.Zip(ends).Count(e => e.Second && sent.ContainsKey(e.First.Message));
            out_ += keys.Values.Count(k => sent.ContainsKey(k.Message));
        }

        return (stale, raced, out_);
    }

    /// <summary>Cancels a visit and delivers its reminder side by side; whether the visit was cancelled before the reminder was claimed.</summary>
    private async Task<bool> Race(string course, long key, VisitId visit, MessageReader messages, int ahead)
    {
        var (cancelled, clock) = (long.MaxValue, new NotingClock(book.Clock));
        var delivery = new Delivery(book.Store, clock, messages, new([new Noting(sent)], null, "node"));
        var (isCancelled, isDelivered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await Task.WhenAll(
            Task.Run(async () =>
            {
                await (ahead == DeliverFirst ? isDelivered.Task.WaitAsync(Longest) : Task.Delay(Math.Max(0, ahead)));
                _ = TestBook.Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, visit, Party.Clinic), "") { As = "root", Clinic = book.Id }));
                cancelled = Stopwatch.GetTimestamp();
                isCancelled.SetResult();
            }),
            Task.Run(async () =>
            {
                await (ahead == CancelFirst ? isCancelled.Task.WaitAsync(Longest) : Task.Delay(Math.Max(0, -ahead)));
                _ = await delivery.One(key);
                isDelivered.SetResult();
            }));
        return cancelled < clock.Claimed;
    }

    /// <summary>Notes what goes out.</summary>
    private sealed class Noting(ConcurrentDictionary<string, bool> sent) : IChannel
    {
        public string Carries => "mail";

        public Task<Handover> Send(Envelope envelope, CancellationToken cancel)
        {
            sent[envelope.MessageId] = true;
            return Task.FromResult<Handover>(new Handover.Accepted());
        }
    }

    /// <summary>Notes when it is asked for the second time, by whoever claims; where a claim is tried again, that is sooner than it.</summary>
    private sealed class NotingClock(IClock clock) : IClock
    {
        private int asked;

        public long Claimed { get; private set; }

        public Instant GetCurrentInstant()
        {
            if (++asked == 2)
            {
                Claimed = Stopwatch.GetTimestamp();
            }

            return clock.GetCurrentInstant();
        }
    }
}
