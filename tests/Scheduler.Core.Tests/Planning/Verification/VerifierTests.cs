using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Tests.Planning.Verification;

public class VerifierTests
{
    public static TheoryData<string> MutationNames => [.. Mutations.All.Keys];

    public static TheoryData<string> VariationNames => [.. LegalVariations.All.Keys];

    [Fact]
    public void A_legal_calendar_holds_and_costs_what_it_costs_by_hand()
    {
        var verdict = TestCourse.FederLike.Judge();

        Assert.Empty(verdict.Breaches.Select(b => b.Message));
        Assert.Empty(verdict.Deviations);
        Assert.Equal(new Cost(0, 0, 0, 0, DaysToFirst: 0, DaysToLast: 16, 0), verdict.Cost);
        Assert.Equal(new Cost(0, 0, 0, 0, DaysToFirst: 0, DaysToLast: 46, 0), verdict.CostWithConditional);
    }

    [Fact]
    public void There_is_a_finding_for_each_rule_and_then_for_each_law()
    {
        var findings = TestCourse.FederLike.Judge().Findings;

        Assert.Equal(TestProtocol.FederLike.Rules.Select(r => r.Id), findings.Where(f => !f.IsLaw).Select(f => f.Rule));
        Assert.Equal(
            "complete shape grid start-range horizon series-order authorisation opening-hours working-hours role double-booking contact-hours latest-start "
            + "starts-apart patient-hours patient-once preferences",
            string.Join(' ', findings.SkipWhile(f => !f.IsLaw).Select(f => f.Rule)));
    }

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void What_is_broken_on_purpose_is_found_broken_and_nothing_else(string name)
    {
        var (mutate, broken) = Mutations.All[name];

        Assert.Equal(broken, BrokenBy(mutate(TestCourse.FederLike).Judge()));
    }

    [Theory]
    [MemberData(nameof(VariationNames))]
    public void What_is_unusual_but_legal_passes(string name) =>
        Assert.Equal("", BrokenBy(LegalVariations.All[name](TestCourse.FederLike).Judge()));

    [Fact]
    public void There_are_plenty_of_mutations()
    {
        var count = Mutations.All.Count + BundleMutations.All.Count;
        Assert.True(count >= 150, $"{count} mutations.");
        var broken = Mutations.All.Values.Select(m => m.Broken).Concat(BundleMutations.All.Values.Select(m => m.Broken)).SelectMany(b => b.Split(' ')).ToHashSet();
        var findings = TestCourse.FederLike.Judge().Findings.Concat(BundledCourse.Legal.Judge().Findings).Select(f => f.Rule).Distinct();
        Assert.Equal(findings.Order(), broken.Order());
    }

    private static string BrokenBy(Verdict verdict) => string.Join(' ', verdict.Findings.Where(f => !f.Holds).Select(f => f.Rule));
}
