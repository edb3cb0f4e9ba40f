using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;
using Scheduler.Benchmarks.Book;
using Scheduler.Benchmarks.Peers;
using Scheduler.Benchmarks.Reminders;

switch (args)
{
    case ["peers", .. var options]:
        return PeersRun.Run(options);
    case ["latency"]:
        Latency.Run();
        return 0;
    case ["book", .. var size] when OperatingSystem.IsLinux():
        await BookRun.Run(size is [var bookings] ? int.Parse(bookings, System.Globalization.CultureInfo.InvariantCulture) : BookRun.Large);
        return 0;
    case ["reminders", .. var size] when OperatingSystem.IsLinux():
        await ReminderRun.Run(size is [var reminders] ? int.Parse(reminders, System.Globalization.CultureInfo.InvariantCulture) : ReminderRun.Usual);
        return 0;
    case ["growth"]:
        Growth.Run();
        return 0;
    default:
        Feder.PrintSteps();
        WholeProcess.PrintMemory();

        // What is measured is built anew; with all that it refers to that can take longer than the usual two minutes on a small machine.
        var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15));
        MicroFigures.Keep(BenchmarkSwitcher.FromAssembly(typeof(Feder).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config));
        if (args.Length == 0)
        {
            Latency.Run();
            Growth.Run();
        }

        return 0;
}
