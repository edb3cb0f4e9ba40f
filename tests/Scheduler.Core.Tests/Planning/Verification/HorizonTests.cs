using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>The last day on which a visit may lie, where the course must start on 2 March 2026 and its last visit lies much later.</summary>
public class HorizonTests
{
    private const string Pair = "a 2026-03-02 10:00; b 2027-12-01 10:00";
    private const string Three = "a 2026-03-02 10:00, 2026-03-04 10:00, 2027-12-01 10:00";
    private static readonly Rule.Cadence Series = new(Head("rule"), Visits("a[1..3]"), null, null, null, null, null);
    private static readonly Rule.HourWindow Hours = new(Head("rule"), Visits("b[1]"), new Anchor.EndOf(Visit("a[1]")), 24 * 60, new(-240, 240), new(-360, 360), 0);

    private static readonly Dictionary<string, (Func<TestCourse> Course, string Last)> Cases = new()
    {
        ["one day"] = (() => TestCourse.Bare(BundledCourse.Beside("rule", "b[1]", "a[1]", new DayPlace.After()), Pair), "2026-03-02"),
        ["28 hours and 3 for clock changes begin a second day"] = (() => TestCourse.Bare(Hours, Pair), "2026-03-04"),
        ["45 hours and 3 for clock changes are two days"] = (() => TestCourse.Bare(Hours with { Ideal = new(0, 21 * 60) }, Pair), "2026-03-05"),
        ["allowed hours"] = (() => Deviating(TestCourse.Bare(Hours with { Allowed = new(-360, 21 * 60) }, Pair), DeviationLimit.Minor), "2026-03-05"),
        ["28 days outside allowed hours"] = (() => Deviating(TestCourse.Bare(Hours, Pair), DeviationLimit.Major), "2026-04-01"),
        ["hours before the anchor"] = (() => TestCourse.Bare(Hours with { TargetMinutes = 0, Ideal = new(-3 * 1440, -2 * 1440) }, Pair), "2026-03-06"),
        ["a taper"] = (() => TestCourse.Bare(Series with { PerWeek = new(WeekKind.Course, [new(1, 1, 1), new(1, 1, 1), new(1, 3, null)]) }, Three), "2026-04-05"),
        ["two a day, the next day at most 4 days later"] = (() => TestCourse.Bare(Series with { PerDay = new(2, 60, 0), Every = new(3, 1) }, Three), "2026-03-06"),
        ["the days of a series within a week"] = (() => TestCourse.Bare(Series with { PerDay = new(2, 60, 0), Within = Days(7) }, Three), "2026-03-08"),
        ["nothing is said across a visit that is left out"] = (() => TestCourse.Bare(Series with { Every = new(7, 0) }, Three).Asking(r => r with { LeftOut = Visits("a[2]") }), "2026-08-29"),
        ["the fallback of what is left out"] = (() => TestCourse.Bare(
            Hours with { Visits = Visits("c[1]"), Fallback = new Anchor.EndOf(Visit("b[1]")) }, "a 2026-03-02 10:00; b 2026-03-02 10:00; c 2027-12-01 10:00").Asking(r => r with { LeftOut = Visits("a[1]") }), "2026-03-04"),
        ["conditional visits tie no certain ones together"] = (() => TestCourse.Bare(
            new Rule.Order(Head("rule"), [Visits("a[1]"), Visits("b[1]"), Visits("c[1]")], null, Days(5)), "a 2026-03-02 10:00; b 2026-03-04 10:00; c 2027-12-01 10:00")
            .Typing("b", t => t with { OnlyIf = "responder" }), "2026-08-29"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_visit_lies_later_than_the_rules_can_make_it(string name)
    {
        var (course, last) = Cases[name];

        var breach = course().Asking(r => r with { StartWithinDays = 1 }).Judge().Findings.Single(f => f.Rule == "horizon").Breaches;

        Assert.Contains($" and {TestClinic.Date(last).DayOfWeek} {last}.", Assert.Single(breach).Message);
    }

    private static TestCourse Deviating(TestCourse course, DeviationLimit limit) => course.Asking(r => r with { Deviations = limit });
}
