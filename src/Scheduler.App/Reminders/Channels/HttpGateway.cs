using System.Net;
using System.Text;

namespace Scheduler.App.Reminders.Channels;

/// <summary>
/// A gateway that is spoken to by HTTP: encrypted, at a public address, without following it elsewhere and without reading more of an answer than says why. How long a call may take is the business of
/// <see cref="RestingChannel"/>.
/// </summary>
internal sealed class HttpGateway : IDisposable
{
    /// <summary>How much of an answer is read, in bytes.</summary>
    public const int MostOfAnAnswer = 8 * 1024;

    private readonly HttpClient client;

    /// <summary>A gateway.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="insideHost">The host that may be inside and spoken to without encryption; null for none.</param>
    /// <param name="find">Finds the addresses of a host; null for the operating system's way.</param>
    /// <exception cref="ArgumentException">The address is not <c>https</c>, or bears a name and password.</exception>
    public HttpGateway(Uri address, string? insideHost, FindAddresses? find = null)
    {
        bool IsEncryptedOrInside() => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && string.Equals(address.IdnHost, insideHost, StringComparison.OrdinalIgnoreCase));
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || !IsEncryptedOrInside())
        {
            throw new ArgumentException("A gateway's address begins with https:// and bears no name and password.", nameof(address));
        }

        var connection = new CheckedConnection(insideHost, find ?? Dns.GetHostAddressesAsync);
        client = new(new SocketsHttpHandler
        {
            ConnectCallback = connection.Open,

            // A proxy would connect where nobody has checked.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = MostOfAnAnswer / 1024,
            MaxResponseDrainSize = MostOfAnAnswer,

            // A gateway that moves to another address is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Posts a message, and says what became of it.</summary>
    /// <param name="path">Where below the address; null for itself.</param>
    /// <param name="content">The message.</param>
    /// <param name="headers">Adds what stands above it.</param>
    /// <param name="isForEver">Whether an answer says that this recipient will never be reached; it has the status and the beginning of the text.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Handover> Post(string? path, HttpContent content, Action<HttpRequestMessage> headers, Func<HttpStatusCode, string, bool> isForEver, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            headers(request);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
            {
                return new Handover.Accepted();
            }

            var why = $"the gateway answers {(int)response.StatusCode}";
            return isForEver(response.StatusCode, await Beginning(response.Content, cancel)) ? new Handover.Refused(why) : new Handover.Failed(why);
        }
        catch (HttpRequestException inside) when (inside.InnerException is InsideAddressException)
        {
            return new Handover.Failed("the gateway's name leads to an address that is not public");
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return new Handover.Failed("the gateway is not reached");
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private static async Task<string> Beginning(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var read = new byte[MostOfAnAnswer];
        return Encoding.UTF8.GetString(read, 0, await stream.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancel));
    }
}
