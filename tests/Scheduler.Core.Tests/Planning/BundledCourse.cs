using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning;

/// <summary>
/// A course with several visits a day, a taper, visits beside others, a window in hours, and what a payer must authorise; with a legal
/// calendar in March and April 2026. The 2nd of March is a Monday, and clocks go forward on the 8th.
/// </summary>
internal static class BundledCourse
{
    public static Protocol Protocol { get; } = Of(
        [
            Treatment("tms", [20, 20, 20, 20, 20, 20], Place("chair", Throughout(Use.Exclusive))) with { NeedsAuthorisation = true },
            Treatment("infusion", [120, 120], Person("nurse", Throughout(Use.Share)), Place("chair", Throughout(Use.Exclusive))) with { NeedsAuthorisation = true },
            Rating("before", Mode.InPerson, 10, 10),
            Rating("during", Mode.InPerson, 10, 10),
            Assessment("prep", Mode.InPerson, 45, Person("therapist", Throughout(Use.Exclusive))),
            Assessment("talk", Mode.InPerson, 30, Person("therapist", Throughout(Use.Exclusive))),
            Assessment("diary", Mode.SelfReport, 10),
            Rating("madrs", Mode.Phone, 30),
            Rating("taper", Mode.Phone, 15, 15, 15, 15, 15),
            Assessment("follow", Mode.Video, 30, Person("therapist", Throughout(Use.Exclusive))) with { OnlyIf = "responder" },
            Assessment("extra", Mode.Video, 15) with { OnlyIf = "responder" },
            Assessment("late", Mode.Phone, 15) with { OnlyIf = "responder" },
            Assessment("repeat", Mode.Phone, 15) with { OnlyIf = "responder", Durations = [15, 15] },
            Assessment("repeat-check", Mode.Phone, 15) with { OnlyIf = "responder", Durations = [15, 15] },
            Assessment("other", Mode.Video, 30, Person("rater", Throughout(Use.Exclusive))) with { OnlyIf = "non-responder" },
        ],
        new Rule.Cadence(Head("tms-days"), Visits("tms[1..6]"), WeeklyRhythm.Each(2, WeekKind.Calendar), new(2, 1), null, null, null) { PerDay = new(3, 50, 0) },
        new Rule.Cadence(Head("weekly"), Visits("infusion[1..2]"), null, new(7, 0), null, null, null),
        new Rule.Cadence(
            Head("tapering"),
            Visits("taper[1..5]"),
            new(WeekKind.Calendar, [new(2, EveryWeeks: 1, Weeks: 1), new(1, EveryWeeks: 2, Weeks: 4), new(1, EveryWeeks: 1, Weeks: null)]),
            null,
            null,
            null,
            null),
        Beside("rate-before", "before[1..2]", "infusion[1..2]", new DayPlace.Starts(FromEnd: false, -60, -30)),
        Beside("rate-during", "during[1..2]", "infusion[1..2]", new DayPlace.Starts(FromEnd: false, 40, 40)),
        Beside("prepare", "prep[1]", "infusion[1]", new DayPlace.Before()),
        Beside("debrief", "talk[1]", "infusion[1]", new DayPlace.After()),
        Beside("write", "diary[1]", "infusion[2]", new DayPlace.Anytime()),
        Beside("extra-day", "extra[1]", "follow[1]", new DayPlace.Anytime()),
        new Rule.AllOrNone(Head("whole"), [Visits("repeat[1]", "repeat-check[1]", "repeat-check[2]")]),
        new Rule.Rotation(Head("rotation"), Visits("prep[1]", "talk[1]"), "therapist", IsMust: true),
        new Rule.HourWindow(
            Head("madrs-24h"), Visits("madrs[1]"), new Anchor.EndOf(Visit("infusion[1]")), 24 * 60, new(-4 * 60, 4 * 60), new(-6 * 60, 6 * 60), 2)
        {
            Fallback = new Anchor.EndOf(Visit("infusion[2]")),
        },
        new Rule.HourWindow(Head("late-24h"), Visits("late[1]"), new Anchor.StartOf(Visit("follow[1]")), 24 * 60, new(-60, 60), new(-60, 60), 0));

    public static TestCourse Legal { get; } = TestCourse.Empty(Protocol, Riverside, "2026-03-02")
        .For(p => p with
        {
            Authorisations =
            [
                new(["tms"], 6, Date("2026-03-01"), Date("2026-03-31")),
                new(["infusion"], 2, Date("2026-03-05"), Date("2026-03-12")),
                new(["follow", "other"], 1, Date("2026-04-01"), Date("2026-04-30")),
            ],
        })
        .Place("tms[1]", "2026-03-02 08:00", "chair chair-2")
        .Place("tms[2]", "2026-03-02 08:50", "chair chair-2")
        .Place("tms[3]", "2026-03-02 09:40", "chair chair-2")
        .Place("tms[4]", "2026-03-04 08:15", "chair chair-2")
        .Place("tms[5]", "2026-03-04 09:05", "chair chair-2")
        .Place("tms[6]", "2026-03-04 09:55", "chair chair-2")
        .Place("infusion[1]", "2026-03-05 10:00", "nurse ana, chair chair-1")
        .Place("infusion[2]", "2026-03-12 10:00", "nurse ana, chair chair-1")
        .Place("before[1]", "2026-03-05 09:15", "rater roth")
        .Place("before[2]", "2026-03-12 09:00", "rater roth")
        .Place("during[1]", "2026-03-05 10:40", "rater roth")
        .Place("during[2]", "2026-03-12 10:40", "rater roth")
        .Place("prep[1]", "2026-03-05 08:15", "therapist kim")
        .Place("talk[1]", "2026-03-05 12:00", "therapist lee")
        .Place("diary[1]", "2026-03-12 15:00", "")
        .Place("madrs[1]", "2026-03-06 12:00", "rater roth")
        .Place("taper[1]", "2026-03-16 10:00", "rater roth")
        .Place("taper[2]", "2026-03-18 10:00", "rater roth")
        .Place("taper[3]", "2026-03-30 10:00", "rater roth")
        .Place("taper[4]", "2026-04-13 10:00", "rater roth")
        .Place("taper[5]", "2026-04-22 10:00", "rater roth")
        .Place("follow[1]", "2026-04-27 10:00", "therapist kim")
        .Place("extra[1]", "2026-04-27 11:00", "")
        .Place("late[1]", "2026-04-28 10:00", "")
        .Place("repeat[1]", "2026-04-29 10:00", "")
        .Place("repeat[2]", "2026-04-30 10:00", "")
        .Place("repeat-check[1]", "2026-04-29 11:00", "")
        .Place("repeat-check[2]", "2026-04-30 11:00", "")
        .Place("other[1]", "2026-04-27 10:00", "rater roth");

    /// <summary>A rule that puts visits on the days of others, by ordinal.</summary>
    public static Rule.SameDay Beside(string id, string visits, string partners, DayPlace place) =>
        new(Head(id), [.. Visits(visits).Zip(Visits(partners), (v, p) => new DayPair(v, p))], place);

    private static VisitType Rating(string id, Mode mode, params int[] durations) =>
        new(id, id, VisitPurpose.Assessment, mode, [.. durations], [Person("rater", Throughout(Use.Exclusive))], null, Provenance.None);
}
