using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>
/// Calendars of <see cref="BundledCourse"/> broken on purpose: exactly these rules and laws are found broken, and the first breach says so
/// in this sentence.
/// </summary>
internal static class BundleMutations
{
    public static IReadOnlyDictionary<string, (Func<TestCourse, TestCourse> Mutate, string Broken, string Sentence)> All { get; } =
        new Dictionary<string, (Func<TestCourse, TestCourse>, string, string)>
        {
            // Several a day
            ["a session too early on its day"] = (c => c.Move("tms[3]", "2026-03-02 09:35"), "tms-days",
                "tms[3] starts on Monday 2026-03-02 09:35 and tms[2] at 08:50: 45 min apart, but it must be 50 min."),
            ["a session too late on its day"] = (c => Tolerant(c, 5).Move("tms[3]", "2026-03-02 09:50").In(k => k with { GridMinutes = 5 }), "tms-days",
                "tms[3] starts on Monday 2026-03-02 09:50 and tms[2] at 08:50: 60 min apart, but it must be 45 to 55 min."),
            ["a session on another day than the rest of its day"] = (c => c.Move("tms[3]", "2026-03-03 09:40"), "tms-days",
                "tms[3] is on Tuesday 2026-03-03, but must be on the day of tms[1], Monday 2026-03-02."),
            ["sessions of one day over each other"] = (c => c.Ruling<Rule.Cadence>("tms-days", r => r with { PerDay = new(3, 10, 0) })
                .Move("tms[2]", "2026-03-02 08:10").Move("tms[3]", "2026-03-02 08:20").Move("tms[4]", "2026-03-04 08:45").Move("tms[5]", "2026-03-04 08:55")
                .Move("tms[6]", "2026-03-04 09:05"), "series-order double-booking patient-once",
                "tms[2] starts on Monday 2026-03-02 08:10, but must not start before tms[1] ends, on Monday 2026-03-02 08:20."),
            ["sessions of one day swapped"] = (c => c.Move("tms[2]", "2026-03-02 09:40").Move("tms[3]", "2026-03-02 08:50"), "tms-days series-order",
                "tms[2] starts on Monday 2026-03-02 09:40 and tms[1] at 08:00: 100 min apart, but it must be 50 min."),
            ["two days of sessions on one day"] = (c => c.Move("tms[4]", "2026-03-02 13:00").Move("tms[5]", "2026-03-02 13:50").Move("tms[6]", "2026-03-02 14:40"), "tms-days series-order",
                "tms[4] is on Monday 2026-03-02 and tms[1] is on Monday 2026-03-02: 0 days apart, but it must be 1 to 3 days."),
            ["days of sessions too far apart"] = (c => c.Move("tms[4]", "2026-03-06 08:15").Move("tms[5]", "2026-03-06 09:05").Move("tms[6]", "2026-03-06 09:55"), "tms-days",
                "tms[4] is on Friday 2026-03-06 and tms[1] is on Monday 2026-03-02: 4 days apart, but it must be 1 to 3 days."),
            ["days of sessions without a free day"] = (c => c.Ruling<Rule.Cadence>("tms-days", r => r with { FreeDaysAtLeast = 2 }), "tms-days",
                "tms[4] is on Wednesday 2026-03-04 and tms[1] is on Monday 2026-03-02: 1 free day between them, but there must be at least 2."),
            ["days of sessions with too many free days"] = (c => c.Ruling<Rule.Cadence>("tms-days", r => r with { FreeDaysAtMost = 0 }), "tms-days",
                "tms[4] is on Wednesday 2026-03-04 and tms[1] is on Monday 2026-03-02: 1 free day between them, but there may be at most 0."),
            ["days of sessions beyond the span"] = (c => c.Ruling<Rule.Cadence>("tms-days", r => r with { Within = Days(2) }), "tms-days",
                "tms[4] is on Wednesday 2026-03-04, but within 2 days from tms[1] on Monday 2026-03-02 the last day is Tuesday 2026-03-03."),
            ["a second day of sessions in a week for one"] = (c => c.Ruling<Rule.Cadence>("tms-days", r => r with { PerWeek = WeeklyRhythm.Each(1, WeekKind.Calendar) }), "tms-days",
                "tms[4] is on Wednesday 2026-03-04, but with 1 day a week and tms[1] on Monday 2026-03-02 it must lie from Monday 2026-03-09 to Sunday 2026-03-15."),

            ["a week that is not long enough"] = (c => c.Ruling<Rule.Cadence>("weekly", r => r with { Every = new(8, 0) }), "weekly",
                "infusion[2] is on Thursday 2026-03-12 and infusion[1] is on Thursday 2026-03-05: 7 days apart, but it must be 8 days."),

            // Phases of weeks
            ["a third visit in the first week of a taper"] = (c => c.Move("taper[3]", "2026-03-20 10:00"), "tapering",
                "taper[3] is on Friday 2026-03-20, but with 1 in 2 weeks and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-03-23 to Sunday 2026-04-05."),
            ["the second visit of a taper in its second week"] = (c => c.Move("taper[2]", "2026-03-23 10:00"), "tapering",
                "taper[2] is on Monday 2026-03-23, but with 2 a week and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-03-16 to Sunday 2026-03-22."),
            ["a visit after its two weeks"] = (c => c.Move("taper[3]", "2026-04-06 10:00"), "tapering",
                "taper[3] is on Monday 2026-04-06, but with 1 in 2 weeks and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-03-23 to Sunday 2026-04-05."),
            ["a visit before its two weeks"] = (c => c.Move("taper[4]", "2026-04-03 10:00"), "tapering",
                "taper[4] is on Friday 2026-04-03, but with 1 in 2 weeks and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-04-06 to Sunday 2026-04-19."),
            ["the last phase of a taper too early"] = (c => c.Move("taper[5]", "2026-04-17 10:00"), "tapering",
                "taper[5] is on Friday 2026-04-17, but with 1 a week and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-04-20 to Sunday 2026-04-26."),
            ["the last phase of a taper too late"] = (c => c.Move("taper[5]", "2026-04-27 09:00"), "tapering",
                "taper[5] is on Monday 2026-04-27, but with 1 a week and taper[1] on Monday 2026-03-16 it must lie from Monday 2026-04-20 to Sunday 2026-04-26."),
            ["a taper in weeks of the course"] = (c => c.Move("taper[1]", "2026-03-17 10:00").Move("taper[2]", "2026-03-24 10:00")
                .Ruling<Rule.Cadence>("tapering", r => r with { PerWeek = r.PerWeek! with { Week = WeekKind.Course } }), "tapering",
                "taper[2] is on Tuesday 2026-03-24, but with 2 a week and taper[1] on Tuesday 2026-03-17 it must lie from Tuesday 2026-03-17 to Monday 2026-03-23."),

            // Same day
            ["a rating on another day"] = (c => c.Move("before[1]", "2026-03-04 13:15"), "rate-before",
                "before[1] is on Wednesday 2026-03-04, but must be on the day of infusion[1], Thursday 2026-03-05."),
            ["a rating too long before"] = (c => c.Move("before[2]", "2026-03-12 08:45"), "rate-before",
                "before[2] starts on Thursday 2026-03-12 08:45, but must start 30 to 60 min before the start of infusion[2] (Thursday 2026-03-12, 10:00 to 12:00): from 09:00 to 09:30."),
            ["a rating too shortly before"] = (c => c.Move("before[1]", "2026-03-05 09:45"), "rate-before",
                "before[1] starts on Thursday 2026-03-05 09:45, but must start 30 to 60 min before the start of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): from 09:00 to 09:30."),
            ["a rating 5 min too early"] = (c => c.Move("during[1]", "2026-03-05 10:35"), "rate-during",
                "during[1] starts on Thursday 2026-03-05 10:35, but must start 40 min after the start of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): at 10:40."),
            ["a rating 5 min too late"] = (c => c.Move("during[1]", "2026-03-05 10:45"), "rate-during",
                "during[1] starts on Thursday 2026-03-05 10:45, but must start 40 min after the start of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): at 10:40."),
            ["a rating that counts from the end"] = (c => Place(c, "rate-during", new DayPlace.Starts(FromEnd: true, 0, 0)), "rate-during",
                "during[1] starts on Thursday 2026-03-05 10:40, but must start at the end of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): at 12:00."),
            ["a rating around the end"] = (c => Place(c, "rate-during", new DayPlace.Starts(FromEnd: true, -10, 15)), "rate-during",
                "during[1] starts on Thursday 2026-03-05 10:40, but must start from 10 min before to 15 min after the end of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): from 11:50 to 12:15."),
            ["a rating some time after"] = (c => Place(c, "rate-during", new DayPlace.Starts(FromEnd: false, 45, 60)), "rate-during",
                "during[1] starts on Thursday 2026-03-05 10:40, but must start 45 to 60 min after the start of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): from 10:45 to 11:00."),
            ["a rating long before"] = (c => Place(c, "rate-before", new DayPlace.Starts(FromEnd: false, -120, -120)), "rate-before",
                "before[1] starts on Thursday 2026-03-05 09:15, but must start 120 min before the start of infusion[1] (Thursday 2026-03-05, 10:00 to 12:00): at 08:00."),
            ["a preparation that ends too late"] = (c => c.Move("prep[1]", "2026-03-05 09:30"), "prepare patient-once",
                "prep[1] ends on Thursday 2026-03-05 10:15, but must end before infusion[1] starts, on Thursday 2026-03-05 10:00."),
            ["a preparation afterwards"] = (c => c.Move("prep[1]", "2026-03-05 13:00"), "prepare",
                "prep[1] ends on Thursday 2026-03-05 13:45, but must end before infusion[1] starts, on Thursday 2026-03-05 10:00."),
            ["a preparation the day before"] = (c => c.Move("prep[1]", "2026-03-04 13:00"), "prepare",
                "prep[1] is on Wednesday 2026-03-04, but must be on the day of infusion[1], Thursday 2026-03-05."),
            ["a talk too early"] = (c => c.Move("talk[1]", "2026-03-05 11:45"), "debrief patient-once",
                "talk[1] starts on Thursday 2026-03-05 11:45, but must not start before infusion[1] ends, on Thursday 2026-03-05 12:00."),
            ["a talk the day after"] = (c => c.Move("talk[1]", "2026-03-06 09:00"), "debrief",
                "talk[1] is on Friday 2026-03-06, but must be on the day of infusion[1], Thursday 2026-03-05."),
            ["a diary on another day"] = (c => c.Move("diary[1]", "2026-03-13 15:00"), "write",
                "diary[1] is on Friday 2026-03-13, but must be on the day of infusion[2], Thursday 2026-03-12."),
            ["a diary any time of that day, but not meanwhile"] = (c => c.Move("diary[1]", "2026-03-12 11:00"), "patient-once",
                "infusion[2] (Thursday 2026-03-12, 10:00 to 12:00) and diary[1] (Thursday 2026-03-12, 11:00 to 11:10) overlap, but the patient can only be at one of them."),
            ["a visit beside one that is not placed"] = (c => c.Drop("follow[1]").Unplace("follow[1]").Drop("late[1]").Unplace("late[1]"), "extra-day",
                "extra[1] is placed, but belongs on the day of follow[1], which is not placed."),
            ["a visit beside one that is left out"] = (c => LeaveOut(c, "follow[1]").Drop("late[1]").Unplace("late[1]"), "extra-day",
                "extra[1] is placed, but belongs on the day of follow[1], which is not placed."),
            ["a visit inside another than its partner"] = (c => c.In(k => k with { GridMinutes = 5 }).Move("talk[1]", "2026-03-05 09:20"), "debrief patient-once",
                "talk[1] starts on Thursday 2026-03-05 09:20, but must not start before infusion[1] ends, on Thursday 2026-03-05 12:00."),

            // All or none
            ["one of three missing"] = (c => c.Drop("repeat[1]").Unplace("repeat[1]"), "whole",
                "repeat-check[1] and repeat-check[2] are placed without repeat[1], but all of them must be placed, or none."),
            ["one of three placed"] = (c => c.Drop("repeat-check[1..2]").Unplace("repeat-check[1..2]"), "whole",
                "repeat[1] is placed without repeat-check[1] and repeat-check[2], but all of them must be placed, or none."),
            ["a second set in part"] = (c => c.Ruling<Rule.AllOrNone>("whole", r => r with { Sets = [.. r.Sets, Visits("other[1]", "late[1]")] }).Drop("late[1]").Unplace("late[1]"), "whole",
                "other[1] is placed without late[1], but all of them must be placed, or none."),
            ["one of three forgotten"] = (c => c.Drop("repeat-check[2]"), "whole complete",
                "repeat[1] and repeat-check[1] are placed without repeat-check[2], but all of them must be placed, or none."),

            // Windows in hours
            ["a rating hours too early"] = (c => c.Move("madrs[1]", "2026-03-06 08:00").Ruling<Rule.HourWindow>("madrs-24h", r => r with { Ideal = new(-239, 0) }), "madrs-24h",
                "madrs[1] starts on Friday 2026-03-06 08:00, 4 h before its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00), "
                + "but must start from Friday 2026-03-06 08:01 to Friday 2026-03-06 12:00."),
            ["a rating hours too late"] = (c => c.Move("madrs[1]", "2026-03-06 16:15"), "madrs-24h",
                "madrs[1] starts on Friday 2026-03-06 16:15, 4 h 15 min after its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00), "
                + "but must start from Friday 2026-03-06 08:00 to Friday 2026-03-06 16:00."),
            ["a rating that counts from the start"] = (c => c.Ruling<Rule.HourWindow>("madrs-24h", r => r with { Anchor = new Anchor.StartOf(Visit("infusion[1]")), Ideal = new(0, 0) }), "madrs-24h",
                "madrs[1] starts on Friday 2026-03-06 12:00, 2 h after its target Friday 2026-03-06 10:00 (24 h after the start of infusion[1] on Thursday 2026-03-05 10:00), "
                + "but must start on Friday 2026-03-06 10:00."),
            ["a rating outside what is allowed"] = (c => Deviating(c, DeviationLimit.Minor).Move("madrs[1]", "2026-03-05 17:00"), "madrs-24h",
                "madrs[1] starts on Thursday 2026-03-05 17:00, 19 h before its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00), "
                + "but must start from Friday 2026-03-06 06:00 to Friday 2026-03-06 18:00."),
            ["a rating 28 days outside what is allowed, and more"] = (c => Deviating(c, DeviationLimit.Major).Move("madrs[1]", "2026-04-06 09:00"), "madrs-24h",
                "madrs[1] starts on Monday 2026-04-06 09:00, 740 h after its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00), "
                + "but must start from Friday 2026-02-06 06:00 to Friday 2026-04-03 19:00."),
            ["a rating from the fallback"] = (c => WithoutInfusion1(c).Move("infusion[2]", "2026-03-06 08:00").Move("madrs[1]", "2026-03-09 08:00"), "madrs-24h",
                "madrs[1] starts on Monday 2026-03-09 08:00, 45 h after its target Saturday 2026-03-07 10:00 (24 h after the end of infusion[2] on Friday 2026-03-06 10:00), "
                + "but must start from Saturday 2026-03-07 06:00 to Saturday 2026-03-07 14:00."),
            ["a window in hours from a visit that is not placed"] = (c => c.Drop("follow[1]").Unplace("follow[1]").Drop("extra[1]").Unplace("extra[1]"), "late-24h",
                "late[1] is placed, but counts from the start of follow[1], which is not placed."),
            ["a window in hours from a visit that is left out"] = (c => LeaveOut(c, "follow[1]").Drop("extra[1]").Unplace("extra[1]"), "late-24h",
                "late[1] is placed, but counts from the start of follow[1], which is not placed."),
            ["a window in minutes"] = (c => c.Ruling<Rule.HourWindow>("late-24h", r => r with { TargetMinutes = 45, Ideal = new(0, 0) }).Move("late[1]", "2026-04-27 10:30"), "late-24h",
                "late[1] starts on Monday 2026-04-27 10:30, 15 min before its target Monday 2026-04-27 10:45 (45 min after the start of follow[1] on Monday 2026-04-27 10:00), "
                + "but must start on Monday 2026-04-27 10:45."),

            // complete, of what is left out
            ["a visit that is left out and there"] = (c => c.Asking(r => r with { LeftOut = Visits("taper[5]") }), "complete",
                "taper[5] is placed on Wednesday 2026-04-22 10:00, but the course goes without it."),
            ["a visit that is left out and listed"] = (c => LeaveOut(c, "other[1]").Unplace("other[1]"), "complete",
                "other[1] is listed as unplaced, but the course goes without it."),

            // grid
            ["an exact rating off the ticks"] = (c => c.Move("during[1]", "2026-03-05 10:42"), "grid",
                "during[1] starts on Thursday 2026-03-05 10:42, but must start at a multiple of 5 min from midnight."),
            ["a rating with some room off the grid"] = (c => c.Move("before[1]", "2026-03-05 09:10"), "grid",
                "before[1] starts on Thursday 2026-03-05 09:10, but must start at a multiple of 15 min from midnight."),
            ["the first session of a day off the grid"] = (c => c.Move("tms[1]", "2026-03-02 08:05").Move("tms[2]", "2026-03-02 08:55").Move("tms[3]", "2026-03-02 09:45"), "grid",
                "tms[1] starts on Monday 2026-03-02 08:05, but must start at a multiple of 15 min from midnight."),
            ["sessions with a tolerance off the grid"] = (c => Tolerant(c, 5), "grid",
                "tms[2] starts on Monday 2026-03-02 08:50, but must start at a multiple of 15 min from midnight."),

            // authorisation
            ["an infusion before what is authorised"] = (c => Authorised(c, 1, a => a with { From = Date("2026-03-06"), To = Date("2026-03-31") }), "authorisation",
                "infusion[1] is on Thursday 2026-03-05, but infusion is authorised only from Friday 2026-03-06 to Tuesday 2026-03-31."),
            ["an infusion after what is authorised"] = (c => Authorised(c, 1, a => a with { To = Date("2026-03-11") }), "authorisation",
                "infusion[2] is on Thursday 2026-03-12, but infusion is authorised only from Thursday 2026-03-05 to Wednesday 2026-03-11."),
            ["an infusion between two authorisations"] = (c => Authorised(c, 1, a => a with { To = Date("2026-03-06") })
                .For(p => p with { Authorisations = p.Authorisations.Add(new(["infusion"], 1, Date("2026-03-13"), Date("2026-03-31"))) }), "authorisation",
                "infusion[2] is on Thursday 2026-03-12, but infusion is authorised only from Thursday 2026-03-05 to Friday 2026-03-06 and from Friday 2026-03-13 to Tuesday 2026-03-31."),
            ["an infusion that nobody authorised"] = (c => c.For(p => p with { Authorisations = p.Authorisations.RemoveAt(1) }), "authorisation",
                "infusion[1] is on Thursday 2026-03-05, but infusion needs an authorisation and there is none."),
            ["more sessions than are authorised"] = (c => Authorised(c, 0, a => a with { AtMost = 5 }), "authorisation",
                "tms[1], tms[2], tms[3], tms[4], tms[5], tms[6] lie from Sunday 2026-03-01 to Tuesday 2026-03-31: 6 visits, but at most 5 of tms are authorised."),
            ["more visits of two types than are authorised"] = (c => Authorised(c, 1, a => a with { VisitTypes = ["infusion", "before"], AtMost = 3 }), "authorisation",
                "infusion[1], infusion[2], before[1], before[2] lie from Thursday 2026-03-05 to Thursday 2026-03-12: 4 visits, but at most 3 of infusion, before are authorised."),
            ["sessions held count as well"] = (c => Authorised(c.Fix("tms[1..3]"), 0, a => a with { AtMost = 4 }), "authorisation",
                "tms[1], tms[2], tms[3], tms[4], tms[5], tms[6] lie from Sunday 2026-03-01 to Tuesday 2026-03-31: 6 visits, but at most 4 of tms are authorised."),
            ["follow-ups that can both be needed"] = (c => c.Under(p => p with { Conditions = [.. p.Conditions.Select(x => x with { Excludes = [] })] }).Move("other[1]", "2026-04-27 13:00"), "authorisation",
                "follow[1], other[1] lie from Wednesday 2026-04-01 to Thursday 2026-04-30: 2 visits, but at most 1 of follow, other are authorised."),
        };

    /// <summary>The course without its first infusion and what belongs to it.</summary>
    public static TestCourse WithoutInfusion1(TestCourse course) => LeaveOut(course, "infusion[1]", "before[1..2]", "during[1..2]", "prep[1]", "talk[1]", "diary[1]")
        .Ruling<Rule.Cadence>("weekly", r => r with { Every = null });

    public static TestCourse LeaveOut(TestCourse course, params string[] visits) =>
        visits.Aggregate(course, (c, v) => c.Drop(v)).Asking(r => r with { LeftOut = Visits(visits) });

    public static TestCourse Authorised(TestCourse course, int index, Func<Authorisation, Authorisation> change) =>
        course.For(p => p with { Authorisations = p.Authorisations.SetItem(index, change(p.Authorisations[index])) });

    private static TestCourse Tolerant(TestCourse course, int minutes) =>
        course.Ruling<Rule.Cadence>("tms-days", r => r with { PerDay = r.PerDay! with { ToleranceMinutes = minutes } });

    private static TestCourse Place(TestCourse course, string rule, DayPlace place) => course.In(k => k with { GridMinutes = 5 }).Ruling<Rule.SameDay>(rule, r => r with { Place = place });

    private static TestCourse Deviating(TestCourse course, DeviationLimit limit) => course.Asking(r => r with { Deviations = limit });
}
