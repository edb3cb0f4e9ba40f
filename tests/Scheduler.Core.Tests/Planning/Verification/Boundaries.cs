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

    private static readonly Rule.Cadence TwoADay = Rhythm with { Series = Visits("a[1..4]"), PerDay = new(2, 50, 0) };
    private static readonly Rule.Cadence Taper = Rhythm with
    {
        Series = Visits("a[1..4]"),
        PerWeek = new(WeekKind.Calendar, [new(1, EveryWeeks: 1, Weeks: 1), new(1, EveryWeeks: 2, Weeks: 4), new(1, EveryWeeks: 1, Weeks: null)]),
    };

    private static readonly Rule.Cadence CourseTaper = Taper with { PerWeek = Taper.PerWeek! with { Week = WeekKind.Course } };
    private static readonly Rule.HourWindow Day = new(Head("rule"), Visits("b[1]"), new Anchor.StartOf(Visit("a[1]")), 24 * 60, new(0, 0), new(0, 0), 0);
    private static readonly Rule.HourWindow DayFromEnd = Day with { Anchor = new Anchor.EndOf(Visit("a[1]")) };

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
        ["two a day: 50 min apart"] = (TwoADay, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-03 10:00, 2026-03-03 10:50", ""),
        ["two a day: 55 min apart"] = (TwoADay, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-03 10:00, 2026-03-03 10:55", "rule"),
        ["two a day: 55 min apart, give or take 5"] = (TwoADay with { PerDay = new(2, 50, 5) }, "a 2026-03-02 10:00, 2026-03-02 10:55", ""),
        ["two a day: 60 min apart, give or take 5"] = (TwoADay with { PerDay = new(2, 50, 5) }, "a 2026-03-02 10:00, 2026-03-02 11:00", "rule"),
        ["two a day: 45 min apart, give or take 5"] = (TwoADay with { PerDay = new(2, 50, 5) }, "a 2026-03-02 10:00, 2026-03-02 10:45", ""),
        ["two a day: 40 min apart, give or take 5"] = (TwoADay with { PerDay = new(2, 50, 5) }, "a 2026-03-02 10:00, 2026-03-02 10:40", "rule"),
        ["two a day: the last day with one"] = (TwoADay, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-03 10:00", ""),
        ["two a day: the third on the same day"] = (TwoADay, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-02 11:40", "series-order"),
        ["two a day: the second one on the next"] = (TwoADay, "a 2026-03-02 10:00, 2026-03-03 10:50", "rule"),
        ["two a day: days 2 apart where every 2 are asked"] = (TwoADay with { Every = new(2, 0) }, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-04 10:00, 2026-03-04 10:50", ""),
        ["two a day: days 3 apart where every 2 are asked"] = (TwoADay with { Every = new(2, 0) }, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-05 10:00, 2026-03-05 10:50", "rule"),
        ["two a day: within 2 days"] = (TwoADay with { Within = Days(2) }, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-03 10:00, 2026-03-03 10:50", ""),
        ["two a day: within a day"] = (TwoADay with { Within = Days(1) }, "a 2026-03-02 10:00, 2026-03-02 10:50, 2026-03-03 10:00, 2026-03-03 10:50", "rule"),
        ["two a day: one day a week, in the next"] = (TwoADay with { PerWeek = WeeklyRhythm.Each(1, WeekKind.Calendar) }, "a 2026-03-08 10:00, 2026-03-08 10:50, 2026-03-09 10:00, 2026-03-09 10:50", ""),
        ["two a day: one day a week, in the same"] = (TwoADay with { PerWeek = WeeklyRhythm.Each(1, WeekKind.Calendar) }, "a 2026-03-07 10:00, 2026-03-07 10:50, 2026-03-08 10:00, 2026-03-08 10:50", "rule"),
        ["taper: the last days of all blocks"] = (Taper, "a 2026-03-04 10:00, 2026-03-22 10:00, 2026-04-05 10:00, 2026-04-12 10:00", ""),
        ["taper: the first days of all blocks"] = (Taper, "a 2026-03-04 10:00, 2026-03-09 10:00, 2026-03-23 10:00, 2026-04-06 10:00", ""),
        ["taper: the second a day before its block"] = (Taper, "a 2026-03-04 10:00, 2026-03-08 10:00, 2026-03-23 10:00, 2026-04-06 10:00", "rule"),
        ["taper: the third a day after its block"] = (Taper, "a 2026-03-04 10:00, 2026-03-09 10:00, 2026-04-06 10:00, 2026-04-07 10:00", "rule"),
        ["taper: the fourth a day before its block"] = (Taper, "a 2026-03-04 10:00, 2026-03-09 10:00, 2026-03-23 10:00, 2026-04-05 10:00", "rule"),
        ["taper in course weeks: the last days of all blocks"] = (CourseTaper, "a 2026-03-04 10:00, 2026-03-24 10:00, 2026-04-07 10:00, 2026-04-14 10:00", ""),
        ["taper in course weeks: the second a day late"] = (CourseTaper, "a 2026-03-04 10:00, 2026-03-25 10:00, 2026-04-07 10:00, 2026-04-14 10:00", "rule"),
        ["taper in course weeks: the fourth a day early"] = (CourseTaper, "a 2026-03-04 10:00, 2026-03-11 10:00, 2026-03-25 10:00, 2026-04-07 10:00", "rule"),
        ["before: ends as the other starts"] = (Beside(new DayPlace.Before()), "a 2026-03-02 10:00; b 2026-03-02 09:30", ""),
        ["before: ends 5 min later"] = (Beside(new DayPlace.Before()), "a 2026-03-02 10:00; b 2026-03-02 09:35", "rule patient-once"),
        ["after: starts as the other ends"] = (Beside(new DayPlace.After()), "a 2026-03-02 10:00; b 2026-03-02 10:30", ""),
        ["after: starts 5 min earlier"] = (Beside(new DayPlace.After()), "a 2026-03-02 10:00; b 2026-03-02 10:25", "rule patient-once"),
        ["any time: the end of the day"] = (Beside(new DayPlace.Anytime()), "a 2026-03-02 10:00; b 2026-03-02 19:30", ""),
        ["any time: the start of the next"] = (Beside(new DayPlace.Anytime()), "a 2026-03-02 10:00; b 2026-03-03 08:00", "rule"),
        ["from the start: at the earliest"] = (Beside(new DayPlace.Starts(false, 10, 20)), "a 2026-03-02 10:00; b 2026-03-02 10:10", ""),
        ["from the start: 5 min earlier"] = (Beside(new DayPlace.Starts(false, 10, 20)), "a 2026-03-02 10:00; b 2026-03-02 10:05", "rule"),
        ["from the start: at the latest"] = (Beside(new DayPlace.Starts(false, 10, 20)), "a 2026-03-02 10:00; b 2026-03-02 10:20", ""),
        ["from the start: 5 min later"] = (Beside(new DayPlace.Starts(false, 10, 20)), "a 2026-03-02 10:00; b 2026-03-02 10:25", "rule"),
        ["from the end: at once"] = (Beside(new DayPlace.Starts(true, 0, 15)), "a 2026-03-02 10:00; b 2026-03-02 10:30", ""),
        ["from the end: before it"] = (Beside(new DayPlace.Starts(true, 0, 15)), "a 2026-03-02 10:00; b 2026-03-02 10:25", "rule"),
        ["from the end: at the latest"] = (Beside(new DayPlace.Starts(true, 0, 15)), "a 2026-03-02 10:00; b 2026-03-02 10:45", ""),
        ["from the end: 5 min later"] = (Beside(new DayPlace.Starts(true, 0, 15)), "a 2026-03-02 10:00; b 2026-03-02 10:50", "rule"),
        ["24 hours: the same time of the next day"] = (Day, "a 2026-03-02 10:00; b 2026-03-03 10:00", ""),
        ["24 hours: 5 min later"] = (Day, "a 2026-03-02 10:00; b 2026-03-03 10:05", "rule"),
        ["24 hours from the end"] = (DayFromEnd, "a 2026-03-02 10:00; b 2026-03-03 10:30", ""),
        ["24 hours from the end, counted from the start"] = (DayFromEnd, "a 2026-03-02 10:00; b 2026-03-03 10:00", "rule"),
        ["24 hours over the clock change in spring: an hour later by the wall"] = (Day, "a 2026-03-07 10:00; b 2026-03-08 11:00", ""),
        ["24 hours over the clock change in spring: the same by the wall"] = (Day, "a 2026-03-07 10:00; b 2026-03-08 10:00", "rule"),
        ["24 hours over the clock change in autumn: an hour earlier by the wall"] = (DayFromEnd, "a 2026-10-31 10:00; b 2026-11-01 09:30", ""),
        ["24 hours over the clock change in autumn: the same by the wall"] = (DayFromEnd, "a 2026-10-31 10:00; b 2026-11-01 10:30", "rule"),
        ["hours: the last minute"] = (Day with { Ideal = new(-120, 60) }, "a 2026-03-02 10:00; b 2026-03-03 11:00", ""),
        ["hours: a minute too few"] = (Day with { Ideal = new(-120, 59) }, "a 2026-03-02 10:00; b 2026-03-03 11:00", "rule"),
        ["hours: the first minute"] = (Day with { Ideal = new(-120, 60) }, "a 2026-03-02 10:00; b 2026-03-03 08:00", ""),
        ["hours: a minute too early"] = (Day with { Ideal = new(-119, 60) }, "a 2026-03-02 10:00; b 2026-03-03 08:00", "rule"),
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

    private static readonly Dictionary<string, (Rule Rule, string Series, string Broken)> Held = new()
    {
        ["40 min after a start at 10:03 is 10:40"] = (Beside(new DayPlace.Starts(false, 40, 40)), "a 2026-03-02 10:03; b 2026-03-02 10:40", ""),
        ["40 min after a start at 10:03 is not 10:45"] = (Beside(new DayPlace.Starts(false, 40, 40)), "a 2026-03-02 10:03; b 2026-03-02 10:45", "rule"),
        ["40 min before a start at 10:03 is 9:20"] = (Beside(new DayPlace.Starts(false, -40, -40)), "a 2026-03-02 10:03; b 2026-03-02 09:20", ""),
        ["at the end at 10:33 is 10:35"] = (Beside(new DayPlace.Starts(true, 0, 0)), "a 2026-03-02 10:03; b 2026-03-02 10:35", ""),
        ["at the end at 10:33 is not 10:30"] = (Beside(new DayPlace.Starts(true, 0, 0)), "a 2026-03-02 10:03; b 2026-03-02 10:30", "rule"),
        ["after an end at 10:33 is 10:35"] = (Beside(new DayPlace.After()), "a 2026-03-02 10:03; b 2026-03-02 10:35", ""),
        ["after an end at 10:33 is not 10:30"] = (Beside(new DayPlace.After()), "a 2026-03-02 10:03; b 2026-03-02 10:30", "rule patient-once"),
        ["before a start at 10:03 is until 10:00"] = (Beside(new DayPlace.Before()), "a 2026-03-02 10:03; b 2026-03-02 09:30", ""),
        ["before a start at 10:03 is not until 10:05"] = (Beside(new DayPlace.Before()), "a 2026-03-02 10:03; b 2026-03-02 09:35", "rule patient-once"),
        ["50 min after the session at 10:04 is 10:50"] = (TwoADay, "a 2026-03-02 10:04, 2026-03-02 10:50", ""),
        ["50 min after the session at 10:04 is not 10:55"] = (TwoADay, "a 2026-03-02 10:04, 2026-03-02 10:55", "rule"),
        ["24 hours after 10:03, at most 3 min early"] = (Day with { Ideal = new(-3, 0) }, "a 2026-03-02 10:03; b 2026-03-03 10:00", ""),
        ["24 hours after 10:03, at most 2 min early"] = (Day with { Ideal = new(-2, 0) }, "a 2026-03-02 10:03; b 2026-03-03 10:00", "rule"),
        ["24 hours after an end at 10:33, at most 2 min late"] = (DayFromEnd with { Ideal = new(0, 2) }, "a 2026-03-02 10:03; b 2026-03-03 10:35", ""),
        ["24 hours after an end at 10:33, at most 1 min late"] = (DayFromEnd with { Ideal = new(0, 1) }, "a 2026-03-02 10:03; b 2026-03-03 10:35", "rule"),
    };

    public static TheoryData<string> HeldNames => [.. Held.Keys];

    [Theory]
    [MemberData(nameof(HeldNames))]
    public void What_was_held_at_an_odd_minute_counts_by_its_tick_beside_others_and_by_the_minute_in_hours(string name)
    {
        var (rule, series, broken) = Held[name];
        Assert.Equal(broken, BrokenBy(TestCourse.Bare(rule, series).Fix("a[1]")));
    }

    private static Rule.SameDay Beside(DayPlace place) => BundledCourse.Beside("rule", "b[1]", "a[1]", place);

    private static Rule.Window Window(Period target, int from, int to) =>
        new(Head("rule"), Visits("b[1]"), new Anchor.StartOf(Visit("a[1]")), target, new(from, to), new(from, to), 1);

    private static string BrokenBy(TestCourse course) =>
        string.Join(' ', course.Judge().Findings.Where(f => !f.Holds).Select(f => f.Rule));
}
