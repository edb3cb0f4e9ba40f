namespace Scheduler.Benchmarks.Tests;

/// <summary>What became slower or faster is seen in terms of the work beside it.</summary>
public sealed class FiguresTests
{
    private static readonly Figure Before = new("placing", Median: 2, P99: 5, Ratio: 4);

    [Fact]
    public void What_takes_more_of_the_work_beside_it_became_slower() =>
        Assert.StartsWith("slower by 2.0: placing ", Assert.Single(Figures.Compare([Before], [Before with { Ratio = 8 }])), StringComparison.Ordinal);

    [Fact]
    public void What_takes_less_of_it_became_faster() =>
        Assert.StartsWith("faster by 4.0: placing ", Assert.Single(Figures.Compare([Before], [Before with { Ratio = 1 }])), StringComparison.Ordinal);

    [Fact]
    public void A_busy_machine_alone_changes_nothing() =>
        Assert.StartsWith("Nothing differs", Assert.Single(Figures.Compare([Before], [Before with { Median = 20, P99 = 90 }])), StringComparison.Ordinal);

    [Fact]
    public void What_was_not_measured_before_is_compared_with_nothing() =>
        Assert.StartsWith("Nothing differs", Assert.Single(Figures.Compare([Before], [Before with { Name = "judging", Ratio = 40 }])), StringComparison.Ordinal);
}
