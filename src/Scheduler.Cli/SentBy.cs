using System.Collections.Immutable;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Web;

namespace Scheduler.Cli;

/// <summary>How messages go out, as the settings say it under <c>messages</c>. What names no server is written into files, so that nothing leaves the machine until somebody says where to.</summary>
/// <param name="Mail">The mail server; null for files.</param>
/// <param name="Twilio">The account at Twilio that sends text messages; null for another way.</param>
/// <param name="Webhook">The receiver that text messages are given to; null for another way.</param>
internal sealed record SentBy(MailServer? Mail, TwilioAccount? Twilio, Uri? Webhook)
{
    /// <summary>The environment variable with the password at the mail server, which a file of settings would show to others.</summary>
    public const string MailPassword = "SCHEDULER_MAIL_PASSWORD";

    /// <summary>The environment variable with what Twilio or the receiver shares with us.</summary>
    public const string TextSecret = "SCHEDULER_SMS_SECRET";

    /// <summary>The folder of messages that are written into files, beside the book.</summary>
    public const string Outbox = "outbox";

    /// <summary>Everything goes into files.</summary>
    public static SentBy Usual { get; } = new(null, null, null);

    /// <summary>Reads it; what is left out is as usual.</summary>
    public static SentBy Read(JsonFields settings, DiagnosticBag bag)
    {
        if (Given(settings, "messages") is not { } messages)
        {
            return Usual;
        }

        var (mail, sms) = (Given(messages, "mail"), Given(messages, "sms"));
        var (twilio, webhook) = (sms is null ? null : Given(sms, "twilio"), sms?.TextOrNull("webhook", required: false));
        var read = new SentBy(
            mail?.Text("host") is { } host ? new(host.Value, (int)(mail.Number("port", 1, 65_535, required: false)?.Value ?? 587), mail.TextOrNull("user", required: false)?.Value) : null,
            twilio?.Text("account") is { } account && twilio.Text("from") is { } from ? new(account.Value, from.Value, twilio.TextOrNull("key", required: false)?.Value) : null,
            webhook is { } named ? Uri.TryCreate(named.Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address : Reported(named.Span) : null);
        if (twilio is not null && webhook is { } second)
        {
            bag.Add(Messages.WrongKindOfValue(second.Span, "webhook", "a second way for text messages", "null where 'twilio' is given"));
        }

        foreach (var part in new[] { mail, twilio, sms, messages })
        {
            part?.RefuseOthers();
        }

        return read;

        Uri? Reported(SourceSpan at)
        {
            bag.Add(Messages.WrongKindOfValue(at, "webhook", "another text", "an address that begins with https://, or null"));
            return null;
        }
    }

    /// <summary>The ways out of this process.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="site">Where patients answer.</param>
    /// <param name="around">Gives the secrets, and the time.</param>
    public Answer<Outgoing> Outgoing(string folder, Uri site, Surroundings around)
    {
        var (password, secret) = (around.Variable(MailPassword), around.Variable(TextSecret));
        if (Mail is { User: not null } && string.IsNullOrEmpty(password))
        {
            return Refusals.NoSecret(MailPassword, "the settings name a user of the mail server");
        }

        if ((Twilio is not null || Webhook is not null) && string.IsNullOrEmpty(secret))
        {
            return Refusals.NoSecret(TextSecret, "the settings say who sends text messages");
        }

        try
        {
            return Made(Path.Combine(folder, Outbox), site, around.Clock, password, secret);
        }
        catch (Exception refused) when (refused is ArgumentException or UriFormatException)
        {
            return Refusals.NotToBeSent(refused.Message);
        }
    }

    private Outgoing Made(string files, Uri site, IClock clock, string? password, string? secret)
    {
        IChannel mail = Mail is not { } server ? new FileChannel("mail", files) : new SmtpChannel(new(server.Host, server.Port, $"scheduler@{server.Host}", "Scheduler")
        {
            // Without encryption only to a server on this machine.
            Encrypts = !new UriBuilder("smtp", server.Host).Uri.IsLoopback,
            User = server.User,
            Password = password,
        });
        IChannel sms = Twilio is { } account ? new TwilioChannel(new(account.Account, secret!, account.From) { Key = account.Key })
            : Webhook is { } receiver ? new WebhookChannel(new(receiver, secret!), clock)
            : new FileChannel("sms", files);
        ImmutableArray<IChannel> channels = [new RestingChannel(mail, TimeProvider.System), new RestingChannel(sms, TimeProvider.System)];

        // A link to this very machine is of no use to anybody else.
        var isOurs = site.IsLoopback && (Mail is not null || Twilio is not null || Webhook is not null);
        return new Outgoing(channels, isOurs ? null : new($"{WebSettings.Origin(site)}/"), $"{Environment.MachineName}-{Environment.ProcessId}");
    }

    /// <summary>What of it is written into files, for people.</summary>
    /// <param name="folder">The data folder.</param>
    public string ToFiles(string folder) =>
        (Mail is null, Twilio is null && Webhook is null) switch
        {
            (true, true) => $"Messages are written into {Path.Combine(folder, Outbox)}, and none leaves this machine. Which wait, and for when: scheduler reminders list",
            (true, false) => $"Text messages are sent; mail is written into {Path.Combine(folder, Outbox)}.",
            (false, true) => $"Mail is sent; text messages are written into {Path.Combine(folder, Outbox)}.",
            _ => "Mail and text messages are sent.",
        };

    /// <summary>A member that is an object, where it is given and not null.</summary>
    private static JsonFields? Given(JsonFields of, string name) => of.Find(name, required: false) is null or JsonSyntax.Nothing ? null : of.Structure(name);
}

/// <summary>A mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">The account there; null for none.</param>
internal sealed record MailServer(string Host, int Port, string? User);

/// <summary>An account at Twilio.</summary>
/// <param name="Account">Its id.</param>
/// <param name="From">The number from which messages come.</param>
/// <param name="Key">The id of an API key; null where the account's own token is used.</param>
internal sealed record TwilioAccount(string Account, string From, string? Key);
