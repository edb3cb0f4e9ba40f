using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;

namespace Scheduler.App.Reminders.Channels;

/// <summary>How mail goes out. The server's certificate must be trusted by the operating system and bear the name of <paramref name="Host"/>: an authority of the clinic's own is added there.</summary>
/// <param name="Host">The server.</param>
/// <param name="Port">Its port; 587 usually.</param>
/// <param name="Sender">The address from which mail comes that has no sender of its own.</param>
/// <param name="SenderName">What that sender is called.</param>
public sealed record SmtpSettings(string Host, int Port, string Sender, string SenderName)
{
    /// <summary>Whether nothing is said before the connection is encrypted (STARTTLS). Only for a server on this machine is it not.</summary>
    public bool Encrypts { get; init; } = true;

    /// <summary>The account at the server; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Its password.</summary>
    public string? Password { get; init; }

    /// <summary>The server; nothing that is secret.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Mail by SMTP. Each message has a connection of its own, so that a slow one holds up none beside it.</summary>
/// <param name="settings">How mail goes out.</param>
public sealed class SmtpChannel(SmtpSettings settings) : IChannel
{
    /// <inheritdoc />
    public string Carries => "mail";

    /// <inheritdoc />
    public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        // A line break in a heading would begin another one.
        if (new[] { envelope.To, envelope.Subject, envelope.MessageId }.Any(h => h.Any(char.IsControl)) || !MailAddress.TryCreate(envelope.To, out var to))
        {
            return new Handover.Refused("the address is none");
        }

        using var mail = new MailMessage(new MailAddress(envelope.From?.Address ?? settings.Sender, envelope.From?.Name ?? settings.SenderName), to)
        {
            Subject = envelope.Subject,
            Body = envelope.Text,
            BodyEncoding = Encoding.UTF8,
            SubjectEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        mail.Headers.Add("Message-ID", $"<{envelope.MessageId}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");

        // Programs show the last alternative that they understand.
        if (envelope.Html is { } html)
        {
            mail.AlternateViews.Add(Alternative(html, new(MediaTypeNames.Text.Html), TransferEncoding.QuotedPrintable));
        }

        if (envelope.Calendar is { } calendar)
        {
            mail.AlternateViews.Add(Alternative(calendar.Text, new("text/calendar") { Parameters = { ["method"] = calendar.Method } }, TransferEncoding.Base64));
        }

        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.Encrypts,
            UseDefaultCredentials = false,
            Credentials = settings.User is { } user ? new NetworkCredential(user, settings.Password) : null,
        };
        try
        {
            // The client does not always notice that it is told to give up; what it left open is closed with it.
            await client.SendMailAsync(mail, cancel).WaitAsync(cancel);
            return new Handover.Accepted();
        }
        catch (Exception untrusted) when (untrusted is AuthenticationException or SmtpException { InnerException: AuthenticationException })
        {
            return new Handover.Failed("the server's certificate is not trusted");
        }
        catch (SmtpException refused)
        {
            return refused is SmtpFailedRecipientException && IsForEver(refused.StatusCode) ? new Handover.Refused($"the server answers {(int)refused.StatusCode}") : new Handover.Failed(refused.StatusCode == SmtpStatusCode.GeneralFailure ? "the server is not reached, or does not encrypt" : $"the server answers {(int)refused.StatusCode}");
        }
    }

    private static AlternateView Alternative(string text, ContentType type, TransferEncoding encoding)
    {
        type.CharSet = "utf-8";
        return new(new MemoryStream(Encoding.UTF8.GetBytes(text)), type) { TransferEncoding = encoding };
    }

    /// <summary>Whether the server says that this recipient will never be reached; what it says of itself or of us may be otherwise tomorrow.</summary>
    private static bool IsForEver(SmtpStatusCode code) => code is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.ExceededStorageAllocation;
}
