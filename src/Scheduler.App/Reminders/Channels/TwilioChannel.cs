using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Scheduler.App.Reminders.Channels;

/// <summary>An account at Twilio, or at somebody who speaks as Twilio does.</summary>
/// <param name="Account">The account's SID.</param>
/// <param name="Token">Its token, or the secret of the key.</param>
/// <param name="From">The number from which text messages come.</param>
public sealed record TwilioSettings(string Account, string Token, string From)
{
    /// <summary>The SID of the API key that the secret belongs to; null where it is the account's own token.</summary>
    public string? Key { get; init; }

    /// <summary>Where the gateway is.</summary>
    public Uri Address { get; init; } = new("https://api.twilio.com");

    /// <summary>The host that may be at an address that is not public, and be spoken to without encryption; null for none.</summary>
    public string? InsideHost { get; init; }

    /// <summary>The gateway; nothing that is secret.</summary>
    public override string ToString() => Address.Host;
}

/// <summary>
/// Text messages by Twilio's Messages resource. Twilio knows no key by which a second request would be the first again: where an answer is lost, the message is tried again and may arrive twice.
/// </summary>
public sealed class TwilioChannel : IChannel, IDisposable
{
    /// <summary>
    /// Twilio's codes that say that this number is not reached, whoever tries: no number (21211), cannot be reached (21214), wants nothing from us (21610), not from ours (21612), no mobile one (21614), a landline (21635). Twilio
    /// changes its codes; one that is not here is tried again while it is of use.
    /// </summary>
    private static readonly ImmutableHashSet<int> ForEver = [21211, 21214, 21610, 21612, 21614, 21635];

    private readonly TwilioSettings settings;

    private readonly HttpGateway gateway;

    /// <summary>A channel to an account.</summary>
    /// <param name="settings">The account.</param>
    /// <exception cref="ArgumentException">The gateway's address is not encrypted.</exception>
    public TwilioChannel(TwilioSettings settings)
    {
        this.settings = settings;
        gateway = new(settings.Address, settings.InsideHost);
    }

    /// <inheritdoc />
    public string Carries => "sms";

    /// <inheritdoc />
    public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        if (NumberOf(envelope.To) is not { } number)
        {
            return new Handover.Refused("the number is none");
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["To"] = number, ["From"] = settings.From, ["Body"] = envelope.Text });
        var account = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Key ?? settings.Account}:{settings.Token}"));
        return await gateway.Post(
            $"/2010-04-01/Accounts/{Uri.EscapeDataString(settings.Account)}/Messages.json", form, request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", account),
            (status, text) => status == HttpStatusCode.BadRequest && CodeOf(text) is { } code && ForEver.Contains(code), cancel);
    }

    /// <inheritdoc />
    public void Dispose() => gateway.Dispose();

    /// <summary>A number as Twilio wants it, without what people write between the digits; null where it is none.</summary>
    private static string? NumberOf(string text) =>
        text.Where(c => c is not (' ' or '-' or '.' or '/' or '(' or ')')).ToArray() is ['+', _, ..] number && number.Skip(1).All(char.IsAsciiDigit) ? new(number) : null;

    private static int? CodeOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
