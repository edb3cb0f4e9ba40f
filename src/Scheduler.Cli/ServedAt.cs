using System.Collections.Immutable;
using System.Net;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Web;

namespace Scheduler.Cli;

/// <summary>Where the page is served, as the settings say it under <c>web</c>.</summary>
/// <param name="BaseAddress">Where people reach it; null where that is the address at which it listens.</param>
/// <param name="Listen">The address at which it listens.</param>
/// <param name="Proxies">The addresses of proxies before it.</param>
internal sealed record ServedAt(Uri? BaseAddress, Uri Listen, ImmutableArray<IPAddress> Proxies)
{
    /// <summary>An address as it is to be written.</summary>
    public const string Expected = "an address such as http://localhost:8080, of scheme, host and port";

    /// <summary>Where it is served unless the settings say otherwise.</summary>
    public static ServedAt Usual { get; } = new(null, new(WebSettings.UsualListen), []);

    /// <summary>Reads it; what is left out is as usual.</summary>
    public static ServedAt Read(JsonFields settings, DiagnosticBag bag)
    {
        if (settings.Find("web", required: false) is null or JsonSyntax.Nothing || settings.Structure("web", required: false) is not { } web)
        {
            return Usual;
        }

        var read = new ServedAt(
            web.Find("baseAddress", required: false) is null or JsonSyntax.Nothing ? null : web.Parsed("baseAddress", $"{Expected}, or null", WebSettings.Address)?.Value,
            web.Parsed("listen", Expected, Plain, required: false)?.Value ?? Usual.Listen,
            [.. web.Items("proxies", required: false).Select(p => Proxy(p, bag)).OfType<IPAddress>()]);
        web.RefuseOthers();
        return read;
    }

    /// <summary>An address at which a process can listen: without encryption, which is a proxy's.</summary>
    public static Uri? Plain(string text) => WebSettings.Address(text) is { Scheme: "http" } address ? address : null;

    private static IPAddress? Proxy(JsonSyntax item, DiagnosticBag bag)
    {
        if (item is JsonSyntax.Text { Value: var text } && IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        bag.Add(Messages.WrongKindOfValue(item.Span, "proxies", item.Kind, "addresses such as \"10.0.0.7\""));
        return null;
    }
}
