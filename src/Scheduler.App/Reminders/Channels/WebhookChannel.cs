using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Scheduler.App.Reminders.Channels;

/// <summary>A receiver of messages that a clinic or its provider runs: it brings them on by whatever way it has.</summary>
/// <param name="Address">Where messages are posted.</param>
/// <param name="Secret">What both sides know; 16 characters or more, better 32 by chance.</param>
public sealed record WebhookSettings(Uri Address, string Secret)
{
    /// <summary>What the receiver carries: <c>sms</c> or <c>mail</c>.</summary>
    public string Carries { get; init; } = "sms";

    /// <summary>The host that may be at an address that is not public, and be spoken to without encryption; null for none.</summary>
    public string? InsideHost { get; init; }

    /// <summary>The receiver's host; nothing that is secret.</summary>
    public override string ToString() => Address.Host;
}

/// <summary>
/// Messages to a receiver by a signed POST of JSON (docs/webhook.md). The message has the same <c>Idempotency-Key</c> each time it is tried; a receiver that keeps these brings none on twice.
/// </summary>
public sealed class WebhookChannel : IChannel, IDisposable
{
    /// <summary>Bears the second at which a message was signed, from 1970 on.</summary>
    public const string TimestampHeader = "Scheduler-Timestamp";

    /// <summary>Bears the signature.</summary>
    public const string SignatureHeader = "Scheduler-Signature";

    /// <summary>Bears the message's name, the same each time it is tried.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int ShortestSecret = 16;

    private readonly WebhookSettings settings;

    private readonly IClock clock;

    private readonly HttpGateway gateway;

    /// <summary>A channel to a receiver.</summary>
    /// <param name="settings">The receiver.</param>
    /// <param name="clock">The time that is signed.</param>
    /// <exception cref="ArgumentException">The address is not encrypted, or the secret is too short.</exception>
    public WebhookChannel(WebhookSettings settings, IClock clock)
        : this(settings, clock, find: null)
    {
    }

    internal WebhookChannel(WebhookSettings settings, IClock clock, FindAddresses? find)
    {
        if (settings.Secret.Length < ShortestSecret)
        {
            throw new ArgumentException($"The secret of a webhook has {ShortestSecret} characters or more.", nameof(settings));
        }

        this.settings = settings;
        this.clock = clock;
        gateway = new(settings.Address, settings.InsideHost, find);
    }

    /// <inheritdoc />
    public string Carries => settings.Carries;

    /// <summary>The signature of a message: <c>v1=</c> and, in base 16, HMAC-SHA256 of the time, a dot and the body, under the secret.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="timestamp">The time as its header bears it.</param>
    /// <param name="body">The body, byte by byte.</param>
    public static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body]))}";

    /// <inheritdoc />
    public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = envelope.MessageId, to = envelope.To, subject = envelope.Subject, text = envelope.Text });
        var timestamp = clock.GetCurrentInstant().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return await gateway.Post(
            path: null, content,
            request =>
            {
                request.Headers.Add(KeyHeader, envelope.MessageId);
                request.Headers.Add(TimestampHeader, timestamp);
                request.Headers.Add(SignatureHeader, Signature(settings.Secret, timestamp, body));
            },
            (status, _) => status == HttpStatusCode.UnprocessableEntity, cancel);
    }

    /// <inheritdoc />
    public void Dispose() => gateway.Dispose();
}
