using NodaTime;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Courses;

/// <summary>What cannot have happened is a mistake with the number of the event, and nothing is thrown.</summary>
public sealed class IllegalEventTests
{
    private static readonly LocalDateTime Start = new(2027, 1, 4, 9, 0);

    private static readonly VisitId Before = new("before", 1);

    private static readonly VisitId After = new("after", 1);

    private static readonly VisitId FollowUp = new("follow-up", 1);

    private static readonly VisitId Infusion = new("infusion", 1);

    public static TheoryData<string, string> Cases => new()
    {
        { "an unknown visit", "P-1:3:1: CO001: The course has no befor[1]. Did you mean 'before[1]'?" },
        { "completed twice", "P-1:5:1: CO002: before[1] cannot be completed: it is completed." },
        { "begun without a booking", "P-1:2:1: CO002: after[1] cannot begin: it is not booked." },
        { "missed after it began", "P-1:4:1: CO002: before[1] cannot be missed: it has begun." },
        { "called off after it was missed", "P-1:4:1: CO002: before[1] cannot be called off: it was missed." },
        { "booked after it was held", "P-1:4:1: CO002: before[1] cannot be booked: it has begun." },
        { "no place for what was not missed", "P-1:3:1: CO002: before[1] cannot lack a place: it is booked." },
        { "told in the wrong order", "P-1:4:1: CO004: This happened at 2027-01-04 08:00, before what was told last (2027-01-04 09:00). Tell events in their order." },
        { "an outcome of a visit not held", "P-1:3:1: CO002: before[1] cannot have an outcome: it is booked." },
        { "an outcome measured elsewhere", "P-1:4:1: PR112: score is not measured at follow-up[1], but at 'before[1]', 'after[1]'. Name one of them, or add follow-up[1] to 'measured at'." },
        { "an unknown outcome", "P-1:4:1: PR110: There is no outcome 'scroe'. Did you mean 'score'? Outcomes are declared under 'outcomes'." },
        { "a score beyond its range", "P-1:4:1: CO007: score runs from 0 to 80; found 81." },
        { "an answer for a score", "P-1:4:1: CO006: score is a score; expected a number." },
        { "a score for an answer", "P-1:4:1: CO006: loss is an answer; expected yes or no." },
        { "an unknown condition", "P-1:3:1: PR005: There is no condition 'lots'. Did you mean 'lost'? Conditions are declared under 'conditions'." },
        { "judged although it is worked out", "P-1:6:1: CO008: 'responder' follows from what is recorded; nobody needs to judge it. Correct the outcome if it is wrong." },
        { "an unknown condition of the day", "P-1:3:1: CO005: infusion has no condition of the day 'fastin'. Did you mean 'fasting'? It has 'fasting', 'weight', 'pressure'." },
        { "after the end", "P-1:4:1: CO003: The course is over since 2027-01-04 09:00; nothing is planned or held any more." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_event_that_cannot_have_happened_is_told(string what, string expected)
    {
        var (course, events) = Told(what);

        var read = CourseState.After(course, events);

        Assert.Null(read.Value);
        Assert.Equal(expected, Assert.Single(read.Diagnostics).ToString());
    }

    [Fact]
    public void A_patient_cannot_go_on_by_a_version_without_their_arm()
    {
        var course = Course.Enrol("P-1", Start.Date, Protocol("parts"), "later").Required;

        var read = CourseState.Begin(course).After(new CourseEvent.Amended(Start, Protocol("infusions")));

        Assert.Equal("P-1:1:1: RQ013: '--arm later' was given, but this protocol has no arms. Leave the option out.", Assert.Single(read.Diagnostics).ToString());
    }

    private static (Course Course, CourseEvent[] Events) Told(string what)
    {
        var booked = new CourseEvent.Booked(Start.PlusDays(-1), [At(Before)]);
        var confirmed = new CourseEvent.Confirmed(Start.PlusDays(-1), Before);
        var began = new CourseEvent.Started(Start, Before);
        var completed = new CourseEvent.Completed(Start.PlusMinutes(30), Before);
        var infused = new CourseEvent.Booked(Start.PlusDays(-1), [At(Infusion)]);
        CourseEvent[] events = what switch
        {
            "an unknown visit" => [booked, confirmed, new CourseEvent.Started(Start, new("befor", 1))],
            "completed twice" => [booked, confirmed, began, completed, completed],
            "begun without a booking" => [booked, new CourseEvent.Started(Start, After)],
            "missed after it began" => [booked, confirmed, began, new CourseEvent.Missed(Start, Before)],
            "called off after it was missed" => [booked, confirmed, new CourseEvent.Missed(Start, Before), new CourseEvent.Cancelled(Start, Before, Party.Clinic)],
            "booked after it was held" => [booked, confirmed, began, new CourseEvent.Booked(Start, [At(Before)])],
            "no place for what was not missed" => [booked, new CourseEvent.Booked(Start.PlusDays(-1), [At(Before)]), new CourseEvent.NoPlaceFound(Start, Before)],
            "told in the wrong order" => [booked, confirmed, began, new CourseEvent.Completed(Start.PlusHours(-1), Before)],
            "an outcome of a visit not held" => [booked, new CourseEvent.Booked(Start.PlusDays(-1), [At(Before)]), new CourseEvent.ScoreRecorded(Start, Before, "score", 30)],
            "an outcome measured elsewhere" => [booked, began, completed, new CourseEvent.ScoreRecorded(completed.At, FollowUp, "score", 30)],
            "an unknown outcome" => [booked, began, completed, new CourseEvent.ScoreRecorded(completed.At, Before, "scroe", 30)],
            "a score beyond its range" => [booked, began, completed, new CourseEvent.ScoreRecorded(completed.At, Before, "score", 81)],
            "an answer for a score" => [booked, began, completed, new CourseEvent.AnswerRecorded(completed.At, Before, "score", true)],
            "a score for an answer" => [booked, began, completed, new CourseEvent.ScoreRecorded(completed.At, FollowUp, "loss", 1)],
            "an unknown condition" => [booked, began, new CourseEvent.ConditionJudged(Start, "lots", true)],
            "judged although it is worked out" =>
            [
                new CourseEvent.Booked(Start.PlusDays(-1), [At(Before), At(After)]),
                new CourseEvent.Completed(completed.At, Before),
                new CourseEvent.Completed(completed.At, After),
                new CourseEvent.ScoreRecorded(completed.At, Before, "score", 40),
                new CourseEvent.ScoreRecorded(completed.At, After, "score", 10),
                new CourseEvent.ConditionJudged(completed.At, "responder", false),
            ],
            "an unknown condition of the day" => [infused, new CourseEvent.Arrived(Start, Infusion), new CourseEvent.Held(Start, Infusion, "fastin")],
            "after the end" => [infused, new CourseEvent.Arrived(Start, Infusion), new CourseEvent.Held(Start, Infusion, "pressure"), new CourseEvent.Started(Start, Infusion)],
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "An unknown case."),
        };
        var protocol = what is "an unknown condition of the day" or "after the end" ? "infusions" : "responders";
        return (Course.Enrol("P-1", Start.Date, Protocol(protocol)).Required, events);
    }

    private static PlacedVisit At(VisitId visit) => new(visit, Start, Start.PlusMinutes(30), []);

    private static Protocol Protocol(string name) =>
        ProtocolCompiler.Compile(name, Repository.Text($"tests/Scheduler.Core.Tests/Courses/Protocols/{name}.yaml")).Required;
}
