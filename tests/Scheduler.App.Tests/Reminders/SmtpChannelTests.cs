using System.Text;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Mail is handed to a real server on loopback.</summary>
public sealed class SmtpChannelTests : IAsyncLifetime
{
    private readonly SmtpListener server = new();

    private readonly Envelope mail = new("0f3c@lakeside.example", "p@example.org", "Your appointment: Lakeside Clinic", "Hello Zoë,\n\nyour appointment is on Monday.");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_with_its_own_name_and_its_text()
    {
        Assert.IsType<Handover.Accepted>(await Channel().Send(mail, default));

        var taken = Assert.Single(server.Taken);
        Assert.Contains("Message-ID: <0f3c@lakeside.example>", taken, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: Your appointment: Lakeside Clinic", taken, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", taken, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Hello Zo=C3=AB,", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_of_the_clinic_is_let_in_and_a_wrong_password_is_no_loss()
    {
        server.Wants = ("clinic", "secret");

        Assert.IsType<Handover.Accepted>(await Channel(("clinic", "secret")).Send(mail, default));
        Assert.IsType<Handover.Failed>(await Channel(("clinic", "guess")).Send(mail, default));
        Assert.IsType<Handover.Failed>(await Channel().Send(mail, default));
        Assert.Single(server.Taken);
    }

    [Theory]
    [InlineData("REQUEST")]
    [InlineData("CANCEL")]
    public async Task Text_html_and_calendar_are_alternatives_of_one_mail_the_richest_last(string method)
    {
        var calendar = $"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nX-NAME:{new string('ü', 100)}\r\nEND:VCALENDAR\r\n";
        var html = $"<p>Zoë</p>\n<p>.</p>\n<p>{new string('x', 2_000)}</p>\n";
        Assert.IsType<Handover.Accepted>(await Channel().Send(mail with { Html = html, Calendar = new(method, calendar) }, default));

        var parts = Parts(Assert.Single(server.Taken));
        Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8", $"text/calendar; charset=utf-8; method={method}"], parts.Select(p => p.Type.Replace("\"", "", StringComparison.Ordinal)).Select(Ordered));
        Assert.Equal([mail.Text, html, calendar], parts.Select((p, i) => i == 2 ? p.Text : p.Text.ReplaceLineEndings("\n")));

        static string Ordered(string type) => string.Join("; ", type.Split("; ").Take(1).Concat(type.Split("; ").Skip(1).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("550 no such box", typeof(Handover.Refused))]
    [InlineData("553 not that name", typeof(Handover.Refused))]
    [InlineData("451 try later", typeof(Handover.Failed))]
    [InlineData("450 busy", typeof(Handover.Failed))]
    [InlineData("421 going down", typeof(Handover.Failed))]
    public async Task A_recipient_that_is_none_is_refused_for_good_and_all_else_is_tried_again(string answer, Type expected)
    {
        server.Recipient = _ => answer;

        var said = await Channel().Send(mail, default);

        Assert.IsType(expected, said);
        Assert.DoesNotContain("example.org", said.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_mail_that_the_server_does_not_take_in_the_end_is_tried_again()
    {
        server.Data = _ => Task.FromResult("452 no room");

        Assert.IsType<Handover.Failed>(await Channel().Send(mail, default));
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_one_that_is_not_there_is_no_loss()
    {
        server.Data = async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return "";
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Channel().Send(mail, patience.Token));
        server.Greets = stop => Task.Delay(Timeout.Infinite, stop);
        using var morePatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Channel().Send(mail, morePatience.Token));
        Assert.IsType<Handover.Failed>(await new SmtpChannel(new("127.0.0.1", 1, "clinic@lakeside.example", "Lakeside Clinic") { Encrypts = false }).Send(mail, default));
    }

    [Theory]
    [InlineData("p@example.org\r\nBcc: x@example.org", "Your appointment")]
    [InlineData("p@example.org", "Your appointment\r\nBcc: x@example.org")]
    [InlineData("nobody", "Your appointment")]
    public async Task A_line_break_begins_no_heading_and_what_is_no_address_is_refused(string to, string subject)
    {
        Assert.IsType<Handover.Refused>(await Channel().Send(mail with { To = to, Subject = subject }, default));
        Assert.Empty(server.Taken);
    }

    /// <summary>The parts of a mail that has several, decoded; read by no one's program but this.</summary>
    private static List<(string Type, string Text)> Parts(string taken)
    {
        var (headings, body) = Halves(taken);
        Assert.StartsWith("multipart/alternative;", headings["content-type"], StringComparison.Ordinal);
        var boundary = headings["content-type"].Split("boundary=")[1].Trim('"');
        return [.. body.Split($"--{boundary}").Skip(1).SkipLast(1).Select(p => Halves(p.TrimStart('\n'))).Select(p => (p.Headings["content-type"], Decoded(p.Headings["content-transfer-encoding"], p.Body)))];
    }

    private static (Dictionary<string, string> Headings, string Body) Halves(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        var headings = lines[..end].Replace("\n ", " ", StringComparison.Ordinal).Split('\n').Select(h => h.Split(':', 2)).ToDictionary(h => h[0].ToLowerInvariant(), h => h[1].Trim());
        return (headings, lines[(end + 2)..]);
    }

    /// <summary>A line that begins with a dot has one more on its way (RFC 5321, 4.5.2); the break before a boundary belongs to that.</summary>
    private static string Decoded(string encoding, string body)
    {
        var text = body.Replace("\n..", "\n.", StringComparison.Ordinal)[..^1];
        if (encoding == "base64")
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }

        Assert.Equal("quoted-printable", encoding);
        var octets = new List<byte>();
        var joined = text.Replace("=\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            octets.Add(joined[i] == '=' ? Convert.FromHexString(joined.AsSpan(i + 1, 2))[0] : (byte)joined[i]);
            i += joined[i] == '=' ? 2 : 0;
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private SmtpChannel Channel((string User, string Password)? account = null) => new(new("127.0.0.1", server.Port, "clinic@lakeside.example", "Lakeside Clinic")
    {
        Encrypts = false,
        User = account?.User,
        Password = account?.Password,
    });
}
