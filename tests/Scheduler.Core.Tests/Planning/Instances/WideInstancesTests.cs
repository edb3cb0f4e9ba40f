using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>As <see cref="InstancesTests"/>, of what bundles visits.</summary>
public class WideInstancesTests
{
    // Solved when a test asks, not when tests are listed.
    private static readonly Lazy<IReadOnlyList<Solved>> Instances = new(() => [.. Enumerable.Range(0, Solved.UsualSeeds).Select(Solved.WideOf)]);

    // Each feature with what makes a request a request without it.
    private static readonly ImmutableSortedDictionary<string, Func<PlanningRequest, PlanningRequest>> Features =
        new Dictionary<string, Func<PlanningRequest, PlanningRequest>>(StringComparer.Ordinal)
        {
            ["several a day"] = Changed<Rule.Cadence>(c => c.PerDay is null ? c : null),
            ["several a day, give or take"] = Changed<Rule.Cadence>(c => c with { PerDay = c.PerDay is null ? null : c.PerDay with { ToleranceMinutes = 0 } }),
            ["several a day, days apart"] = Changed<Rule.Cadence>(c => c.PerDay is null ? c : c with { FreeDaysAtLeast = null, Every = c.Every is { } e ? e with { Tolerance = e.Tolerance + 1 } : null, FreeDaysAtMost = c.FreeDaysAtMost + 1 }),
            ["phases"] = Changed<Rule.Cadence>(c => c.PerWeek is { Phases.Length: > 1 } r ? c with { PerWeek = r with { Phases = [r.Phases[^1]] } } : c),
            ["blocks of weeks"] = Changed<Rule.Cadence>(c => c.PerWeek is { } r && r.Phases.Any(p => p.EveryWeeks > 1)
                ? c with { PerWeek = r with { Phases = [.. r.Phases.Select(p => p with { EveryWeeks = 1 })] } }
                : c),
            ["fewer where closed"] = Changed<Rule.Cadence>(c => c.PerWeek is { } r ? c with { PerWeek = r with { Phases = [.. r.Phases.Select(p => p with { FewerWhereClosed = false })] } } : c),
            ["any time of a day"] = Changed<Rule.SameDay>(s => s.Place is DayPlace.Anytime ? null : s),
            ["before on a day"] = Places(p => p is DayPlace.Before),
            ["after on a day"] = Places(p => p is DayPlace.After),
            ["an exact place"] = Places(p => p is DayPlace.Starts s && s.Earliest == s.Latest),
            ["an exact place from the end"] = Places(p => p is DayPlace.Starts { FromEnd: true } s && s.Earliest == s.Latest),
            ["a place with some room"] = Places(p => p is DayPlace.Starts s && s.Earliest != s.Latest),
            ["hours"] = Changed<Rule.HourWindow>(_ => null),
            ["hours from the end"] = Changed<Rule.HourWindow>(h => h.Anchor is Anchor.EndOf ? null : h),
            ["hours with a weight"] = Changed<Rule.HourWindow>(h => h with { Weight = 0 }),
            ["hours allowed"] = r => r.Protocol.Rules.Any(x => x is Rule.HourWindow) ? r with { Deviations = DeviationLimit.None } : r,
            ["hours over a clock change"] = r => r.Protocol.Rules.Any(x => x is Rule.HourWindow) ? r with { Clinic = r.Clinic with { Zone = DateTimeZone.Utc } } : r,
            ["fallbacks"] = r => Changed<Rule.HourWindow>(h => h with { Fallback = null })(Changed<Rule.Window>(w => w with { Fallback = null })(r)),
            ["all or none"] = Changed<Rule.AllOrNone>(_ => null),
            ["what is left out"] = r => r with { LeftOut = [] },
            ["authorisations"] = r => r with { Patient = r.Patient with { Authorisations = [.. r.Patient.Authorisations.Select(a => a with { AtMost = 99 })] } },
            ["the need of authorisation"] = r => r with { Protocol = r.Protocol with { VisitTypes = [.. r.Protocol.VisitTypes.Select(t => t with { NeedsAuthorisation = false })] } },
            ["what was held"] = r => r with { Fixed = [] },
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static IReadOnlyList<Solved> Usual => Instances.Value;

    public static TheoryData<string> FeatureNames => [.. Features.Keys];

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void Every_feature_decides_some_answer(string feature) => Assert.Contains(true, Usual.Select(s => Decides(s, Features[feature])));

    [Fact]
    public void Some_visits_start_off_the_grid() =>
        Assert.Contains(true, Usual.Select(s => Visits(s).Any(v => !s.Request.Fixed.Contains(v) && (v.Start.Hour * 60 + v.Start.Minute) % s.Request.Clinic.GridMinutes > 0)));

    [Fact]
    public void Some_visits_lie_inside_others() =>
        Assert.Contains(true, Usual.Select(s => Visits(s).Any(v => Visits(s).Any(o => o.Id != v.Id && o.Start <= v.Start && v.End <= o.End))));

    [Fact]
    public void A_good_share_of_the_instances_has_a_calendar() =>
        Assert.InRange(Usual.Count(s => s.Answer.IsFeasible), Usual.Count / 2, Usual.Count * 9 / 10);

    [Fact]
    public void Most_instances_take_some_trying() =>
        Assert.InRange(Usual.Count(s => s.Answer.Tries > 50), Usual.Count / 2, Usual.Count);

    private static ImmutableArray<PlacedVisit> Visits(Solved solved) => solved.Answer.Calendar?.Visits ?? [];

    private static bool Decides(Solved solved, Func<PlanningRequest, PlanningRequest> without)
    {
        var request = without(solved.Request);
        return Description.Describe(request) != Description.Describe(solved.Request)
            && Enumeration.Solve(request, 20_000) is { } answer
            && (answer.Cost != solved.Answer.Cost || Description.Describe(answer.Calendar) != Description.Describe(solved.Answer.Calendar));
    }

    // A rule changed, or gone.
    private static Func<PlanningRequest, PlanningRequest> Changed<T>(Func<T, Rule?> change)
        where T : Rule =>
        r => r with { Protocol = r.Protocol with { Rules = [.. r.Protocol.Rules.Select(rule => rule is T one ? change(one) : rule).OfType<Rule>()] } };

    private static Func<PlanningRequest, PlanningRequest> Places(Func<DayPlace, bool> which) =>
        Changed<Rule.SameDay>(s => which(s.Place) ? s with { Place = new DayPlace.Anytime() } : s);
}
