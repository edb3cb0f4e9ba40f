using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.App.Reminders.Channels;

/// <summary>Which addresses are those of the public internet, by the registries of special addresses (RFC 6890 and what IANA has added since).</summary>
internal static class PublicAddress
{
    /// <summary>What is not public of IPv4: this network, private, shared by a provider, loopback, link-local, for protocols, documentation, measuring, multicast, reserved.</summary>
    private static readonly ImmutableArray<IPNetwork> Special4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>All that has been given out of IPv6. Outside of it are loopback, link-local, unique-local, multicast, and what IPv4 is mapped or translated to.</summary>
    private static readonly IPNetwork GivenOut6 = IPNetwork.Parse("2000::/3");

    /// <summary>What is not public of that: for protocols (tunnels among them), documentation, tunnels by 6to4.</summary>
    private static readonly ImmutableArray<IPNetwork> Special6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>Whether an address is public.</summary>
    public static bool Is(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => Is(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !Special4.Any(n => n.Contains(address)),
        { AddressFamily: AddressFamily.InterNetworkV6 } => GivenOut6.Contains(address) && !Special6.Any(n => n.Contains(address)),
        _ => false,
    };

    private static ImmutableArray<IPNetwork> Networks(params string[] texts) => [.. texts.Select(t => IPNetwork.Parse(t))];
}
