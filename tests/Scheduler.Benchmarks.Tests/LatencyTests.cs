using Scheduler.Benchmarks.Peers;

namespace Scheduler.Benchmarks.Tests;

/// <summary>What is timed is all that shipped protocols ask for.</summary>
public sealed class LatencyTests
{
    [Fact]
    public void Every_kind_of_rule_of_the_shipped_protocols_is_timed()
    {
        var shipped = Directory.EnumerateFiles(Repository.PathOf("protocols"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!);
        Assert.Equal(Kinds(shipped), Kinds(Latency.Protocols));
        Assert.True(Kinds(shipped).Count >= 11);
    }

    private static SortedSet<string> Kinds(IEnumerable<string> protocols) =>
        [.. protocols.SelectMany(p => Instances.Shipped(p).Rules).Select(rule => rule.GetType().Name)];
}
