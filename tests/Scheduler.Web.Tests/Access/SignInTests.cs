using System.Net;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests.Access;

/// <summary>Signing in by a link, and what ends it.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_link_is_used_by_its_button_and_not_by_looking()
    {
        await using var book = await ServedBook.Start();
        using var scanner = book.Browse();
        using var browser = book.Browse();
        var link = await book.SignInPath("root");

        for (var looked = 0; looked < 3; looked++)
        {
            Assert.Equal(HttpStatusCode.OK, (await scanner.Get(link)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await scanner.Get("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/")).StatusCode);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        await using var book = await ServedBook.Start();
        var link = await book.SignInPath("root");
        using var first = book.Browse();
        using var second = book.Browse();

        Assert.Equal(HttpStatusCode.Redirect, (await first.Post(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await second.Post(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.Get("/")).StatusCode);
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_one_is_let_in()
    {
        await using var book = await ServedBook.Start();
        var link = await book.SignInPath("root");
        var browsers = Enumerable.Range(0, 8).Select(_ => book.Browse()).ToList();

        var answers = await Task.WhenAll(browsers.Select(b => b.Post(link)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        browsers.ForEach(b => b.Dispose());
    }

    [Theory]
    [InlineData(14 * 60 + 59, HttpStatusCode.Redirect)]
    [InlineData(15 * 60, HttpStatusCode.NotFound)]
    public async Task A_link_is_open_for_15_minutes(int seconds, HttpStatusCode expected)
    {
        await using var book = await ServedBook.Start();
        using var browser = book.Browse();
        var link = await book.SignInPath("root");

        book.Clock.Now += Duration.FromSeconds(seconds);

        Assert.Equal(expected, (await browser.Post(link)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_alone_and_for_no_script()
    {
        await using var book = await ServedBook.Start();
        using var browser = await book.SignedIn("root");

        var session = browser.SetCookies["__Host-scheduler"].Split("; ").Skip(1).Order();

        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], session);
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], browser.SetCookies["__Host-scheduler-form"].Split("; ").Skip(1).Order());
    }

    [Fact]
    public async Task Whoever_does_nothing_for_8_hours_is_signed_out_and_whoever_does_something_is_not()
    {
        await using var book = await ServedBook.Start();
        using var busy = await book.SignedIn("root");
        using var idle = await book.SignedIn("root");

        for (var i = 0; i < 3; i++)
        {
            book.Clock.Now += Duration.FromHours(5);
            Assert.Equal(HttpStatusCode.OK, (await busy.Get("/")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.Get("/")).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_with_the_next_request()
    {
        await using var book = await ServedBook.Start();
        using var browser = await book.SignedIn($"{Role.Scheduler}");
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/")).StatusCode);

        await book.Grant($"{Role.Scheduler}", Role.Author);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/")).StatusCode);

        await book.Grant($"{Role.Scheduler}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/")).StatusCode);

        // The cookie has been taken back: a role that comes later does not bring it to life.
        await book.Grant($"{Role.Scheduler}", Role.Scheduler);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/")).StatusCode);
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await using var book = await ServedBook.Start();
        using var browser = await book.SignedIn("root");

        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostFrom("/", "/sign-out")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/")).StatusCode);
    }

    [Fact]
    public async Task After_five_wrong_links_a_minute_even_a_right_one_waits()
    {
        await using var book = await ServedBook.Start();
        using var browser = book.Browse();
        var link = await book.SignInPath("root");
        for (var tried = 0; tried < 5; tried++)
        {
            // Whoever is not known as a proxy cannot say that somebody else asks.
            browser.Headers["X-Forwarded-For"] = $"192.0.2.{tried}";
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/sign-in/wrong-{tried}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.Post(link)).StatusCode);

        book.Clock.Now += Duration.FromMinutes(1);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(link)).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_named_each_address_has_its_own_tries()
    {
        await using var book = await ServedBook.Start(settings: s => s with { Proxies = [IPAddress.Loopback] });
        using var browser = book.Browse();
        for (var tried = 0; tried < 8; tried++)
        {
            browser.Headers["X-Forwarded-For"] = $"192.0.2.{tried}";
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/sign-in/wrong-{tried}")).StatusCode);
        }
    }

    [Fact]
    public async Task Keys_are_kept_where_nobody_else_reads_them_and_outlast_the_host()
    {
        await using var book = await ServedBook.Start();
        using var browser = await book.SignedIn("root");

        Assert.NotEmpty(Directory.GetFiles(book.KeysFolder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(book.KeysFolder));
        await book.Restart();
        using var still = browser.Gone(book.Address);
        Assert.Equal(HttpStatusCode.OK, (await still.Get("/")).StatusCode);
    }
}
