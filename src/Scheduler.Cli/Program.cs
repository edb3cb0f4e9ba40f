using NodaTime;
using Scheduler.Cli;

return CommandLine.Run(args, Console.Out, Console.Error, SystemClock.Instance, isTerminal: !Console.IsOutputRedirected);
