using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>The words that it heard, and whether they were encrypted: <c>plain EHLO</c>.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>Its certificate, with which it offers to encrypt; null where it does not.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>How it takes its time before it says anything.</summary>
    public Func<CancellationToken, Task> Greets { get; set; } = _ => Task.CompletedTask;

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
            {
                if (await Talk(stream, isPlain: true))
                {
                    await using var encrypted = new SslStream(stream);
                    await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
                    _ = await Talk(encrypted, isPlain: false);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or AuthenticationException)
        {
            // Whoever talked has gone, or does not trust us.
        }
    }

    /// <summary>Talks until the other side wants to encrypt, which is answered with true, or goes.</summary>
    private async Task<bool> Talk(Stream stream, bool isPlain)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        if (isPlain)
        {
            await Greets(stop.Token);
            await writer.WriteLineAsync("220 listener");
        }

        var isIn = Wants is null;
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var said = line.Split(' ')[0].ToUpperInvariant();
            Heard.Enqueue($"{(isPlain ? "plain" : "encrypted")} {said}");
            switch (said)
            {
                case "EHLO":
                    string[] offers = ["listener", .. isPlain && Certificate is not null ? ["STARTTLS"] : Array.Empty<string>(), .. Wants is null ? Array.Empty<string>() : ["AUTH LOGIN"]];
                    await writer.WriteLineAsync(string.Join("\r\n", offers.Select((o, i) => $"250{(i == offers.Length - 1 ? ' ' : '-')}{o}")));
                    break;
                case "STARTTLS" when isPlain && Certificate is not null:
                    await writer.WriteLineAsync("220 go on");
                    return true;
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
                    string? text;
                    while ((text = await reader.ReadLineAsync(stop.Token)) is not (null or "."))
                    {
                        mail.AppendLine(text);
                    }

                    // Whoever goes before the end has handed over nothing.
                    if (text is null)
                    {
                        return false;
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
                    return false;
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
        }

        return false;
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
