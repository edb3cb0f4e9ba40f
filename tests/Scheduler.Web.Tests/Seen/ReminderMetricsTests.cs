using System.Net;
using System.Text;
using NodaTime;
using Scheduler.App.Reminders;
using Scheduler.Web.Seen;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests.Seen;

/// <summary>What a collector of OpenTelemetry gets, by a real conversation.</summary>
public sealed class ReminderMetricsTests
{
    [Fact]
    public async Task A_collector_gets_how_reminders_stand_and_nothing_of_anybody()
    {
        await using var book = await ServedBook.Start(["drug"]);
        await book.Do("insert into reminder (clinic, person, subject, version, kind, channel, due_at, useful_until, state, next_try, tries, message_id) select id, 'somebody', '2027-01-05', 1, 'day!', 'mail', 0, 1, 'expired', 0, 0, 'm@x' from clinic");
        using var collector = new Collector();
        using var metrics = new ReminderMetrics(new Watching(book.Store, book.Clock), collector.Address, "node-7", TimeSpan.FromMilliseconds(200));

        await metrics.StartAsync(CancellationToken.None);
        var got = await collector.Got("expired");
        await metrics.StopAsync(CancellationToken.None);

        Assert.Equal("/v1/metrics", got.Path);
        Assert.All((string[])["Scheduler.Reminders", "scheduler.reminders.oldest_due", "state", "node-7"], text => Assert.Contains(text, got.Body, StringComparison.Ordinal));
        Assert.DoesNotContain("somebody", got.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_holds_nothing_up()
    {
        await using var book = await ServedBook.Start(["drug"]);
        using var metrics = new ReminderMetrics(new Watching(book.Store, book.Clock), new("http://localhost:9"), "node", TimeSpan.FromMilliseconds(50));
        await metrics.StartAsync(CancellationToken.None);
        await Task.Delay(300);
        Assert.False(metrics.ExecuteTask!.IsFaulted);
        await metrics.StopAsync(CancellationToken.None);
        Assert.False(metrics.ExecuteTask!.IsFaulted);
    }

    [Fact]
    public async Task The_check_is_red_once_one_is_late_and_when_the_book_is_gone()
    {
        await using var book = await ServedBook.Start(["drug"]);
        var check = new RemindersCheck(new Watching(book.Store, book.Clock));
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, (await check.CheckHealthAsync(new())).Status);

        var (now, until) = (book.Clock.Now.ToUnixTimeSeconds(), (book.Clock.Now + Duration.FromDays(1)).ToUnixTimeSeconds());
        await book.Do($"insert into reminder (clinic, person, subject, version, kind, channel, due_at, useful_until, state, next_try, tries, message_id) select id, 'somebody', '2027-01-05', 1, 'day!', 'mail', {now}, {until}, 'waiting', {now}, 0, 'm@x' from clinic");
        book.Clock.Now += Watching.Late;
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, (await check.CheckHealthAsync(new())).Status);
        book.Clock.Now += Duration.FromSeconds(1);
        Assert.Equal((Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, null), ((await check.CheckHealthAsync(new())) is var red ? (red.Status, red.Description) : default));
        await book.Do("alter table reminder rename to gone");
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, (await check.CheckHealthAsync(new())).Status);
    }

    /// <summary>Takes what is posted to it.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener listener = new();

        public Collector()
        {
            for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
            {
                try
                {
                    Address = new($"http://localhost:{port}");
                    listener.Prefixes.Clear();
                    listener.Prefixes.Add($"http://localhost:{port}/");
                    listener.Start();
                    return;
                }
                catch (HttpListenerException)
                {
                    // That port is somebody's.
                }
            }
        }

        public Uri Address { get; }

        /// <summary>What was posted first that holds a text; a minute is long enough to say that nothing does.</summary>
        public async Task<(string Path, string Body)> Got(string text)
        {
            var patience = Task.Delay(TimeSpan.FromMinutes(1));
            while (true)
            {
                var next = listener.GetContextAsync();
                Assert.True(await Task.WhenAny(next, patience) == next, "Nothing came.");
                var context = await next;
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                context.Response.StatusCode = 200;
                context.Response.Close();
                if (Encoding.Latin1.GetString(body.ToArray()) is var read && read.Contains(text, StringComparison.Ordinal))
                {
                    return (context.Request.Url!.AbsolutePath, read);
                }
            }
        }

        public void Dispose() => ((IDisposable)listener).Dispose();
    }
}
