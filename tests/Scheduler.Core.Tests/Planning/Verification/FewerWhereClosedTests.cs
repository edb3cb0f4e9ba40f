using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>A rhythm that has fewer visits where the clinic is closed. It is open from Monday to Friday; 2 March 2026 is a Monday.</summary>
public class FewerWhereClosedTests
{
    private static readonly WeeklyRhythm Five = Fewer(5, WeekKind.Calendar);

    private static readonly Dictionary<string, (Func<TestCourse> Course, string Broken)> Cases = new()
    {
        ["a closed Wednesday"] = (() => Closed(Course(Five, "02 03 05 06 09"), "2026-03-04"), ""),
        ["a closed Wednesday, and a visit too few"] = (() => Closed(Course(Five, "02 03 05 09 10"), "2026-03-04"), "a[4]"),
        ["nothing closed, and a visit too few"] = (() => Course(Five, "02 03 05 06 09"), "a[5]"),
        ["a visit too many in the second week"] = (() => Course(Fewer(2, WeekKind.Calendar), "02 03 09 10 11"), "a[5]"),
        ["a closed week"] = (() => Closed(Course(Fewer(2, WeekKind.Calendar), "02 03 16 17 23"), "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"), ""),
        ["a week after a closed one left empty"] = (() => Closed(Course(Fewer(2, WeekKind.Calendar), "02 03 23"), "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"), "a[3]"),
        ["the first week is whole"] = (() => Course(Five, "04 05 06 09 10"), "a[4] a[5]"),
        ["a course week begins on any day"] = (() => Course(Fewer(5, WeekKind.Course), "04 05 06 09 10 11"), ""),
        ["a course week with a closed day"] = (() => Closed(Course(Fewer(5, WeekKind.Course), "04 05 06 10 11"), "2026-03-09"), ""),
        ["a course week with a closed day and a visit too few"] = (() => Closed(Course(Fewer(5, WeekKind.Course), "04 05 06 11 12"), "2026-03-09"), "a[4]"),
        ["free days between"] = (() => Closed(Course(Fewer(3, WeekKind.Calendar), "03 05 09 11 13", free: 1), "2026-03-02"), ""),
        ["too few with free days between"] = (() => Closed(Course(Fewer(3, WeekKind.Calendar), "03 09 11 13", free: 1), "2026-03-02"), "a[2]"),
        ["a day that is open too shortly"] = (() => Closed(Course(Five, "02 03 05 06 09"), "08:00 to 17:45", "2026-03-04"), ""),
        ["a day that is open just long enough"] = (() => Closed(Course(Five, "02 03 05 06 09"), "08:00 to 17:30", "2026-03-04"), "a[5]"),
        ["a self-report knows no closures"] = (() => Closed(Course(Five, "02 03 05 06 09"), "2026-03-04").Typing("a", t => t with { Mode = Mode.SelfReport }), "a[5]"),
        ["weekdays of the whole series"] = (() => On(Course(Five, "02 03 05 06 09"), "a[1..5]"), ""),
        ["weekdays of some visits"] = (() => On(Course(Five, "02 03 05 06 09"), "a[3..5]"), "a[5]"),
        ["the patient is away"] = (() => Course(Five, "02 03 05 06 09").For(p => p with { Dates = [TestClinic.On("2026-03-04")] }), "a[5]"),
        ["a phase that takes a week more"] = (() => Closed(Course(Two, "02 09 16"), "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"), ""),
        ["a phase that begins too early"] = (() => Closed(Course(Two, "02 09 10"), "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"), "a[3]"),
        ["a phase without closures"] = (() => Course(Two, "02 03 09"), ""),
        ["a phase that does not say it"] = (() => Closed(Course(new(WeekKind.Calendar, [new(1, 1, 1) { FewerWhereClosed = true }, new(2, 1, null)]), "02 10 16 17"), "2026-03-09"), "a[3]"),
        ["a missed visit comes at the end"] = (() => Course(Five, "02 04 05 06 09").Fix("a[1]").Asking(r => r with { From = TestClinic.Date("2026-03-04") }), ""),
        ["of a course that has begun, what is left of the week is kept"] = (() => Course(Five, "02 04 05 09 10").Fix("a[1]").Asking(r => r with { From = TestClinic.Date("2026-03-04") }), "a[4]"),
        ["two in two weeks, the second of which was in the second week"] = (() => Begun("02 10 16 17"), ""),
        ["two in two weeks, and a visit too late"] = (() => Begun("02 10 16 30"), "a[4]"),
        ["a course that began on a Wednesday"] = (() => Course(Five, "04 05 06 09 10").Fix("a[1]"), ""),
        ["a visit that is left out takes no place"] = (() => Course(Five, "02 03 04 05 06 09").Drop("a[2]").Move("a[3]", "2026-03-03 10:00").Move("a[4]", "2026-03-04 10:00")
            .Move("a[5]", "2026-03-05 10:00").Move("a[6]", "2026-03-06 10:00").Asking(r => r with { LeftOut = Visits("a[2]") }), ""),
    };

    private static WeeklyRhythm Two => new(WeekKind.Calendar, [new(2, 1, 1) { FewerWhereClosed = true }, new(1, 1, null) { FewerWhereClosed = true }]);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_week_holds_what_it_can(string name)
    {
        var (course, broken) = Cases[name];

        var found = course().Judge().Findings.Single(f => f.Rule == "rule").Breaches;

        Assert.Equal(broken, string.Join(' ', found.Select(b => b.Visits[^1])));
    }

    [Fact]
    public void A_breach_names_the_week() =>
        Assert.Equal(
            "a[4] is on Monday 2026-03-09, but with 5 a week, fewer where closed, and a[1] on Monday 2026-03-02 it must lie from Monday 2026-03-02 to Sunday 2026-03-08.",
            Assert.Single(Cases["a closed Wednesday, and a visit too few"].Course().Judge().Findings.Single(f => f.Rule == "rule").Breaches).Message);

    [Fact]
    public void The_horizon_reaches_as_far_as_closures_put_visits_off()
    {
        // Open again on the 11th of May, ten weeks later.
        var course = Course(Fewer(1, WeekKind.Calendar), "02 09").In(k => k with { Closures = [new("works", TestClinic.Date("2026-03-09"), TestClinic.Date("2026-05-10"), new(0, 24 * 60), Yearly: false)] })
            .Asking(r => r with { StartWithinDays = 1 });

        Assert.Empty(course.Move("a[2]", "2026-05-11 10:00").Judge().Breaches);
        var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(course.Request with { StartWithinDays = 1 }));
        Assert.Equal(TestClinic.Date("2026-05-11"), placed.Proposals[0].Calendar.Find(Visit("a[2]"))!.Date);
    }

    [Fact]
    public void What_was_in_the_second_of_two_weeks_takes_no_place_of_the_next_two()
    {
        var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(Begun("02 10 16 17").Request));

        Assert.Equal("2, 10, 16, 17", string.Join(", ", placed.Proposals[0].Calendar.Visits.Select(v => v.Date.Day)));
    }

    [Fact]
    public void A_course_that_begins_a_day_earlier_may_end_a_week_later()
    {
        // Open at weekends. From Saturday the 30th, the second week has no day that is open; from Sunday the 31st it has the 13th.
        var protocol = Of(
            [Treatment("t", [50, 50, 50]) with { NeedsAuthorisation = true }],
            new Rule.Cadence(Head("rule"), Visits("t[1..3]"), Fewer(1, WeekKind.Course), null, null, null, null));
        var request = TestCourse.Empty(protocol, TestClinic.Riverside with { Opening = TestClinic.Weekly(6, 7, "08:00 to 09:30") }, "2027-10-30")
            .In(k => k.Closed("2027-11-06").Closed("2027-11-07"))
            .For(p => p with { Authorisations = [new(["t"], 3, TestClinic.Date("2027-10-30"), TestClinic.Date("2027-11-14"))] })
            .Request with { StartWithinDays = 7 };

        var calendar = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar;

        Assert.Equal(["2027-10-31", "2027-11-13", "2027-11-14"], calendar.Visits.Select(v => v.Date.ToString("uuuu-MM-dd", null)));
    }

    // Two in each two weeks, the first two of which have taken place.
    private static TestCourse Begun(string days) =>
        Course(new(WeekKind.Calendar, [new(2, 2, null) { FewerWhereClosed = true }]), days).Fix("a[1..2]").Asking(r => r with { From = TestClinic.Date("2026-03-11") });

    private static WeeklyRhythm Fewer(int times, WeekKind week) => new(week, [new(times, 1, null) { FewerWhereClosed = true }]);

    // Phone calls of half an hour at ten o'clock, on these days of March.
    private static TestCourse Course(WeeklyRhythm rhythm, string days, int? free = null)
    {
        string[] all = days.Split(' ');
        return TestCourse.Bare(
                new Rule.Cadence(Head("rule"), Visits($"a[1..{all.Length}]"), rhythm, null, free, null, null), "a " + string.Join(", ", all.Select(d => $"2026-03-{d} 10:00")))
            .Typing("a", t => t with { Mode = Mode.Phone });
    }

    private static TestCourse Closed(TestCourse course, params string[] dates) =>
        dates[0].Contains(':', StringComparison.Ordinal)
            ? dates[1..].Aggregate(course, (c, d) => c.In(k => k.Closed(d, dates[0])))
            : dates.Aggregate(course, (c, d) => c.In(k => k.Closed(d)));

    private static TestCourse On(TestCourse course, string visits) => course.Under(p => p with
    {
        Rules = [.. p.Rules, new Rule.Weekdays(Head("days"), Visits(visits), [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday], Strength.Must)],
    });
}
