using NodaTime;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>Each limit of each kind of rule, just inside and just outside: what breaks, or nothing.</summary>
public class Boundaries
{
    private static readonly Rule.Cadence Rhythm = new(Head("rule"), Visits("a[1..3]"), null, null, null, null, null);
    private static readonly Rule.Cadence Pair = Rhythm with { Series = Visits("a[1..2]") };
    private static readonly Rule.Cadence CalendarWeek = Rhythm with { PerWeek = WeeklyRhythm.Each(2, WeekKind.Calendar) };
    private static readonly Rule.Cadence CourseWeek = Rhythm with { PerWeek = WeeklyRhythm.Each(2, WeekKind.Course) };
    private static readonly Rule.Order InOrder = new(Head("rule"), [Visits("a[1]"), Visits("b[1]")], null, null);
    private static readonly Rule.ApartDays Apart = new(Head("rule"), [Visits("a[1]"), Visits("b[1]")]);
    private static readonly Rule.Weekdays MondayOrFriday = new(Head("rule"), Visits("a[1]"), [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], Strength.Must);
    private static readonly Rule.TimeOfDay Times = new(Head("rule"), Visits("a[1]"), 9 * 60, 11 * 60, null, Strength.Must);

    private static readonly Dictionary<string, (Rule Rule, string Series, string Broken)> Cases = new()
    {
        ["calendar week: Sunday belongs to Monday's week"] = (CalendarWeek, "a 2026-03-04 10:00, 2026-03-08 10:00, 2026-03-09 10:00", ""),
        ["calendar week: the second visit on the next Monday"] = (CalendarWeek, "a 2026-03-04 10:00, 2026-03-09 10:00, 2026-03-10 10:00", "rule"),
        ["calendar week: the third visit on the last day of its week"] = (CalendarWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-15 10:00", ""),
        ["calendar week: the third visit a day later"] = (CalendarWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-16 10:00", "rule"),
        ["calendar week: the third visit a day before its week"] = (CalendarWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-08 10:00", "rule"),
        ["course week: from Wednesday to Tuesday"] = (CourseWeek, "a 2026-03-04 10:00, 2026-03-10 10:00, 2026-03-11 10:00", ""),
        ["course week: the second visit on the next Wednesday"] = (CourseWeek, "a 2026-03-04 10:00, 2026-03-11 10:00, 2026-03-12 10:00", "rule"),
        ["course week: the third visit a day before its week"] = (CourseWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-10 10:00", "rule"),
        ["course week: the third visit on the last day of its week"] = (CourseWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-17 10:00", ""),
        ["course week: the third visit a day later"] = (CourseWeek, "a 2026-03-04 10:00, 2026-03-05 10:00, 2026-03-18 10:00", "rule"),
        ["every 14 days, 2 fewer"] = (Pair with { Every = new(14, 2) }, "a 2026-03-02 10:00, 2026-03-14 10:00", ""),
        ["every 14 days, 3 fewer"] = (Pair with { Every = new(14, 2) }, "a 2026-03-02 10:00, 2026-03-13 10:00", "rule"),
        ["every 14 days, 2 more"] = (Pair with { Every = new(14, 2) }, "a 2026-03-02 10:00, 2026-03-18 10:00", ""),
        ["every 14 days, 3 more"] = (Pair with { Every = new(14, 2) }, "a 2026-03-02 10:00, 2026-03-19 10:00", "rule"),
        ["every 14 days exactly"] = (Pair with { Every = new(14, 0) }, "a 2026-03-02 10:00, 2026-03-16 10:00", ""),
        ["every 14 days, one more"] = (Pair with { Every = new(14, 0) }, "a 2026-03-02 10:00, 2026-03-17 10:00", "rule"),
        ["one free day where one is needed"] = (Pair with { FreeDaysAtLeast = 1 }, "a 2026-03-02 10:00, 2026-03-04 10:00", ""),
        ["no free day where one is needed"] = (Pair with { FreeDaysAtLeast = 1 }, "a 2026-03-02 10:00, 2026-03-03 10:00", "rule"),
        ["three free days where three are allowed"] = (Pair with { FreeDaysAtMost = 3 }, "a 2026-03-02 10:00, 2026-03-06 10:00", ""),
        ["four free days where three are allowed"] = (Pair with { FreeDaysAtMost = 3 }, "a 2026-03-02 10:00, 2026-03-07 10:00", "rule"),
        ["within 2 weeks: day 14"] = (Pair with { Within = Days(14) }, "a 2026-03-02 10:00, 2026-03-15 10:00", ""),
        ["within 2 weeks: day 15"] = (Pair with { Within = Days(14) }, "a 2026-03-02 10:00, 2026-03-16 10:00", "rule"),
        ["within a month of 31 January: 27 February"] = (Pair with { Within = Period.FromMonths(1) }, "a 2026-01-31 10:00, 2026-02-27 10:00", ""),
        ["within a month of 31 January: 28 February"] = (Pair with { Within = Period.FromMonths(1) }, "a 2026-01-31 10:00, 2026-02-28 10:00", "rule"),
        ["order: the next begins as the one before ends"] = (InOrder, "a 2026-03-02 10:00; b 2026-03-02 10:30", ""),
        ["order: the next begins 5 min before that"] = (InOrder, "a 2026-03-02 10:00; b 2026-03-02 10:25", "rule patient-once"),
        ["order: at least a day, the next day"] = (InOrder with { AtLeast = Days(1) }, "a 2026-03-02 10:00; b 2026-03-03 08:00", ""),
        ["order: at least a day, the same day"] = (InOrder with { AtLeast = Days(1) }, "a 2026-03-02 10:00; b 2026-03-02 19:30", "rule"),
        ["order: at least a month after 31 January: 28 February"] = (InOrder with { AtLeast = Period.FromMonths(1) }, "a 2026-01-31 10:00; b 2026-02-28 08:00", ""),
        ["order: at least a month after 31 January: 27 February"] = (InOrder with { AtLeast = Period.FromMonths(1) }, "a 2026-01-31 10:00; b 2026-02-27 08:00", "rule"),
        ["order: at most 7 days, day 7"] = (InOrder with { AtMost = Days(7) }, "a 2026-03-02 10:00; b 2026-03-09 19:30", ""),
        ["order: at most 7 days, day 8"] = (InOrder with { AtMost = Days(7) }, "a 2026-03-02 10:00; b 2026-03-10 08:00", "rule"),
        ["apart: the next day"] = (Apart, "a 2026-03-02 19:30; b 2026-03-03 08:00", ""),
        ["apart: the same day"] = (Apart, "a 2026-03-02 08:00; b 2026-03-02 19:30", "rule"),
        ["window: the first ideal day"] = (Window(Days(10), -1, 2), "a 2026-03-02 10:00; b 2026-03-11 10:00", ""),
        ["window: a day before it"] = (Window(Days(10), -1, 2), "a 2026-03-02 10:00; b 2026-03-10 10:00", "rule"),
        ["window: the last ideal day"] = (Window(Days(10), -1, 2), "a 2026-03-02 10:00; b 2026-03-14 10:00", ""),
        ["window: a day after it"] = (Window(Days(10), -1, 2), "a 2026-03-02 10:00; b 2026-03-15 10:00", "rule"),
        ["window: 31 August and 6 months is 28 February"] = (Window(Period.FromMonths(6), 0, 0), "a 2026-08-31 10:00; b 2027-02-28 10:00", ""),
        ["window: 31 August and 6 months is not 1 March"] = (Window(Period.FromMonths(6), 0, 0), "a 2026-08-31 10:00; b 2027-03-01 10:00", "rule"),
        ["window: 31 August and 6 months is 29 February in a leap year"] = (Window(Period.FromMonths(6), 0, 0), "a 2027-08-31 10:00; b 2028-02-29 10:00", ""),
        ["window: 31 August and 6 months is not 28 February in a leap year"] = (Window(Period.FromMonths(6), 0, 0), "a 2027-08-31 10:00; b 2028-02-28 10:00", "rule"),
        ["time of day: the earliest start"] = (Times, "a 2026-03-02 09:00", ""),
        ["time of day: 5 min before it"] = (Times, "a 2026-03-02 08:55", "rule"),
        ["time of day: the latest start"] = (Times, "a 2026-03-02 11:00", ""),
        ["time of day: 5 min after it"] = (Times, "a 2026-03-02 11:05", "rule"),
        ["time of day: the latest end"] = (Times with { EndsBy = 11 * 60 }, "a 2026-03-02 10:30", ""),
        ["time of day: 5 min later"] = (Times with { EndsBy = 11 * 60 }, "a 2026-03-02 10:35", "rule"),
        ["weekdays: one of them"] = (MondayOrFriday, "a 2026-03-06 10:00", ""),
        ["weekdays: the day after"] = (MondayOrFriday, "a 2026-03-07 10:00", "rule"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_what_lies_outside_is_broken(string name)
    {
        var (rule, series, broken) = Cases[name];
        Assert.Equal(broken, BrokenBy(TestCourse.Bare(rule, series)));
    }

    private static Rule.Window Window(Period target, int from, int to) =>
        new(Head("rule"), Visits("b[1]"), new Anchor.StartOf(Visit("a[1]")), target, new(from, to), new(from, to), 1);

    private static string BrokenBy(TestCourse course) =>
        string.Join(' ', course.Judge().Findings.Where(f => !f.Holds).Select(f => f.Rule));
}
