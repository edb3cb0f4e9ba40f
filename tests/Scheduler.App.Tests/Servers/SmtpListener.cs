using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.App.Tests.Servers;

/// <summary>A mail server on loopback that talks SMTP as far as handing over mail needs it, and keeps what it is given.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;

    public SmtpListener()
    {
        listener.Start();
        listening = Listen();
    }

    /// <summary>The free port on which it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it took, with headings.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    /// <summary>What it answers to a recipient; 250 where nobody says otherwise.</summary>
    public Func<string, string> Recipient { get; set; } = _ => "250 fine";

    /// <summary>What it answers to a whole mail, which may take its time until the server ends; it is taken only with 250.</summary>
    public Func<CancellationToken, Task<string>> Data { get; set; } = _ => Task.FromResult("250 fine");

    /// <summary>User and password that it wants; null for nobody's.</summary>
    public (string User, string Password)? Wants { get; set; }

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
                talks.Add(Talk(await listener.AcceptTcpClientAsync(stop.Token)));
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
            using (var reader = new StreamReader(stream, Encoding.UTF8))
            await using (var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true })
            {
                await writer.WriteLineAsync("220 listener");
                var isIn = Wants is null;
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    var said = line.Split(' ')[0].ToUpperInvariant();
                    switch (said)
                    {
                        case "EHLO":
                            await writer.WriteLineAsync(Wants is null ? "250 listener" : "250-listener\r\n250 AUTH LOGIN");
                            break;
                        case "AUTH":
                            isIn = await LogIn(line, reader, writer);
                            await writer.WriteLineAsync(isIn ? "235 in" : "535 not known");
                            break;
                        case "MAIL":
                            await writer.WriteLineAsync(isIn ? "250 fine" : "530 who are you");
                            break;
                        case "RCPT":
                            await writer.WriteLineAsync(Recipient(line));
                            break;
                        case "DATA":
                            await writer.WriteLineAsync("354 go on");
                            var mail = new StringBuilder();
                            while (await reader.ReadLineAsync(stop.Token) is { } text and not ".")
                            {
                                mail.AppendLine(text);
                            }

                            var answer = await Data(stop.Token);
                            if (answer.StartsWith("250", StringComparison.Ordinal))
                            {
                                Taken.Enqueue(mail.ToString());
                            }

                            await writer.WriteLineAsync(answer);
                            break;
                        case "QUIT":
                            await writer.WriteLineAsync("221 bye");
                            return;
                        default:
                            await writer.WriteLineAsync("250 fine");
                            break;
                    }
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // Whoever talked has gone.
        }
    }

    private async Task<bool> LogIn(string line, StreamReader reader, StreamWriter writer)
    {
        static string Plain(string? word) => Encoding.UTF8.GetString(Convert.FromBase64String(word ?? ""));
        static string Coded(string word) => Convert.ToBase64String(Encoding.UTF8.GetBytes(word));
        var user = line.Split(' ') is { Length: 3 } words ? words[2] : null;
        if (user is null)
        {
            await writer.WriteLineAsync($"334 {Coded("Username:")}");
            user = await reader.ReadLineAsync(stop.Token);
        }

        await writer.WriteLineAsync($"334 {Coded("Password:")}");
        return Wants == (Plain(user), Plain(await reader.ReadLineAsync(stop.Token)));
    }
}
