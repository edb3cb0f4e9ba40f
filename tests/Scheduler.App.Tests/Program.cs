using System.Globalization;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Books.Deaths;
using Scheduler.App.Tests.Reminders;
using Scheduler.App.Tests.Reminders.Sending;
using Scheduler.App.Tests.Servers;

switch (args)
{
    // The long forms, by hand.
    case ["soak", .. var parts]:
        return await Soak.Run(parts);

    // Processes that a test or the soak starts, and kills.
    case [BookingProcess.Verb]:
        await BookingProcess.Book();
        return 0;
    case [BookingProcess.Racing, var part, var parts, var clients]:
        await BookingProcess.Race(Number(part), Number(parts), Number(clients));
        return 0;
    case [SendingProcess.Verb]:
        await SendingProcess.Send();
        return 0;
    case [MailProcess.Verb]:
        await MailProcess.Send();
        return 0;

    // One that has a server. It prints the server's folder and waits for its end.
    case []:
        await using (var server = await PostgresServer.StartAsync(fsync: false))
        {
            Console.WriteLine(server.Folder);
            await Task.Delay(Timeout.InfiniteTimeSpan);
        }

        return 0;

    default:
        Console.Error.WriteLine($"'{args[0]}' is nothing that this does.");
        return 2;
}

static int Number(string of) => int.Parse(of, CultureInfo.InvariantCulture);
