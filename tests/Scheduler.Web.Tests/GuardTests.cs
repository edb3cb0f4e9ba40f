using System.Net;
using System.Net.Sockets;
using System.Text;
using Scheduler.App.Access;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Web.Tests;

/// <summary>What guards every page, whatever it shows.</summary>
public sealed class GuardTests
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/day/2027-01-05", 200)]
    [InlineData("/day/2027-01-05?clinic=clinic-north", 403)]
    [InlineData("/day/today", 404)]
    [InlineData("/nothing-here", 404)]
    [InlineData("/sign-out", 405)]
    [InlineData("/sign-in/none", 200)]
    [InlineData("/a/none", 404)]
    [InlineData($"/a/{KnownAnswers.Failing}", 500)]
    [InlineData("/health", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/style.css", 200)]
    public async Task Every_answer_tells_browsers_what_they_must_not(string path, int status)
    {
        await using var book = await ServedBook.Start(parts: new() { Answering = new KnownAnswers() });
        using var office = await book.SignedIn($"{Role.Scheduler}");

        var answer = await office.Get(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(Policy, Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.StartsWith("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal(path == "/style.css" ? "public, max-age=31536000, immutable" : "no-store", Header(answer, "Cache-Control"));
        Assert.Null(Header(answer, "Server"));
        Assert.Null(Header(answer, "Strict-Transport-Security"));
        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Behind_encryption_browsers_are_told_to_stay_with_it()
    {
        await using var book = await ServedBook.Start(settings: s => s with { BaseAddress = new("https://clinic.example") });
        using var browser = book.Browse();
        browser.Headers["Host"] = "clinic.example";

        Assert.Equal("max-age=31536000", Header(await browser.Get("/health"), "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("")]
    public async Task Another_host_is_not_answered(string host)
    {
        await using var book = await ServedBook.Start();

        Assert.StartsWith("HTTP/1.1 400", await Raw(book, $"GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_a_proxy_forwards_is_not_believed()
    {
        await using var book = await ServedBook.Start(settings: s => s with { Proxies = [IPAddress.Loopback] });
        using var browser = await book.SignedIn("root");
        browser.Headers["X-Forwarded-Host"] = "evil.example";

        Assert.DoesNotContain("evil.example", await (await browser.Get("/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_mebibyte_is_not_taken()
    {
        await using var book = await ServedBook.Start();

        var answer = await Raw(book, $"POST /sign-in/none HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Host.MostBytes + 1}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_not_read()
    {
        await using var book = await ServedBook.Start();

        Assert.StartsWith("HTTP/1.1 431", await Raw(book, $"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: {new string('a', 20_000)}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_is_told_without_a_word_of_why()
    {
        await using var book = await ServedBook.Start(parts: new() { Answering = new KnownAnswers() });
        using var browser = book.Browse();

        var page = await (await browser.Get($"/a/{KnownAnswers.Failing}")).Content.ReadAsStringAsync();

        Assert.Contains("Something went wrong", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Brook", page, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", page, StringComparison.Ordinal);
        Assert.Contains(book.Log.Lines, l => l.Contains("A request failed: System.InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_token_and_no_patient_reaches_the_log_whatever_happens()
    {
        await using var book = await ServedBook.Start(["drug"], new() { Answering = new KnownAnswers() });
        var link = await book.SignInPath("root");
        using var browser = book.Browse();
        foreach (var path in new[] { "/a/open-token-of-a-patient", $"/a/{KnownAnswers.Failing}", "/a/unknown-token-of-a-patient", "/sign-in/wrong-token-of-a-patient", link })
        {
            _ = await browser.PostBlind(path);
            _ = await browser.Post(path, ("reply", "Confirm"));
        }

        _ = await browser.Get("/day/2027-01-05");
        _ = await Raw(book, $"GET {link} HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n");
        _ = await Raw(book, $"GET {link}\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        _ = await Raw(book, $"GET {link} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        _ = await Raw(book, $"POST {link} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Host.MostBytes + 1}\r\nConnection: close\r\n\r\n");

        Assert.Contains(book.Log.Lines, l => l.Contains("A request failed", StringComparison.Ordinal));
        Assert.DoesNotContain(book.Log.Lines, l => l.Contains("token-of-a-patient", StringComparison.Ordinal) || l.Contains(link.Split('/')[^1], StringComparison.Ordinal));
        Assert.DoesNotContain(book.Log.Lines, l => l.Contains("Brook", StringComparison.Ordinal) || l.Contains("P-001", StringComparison.Ordinal));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Sends bytes as they are, and reads what comes back until the host closes.</summary>
    private static async Task<string> Raw(ServedBook book, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(book.Address.Host, book.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            // Cut off while it answered; what matters then is the log.
            return "";
        }
    }
}
