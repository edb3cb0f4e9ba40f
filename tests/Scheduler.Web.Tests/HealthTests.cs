using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests;

/// <summary>What is asked from outside, and what is plugged in.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_check_that_is_plugged_in_is_asked_by_its_name_and_tells_nothing_and_the_host_stays_ready()
    {
        var late = new Check();
        await using var book = await ServedBook.Start(parts: new() { Checks = ImmutableDictionary<string, IHealthCheck>.Empty.Add("reminders", late) });
        using var browser = book.Browse();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await Ask(browser, "/health/reminders"));
        late.Result = HealthCheckResult.Unhealthy("P-001 waits since yesterday");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await Ask(browser, "/health/reminders"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await Ask(browser, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await Ask(browser, "/health"));
    }

    [Fact]
    public async Task Without_its_book_the_host_lives_and_is_not_ready()
    {
        await using var book = await ServedBook.Start();
        using var browser = book.Browse();
        await book.Do("alter table account rename to gone");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await Ask(browser, "/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await Ask(browser, "/health"));
    }

    [Fact]
    public async Task A_routine_that_is_plugged_in_runs_as_long_as_the_host()
    {
        var routine = new Routine();
        await using (var book = await ServedBook.Start(parts: new() { Routines = [routine] }))
        {
            Assert.Equal((true, false), (routine.IsStarted, routine.IsStopped));
        }

        Assert.True(routine.IsStopped);
    }

    private static async Task<(HttpStatusCode Status, string Text)> Ask(Browser browser, string path)
    {
        var answer = await browser.Get(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class Check : IHealthCheck
    {
        public HealthCheckResult Result { get; set; } = HealthCheckResult.Healthy();

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result);
    }

    private sealed class Routine : IHostedService
    {
        public bool IsStarted { get; private set; }

        public bool IsStopped { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            IsStopped = true;
            return Task.CompletedTask;
        }
    }
}
