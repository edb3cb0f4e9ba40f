using System.Net;
using System.Net.Sockets;
using NodaTime;

namespace Scheduler.Web.Access;

/// <summary>How often something was tried within the last minute, by the address from which it was. It stands in memory: each process counts for itself.</summary>
/// <param name="clock">The time.</param>
/// <param name="most">How often it may be tried.</param>
public sealed class Attempts(IClock clock, int most)
{
    /// <summary>How many addresses are kept before those are looked for that may be forgotten.</summary>
    private const int Many = 10_000;

    private static readonly Duration Span = Duration.FromMinutes(1);

    private readonly Dictionary<IPAddress, Queue<Instant>> tried = [];
    private readonly Lock turn = new();

    /// <summary>Whether no more may be tried from an address for now.</summary>
    public bool AreSpent(IPAddress? from)
    {
        lock (turn)
        {
            return Recent(Network(from)) >= most;
        }
    }

    /// <summary>Counts a try.</summary>
    public void Count(IPAddress? from)
    {
        lock (turn)
        {
            Forget();
            var network = Network(from);
            if (!tried.TryGetValue(network, out var times))
            {
                tried[network] = times = [];
            }

            times.Enqueue(clock.GetCurrentInstant());
        }
    }

    private int Recent(IPAddress network)
    {
        if (!tried.TryGetValue(network, out var times))
        {
            return 0;
        }

        var since = clock.GetCurrentInstant() - Span;
        while (times.TryPeek(out var first) && first <= since)
        {
            times.Dequeue();
        }

        return times.Count;
    }

    /// <summary>So that many addresses fill no memory: those that are quiet go, and where all are at it, all.</summary>
    private void Forget()
    {
        if (tried.Count < Many)
        {
            return;
        }

        foreach (var quiet in tried.Keys.Where(n => Recent(n) == 0).ToList())
        {
            tried.Remove(quiet);
        }

        if (tried.Count >= Many)
        {
            tried.Clear();
        }
    }

    /// <summary>What one household or clinic has of addresses: one of IPv4, 64 bits of IPv6.</summary>
    private static IPAddress Network(IPAddress? from)
    {
        var address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from ?? IPAddress.None;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new([.. address.GetAddressBytes()[..8], .. new byte[8]]) : address;
    }
}

/// <summary>What may be tried how often from one address.</summary>
/// <param name="clock">The time.</param>
public sealed class Limits(IClock clock)
{
    /// <summary>Links to sign in that are none: 5 a minute. Ones that are right count nothing.</summary>
    public Attempts WrongLinks { get; } = new(clock, 5);

    /// <summary>Links of patients, right or wrong: 60 a minute.</summary>
    public Attempts Answers { get; } = new(clock, 60);
}
