using System.Text;
using NodaTime;
using Scheduler.Cli;

// Files are UTF-8 whatever the locale of the shell says, and have no byte order mark, which would stand in the middle of a pipe.
Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
Console.SetError(new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
var isTerminal = !Console.IsOutputRedirected;
return CommandLine.Run(args, Console.Out, Console.Error, SystemClock.Instance, isTerminal, width: isTerminal ? Console.WindowWidth : Surroundings.WholeLines);
