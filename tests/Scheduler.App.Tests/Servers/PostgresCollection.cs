namespace Scheduler.App.Tests.Servers;

/// <summary>
/// Tests that share one server. A class that wants it says [Collection(PostgresCollection.Name)] and takes a <see cref="SharedPostgres"/>; each of its tests makes a database of its own. Classes of a
/// collection run one after another.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<SharedPostgres>
{
    public const string Name = "PostgreSQL";
}

/// <summary>The server that tests share. None of them kills it.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
