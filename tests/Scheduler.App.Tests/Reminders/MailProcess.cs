using System.Diagnostics;
using System.Text.Json;
using Scheduler.App.Reminders.Channels;

namespace Scheduler.App.Tests.Reminders;

/// <summary>A process of its own that sends a mail, since a process trusts what its operating system trusted when it began.</summary>
internal static class MailProcess
{
    /// <summary>Sends what it is given, and says what became of it.</summary>
    public const string Verb = "mail";

    /// <summary>Sends a mail from a process that trusts one certificate and no other; what became of it.</summary>
    /// <param name="settings">How mail goes out.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="trusted">The certificate as PEM.</param>
    public static async Task<string> Send(SmtpSettings settings, Envelope mail, string folder, string trusted)
    {
        var file = Path.Combine(folder, "trusted.pem");
        await File.WriteAllTextAsync(file, trusted);
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(MailProcess).Assembly.Location, Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["SSL_CERT_FILE"] = file, ["SSL_CERT_DIR"] = folder },
        })!;
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Order(settings, mail)));
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim();
    }

    /// <summary>The process's own work.</summary>
    public static async Task Send()
    {
        var order = JsonSerializer.Deserialize<Order>(Console.ReadLine()!)!;
        Console.WriteLine((await new SmtpChannel(order.Settings).Send(order.Mail, default)).ToString());
    }

    private sealed record Order(SmtpSettings Settings, Envelope Mail);
}
