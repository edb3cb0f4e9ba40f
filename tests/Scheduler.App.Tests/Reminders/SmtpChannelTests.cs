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

    private SmtpChannel Channel((string User, string Password)? account = null) => new(new("127.0.0.1", server.Port, "clinic@lakeside.example", "Lakeside Clinic")
    {
        Encrypts = false,
        User = account?.User,
        Password = account?.Password,
    });
}
