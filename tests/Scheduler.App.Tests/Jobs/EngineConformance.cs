using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Quartz;
using Scheduler.App.Jobs;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Reminders;

namespace Scheduler.App.Tests.Jobs;

/// <summary>What every engine of delivery holds, whatever runs its jobs: what is due goes out, once, and what goes wrong holds up no other.</summary>
public abstract class EngineConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    private static int nodes;

    /// <summary>A book, and where it is.</summary>
    internal abstract Task<(TestBook Book, Stores Place)> NewBook();

    /// <summary>Puts the engine into a host that has the clinic's clock.</summary>
    internal virtual void AddEngine(IServiceCollection services, Stores place)
    {
    }

    [Fact]
    public async Task What_falls_due_goes_out_once()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        var sent = new Outbox();
        using var host = await Started(book, place, sent);

        await Until(() => sent.All.Count == visits, "the news that visits are booked");
        book.Clock.Now = January.PlusDays(-1).At(new(18, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        await Until(() => sent.All.Count > visits, "the reminders of the evening before");
        await host.StopAsync();

        Assert.Equal(sent.All.Count, sent.All.Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(sent.All.Count, (await book.Rows<long>("select key from reminder where state = 'sent'")).Count);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_and_holds_up_no_other()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        var (failing, failed) = ("", 0);
        var sent = new Outbox(e => e.MessageId == (Interlocked.CompareExchange(ref failing, e.MessageId, "") is { Length: > 0 } first ? first : e.MessageId) && Interlocked.Increment(ref failed) == 1
            ? new Handover.Failed("busy") : new Handover.Accepted());
        using var host = await Started(book, place, sent);

        await Until(() => sent.All.Count == visits - 1, "all but one");
        Assert.DoesNotContain(failing, sent.All.Select(e => e.MessageId));
        book.Clock.Now += Duration.FromMinutes(2);
        await Until(() => sent.All.Count == visits, "the one that failed");
        await host.StopAsync();

        Assert.Equal(visits, sent.All.Select(e => e.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task What_a_host_left_behind_another_one_sends()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        var (stuck, going) = (new TaskCompletionSource<Handover>(), new Outbox());
        using (var first = await Started(book, place, new Stuck(stuck.Task)))
        {
            await Until(async () => (await book.Rows<long>("select key from reminder where state = 'claimed'")).Count > 0, "the first host to be sending");

            // It stands still, and its claims run out; what it hands over then was under way.
            await Pause(first);
            book.Clock.Now += Duration.FromMinutes(10);
            using var second = await Started(book, place, going);
            await Until(
                () =>
                {
                    // What it claimed as it was told to stop runs out too.
                    book.Clock.Now += Duration.FromSeconds(2);
                    return going.All.Count == visits;
                },
                "the second host to send all");
            await second.StopAsync();
            stuck.SetResult(new Handover.Failed("gone"));
            await first.StopAsync();
        }

        Assert.Equal(visits, going.All.Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(visits, (await book.Rows<long>("select key from reminder where state = 'sent'")).Count);
    }

    /// <summary>So many wait for a gateway that takes its time that all the threads of a node were theirs if they were not shared out.</summary>
    [Fact]
    public async Task A_slow_channel_holds_up_no_other()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await ReminderParts.Of(book.Store, new Library(), book.Clock, new SystemSecrets(), Outgoing.Nowhere).Following.All();
        const string Columns = "clinic, patient, enrolment, subject, version, channel, due_at, useful_until, state, next_try, tries";
        for (var more = 0; more < 30; more++)
        {
            await book.Do($"insert into reminder (kind, message_id, {Columns}) select kind || '{more}', message_id || '{more}', {Columns} from reminder where kind = 'booked'");
        }

        var other = await book.Enrol("P-002");
        _ = TestBook.Done(await book.App.Send(new RegisterPatient("P-002", "B", "+1 202 555 0111", "sms", null, null, true) { As = "root", Clinic = book.Id }));
        _ = await book.Book(other, new LocalDate(2027, 3, 8));
        var (stuck, texts) = (new TaskCompletionSource<Handover>(), new Outbox(carries: "sms"));
        using var host = await Started(book, place, new Stuck(stuck.Task), texts);

        await Until(() => !texts.All.IsEmpty, "the text messages");
        stuck.SetResult(new Handover.Failed("gone"));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_routine_that_begins_as_the_host_ends_leaves_its_moment_and_holds_up_nobody()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var (late, log) = (new LateRoutine(), new ErrorLog());
        using var host = await Started(book, place, s => s.AddSingleton<IRoutine>(late).AddLogging(l => l.AddProvider(log)), new Outbox());
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await late.Asked;

        var ending = host.StopAsync();
        await Until(() => scheduler.Status is SchedulerStatus.ShuttingDown or SchedulerStatus.Shutdown, "the clock to end");
        late.Answer(book.Clock.Now + Duration.FromHours(1));
        await ending;

        Assert.Equal(0, late.Runs);
        Assert.Empty(log.Errors);
        await Left(book, late.Name);
    }

    /// <summary>A slow server has one of each job's messages as the host is told to end: these go out, and the others are free for whoever comes next, at once and untried.</summary>
    [Fact]
    public async Task What_is_under_way_as_a_host_ends_is_finished_and_the_rest_is_given_back()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        var (opens, asked) = (new TaskCompletionSource<Handover>(), 0);
        using var host = await Started(book, place, new Slow(async () => Interlocked.Increment(ref asked) <= (visits + 9) / 10 ? await opens.Task : await Soon()));
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await Until(async () => (await book.Rows<long>("select key from reminder where state = 'claimed'")).Count == visits && asked > 1, "both jobs to be sending");

        var ending = host.StopAsync();
        await Until(() => scheduler.Status is SchedulerStatus.ShuttingDown or SchedulerStatus.Shutdown, "the clock to end");
        opens.SetResult(new Handover.Accepted());
        await ending;

        var sent = (await book.Rows<long>("select key from reminder where state = 'sent'")).Count;
        Assert.InRange(sent, 2, visits - 1);
        Assert.Equal(visits - sent, (await book.Rows<long>("select key from reminder where state = 'waiting' and kind = 'booked' and tries = 0 and claimed_by is null")).Count);

        static async Task<Handover> Soon()
        {
            // An engine may let jobs go on for some seconds before it tells them to end.
            await Task.Delay(TimeSpan.FromSeconds(1));
            return new Handover.Accepted();
        }
    }

    /// <summary>Makes sure that a routine has a moment at which another node finds it, where there may be another.</summary>
    internal virtual Task Left(TestBook book, string routine) => Task.CompletedTask;

    internal Task<IHost> Started(TestBook book, Stores place, params IChannel[] channels) => Started(book, place, _ => { }, channels);

    private async Task<IHost> Started(TestBook book, Stores place, Action<IServiceCollection> more, params IChannel[] channels)
    {
        await ClusterTables.Make(place);
        var app = new Application(book.Store, book.Clock, new SystemSecrets(), DateTimeZoneProviders.Tzdb, new(channels, null, $"node {Interlocked.Increment(ref nodes)}"));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        AddEngine(builder.Services, place);
        builder.Services.AddClinicClock(app, book.Store, place, book.Clock);
        more(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Says when it runs next no sooner than it is told to.</summary>
    private sealed class LateRoutine : IRoutine
    {
        private readonly TaskCompletionSource asked = new();

        private readonly TaskCompletionSource<Instant> next = new();

        private int runs;

        public string Name => "late";

        public int Runs => runs;

        public Task Asked => asked.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Answer(Instant moment) => next.SetResult(moment);

        public Task Run(CancellationToken cancel) => Task.FromResult(Interlocked.Increment(ref runs));

        public Task<Instant> Next(Instant after, CancellationToken cancel)
        {
            _ = asked.TrySetResult();
            return next.Task;
        }
    }

    /// <summary>Takes its time, as it is told.</summary>
    private sealed class Slow(Func<Task<Handover>> send) : IChannel
    {
        public string Carries => "mail";

        public Task<Handover> Send(Envelope envelope, CancellationToken cancel) => send();
    }

    /// <summary>Keeps what is told as an error.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> errors = new();

        public IReadOnlyCollection<string> Errors => errors;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    /// <summary>Hands over nothing until it is told how that ended.</summary>
    private sealed class Stuck(Task<Handover> end) : IChannel
    {
        public string Carries => "mail";

        public Task<Handover> Send(Envelope envelope, CancellationToken cancel) => end;
    }

    /// <summary>Has an engine begin nothing more.</summary>
    internal virtual async Task Pause(IHost host) => await (await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Standby();

    internal static Task Until(Func<bool> holds, string what) => Until(() => Task.FromResult(holds()), what);

    /// <summary>Waits for something that comes by itself; a minute is long enough to say that it does not.</summary>
    internal static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(50);
        }
    }
}
