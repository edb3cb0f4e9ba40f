using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;

Feder.PrintSteps();
WholeProcess.PrintMemory();
BenchmarkSwitcher.FromAssembly(typeof(Feder).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args);
