using System.Collections.Immutable;
using System.Net;
using Scheduler.App;

namespace Scheduler.Web;

/// <summary>Where the page is reached, and by way of whom.</summary>
/// <param name="BaseAddress">What people type and what stands in links: scheme, host and port. No other host is answered.</param>
/// <param name="Listen">The address at which this process listens; a port of 0 takes one that is free.</param>
/// <param name="KeysFolder">The folder of the keys that sign cookies, which nobody but the owner of the process may read; null for keys that end with the process.</param>
public sealed record WebSettings(Uri BaseAddress, Uri Listen, string? KeysFolder)
{
    /// <summary>Where it listens unless somebody says otherwise.</summary>
    public const string UsualListen = "http://localhost:8080";

    /// <summary>The addresses of proxies whose word is taken for who asks; nobody else's is.</summary>
    public ImmutableArray<IPAddress> Proxies { get; init; } = [];

    /// <summary>Whether browsers reach it by https, be it at a proxy.</summary>
    public bool IsEncrypted => BaseAddress.Scheme == Uri.UriSchemeHttps;

    /// <summary>An address of scheme, host and port; null for anything else.</summary>
    public static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" } ? address : null;

    /// <summary>The settings, where nobody on the way can read along; links and cookies would be theirs.</summary>
    public static Answer<WebSettings> Of(Uri? baseAddress, Uri listen, string? keysFolder, ImmutableArray<IPAddress> proxies)
    {
        var reached = baseAddress ?? listen;
        return reached.Scheme == Uri.UriSchemeHttps || (reached.IsLoopback && listen.IsLoopback) ? new WebSettings(reached, listen, keysFolder) { Proxies = proxies } : Refusals.AddressNotSafe(Origin(reached.IsLoopback ? listen : reached));
    }

    /// <summary>An address without the slash at its end.</summary>
    public static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
