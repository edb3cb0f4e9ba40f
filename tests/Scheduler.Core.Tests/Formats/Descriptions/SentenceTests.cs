using System.Reflection;
using NodaTime;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning;
using static Scheduler.Core.Tests.Planning.TestProtocol;
using Interval = Scheduler.Core.Protocols.Interval;

namespace Scheduler.Core.Tests.Formats.Descriptions;

/// <summary>Each construct of the language with its sentence. A new one without a row here fails the last test.</summary>
public sealed class SentenceTests
{
    private static readonly Need Nurse = Person("nurse", Throughout(Use.Exclusive));

    private static readonly Protocol Course =
        Of(
            [
                Treatment("infusion", [160, 160, 160, 160], Nurse), Treatment("wet", [60, 40, 40], Person("therapist", Throughout(Use.Exclusive))),
                Assessment("rating", Mode.InPerson, 30, Person("rater", Throughout(Use.Exclusive))), Assessment("follow-up", Mode.Phone, 20),
            ])
        with
        {
            Outcomes = [Score("caps5", 0, 80)],
        };

    private static readonly (Rule Rule, string Sentence)[] Rules =
    [
        (Cadence(perWeek: WeeklyRhythm.Each(3, WeekKind.Calendar), least: 1), "The 4 infusion visits must come 3 in each calendar week (Monday to Sunday) and have at least 1 free day between one and the next."),
        (Cadence(perWeek: WeeklyRhythm.Each(2, WeekKind.Course)), "The 4 infusion visits must come 2 in each course week (weeks of 7 days from the first)."),
        (Cadence(perWeek: new(WeekKind.Calendar, [new(2, 1, 1), new(1, 2, null)])), "The 4 infusion visits must come 2 in each calendar week for 1 week, then 1 in every 2 calendar weeks (Monday to Sunday)."),
        (Cadence(perWeek: new(WeekKind.Course, [new(2, 1, 1) { FewerWhereClosed = true }, new(1, 1, null)])), "The 4 infusion visits must come 2 in each course week for 1 week, fewer where the clinic is closed, then 1 in each course week (weeks of 7 days from the first)."),
        (Cadence(every: new(14, 2)), "The 4 infusion visits must follow each other every 14 days, give or take 2 days."),
        (Cadence(every: new(1, 0)), "The 4 infusion visits must follow each other every day."),
        (Cadence(most: 3), "The 4 infusion visits must have at most 3 free days between one and the next."),
        (Cadence(least: 1, most: 3), "The 4 infusion visits must have at least 1 and at most 3 free days between one and the next."),
        (Cadence(least: 2, most: 2), "The 4 infusion visits must have exactly 2 free days between one and the next."),
        (Cadence(within: Period.FromWeeks(2)), "The 4 infusion visits must all lie within 2 weeks, the first day included."),
        (Cadence() with { PerDay = new(2, 50, 5) }, "The 4 infusion visits must come 2 a day, each 50 min after the start of the one before, give or take 5 min."),
        (Cadence(every: new(1, 0)) with { PerDay = new(2, 50, 0) }, "The 4 infusion visits must come 2 a day, each 50 min after the start of the one before; the days of the series must follow each other every day."),
        (new Rule.Order(Head("r"), [Visits("infusion[4]"), Visits("wet[1]")], null, null), "infusion 4 must end before wet 1 starts."),
        (new Rule.Order(Head("r"), [Visits("infusion[1..4]"), Visits("wet[1..3]"), Visits("rating[1]")], Days(2), Period.FromWeeks(1)), "Each infusion visit must end before any wet visit starts, and each wet visit before rating starts; their dates lie at least 2 days and at most 1 week apart."),
        (new Rule.Order(Head("r"), [Visits("wet[3]"), Visits("rating[1]")], Days(1), null), "wet 3 must end before rating starts; their dates lie at least 1 day apart."),
        (new Rule.Order(Head("r"), [Visits("rating[1]"), Visits("wet[1..2]")], null, Period.FromMonths(1)), "rating must end before wet 1 to 2 starts; their dates lie at most 1 month apart."),
        (new Rule.ApartDays(Head("r"), [Visits("wet[1..3]"), Visits("infusion[1..4]")]), "No wet visit may be on the same day as any infusion visit."),
        (new Rule.ApartDays(Head("r"), [Visits("wet[1]"), Visits("infusion[1]", "infusion[3..4]")]), "wet 1 must not be on the same day as infusion 1 and 3 to 4."),
        (new Rule.ApartDays(Head("r"), [Visits("wet[1..3]"), Visits("rating[1]"), Visits("follow-up[1]")]), "None of these may share a day with another: each wet visit; rating; follow-up."),
        (Window(new Anchor.StartOf(Visit("wet[1]")), Period.FromWeeks(12), new(-3, 3), new(-7, 7)), "rating is due 12 weeks after the start of wet 1, ideally from 3 days before that day to 3 days after it, at worst from 7 days before that day to 7 days after it."),
        (Window(new Anchor.EndOf(Visit("wet[3]")), Period.FromMonths(6), new(-14, 0), new(-14, 0), weight: 2), "rating is due 6 months after the end of wet 3, from 14 days before that day to that day itself. Each day away from that day costs 2 points."),
        (Window(new Anchor.Enrolment(), Period.FromDays(0), new(0, 0), new(0, 1)), "rating is due at enrolment, ideally exactly on that day, at worst from that day to 1 day after it."),
        (Window(new Anchor.CameTrue("lost", Visit("wet[1]"), Visits("wet[1..3]")), Days(1), new(0, 4), new(0, 4)), "rating is due 1 day after the day on which lost came true, from that day to 4 days after it. Until that is known, the plan counts from wet 1, the first visit that can tell; where it does not come true there, from the next."),
        (Window(new Anchor.CameTrue("lost", Visit("wet[3]"), Visits("wet[1..3]")), Days(0), new(0, 4), new(0, 4)), "rating is due on the day on which lost came true, from that day to 4 days after it. Until that is known, the plan counts from wet 3, which can tell."),
        (Window(new Anchor.CameTrueOn("lost", new(2027, 1, 18)), Days(1), new(0, 0), new(0, 0)), "rating is due 1 day after 2027-01-18, the day on which lost came true, exactly on that day."),
        (Window(new Anchor.StartOf(Visit("infusion[1]")), Days(7), new(1, 1), new(1, 1)) with { Fallback = new Anchor.EndOf(Visit("infusion[2]")) }, "rating is due 7 days after the start of infusion 1, exactly 1 day after that day. If infusion 1 was skipped, it counts from the end of infusion 2."),
        (new Rule.HourWindow(Head("r"), Visits("rating[1]"), new Anchor.EndOf(Visit("infusion[1]")), 24 * 60, new(-240, 240), new(-240, 390), 1), "rating is due 24 hours after the end of infusion 1, ideally from 4 hours before that moment to 4 hours after it, at worst from 4 hours before that moment to 390 min after it. Each whole hour away from that moment costs 1 point."),
        (new Rule.HourWindow(Head("r"), Visits("rating[1]"), new Anchor.EndOf(Visit("infusion[1]")), 40, new(0, 0), new(0, 0), 0) { Fallback = new Anchor.StartOf(Visit("infusion[2]")) }, "rating is due 40 min after the end of infusion 1, exactly at that moment. If infusion 1 was skipped, it counts from the start of infusion 2."),
        (Same(new DayPlace.Anytime()), "rating must be on the day of infusion 1, at any time at which the two do not overlap."),
        (Same(new DayPlace.Before()), "rating must be on the day of infusion 1, and end before it starts."),
        (Same(new DayPlace.After()), "rating must be on the day of infusion 1, and start after it has ended."),
        (Same(new DayPlace.Starts(FromEnd: false, 40, 40)), "rating must be on the day of infusion 1, and start exactly 40 min after its start."),
        (Same(new DayPlace.Starts(FromEnd: false, -60, -30)), "rating must be on the day of infusion 1, and start from 60 min before its start to 30 min before it."),
        (Same(new DayPlace.Starts(FromEnd: true, 0, 15)), "rating must be on the day of infusion 1, and start from its end to 15 min after it."),
        (Same(new DayPlace.Starts(FromEnd: true, 0, 0)), "rating must be on the day of infusion 1, and start as it ends."),
        (new Rule.SameDay(Head("r"), [new(Visit("wet[1]"), Visit("infusion[1]")), new(Visit("wet[2]"), Visit("infusion[2]"))], new DayPlace.After()), "wet 1 to 2 must be on the day of the infusion visit with the same number, and start after it has ended."),
        (new Rule.SameDay(Head("r"), [new(Visit("wet[1]"), Visit("infusion[2]")), new(Visit("rating[1]"), Visit("infusion[4]"))], new DayPlace.Before()), "wet 1 and rating must be on the day of infusion 2 (for wet 1) and infusion 4 (for rating), and end before it starts."),
        (new Rule.AllOrNone(Head("r"), [Visits("infusion[2]", "rating[1]", "follow-up[1]")]), "infusion 2, rating and follow-up are placed together, or none of them is."),
        (new Rule.AllOrNone(Head("r"), [Visits("wet[1..3]")]), "All wet visits are placed together, or none of them is."),
        (new Rule.AllOrNone(Head("r"), [Visits("wet[1]", "infusion[1]"), Visits("wet[2]", "infusion[2]"), Visits("wet[3]", "infusion[3]")]), "Each wet visit is placed together with the infusion of the same number, or neither is."),
        (new Rule.AllOrNone(Head("r"), [Visits("wet[1]", "infusion[2]"), Visits("wet[2]", "infusion[4]")]), "These are placed together, or neither is: wet 1 and infusion 2; wet 2 and infusion 4."),
        (new Rule.TimeOfDay(Head("r"), Visits("infusion[1..4]"), 480, 690, 840, Strength.Must), "Each infusion visit must start between 08:00 and 11:30 and end by 14:00."),
        (new Rule.TimeOfDay(Head("r"), Visits("rating[1]"), 540, null, null, Strength.Should(3)), "rating should start at 09:00 or later (a wish; each visit that is not costs 3 points)."),
        (new Rule.TimeOfDay(Head("r"), Visits("rating[1]"), null, 540, null, Strength.Must), "rating must start by 09:00."),
        (new Rule.TimeOfDay(Head("r"), Visits("rating[1]"), 540, 540, null, Strength.Must), "rating must start at 09:00."),
        (new Rule.Weekdays(Head("r"), Visits("infusion[1..4]"), [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], Strength.Must), "Each infusion visit must be on Monday or Friday."),
        (new Rule.Weekdays(Head("r"), Visits("wet[1..2]"), [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday], Strength.Should(1)), "wet 1 to 2 should be on Monday to Wednesday (a wish; each visit that is not costs 1 point)."),
        (new Rule.SamePerson(Head("r"), Visits("wet[1..3]"), "therapist", IsMust: true), "All wet visits must have the same person as therapist."),
        (new Rule.SamePerson(Head("r"), Visits("wet[1..2]"), "therapist", IsMust: false), "wet 1 to 2 should have the same person as therapist."),
        (new Rule.DifferentPeople(Head("r"), [new(Visit("rating[1]"), "rater")], [.. Visits("infusion[1..4]").Select(v => new VisitNeed(v, "nurse")), new(Visit("wet[1]"), "therapist")], IsMust: true), "The rater of rating must be somebody else than the nurse of any infusion visit and the therapist of wet 1."),
        (new Rule.Rotation(Head("r"), Visits("wet[1..3]"), "therapist", IsMust: true), "Of all wet visits no two in a row may have the same person as therapist."),
        (new Rule.Rotation(Head("r"), Visits("wet[1..2]", "rating[1]"), "nurse", IsMust: false), "Of wet 1 to 2 and rating, in this order, no two in a row should have the same person as nurse."),
        (new Rule.Rotation(Head("r"), Visits("wet[1]", "infusion[1]", "wet[2]", "infusion[2]", "wet[3]", "infusion[3]"), "nurse", IsMust: true), "Of all wet visits and infusion 1 to 3, taken in turn (wet 1, infusion 1, wet 2 and so on), no two in a row may have the same person as nurse."),
        (new Rule.Rotation(Head("r"), Visits("wet[1]", "infusion[1]", "infusion[2]", "wet[2]"), "nurse", IsMust: true), "Of wet 1, infusion 1, infusion 2 and wet 2, in this order, no two in a row may have the same person as nurse."),
    ];

    private static readonly (Rule[] Parts, string Sentence)[] Written =
    [
        ([new Rule.SamePerson(Head("r"), Visits("wet[1]", "infusion[1]"), "nurse", IsMust: true), new Rule.SamePerson(Head("r"), Visits("wet[2]", "infusion[2]"), "nurse", IsMust: true)],
            "wet 1 to 2 must have the same person as nurse as the infusion of the same number."),
        ([new Rule.SamePerson(Head("r"), Visits("wet[1]", "infusion[2]"), "nurse", IsMust: false), new Rule.SamePerson(Head("r"), Visits("wet[2]", "infusion[2]"), "nurse", IsMust: false)],
            "wet 1 and infusion 2 should have the same person as nurse. wet 2 and infusion 2 should have the same person as nurse."),
        ([Each(1, Period.FromMonths(1)), Each(2, Period.FromMonths(3)), Each(3, Period.FromMonths(12))],
            "All wet visits are due 1, 3 and 12 months after the end of infusion 4, one by one in this order, each from 3 days before that day to 3 days after it."),
        ([Each(1, Period.FromWeeks(1)), Each(2, Period.FromMonths(1))],
            "wet 1 to 2 are due 1 week and 1 month after the end of infusion 4, in this order, each from 3 days before that day to 3 days after it."),
        ([.. Enumerable.Range(1, 5).Select(n => Each(n, Period.FromWeeks((4 * n) - 2)))],
            "wet 1 to 5 are due every 4 weeks from 2 to 18 weeks after the end of infusion 4, one by one in this order, each from 3 days before that day to 3 days after it."),
        ([.. new[] { 0, 1, 2, 3, 7, 8 }.Select((day, i) => Each(i + 1, Period.FromDays(day)))],
            "wet 1 to 6 are due on days 0 to 3 and 7 to 8 after the end of infusion 4, one by one in this order, each from 3 days before that day to 3 days after it."),
        ([.. Enumerable.Range(1, 3).Select(n => Each(n, Period.FromDays(7)) with { Anchor = new Anchor.StartOf(Visit($"infusion[{n}]")) })],
            "Each wet visit is due 7 days after the start of the infusion visit with the same number, from 3 days before that day to 3 days after it."),
        ([.. Enumerable.Range(2, 2).Select(n => Each(n, Period.FromDays(7)) with { Anchor = new Anchor.StartOf(Visit($"wet[{n - 1}]")), Fallback = new Anchor.EndOf(Visit("infusion[4]")) })],
            "wet 2 to 3 are due 7 days after the start of the one before, from 3 days before that day to 3 days after it. If what one counts from was skipped, it counts from the end of infusion 4."),
        ([Each(1, Period.FromDays(7)) with { Anchor = new Anchor.StartOf(Visit("infusion[2]")) }, Each(2, Period.FromDays(7)) with { Anchor = new Anchor.StartOf(Visit("infusion[4]")) }],
            "wet 1 to 2 are due 7 days after the start of infusion 2 and 4 (each from its own, in this order), from 3 days before that day to 3 days after it."),
        ([Each(1, Period.FromDays(7)) with { Anchor = new Anchor.StartOf(Visit("infusion[2]")) }, Each(2, Period.FromDays(9)) with { Anchor = new Anchor.EndOf(Visit("rating[1]")) }],
            "wet 1 to 2 are due 7 and 9 days after the start of infusion 2 (for wet 1) and the end of rating (for wet 2), in this order, each from 3 days before that day to 3 days after it."),
        ([.. Enumerable.Range(1, 2).Select(n => new Rule.HourWindow(Head("r"), Visits($"wet[{n}]"), new Anchor.EndOf(Visit($"infusion[{n}]")), 24 * 60, new(-60, 60), new(-60, 60), 0))],
            "wet 1 to 2 are due 24 hours after the end of the infusion visit with the same number, from 1 hour before that moment to 1 hour after it."),
        ([new Rule.Order(Head("r"), [Visits("infusion[1]"), Visits("wet[1]")], null, null), new Rule.Order(Head("r"), [Visits("infusion[3]"), Visits("wet[2]")], null, null)],
            "infusion 1 must end before wet 1 starts. infusion 3 must end before wet 2 starts."),
    ];

    private static readonly (object Part, string Sentence)[] Parts =
    [
        (Mode.InPerson, "in person"),
        (Mode.Video, "by video"),
        (Mode.Phone, "by phone"),
        (Mode.SelfReport, "as a self-report, with nobody else"),
        (new Need("assistant", NeedKind.Person, "nurse", ["caps5", "emdr"], [From(10, 40, Use.Share), new(Use.Supervision, new(20, BeforeEnd: true), Moment.End), new(Use.Exclusive, new(10, BeforeEnd: true), new(5, BeforeEnd: true))], 15, 5),
            "Person assistant (role nurse) with skill caps5 and emdr: shared with others from 10 to 40 min; supervising for the last 20 min; exclusive from 10 min before the end to 5 min before the end, then 15 min clean-up, starts at least 5 min apart"),
        (Place("chair", Throughout(Use.Exclusive)), "Place chair: exclusive for the whole visit"),
        (new DayCondition("fasting", "Nothing by mouth since midnight", FailedCondition.Hold, Provenance.None), "Nothing by mouth since midnight. If not, the visit is held, and placed again inside the rules."),
        (new DayCondition("escort", "An escort home.", FailedCondition.GoOn, Provenance.None), "An escort home. If not, the visit goes on, and this is recorded."),
        (new DayCondition("pregnant", "Not pregnant.", FailedCondition.StopCourse, Provenance.None), "Not pregnant. If not, the course stops."),
        (new Message("m", new MessageTime.DaysBefore(1, 1080), [Channel.Email, Channel.TextMessage], Saying.Of("Eat nothing."), Provenance.None), "1 day before at 18:00, by e-mail, else by text message: \"Eat nothing.\""),
        (new Message("m", new MessageTime.MinutesBefore(60), [], new Saying([new("en", "Come."), new("es", "Venga.")]), Provenance.None), "1 hour before, by the patient's usual channel: en: \"Come.\"; es: \"Venga.\""),
        (new Message("m", new MessageTime.DaysBefore(0, 420), [Channel.Call], null, Provenance.None), "On the day at 07:00, by a call: the clinic's usual reminder."),
        (new Message("m", new MessageTime.MinutesBefore(180), [], null, Provenance.None), "3 hours before, by the patient's usual channel: the clinic's usual reminder."),
        (new Message("m", new MessageTime.WhenBooked(), [], null, Provenance.None), "When the visit is booked, by the patient's usual channel: the clinic's usual reminder."),
        (Score("caps5", 0, 80), "How ill. Recorded at rating, from 0 to 80."),
        (new Measure("lost", "Response is lost", Visits("follow-up[1]"), null, Provenance.None), "Response is lost. Recorded at follow-up, as yes or no."),
        (When(null), "Better. The clinic judges whether it is true. It excludes other."),
        (When(new OutcomeTest.Between("caps5", Visit("rating[1]"), 25, 80)), "Better. It is true when caps5 at rating is at least 25. It excludes other."),
        (When(new OutcomeTest.Between("caps5", Visit("rating[1]"), 0, 24)), "Better. It is true when caps5 at rating is at most 24. It excludes other."),
        (When(new OutcomeTest.Between("caps5", Visit("rating[1]"), 10, 24)), "Better. It is true when caps5 at rating is from 10 to 24. It excludes other."),
        (When(new OutcomeTest.Between("caps5", Visit("rating[1]"), 10, 10)), "Better. It is true when caps5 at rating is 10. It excludes other."),
        (When(new OutcomeTest.FellBy("caps5", Visit("follow-up[1]"), Visit("rating[1]"), 30)), "Better. It is true when caps5 at follow-up is at least 30 % below caps5 at rating. It excludes other."),
        (When(new OutcomeTest.FellByPoints("caps5", Visit("follow-up[1]"), Visit("rating[1]"), 10)), "Better. It is true when caps5 at follow-up is at least 10 points below caps5 at rating. It excludes other."),
        (When(new OutcomeTest.Yes("lost")), "Better. It is true when lost is answered yes. It excludes other."),
        (When(new OutcomeTest.Not("other")), "Better. It is true when other is known not to be true. It excludes other."),
        (When(new OutcomeTest.AllOf(["a", "b", "c"])), "Better. It is true when a, b and c are all true. It excludes other."),
        (When(new OutcomeTest.AnyOf(["a", "b"])), "Better. It is true when a or b is true. It excludes other."),
        (new ScoreTable("t", "qids", Visit("rating[1]"), [new(0, 5, "two-weekly"), new(6, 6, "weekly")], Provenance.None), "The score of qids at rating decides: 0 to 5 makes two-weekly true and 6 makes weekly true."),
        (Missed(new Remedy.ShiftTheRest(), 2, new Remedy.StopCourse()), "When any infusion visit is missed, it is placed again and the rest moves with it, in the same rhythm counted anew, at most 2 times in a course; otherwise the course stops and its remaining visits are released."),
        (Missed(new Remedy.MakeUp(7)), "When any infusion visit is missed, it is made up within 7 days."),
        (Missed(new Remedy.Skip()) with { And = "worse" }, "When any infusion visit is missed and worse is true, the course goes on without it."),
        (Missed(new Remedy.Skip()), "When any infusion visit is missed, the course goes on without it."),
        (Missed(new Remedy.RepeatPhase("acute")), "When any infusion visit is missed, the phase acute is repeated from its first visit."),
        (Missed(new Remedy.BackTo("weekly")), "When any infusion visit is missed, the course goes back to weekly."),
        (Missed(new Remedy.RestartCourse()), "When any infusion visit is missed, the course begins again from its first visit."),
        (Late(LateRemedy.TodayIfItFits), "When a patient comes more than 15 min late for infusion 1, the visit begins later if it still fits that day, and is held otherwise."),
        (Late(LateRemedy.Hold), "When a patient comes more than 15 min late for infusion 1, the visit is held, and placed again inside the rules."),
        (new EventRule.Result("e", "poor", [], Provenance.None, ResultRemedy.StopCourse), "When poor comes true, the course stops and its remaining visits are released."),
        (new EventRule.Result("e", "poor", Visits("infusion[2..4]", "rating[1]"), Provenance.None, ResultRemedy.ReleaseTheRest), "When poor comes true, what is left of infusion 2 to 4 and rating is released."),
        (Late(LateRemedy.GoOn), "When a patient comes more than 15 min late for infusion 1, the visit goes on as planned."),
        (new QuietHours(1200, 480), "No message is sent between 20:00 and 08:00, by the patient's clock."),
        (new[] { "patient", "rater" }, "The arm stays hidden from the patient and every rater."),
    ];

    public static TheoryData<int> RuleCases => [.. Enumerable.Range(0, Rules.Length)];

    public static TheoryData<int> WrittenCases => [.. Enumerable.Range(0, Written.Length)];

    public static TheoryData<int> PartCases => [.. Enumerable.Range(0, Parts.Length)];

    [Theory]
    [MemberData(nameof(WrittenCases))]
    public void What_is_written_as_one_rule_is_said_in_one_sentence(int row) => Assert.Equal(Written[row].Sentence, RuleSentence.Of(new WrittenRule([.. Written[row].Parts]), Course));

    [Theory]
    [MemberData(nameof(RuleCases))]
    public void A_rule_is_said_in_a_sentence(int row) => Assert.Equal(Rules[row].Sentence, RuleSentence.Of(Rules[row].Rule, Course));

    [Theory]
    [MemberData(nameof(PartCases))]
    public void A_part_of_the_language_is_said_in_a_sentence(int row) => Assert.Equal(Parts[row].Sentence, Say(Parts[row].Part));

    [Fact]
    public void A_visit_type_says_for_whom_it_is()
    {
        var type = Course.VisitTypes[1] with { Arm = "ketamine", Stream = "talk", OnlyIf = "responder", Until = "lost", NeedsAuthorisation = true };

        Assert.Equal("3 treatment visits of 60 min (visit 1) and 40 min (visits 2 to 3), in person", VisitSentences.Shape(type));
        Assert.Equal(
            "Only in the arm ketamine. Only for those who choose talk. Needed only if responder holds. The series ends when lost comes true; visits not yet held are released. "
            + "A payer's authorisation must cover each visit.",
            string.Join(' ', VisitSentences.ForWhom(type)));
    }

    [Fact]
    public void Every_case_of_every_closed_set_has_a_row_here()
    {
        var shown = Rules.SelectMany(r => Inside(r.Rule)).Concat(Parts.SelectMany(p => Inside(p.Part))).Select(o => o.GetType()).ToHashSet();
        Type[] sets = [typeof(Rule), typeof(Anchor), typeof(DayPlace), typeof(EventRule), typeof(Remedy), typeof(OutcomeTest), typeof(MessageTime)];

        Assert.Equal([], sets.SelectMany(s => s.GetNestedTypes()).Where(t => t.IsSealed && !shown.Contains(t)).Select(t => t.Name));
        Assert.Equal([], Enum.GetValues<LateRemedy>().Cast<object>().Concat(Enum.GetValues<FailedCondition>().Cast<object>()).Concat(Enum.GetValues<Channel>().Cast<object>()).Concat(Enum.GetValues<Mode>().Cast<object>())
            .Except(Parts.SelectMany(p => Inside(p.Part))));
    }

    [Fact]
    public void What_counts_from_a_series_that_may_end_early_counts_from_the_last_that_is_held()
    {
        var (scan, trigger) = (TestProtocol.Assessment("scan", Mode.InPerson, 20) with { Durations = [20, 20, 20], Until = "ready" }, TestProtocol.Treatment("trigger", [5]));
        var protocol = TestProtocol.Of([scan, trigger]);
        string Of(VisitId visit, string anchor) =>
            RuleSentence.Of(new Rule.Window(Head("r"), [visit], new Anchor.StartOf(Visit(anchor)), Days(1), new(0, 0), new(0, 0), 0), protocol);

        Assert.Equal("trigger is due 1 day after the start of the last scan that is held (scan 3 if all are), exactly on that day.", Of(trigger.Visits[0], "scan[3]"));
        Assert.Equal("trigger is due 1 day after the start of scan 2 (the last scan that is held, if the series ends before), exactly on that day.", Of(trigger.Visits[0], "scan[2]"));
        Assert.Equal("scan 3 is due 1 day after the start of scan 2, exactly on that day.", Of(scan.Visits[2], "scan[2]"));
    }

    private static IEnumerable<object> Inside(object part) =>
        part is string or int or VisitId or RuleHead or Provenance ? []
        : part is System.Collections.IEnumerable list ? list.Cast<object>().SelectMany(Inside)
        : part.GetType().IsEnum || (part.GetType().Namespace != typeof(Rule).Namespace && part.GetType().Namespace != typeof(Message).Namespace) ? [part]
        : part.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => p.GetValue(part)).OfType<object>().SelectMany(Inside).Append(part);

    private static string Say(object part) => part switch
    {
        Mode mode => VisitSentences.Mode(mode),
        Need need => VisitSentences.Of(need),
        DayCondition condition => VisitSentences.Of(condition),
        Message message => VisitSentences.Of(message),
        Measure measure => CourseSentences.Of(measure, Course),
        Condition condition => CourseSentences.Of(condition, Course),
        ScoreTable table => CourseSentences.Of(table, Course),
        EventRule rule => CourseSentences.Of(rule, Course),
        QuietHours hours => CourseSentences.Quiet(hours),
        string[] blinded => CourseSentences.Blinded(blinded),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No sentence."),
    };

    private static Rule.Cadence Cadence(WeeklyRhythm? perWeek = null, Interval? every = null, int? least = null, int? most = null, Period? within = null) =>
        new(Head("r"), Visits("infusion[1..4]"), perWeek, every, least, most, within);

    private static Rule.Window Each(int ordinal, Period target) =>
        new(Head("r") with { Part = ordinal }, Visits($"wet[{ordinal}]"), new Anchor.EndOf(Visit("infusion[4]")), target, new(-3, 3), new(-3, 3), 0);

    private static Rule.Window Window(Anchor anchor, Period target, Leeway ideal, Leeway allowed, int weight = 0) => new(Head("r"), Visits("rating[1]"), anchor, target, ideal, allowed, weight);

    private static Rule.SameDay Same(DayPlace place) => new(Head("r"), [new(Visit("rating[1]"), Visit("infusion[1]"))], place);

    private static EventRule.Missed Missed(Remedy then, int? most = null, Remedy? otherwise = null) => new("e", Visits("infusion[1..4]"), Provenance.None, then, most, otherwise);

    private static EventRule.Late Late(LateRemedy then) => new("e", Visits("infusion[1]"), Provenance.None, 15, then);

    private static Measure Score(string id, int low, int high) => new(id, "How ill.", Visits("rating[1]"), (low, high), Provenance.None);

    private static Condition When(OutcomeTest? test) => new("better", "Better.", ["other"]) { When = test };
}
