using System.Diagnostics;
using System.Text.Json;
using NodaTime;
using Scheduler.App.Jobs;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books.Deaths;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>A process of its own with a clinic's clock, which sends what is due to a mail server of loopback until it is killed.</summary>
internal static class SendingProcess
{
    /// <summary>Sends.</summary>
    public const string Verb = "send";

    /// <summary>Starts it.</summary>
    /// <param name="place">The book; it goes by standard input, since a password is in it.</param>
    /// <param name="port">The mail server's.</param>
    /// <param name="node">What the process is called.</param>
    /// <param name="now">What its clock shows as it begins.</param>
    /// <param name="speed">How many of its seconds a second has.</param>
    public static async Task<Process> Start(BookPlace place, int port, string node, Instant now, double speed = 1)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(SendingProcess).Assembly.Location, Verb]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Order(place, port, node, now.ToUnixTimeTicks(), speed)));
        await process.StandardInput.FlushAsync();
        return process;
    }

    /// <summary>The process's own work.</summary>
    public static async Task Send()
    {
        var order = JsonSerializer.Deserialize<Order>(Console.ReadLine()!)!;
        var clock = new RunningClock(Instant.FromUnixTimeTicks(order.Now), order.Speed);
        await using var book = order.Place.Open();
        var place = order.Place.Folder is { } folder ? new Stores(folder) : new Stores("", order.Place.Worker, order.Place.Owner);
        var channel = new RestingChannel(new SmtpChannel(new("127.0.0.1", order.Port, "clinic@example.org", "Clinic") { Encrypts = false }), TimeProvider.System);
        var app = new Application(book.Store, clock, new SystemSecrets(), DateTimeZoneProviders.Tzdb, new([channel], null, order.Node));
        await using var host = new ClinicClockHost(app, book.Store, place, clock, null);
        await host.StartAsync(default);

        // Whoever started it kills it, or goes.
        _ = await Console.In.ReadLineAsync();
        await host.StopAsync(default);
    }

    private sealed record Order(BookPlace Place, int Port, string Node, long Now, double Speed);

    /// <summary>A clock that runs from a moment.</summary>
    private sealed class RunningClock(Instant from, double speed) : IClock
    {
        private readonly Stopwatch since = Stopwatch.StartNew();

        public Instant GetCurrentInstant() => from + Duration.FromTimeSpan(since.Elapsed * speed);
    }
}
