using System.Net;
using System.Text;
using System.Text.Json;
using NodaTime;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Messages are posted to a real receiver on loopback, signed, and to no address but the one that was checked.</summary>
public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Secret = "a secret of the clinic's";

    private static readonly Envelope Message = new("0f3c@lakeside.example", "+1 202 555 0111", "Your appointment", "Lakeside Clinic: your appointment, Zoë, is on Monday.");

    private readonly HttpReceiver receiver = new();

    private readonly SetClock clock = new(Instant.FromUtc(2027, 1, 4, 9, 0));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_as_json_and_signed_with_the_time()
    {
        using var channel = Channel();
        Assert.IsType<Handover.Accepted>(await channel.Send(Message, default));

        var request = Assert.Single(receiver.All);
        Assert.Equal("POST /in?of=lakeside HTTP/1.1", request.Request);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("1799053200", request.Headers["Scheduler-Timestamp"]);
        Assert.Equal(WebhookChannel.Signature(Secret, "1799053200", request.Body), request.Headers["Scheduler-Signature"]);
        using var json = JsonDocument.Parse(request.Body);
        Assert.Equal(
            [("id", Message.MessageId), ("to", Message.To), ("subject", Message.Subject), ("text", Message.Text)], json.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)));
    }

    [Fact]
    public async Task The_second_try_bears_the_same_key_and_the_time_of_its_own()
    {
        using var channel = Channel();
        receiver.Answer = HttpReceiver.Says("503 Service Unavailable");
        Assert.IsType<Handover.Failed>(await channel.Send(Message, default));
        clock.Now += Duration.FromMinutes(1);
        _ = await channel.Send(Message, default);

        Assert.Equal(["0f3c@lakeside.example"], receiver.All.Select(r => r.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal(2, receiver.All.Select(r => r.Headers["Scheduler-Timestamp"]).Distinct().Count());
        Assert.Equal(2, receiver.All.Select(r => r.Headers["Scheduler-Signature"]).Distinct().Count());
    }

    [Fact]
    public void The_example_of_the_documentation_has_the_signature_that_it_says()
    {
        var lines = TestBook.Text("docs/webhook.md").Split('\n').ToList();
        string After(string heading) => lines.Single(l => l.StartsWith(heading, StringComparison.Ordinal))[heading.Length..].Trim();
        var body = lines.Single(l => l.StartsWith("{\"id\"", StringComparison.Ordinal));

        Assert.Equal(After("Scheduler-Signature:"), WebhookChannel.Signature(After("secret:"), After("Scheduler-Timestamp:"), Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData("200 OK", typeof(Handover.Accepted))]
    [InlineData("202 Accepted", typeof(Handover.Accepted))]
    [InlineData("422 Unprocessable Content", typeof(Handover.Refused))]
    [InlineData("302 Found", typeof(Handover.Failed))]
    [InlineData("400 Bad Request", typeof(Handover.Failed))]
    [InlineData("401 Unauthorized", typeof(Handover.Failed))]
    [InlineData("404 Not Found", typeof(Handover.Failed))]
    [InlineData("408 Request Timeout", typeof(Handover.Failed))]
    [InlineData("410 Gone", typeof(Handover.Failed))]
    [InlineData("429 Too Many Requests", typeof(Handover.Failed))]
    [InlineData("500 Internal Server Error", typeof(Handover.Failed))]
    [InlineData("503 Service Unavailable", typeof(Handover.Failed))]
    public async Task Only_a_recipient_that_can_never_be_reached_is_refused(string answer, Type expected)
    {
        receiver.Answer = HttpReceiver.Says(answer, "nobody at +1 202 555 0111");
        using var channel = Channel();

        var said = await channel.Send(Message, default);

        Assert.IsType(expected, said);
        Assert.DoesNotContain("555", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task It_is_not_led_elsewhere(string answer)
    {
        receiver.Answer = (stream, cancel) => HttpReceiver.Says(receiver.All.Count == 1 ? answer : "200 OK", header: $"Location: http://gateway.example:{receiver.Port}/elsewhere\r\n")(stream, cancel);
        using var channel = Channel();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.IsType<Handover.Failed>(await channel.Send(Message, patience.Token));
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read_to_it()
    {
        receiver.Answer = async (stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.1 500 Internal Server Error\r\n\r\n"), cancel);
            while (true)
            {
                await stream.WriteAsync(new byte[1024], cancel);
            }
        };
        using var channel = Channel();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.Equal(new Handover.Failed("the gateway answers 500"), await channel.Send(Message, patience.Token));
    }

    [Fact]
    public async Task One_that_hangs_up_or_is_not_there_is_no_loss_and_one_that_hangs_is_given_up()
    {
        using var channel = Channel();
        receiver.Answer = (_, _) => Task.CompletedTask;
        Assert.Equal(new Handover.Failed("the gateway is not reached"), await channel.Send(Message, default));

        using var nobody = new WebhookChannel(new(new("http://127.0.0.1:1/"), Secret) { InsideHost = "127.0.0.1" }, clock);
        Assert.Equal(new Handover.Failed("the gateway is not reached"), await nobody.Send(Message, default));

        receiver.Answer = (_, cancel) => Task.Delay(Timeout.Infinite, cancel);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.Send(Message, patience.Token));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("8.8.8.8", "127.0.0.1")]
    [InlineData("127.0.0.1", "8.8.8.8")]
    public async Task A_name_that_leads_inside_is_not_spoken_to_even_where_it_leads_outside_too(params string[] addresses)
    {
        using var channel = new WebhookChannel(new(new($"https://gateway.example:{receiver.Port}/in"), Secret), clock, Finds(addresses));

        Assert.Equal(new Handover.Failed("the gateway's name leads to an address that is not public"), await channel.Send(Message, default));
        Assert.Equal(0, receiver.Connections);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    [InlineData("https://0x7f.1:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    public async Task An_address_inside_is_not_spoken_to_however_it_is_written(string address)
    {
        using var channel = new WebhookChannel(new(new(address.Replace("{0}", receiver.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)), Secret) { InsideHost = "other.example" }, clock);

        Assert.Equal(new Handover.Failed("the gateway's name leads to an address that is not public"), await channel.Send(Message, default));
        Assert.Equal(0, receiver.Connections);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_was_checked_is_spoken_to()
    {
        var lookUps = 0;
        using var channel = Channel((_, _) => Task.FromResult(lookUps++ == 0 ? [IPAddress.Loopback] : Array.Empty<IPAddress>()));

        Assert.IsType<Handover.Accepted>(await channel.Send(Message, default));

        Assert.Equal(1, lookUps);
        Assert.Equal($"gateway.example:{receiver.Port}", Assert.Single(receiver.All).Headers["Host"]);
    }

    [Theory]
    [InlineData("http://gateway.example/", Secret)]
    [InlineData("ftp://inside.example/", Secret)]
    [InlineData("/in", Secret)]
    [InlineData("https://clinic:word@gateway.example/", Secret)]
    [InlineData("https://gateway.example/", "short")]
    public void What_would_not_be_safe_cannot_be_set_up(string address, string secret) =>
        Assert.Throws<ArgumentException>(() => new WebhookChannel(new(new(address, UriKind.RelativeOrAbsolute), secret) { InsideHost = "inside.example" }, clock));

    [Fact]
    public void Settings_say_nothing_that_is_secret() => Assert.All(
        new object[]
        {
            new WebhookSettings(new("https://gateway.example/in?token=Geheim"), "Geheim"), new TwilioSettings("AC1", "Geheim", "+12025550100"),
            new SmtpSettings("mail.example", 587, "clinic@lakeside.example", "Lakeside Clinic") { User = "clinic", Password = "Geheim" },
        },
        s => Assert.DoesNotContain("Geheim", s.ToString(), StringComparison.Ordinal));

    private WebhookChannel Channel(FindAddresses? find = null) =>
        new(new(new($"http://gateway.example:{receiver.Port}/in?of=lakeside"), Secret) { InsideHost = "gateway.example" }, clock, find ?? Finds("127.0.0.1"));

    /// <summary>Finds these for any host.</summary>
    private static FindAddresses Finds(params string[] addresses) => (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
}
