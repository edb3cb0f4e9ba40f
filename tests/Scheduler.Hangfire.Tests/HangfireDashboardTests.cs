using System.Net;
using System.Text.RegularExpressions;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Npgsql;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Servers;
using Scheduler.Web;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Hangfire.Tests;

/// <summary>Hangfire's pages in the host, under its guard.</summary>
public sealed partial class HangfireDashboardTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>, IAsyncLifetime
{
    private TestBook book = null!;
    private Stores place = null!;
    private WebApplication web = null!;

    private Uri Address => new(web.Urls.First());

    public async Task InitializeAsync()
    {
        var owner = await postgres.Server.NewDatabaseAsync("pages");
        place = new("", await postgres.Server.NewRoleAsync(owner, "app"), owner);
        book = await NewBooks.Postgres(place.Connection!, owner).Begun();
        await HangfireTables.Make(place);
        var loopback = new Uri("http://127.0.0.1:0");
        web = Host.Build(book.Store, book.Clock, new SystemSecrets(), new(loopback, loopback, null), new() { ForeignPages = [HangfireDashboard.Of(place)] });
        await web.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
        await book.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_administers_all_clinics_sees_jobs_and_changes_none()
    {
        long[] keys = [41];
        var job = new BackgroundJobClient(HangfireStorage.Of(place.Connection!)).Enqueue<HangfireDelivery>(delivery => delivery.Deliver(keys, 9_999_999_999, CancellationToken.None));
        using var browser = new Browser(Address);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/jobs")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(await SignInPath())).StatusCode);

        var pages = (await Task.WhenAll(new[] { "", "/jobs/enqueued/default", $"/jobs/details/{job}", "/servers", "/recurring" }.Select(async p => await (await browser.Get($"/jobs{p}")).Content.ReadAsStringAsync()))).ToList();

        Assert.Contains("<title>", pages[0], StringComparison.Ordinal);
        Assert.Contains("HangfireDelivery.Deliver", pages[1], StringComparison.Ordinal);
        Assert.Contains("41", pages[2], StringComparison.Ordinal);
        var server = new NpgsqlConnectionStringBuilder(place.Connection);
        Assert.All(pages, p => Assert.DoesNotContain(server.Database!, p, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.DoesNotMatch("<script(?! src=\"/jobs/js)|<style|onclick=|data-url=", p));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/jobs/nothing-here")).StatusCode);

        // With the token of its own page; that of no page is refused before.
        browser.Headers["RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(pages[0]).Groups["token"].Value);
        Assert.Equal(HttpStatusCode.OK, (await browser.PostBlind("/jobs/stats", ("metrics[]", "enqueued:count-or-null"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostBlind("/jobs/jobs/enqueued/delete", ("jobs[]", job))).StatusCode);
        browser.Headers.Clear();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostBlind("/jobs/stats")).StatusCode);
        Assert.Equal(["Enqueued"], await book.Rows<string>("select statename from scheduler_hangfire.job"));
    }

    [Fact]
    public async Task In_a_real_browser_its_scripts_run_and_nothing_else_does()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium" });
        var page = await chromium.NewPageAsync();
        var complaints = new List<string>();
        await page.GotoAsync($"{WebSettings.Origin(Address)}{await SignInPath()}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        var figures = page.WaitForResponseAsync("**/jobs/stats");
        await page.GotoAsync($"{WebSettings.Origin(Address)}/jobs");
        Assert.Equal(200, (await figures).Status);
        await Assertions.Expect(page.Locator("#realtimeGraph")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Servers" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/jobs/servers$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        if (Environment.GetEnvironmentVariable("SCHEDULER_PICTURES") is { Length: > 0 } folder)
        {
            await page.GotoAsync($"{WebSettings.Origin(Address)}/jobs");
            _ = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "jobs.png") });
        }

        // A style that a script writes is refused too; what it is for, nobody misses.
        Assert.All(complaints, c => Assert.StartsWith("Applying inline style violates", c, StringComparison.Ordinal));
    }

    private async Task<string> SignInPath() => $"/sign-in/{TestBook.Done(await new SignInLinks(book.Store, book.Clock, new SystemSecrets()).Make("root", "root")).Token}";

    [GeneratedRegex("name=\"csrf-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
