using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning;

/// <summary>Protocols made by hand, without YAML.</summary>
internal static class TestProtocol
{
    public static RuleHead Head(string id) => new(id, null, Provenance.None, SourceSpan.Whole("test.yaml"));

    public static Protocol Of(ImmutableArray<VisitType> types, params Rule[] rules) =>
        new("test", "1.0.0", "Test", null, [], [new("responder", "better", ["non-responder"]), new("non-responder", "not better", [])], types, [.. rules]);

    public static VisitType Treatment(string id, int[] durations, params Need[] needs) =>
        new(id, id, VisitPurpose.Treatment, Mode.InPerson, [.. durations], [.. needs], null, Provenance.None);

    public static VisitType Assessment(string id, Mode mode, int duration, params Need[] needs) =>
        new(id, id, VisitPurpose.Assessment, mode, [duration], [.. needs], null, Provenance.None);

    public static Need Person(string role, params Segment[] segments) => new(role, NeedKind.Person, role, [], [.. segments], 0, 0);

    public static Need Place(string role, params Segment[] segments) => new(role, NeedKind.Place, role, [], [.. segments], 0, 0);

    public static Segment Throughout(Use use) => new(use, Moment.Start, Moment.End);

    public static Segment From(int from, int to, Use use) => new(use, new(from, BeforeEnd: false), new(to, BeforeEnd: false));

    /// <summary>Visits as <c>infusion[4]</c>, or <c>wet[1..5]</c> for several.</summary>
    public static ImmutableArray<VisitId> Visits(params string[] selectors) =>
    [
        .. selectors.SelectMany(s =>
        {
            var parts = s.TrimEnd(']').Split('[', '.');
            var first = int.Parse(parts[1]);
            return Enumerable.Range(first, int.Parse(parts[^1]) - first + 1).Select(n => new VisitId(parts[0], n));
        }),
    ];

    public static VisitId Visit(string id) => Visits(id)[0];

    public static Period Days(int days) => Period.FromDays(days);

    /// <summary>
    /// Six infusions and five sessions woven as in Feder 2025, with ratings, a diary, a booster and a review for the responders and the
    /// others. It has every kind of rule.
    /// </summary>
    public static Protocol FederLike { get; } = Of(
        [
            Assessment("baseline", Mode.InPerson, 60, Person("rater", Throughout(Use.Exclusive)), Place("room", Throughout(Use.Exclusive))),
            Treatment(
                "infusion",
                [160, 160, 160, 160, 160, 160],
                Person("nurse", From(0, 120, Use.Share)) with { Skills = ["iv"], StartsApartMinutes = 15 },
                Person("physician", From(0, 120, Use.Supervision), From(0, 10, Use.Exclusive), From(110, 120, Use.Exclusive)),
                Place("chair", Throughout(Use.Exclusive)) with { CleanUpMinutes = 15 }),
            Treatment("wet", [60, 40, 40, 40, 40], Person("therapist", Throughout(Use.Exclusive)), Place("room", Throughout(Use.Exclusive))),
            Assessment("diary", Mode.SelfReport, 10),
            Assessment("week12", Mode.Video, 60, Person("rater", Throughout(Use.Exclusive))),
            Assessment("month6", Mode.InPerson, 60, Person("rater", Throughout(Use.Exclusive)), Place("room", Throughout(Use.Exclusive))),
            Treatment("booster", [120, 120], Person("nurse", Throughout(Use.Share)), Place("chair", Throughout(Use.Exclusive))) with { OnlyIf = "responder" },
            Assessment("review", Mode.Video, 30, Person("therapist", Throughout(Use.Exclusive))) with { OnlyIf = "non-responder" },
        ],
        new Rule.Cadence(Head("infusion-rhythm"), Visits("infusion[1..6]"), WeeklyRhythm.Each(3, WeekKind.Calendar), null, 1, null, null),
        new Rule.Cadence(Head("wet-rhythm"), Visits("wet[1..5]"), null, null, null, 3, Days(14)),
        new Rule.Cadence(Head("booster-rhythm"), Visits("booster[1..2]"), null, new(7, 1), null, null, null),
        new Rule.Order(Head("baseline-first"), [Visits("baseline[1]"), Visits("infusion[1]")], null, Days(7)),
        new Rule.Order(Head("wet-after-infusion-4"), [Visits("infusion[4]"), Visits("wet[1]")], Days(1), Days(7)),
        new Rule.Order(Head("diary-next-day"), [Visits("infusion[1]"), Visits("diary[1]")], Days(1), Days(1)),
        new Rule.ApartDays(Head("apart"), [Visits("wet[1..5]"), Visits("infusion[1..6]")]),
        new Rule.Window(Head("week-12"), Visits("week12[1]"), new Anchor.StartOf(Visit("wet[1]")), Period.FromWeeks(12), new(-3, 3), new(-7, 7), 1),
        new Rule.Window(Head("month-6"), Visits("month6[1]"), new Anchor.EndOf(Visit("baseline[1]")), Period.FromMonths(6), new(-7, 7), new(-14, 14), 0),
        new Rule.Window(Head("booster-window"), Visits("booster[1]"), new Anchor.StartOf(Visit("infusion[6]")), Period.FromWeeks(4), new(-3, 3), new(-7, 7), 0),
        new Rule.Window(Head("review-window"), Visits("review[1]"), new Anchor.StartOf(Visit("infusion[6]")), Period.FromWeeks(4), new(-3, 3), new(-7, 7), 0),
        new Rule.TimeOfDay(Head("mornings"), Visits("infusion[1..6]"), 8 * 60, 11 * 60, 13 * 60 + 40, Strength.Must),
        new Rule.Weekdays(Head("treatment-days"), Visits("wet[1..5]"), Weekdays(1, 5), Strength.Must),
        new Rule.SamePerson(Head("one-therapist"), Visits("wet[1..5]"), "therapist", IsMust: true),
        new Rule.DifferentPeople(
            Head("blind-rater"),
            [.. Visits("baseline[1]", "week12[1]", "month6[1]").Select(v => new VisitNeed(v, "rater"))],
            [
                .. Visits("infusion[1..6]").SelectMany(v => new VisitNeed[] { new(v, "nurse"), new(v, "physician") }),
                .. Visits("wet[1..5]").Select(v => new VisitNeed(v, "therapist")),
            ],
            IsMust: true));

    private static ImmutableArray<IsoDayOfWeek> Weekdays(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(d => (IsoDayOfWeek)d)];
}
