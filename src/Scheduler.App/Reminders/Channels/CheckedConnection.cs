using System.Net;
using System.Net.Sockets;

namespace Scheduler.App.Reminders.Channels;

/// <summary>Finds the addresses of a host.</summary>
internal delegate Task<IPAddress[]> FindAddresses(string host, CancellationToken cancel);

/// <summary>
/// Connects to the very addresses that were checked: the name is looked up once, so that a second answer cannot lead elsewhere. A name of which any address is not public is not spoken to at all, since no public gateway has
/// such a name.
/// </summary>
/// <param name="insideHost">The host that may be at any address; null for none.</param>
/// <param name="find">Finds the addresses of a host.</param>
internal sealed class CheckedConnection(string? insideHost, FindAddresses find)
{
    /// <summary>Connects.</summary>
    /// <exception cref="InsideAddressException">The name leads inside.</exception>
    public async ValueTask<Stream> Open(SocketsHttpConnectionContext to, CancellationToken cancel)
    {
        var (host, port) = (to.DnsEndPoint.Host, to.DnsEndPoint.Port);
        var addresses = await find(host, cancel);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (!string.Equals(host, insideHost, StringComparison.OrdinalIgnoreCase) && !addresses.All(PublicAddress.Is))
        {
            throw new InsideAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name on the outside leads to an address inside.</summary>
internal sealed class InsideAddressException() : Exception("The name leads to an address that is not public.");
