using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>A proof by random instances is worth what the instances are: each feature occurs, and decides.</summary>
public class InstancesTests
{
    // Solved when a test asks, not when tests are listed.
    private static readonly Lazy<IReadOnlyList<Solved>> Instances = new(() => [.. Enumerable.Range(0, Solved.UsualSeeds).Select(Solved.Of)]);

    public static TheoryData<string> RuleKinds =>
    [
        nameof(Rule.Cadence), nameof(Rule.Order), nameof(Rule.ApartDays), nameof(Rule.Window), nameof(Rule.TimeOfDay), nameof(Rule.Weekdays),
        nameof(Rule.SamePerson), nameof(Rule.DifferentPeople), nameof(Rule.AllOrNone), nameof(Rule.Rotation),
    ];

    private static IReadOnlyList<Solved> Usual => Instances.Value;

    public static TheoryData<string> FeatureNames => [.. Features.Keys];

    // Each feature with what makes a request a request without it.
    private static readonly ImmutableSortedDictionary<string, Func<PlanningRequest, PlanningRequest>> Features =
        new Dictionary<string, Func<PlanningRequest, PlanningRequest>>(StringComparer.Ordinal)
        {
            ["cadence"] = Without<Rule.Cadence>(_ => true),
            ["calendar week"] = Without<Rule.Cadence>(c => c.PerWeek is { Week: WeekKind.Calendar }),
            ["course week"] = Without<Rule.Cadence>(c => c.PerWeek is { Week: WeekKind.Course }),
            ["fewer where closed"] = Open,
            ["order"] = Without<Rule.Order>(_ => true),
            ["apart days"] = Without<Rule.ApartDays>(_ => true),
            ["all or none"] = Without<Rule.AllOrNone>(_ => true),
            ["window"] = Without<Rule.Window>(w => w.Anchor is not Anchor.Enrolment),
            ["window in months"] = Without<Rule.Window>(w => w.Target.Months > 0),
            ["window from enrolment"] = Without<Rule.Window>(w => w.Anchor is Anchor.Enrolment),
            ["window with wished days"] = Without<Rule.Window>(w => w.Nearest is not null),
            ["window from when a condition may come true"] = Without<Rule.Window>(w => w.Anchor is Anchor.CameTrue),
            ["window from when a condition came true"] = Without<Rule.Window>(w => w.Anchor is Anchor.CameTrueOn),
            ["time of day, must"] = Without<Rule.TimeOfDay>(t => t.Strength.IsMust),
            ["time of day, should"] = Without<Rule.TimeOfDay>(t => !t.Strength.IsMust),
            ["weekdays, must"] = Without<Rule.Weekdays>(w => w.Strength.IsMust),
            ["weekdays, should"] = Without<Rule.Weekdays>(w => !w.Strength.IsMust),
            ["same person, must"] = Without<Rule.SamePerson>(s => s.IsMust),
            ["same person, should"] = Without<Rule.SamePerson>(s => !s.IsMust),
            ["different people, must"] = Without<Rule.DifferentPeople>(d => d.IsMust),
            ["different people, should"] = Without<Rule.DifferentPeople>(d => !d.IsMust),
            ["rotation, must"] = Without<Rule.Rotation>(d => d.IsMust),
            ["rotation, should"] = Without<Rule.Rotation>(d => !d.IsMust),
            ["bookings"] = r => r with { Clinic = r.Clinic with { Bookings = [] } },
            ["closures"] = r => r with { Clinic = r.Clinic with { Closures = [] } },
            ["clock changes"] = r => r with { Clinic = r.Clinic with { Zone = DateTimeZone.Utc } },
            ["own hours"] = Each(r => r with { Hours = null }),
            ["alternating weeks"] = Each(r => r with { Hours = r.Hours is { } h ? h with { WeekABegins = h.WeekABegins.PlusWeeks(1) } : null }),
            ["exceptions"] = Each(r => r with { Exceptions = [] }),
            ["clean-up"] = Each(r => r with { CleanUpMinutes = 0 }),
            ["contact hours"] = Each(r => r with { MaxContactMinutes = null }),
            ["latest start"] = Each(r => r with { LatestStart = null }),
            ["capacity"] = Each(r => r with { Capacity = 1 }),
            ["supervision"] = Each(r => r with { Supervises = 0 }),
            ["hands-on"] = Each(r => r with { HandsOnMinutes = 0 }),
            ["clean-up of a need"] = Needs(n => n with { CleanUpMinutes = 0 }),
            ["starts apart"] = Needs(n => n with { StartsApartMinutes = 0 }),
            ["skills"] = Needs(n => n with { Skills = [] }),
            ["patient's week"] = r => r with { Patient = r.Patient with { Weekly = WeeklyHours.Always } },
            ["patient's dates"] = r => r with { Patient = r.Patient with { Dates = [] } },
            ["travel"] = r => r with { Patient = r.Patient with { TravelMinutes = 0 } },
            ["preferences, insisted on"] = r => r with { Patient = r.Patient with { Preferences = r.Patient.Preferences.RemoveAll(p => p.Weight is null) } },
            ["preferences, weighted"] = r => r with { Patient = r.Patient with { Preferences = r.Patient.Preferences.RemoveAll(p => p.Weight is not null) } },
            ["fixed visits"] = r => r with { Fixed = [] },
            ["minor deviations"] = r => r with { Deviations = r.Deviations == DeviationLimit.Minor ? DeviationLimit.None : r.Deviations },
            ["major deviations"] = r => r with { Deviations = r.Deviations == DeviationLimit.Major ? DeviationLimit.Minor : r.Deviations },
            ["start range"] = r => r with { StartWithinDays = 14 },
            ["exclusion of conditions"] = r => r with { Protocol = r.Protocol with { Conditions = [.. r.Protocol.Conditions.Select(c => c with { Excludes = [] })] } },
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(RuleKinds))]
    public void Every_kind_of_rule_occurs_often(string kind) =>
        Assert.InRange(Usual.Count(s => s.Request.Protocol.Rules.Any(r => r.GetType().Name == kind)), 20, Usual.Count);

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void Every_feature_decides_some_answer(string feature)
    {
        var without = Features[feature];

        Assert.Contains(true, Usual.Select(s => Decides(s, without)));
    }

    [Fact]
    public void A_good_share_of_the_instances_has_a_calendar() =>
        Assert.InRange(Usual.Count(s => s.Answer.IsFeasible), Usual.Count / 2, Usual.Count * 4 / 5);

    [Fact]
    public void Most_instances_take_some_trying() =>
        Assert.InRange(Usual.Count(s => s.Answer.Tries > 50), Usual.Count / 2, Usual.Count);

    [Fact]
    public void A_seed_always_gives_the_same_request() =>
        Assert.All(Enumerable.Range(0, 50), seed =>
            Assert.Equal(Description.Describe(RandomRequest.Small(seed)), Description.Describe(RandomRequest.Small(seed))));

    private static bool Decides(Solved solved, Func<PlanningRequest, PlanningRequest> without)
    {
        var request = without(solved.Request);
        return Description.Describe(request) != Description.Describe(solved.Request)
            && Enumeration.Solve(request, 20_000) is { } answer
            && (answer.Cost != solved.Answer.Cost || Description.Describe(answer.Calendar) != Description.Describe(solved.Answer.Calendar));
    }

    // The same rhythms without regard to closures.
    private static PlanningRequest Open(PlanningRequest request) => request with
    {
        Protocol = request.Protocol with
        {
            Rules =
            [
                .. request.Protocol.Rules.Select(r => r is Rule.Cadence { PerWeek: { } rhythm } c
                    ? c with { PerWeek = rhythm with { Phases = [.. rhythm.Phases.Select(p => p with { FewerWhereClosed = false })] } }
                    : r),
            ],
        },
    };

    private static Func<PlanningRequest, PlanningRequest> Without<T>(Func<T, bool> which)
        where T : Rule =>
        r => r with { Protocol = r.Protocol with { Rules = r.Protocol.Rules.RemoveAll(rule => rule is T one && which(one)) } };

    private static Func<PlanningRequest, PlanningRequest> Each(Func<Resource, Resource> plainer) =>
        r => r with { Clinic = r.Clinic with { Resources = [.. r.Clinic.Resources.Select(plainer)] } };

    private static Func<PlanningRequest, PlanningRequest> Needs(Func<Need, Need> plainer) => r => r with
    {
        Protocol = r.Protocol with
        {
            VisitTypes = [.. r.Protocol.VisitTypes.Select(t => t with { Needs = [.. t.Needs.Select(plainer)] })],
        },
    };
}
