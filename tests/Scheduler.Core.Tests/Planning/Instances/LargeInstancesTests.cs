using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Properties;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>A property is worth what it is tried on: everything that a request can hold occurs among the first seeds.</summary>
public class LargeInstancesTests
{
    private const int Many = 300;

    private static readonly ImmutableArray<PlanningRequest> Requests = [.. Enumerable.Range(0, Many).Select(Known.Request)];

    public static TheoryData<string> FeatureNames => [.. Features.Keys];

    private static readonly ImmutableSortedDictionary<string, Func<PlanningRequest, bool>> Features =
        new Dictionary<string, Func<PlanningRequest, bool>>(StringComparer.Ordinal)
        {
            ["visits that have happened"] = r => r.Fixed.Any(f => f.Date < r.From),
            ["visits that are frozen"] = r => r.Fixed.Any(f => f.Date >= r.From),
            ["a conditional visit that is fixed"] = r => r.Fixed.Any(f => r.Protocol.TypeOf(f.Id).IsConditional),
            ["conditional visits"] = r => r.Protocol.VisitTypes.Any(t => t.IsConditional),
            ["exclusive branches"] = r => r.Protocol.Visits.Any(a => r.Protocol.Visits.Any(b => r.Protocol.ExcludeEachOther(a, b))),
            ["cadence"] = Has<Rule.Cadence>(),
            ["fewer where closed"] = Has<Rule.Cadence>(c => c.PerWeek is { HasFewerWhereClosed: true }),
            ["order"] = Has<Rule.Order>(),
            ["order of three"] = Has<Rule.Order>(o => o.Groups.Length > 2),
            ["apart days"] = Has<Rule.ApartDays>(),
            ["window"] = Has<Rule.Window>(),
            ["window from enrolment"] = Has<Rule.Window>(w => w.Anchor is Anchor.Enrolment),
            ["window from when a condition came true"] = Has<Rule.Window>(w => w.Anchor is Anchor.CameTrueOn),
            ["window in months"] = Has<Rule.Window>(w => w.Target.Months > 0),
            ["time of day, should"] = Has<Rule.TimeOfDay>(t => !t.Strength.IsMust),
            ["time of day, must"] = Has<Rule.TimeOfDay>(t => t.Strength.IsMust),
            ["weekdays, should"] = Has<Rule.Weekdays>(w => !w.Strength.IsMust),
            ["weekdays, must"] = Has<Rule.Weekdays>(w => w.Strength.IsMust),
            ["same person, should"] = Has<Rule.SamePerson>(s => !s.IsMust),
            ["same person, must"] = Has<Rule.SamePerson>(s => s.IsMust),
            ["different people, should"] = Has<Rule.DifferentPeople>(d => !d.IsMust),
            ["different people, must"] = Has<Rule.DifferentPeople>(d => d.IsMust),
            ["rotation, should"] = Has<Rule.Rotation>(d => !d.IsMust),
            ["rotation, must"] = Has<Rule.Rotation>(d => d.IsMust),
            ["supervision"] = r => Uses(r, Use.Supervision),
            ["share"] = r => Uses(r, Use.Share),
            ["supervision and hands-on minutes of one need"] = r => Needs(r).Any(n => n.Segments.Select(s => s.Use).Distinct().Count() > 1),
            ["bookings that supervise"] = r => r.Clinic.Bookings.Any(b => b.Use == Use.Supervision),
            ["bookings that share"] = r => r.Clinic.Bookings.Any(b => b.Use == Use.Share),
            ["a busy clinic"] = r => r.Clinic.Bookings.Length > 1_000,
            ["clean-up of a resource"] = r => r.Clinic.Resources.Any(p => p.CleanUpMinutes > 0),
            ["clean-up of a need"] = r => Needs(r).Any(n => n.CleanUpMinutes > 0),
            ["starts apart"] = r => Needs(r).Any(n => n.StartsApartMinutes > 0),
            ["skills"] = r => Needs(r).Any(n => !n.Skills.IsEmpty),
            ["daily maximum"] = r => r.Clinic.Resources.Any(p => p.MaxContactMinutes is not null),
            ["latest start"] = r => r.Clinic.Resources.Any(p => p.LatestStart is not null),
            ["alternating weeks"] = r => r.Clinic.Resources.Any(p => p.Hours is { } hours && hours.Days.Any(d => d.Turn == WeekTurn.B)),
            ["exceptions"] = r => r.Clinic.Resources.Any(p => !p.Exceptions.IsEmpty),
            ["closures"] = r => !r.Clinic.Closures.IsEmpty,
            ["clock change in the hours of the clinic"] = ChangesClocks,
            ["blackout"] = r => r.Patient.Dates.Any(d => d.Hours.IsEmpty),
            ["travel"] = r => r.Patient.TravelMinutes > 0,
            ["preferences, weighted"] = r => r.Patient.Preferences.Any(p => p.Weight is not null),
            ["preferences, insisted on"] = r => r.Patient.Preferences.Any(p => p.Weight is null),
            ["minor deviations"] = r => r.Deviations == DeviationLimit.Minor,
            ["major deviations"] = r => r.Deviations == DeviationLimit.Major,
            ["video or phone"] = r => r.Protocol.VisitTypes.Any(t => t.Mode is Mode.Video or Mode.Phone),
            ["several visits a day"] = Has<Rule.Cadence>(c => c.PerDay is not null),
            ["same day"] = Has<Rule.SameDay>(),
            ["all or none"] = Has<Rule.AllOrNone>(),
            ["window in hours"] = Has<Rule.HourWindow>(),
            ["authorisation"] = r => !r.Patient.Authorisations.IsEmpty,
            ["visits left out"] = r => !r.LeftOut.IsEmpty,
            ["self-report"] = r => r.Protocol.VisitTypes.Any(t => t.Mode == Mode.SelfReport),
            ["a fine grid"] = r => r.Clinic.GridMinutes <= 10,
            ["ten visits or more"] = r => r.Protocol.Visits.Length >= 10,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void Every_feature_occurs_in_courses_that_have_a_calendar(string feature) =>
        Assert.Equal(8, Enumerable.Range(0, 4 * Many).Select(Known.Request).Where(r => Features[feature](r) && !Known.Proposals(Known.Outcome(r)).IsEmpty).Take(8).Count());

    [Fact]
    public void Most_courses_have_a_calendar_and_some_have_none() =>
        Assert.InRange(Requests.Count(r => !Known.Proposals(Known.Outcome(r)).IsEmpty), Many * 40 / 100, Many * 90 / 100);

    [Fact]
    public void Nearly_all_are_answered_within_their_step_budget() =>
        Assert.InRange(Requests.Count(r => Known.Outcome(r) is not Outcome.Unproved), Many * 85 / 100, Many);

    [Fact]
    public void A_seed_always_gives_the_same_request() =>
        Assert.All(Enumerable.Range(0, 30), seed =>
            Assert.Equal(Description.Describe(RandomRequest.Large(seed)), Description.Describe(RandomRequest.Large(seed))));

    private static Func<PlanningRequest, bool> Has<T>(Func<T, bool>? which = null)
        where T : Rule =>
        r => r.Protocol.Rules.OfType<T>().Any(which ?? (_ => true));

    private static IEnumerable<Need> Needs(PlanningRequest request) => request.Protocol.VisitTypes.SelectMany(t => t.Needs);

    private static bool Uses(PlanningRequest request, Use use) => Needs(request).Any(n => n.Segments.Any(s => s.Use == use));

    private static bool ChangesClocks(PlanningRequest request) => Enumerable.Range(0, 60)
        .Select(request.From.PlusDays)
        .Any(d => request.Clinic.ClockChangesOn(d).Any(c => request.Clinic.Opening.On(d).Any(h => c.From < h.To && h.From < c.To)));
}
