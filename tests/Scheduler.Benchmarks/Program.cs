using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;

Feder.PrintSteps();
BenchmarkSwitcher.FromAssembly(typeof(Feder).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args);
