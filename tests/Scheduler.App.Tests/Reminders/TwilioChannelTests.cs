using System.Net;
using System.Text;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Text messages are posted in Twilio's form to a receiver on loopback.</summary>
public sealed class TwilioChannelTests : IAsyncLifetime
{
    private static readonly Envelope Message = new("0f3c@lakeside.example", "+1 (202) 555-0111", "Your appointment", "Lakeside & Partners: your appointment, Zoë, is on Monday.");

    private readonly HttpReceiver receiver = new() { Answer = HttpReceiver.Says("201 Created", """{"sid":"SM1","status":"queued"}""") };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_in_the_account_s_name()
    {
        using var channel = new TwilioChannel(Settings());
        Assert.IsType<Handover.Accepted>(await channel.Send(Message, default));

        var request = Assert.Single(receiver.All);
        Assert.Equal("POST /2010-04-01/Accounts/AC12/Messages.json HTTP/1.1", request.Request);
        Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]);
        Assert.Equal($"Basic {Convert.ToBase64String("AC12:token"u8)}", request.Headers["Authorization"]);
        Assert.Equal(
            ["To=+12025550111", "From=+12025550100", "Body=Lakeside & Partners: your appointment, Zoë, is on Monday."], Encoding.ASCII.GetString(request.Body).Split('&').Select(WebUtility.UrlDecode));
    }

    [Fact]
    public async Task A_key_stands_for_the_account_where_there_is_one()
    {
        using var channel = new TwilioChannel(Settings() with { Key = "SK34" });
        _ = await channel.Send(Message, default);

        var request = Assert.Single(receiver.All);
        Assert.Contains("/Accounts/AC12/", request.Request, StringComparison.Ordinal);
        Assert.Equal($"Basic {Convert.ToBase64String("SK34:token"u8)}", request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("400 Bad Request", """{"code":21211,"message":"'To' +12025550111","status":400}""", typeof(Handover.Refused))]
    [InlineData("400 Bad Request", """{"code":21610}""", typeof(Handover.Refused))]
    [InlineData("400 Bad Request", """{"code":21612}""", typeof(Handover.Refused))]
    [InlineData("400 Bad Request", """{"code":21614}""", typeof(Handover.Refused))]
    [InlineData("400 Bad Request", """{"code":21606}""", typeof(Handover.Failed))]
    [InlineData("400 Bad Request", """{"code":"21211"}""", typeof(Handover.Failed))]
    [InlineData("400 Bad Request", """[21211]""", typeof(Handover.Failed))]
    [InlineData("400 Bad Request", "<html>21211", typeof(Handover.Failed))]
    [InlineData("400 Bad Request", "", typeof(Handover.Failed))]
    [InlineData("401 Unauthorized", """{"code":20003}""", typeof(Handover.Failed))]
    [InlineData("404 Not Found", """{"code":20404}""", typeof(Handover.Failed))]
    [InlineData("429 Too Many Requests", """{"code":20429}""", typeof(Handover.Failed))]
    [InlineData("500 Internal Server Error", """{"code":21211}""", typeof(Handover.Failed))]
    [InlineData("503 Service Unavailable", "", typeof(Handover.Failed))]
    public async Task Only_a_number_that_is_never_reached_is_refused(string status, string body, Type expected)
    {
        receiver.Answer = HttpReceiver.Says(status, body);
        using var channel = new TwilioChannel(Settings());

        var said = await channel.Send(Message, default);

        Assert.IsType(expected, said);
        Assert.DoesNotContain("555", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("+")]
    [InlineData("")]
    [InlineData("202 555 0111")]
    [InlineData("whatsapp:+12025550111")]
    [InlineData("+12025550111\r\n")]
    [InlineData("p@example.org")]
    public async Task What_is_no_number_with_its_country_is_refused_before_anybody_is_asked(string to)
    {
        using var channel = new TwilioChannel(Settings());

        Assert.Equal(new Handover.Refused("the number is none"), await channel.Send(Message with { To = to }, default));
        Assert.Equal(0, receiver.Connections);
    }

    private TwilioSettings Settings() => new("AC12", "token", "+12025550100") { Address = new($"http://127.0.0.1:{receiver.Port}"), InsideHost = "127.0.0.1" };
}
