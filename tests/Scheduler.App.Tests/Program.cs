using Scheduler.App.Tests.Servers;

// A process that has a server, for a test that kills it. It prints the server's folder and waits for its end.
await using var server = await PostgresServer.StartAsync(fsync: false);
Console.WriteLine(server.Folder);
await Task.Delay(Timeout.InfiniteTimeSpan);
