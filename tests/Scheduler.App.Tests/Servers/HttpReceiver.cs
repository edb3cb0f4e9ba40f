using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.App.Tests.Servers;

/// <summary>A receiver of HTTP on loopback that answers as it is told, and keeps what it is given. Each request has a connection of its own.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;
    private int connections;

    public HttpReceiver()
    {
        listener.Start();
        listening = Listen();
    }

    /// <summary>The free port on which it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often somebody connected.</summary>
    public int Connections => connections;

    /// <summary>What it was given.</summary>
    public ConcurrentQueue<Received> All { get; } = [];

    /// <summary>What it answers, word by word: a status, headers and a body.</summary>
    public Func<Stream, CancellationToken, Task> Answer { get; set; } = Says("200 OK");

    /// <summary>An answer with a status.</summary>
    public static Func<Stream, CancellationToken, Task> Says(string status, string body = "", string header = "") => async (stream, cancel) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{header}\r\n{body}"), cancel);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Listen()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                talks.Add(Talk(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            using (var reader = new StreamReader(stream, Encoding.Latin1))
            {
                var request = await reader.ReadLineAsync(stop.Token) ?? "";
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
                {
                    headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
                }

                var body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
                _ = await reader.ReadBlockAsync(body, stop.Token);
                All.Enqueue(new(request, headers, Encoding.Latin1.GetBytes(body)));
                await Answer(stream, stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // Whoever talked has gone.
        }
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Request">Its first line.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body, byte by byte.</param>
internal sealed record Received(string Request, IReadOnlyDictionary<string, string> Headers, byte[] Body);
