using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Search;

public sealed class StepBudgetTests
{
    [Fact]
    public void Little_work_costs_no_step_and_much_work_many()
    {
        var budget = new StepBudget(100);

        budget.Charge(900);
        Assert.Equal(0, budget.Taken);

        budget.Charge(5_200);
        Assert.Equal(6, budget.Taken);
        Assert.False(budget.IsUsedUp);
    }

    [Fact]
    public void Work_beyond_the_limit_uses_the_budget_up_and_no_more_than_it()
    {
        var budget = new StepBudget(100);

        budget.Charge(1_000_000_000);

        Assert.True(budget.IsUsedUp);
        Assert.Equal(100, budget.Taken);
        Assert.False(budget.Spend());
    }
}
