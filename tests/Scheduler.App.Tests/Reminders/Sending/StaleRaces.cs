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

/// <summary>Cancels visits while they are being reminded of: whichever is cancelled before the reminder's delivery has begun is never sent, on whichever side of a race it falls.</summary>
/// <param name="book">A book with a clinic of which nothing is booked.</param>
internal sealed class StaleRaces(TestBook book)
{
    /// <summary>How many visits a round races for at most: those of one course.</summary>
    private const int Spread = 12;

    private readonly ConcurrentDictionary<string, bool> sent = [];

    /// <summary>Races, a course of a patient after the other.</summary>
    /// <param name="races">How many visits are raced for at least.</param>
    /// <param name="seed">Decides who begins.</param>
    /// <returns>How many reminders went out though their visit had been cancelled before their delivery began; how many races there were; and of how many the message went out.</returns>
    public async Task<(int Stale, int Races, int Sent)> Run(int races, int seed)
    {
        var random = new Random(seed);
        var (stale, raced, out_) = (0, 0, 0);
        for (var course = 1; raced < races; course++)
        {
            // Once the course before is over, its places are free: all of it has been cancelled.
            var id = await book.Enrol($"P-{course:000}");
            var visits = (await book.Book(id, new LocalDate(2027, 1, 4))).Visits;
            var parts = ReminderParts.Of(book.Store, new Library(), book.Clock, new SystemSecrets(), new([new Noting(sent)], null, "node"));
            _ = await parts.Following.All();
            book.Clock.Now += Duration.FromMinutes(1);
            var keys = (await book.Rows<(long Key, string Subject, string Message)>("select key, subject, message_id from reminder where kind = 'booked' and state = 'waiting'")).ToDictionary(k => k.Subject);
            var ends = await Task.WhenAll(keys.Values.Select(k => Race(id, k.Key, VisitId.Parse(k.Subject), parts.Delivery, random.Next(-Spread, Spread + 1))));
            raced += ends.Length;
            stale += keys.Values.Zip(ends).Count(e => e.Second && sent.ContainsKey(e.First.Message));
            out_ += keys.Values.Count(k => sent.ContainsKey(k.Message));
        }

        return (stale, raced, out_);
    }

    /// <summary>Cancels a visit and delivers its reminder side by side; whether the visit was cancelled before the delivery began.</summary>
    private async Task<bool> Race(string course, long key, VisitId visit, Delivery delivery, int ahead)
    {
        var (cancelled, begun) = (long.MaxValue, 0L);
        await Task.WhenAll(
            Task.Run(async () =>
            {
                await Task.Delay(Math.Max(0, ahead));
                _ = TestBook.Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, visit, Party.Clinic), "") { As = "root", Clinic = book.Id }));
                cancelled = Stopwatch.GetTimestamp();
            }),
            Task.Run(async () =>
            {
                await Task.Delay(Math.Max(0, -ahead));
                begun = Stopwatch.GetTimestamp();
                _ = await delivery.One(key);
            }));
        return cancelled < begun;
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
}
