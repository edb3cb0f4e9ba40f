using System.CommandLine;
using System.Globalization;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Books;

/// <summary>The commands that tell what happened in a course: <c>confirm</c>, <c>arrive</c>, <c>start</c>, <c>complete</c>, <c>repeat</c>, <c>noshow</c>, <c>hold</c>, <c>cancel</c>, <c>noplace</c>, <c>outcome</c>, <c>judge</c>.</summary>
internal static class Tellings
{
    /// <summary><c>scheduler confirm ENROLMENT VISIT</c></summary>
    public static Command Confirm(Surroundings around) =>
        Make("confirm", "Tells that a patient said they will come.", around, [], (_, at, visit) => new CourseEvent.Confirmed(at, visit));

    /// <summary><c>scheduler arrive ENROLMENT VISIT</c></summary>
    public static Command Arrive(Surroundings around) =>
        Make("arrive", "Tells that a patient is there, in time or late.", around, [], (_, at, visit) => new CourseEvent.Arrived(at, visit));

    /// <summary><c>scheduler start ENROLMENT VISIT</c></summary>
    public static Command Start(Surroundings around) =>
        Make("start", "Tells that a visit began.", around, [], (_, at, visit) => new CourseEvent.Started(at, visit));

    /// <summary><c>scheduler repeat ENROLMENT VISIT</c></summary>
    public static Command Repeat(Surroundings around) => Make(
        "repeat", "Tells that a visit that was held no longer counts, as a rating that has become too old: it is held again, and what was recorded there is forgotten.", around, [], (_, at, visit) => new CourseEvent.ToBeRepeated(at, visit));

    /// <summary><c>scheduler judge ENROLMENT CONDITION yes|no</c></summary>
    public static Command Judge(Surroundings around)
    {
        var condition = new Argument<string>("CONDITION") { Description = "The condition, as the protocol names it." };
        var holds = new Argument<string>("HOLDS") { Description = "Whether it holds: yes or no." };
        holds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var said }] && YesOrNo(said) is null)
            {
                result.AddError($"'{said}' does not fit HOLDS; expected yes or no.");
            }
        });
        var (enrolment, at, why) = (Arguments.Enrolment(), At(), Arguments.Why());
        return BookOptions.Command(
            "judge", "Tells what the clinic judges of a condition that has no test, or whose scores are missing. A second judgement corrects the first.", around, [enrolment, condition, holds, at, why], (parsed, book) =>
            {
                var (named, when) = (parsed.GetValue(condition)!, parsed.GetValue(at) ?? book.Now);
                return Send(book, parsed.GetValue(enrolment)!, new CourseEvent.ConditionJudged(when, named, YesOrNo(parsed.GetValue(holds)!)!.Value), named, when, parsed.GetValue(why));
            });
    }

    /// <summary><c>scheduler complete ENROLMENT VISIT</c></summary>
    public static Command Complete(Surroundings around) =>
        Make("complete", "Tells that a visit took place. Of one that is over it is told as of its end, unless --at says when.", around, [], (_, at, visit) => new CourseEvent.Completed(at, visit), whenItEnded: true);

    /// <summary><c>scheduler noshow ENROLMENT VISIT</c></summary>
    public static Command NoShow(Surroundings around) =>
        Make("noshow", "Tells that nobody came to a visit, or that it was called off too late. Of one that is over it is told as of its end, unless --at says when.", around, [], (_, at, visit) => new CourseEvent.Missed(at, visit), whenItEnded: true);

    /// <summary><c>scheduler hold ENROLMENT VISIT</c></summary>
    public static Command Hold(Surroundings around)
    {
        var condition = new Option<string?>("--condition") { Description = "The condition of the day that failed; another reason unless said.", HelpName = "NAME" };
        return Make("hold", "Tells that a visit was stopped on its day.", around, [condition], (parsed, at, visit) => new CourseEvent.Held(at, visit, parsed.GetValue(condition)));
    }

    /// <summary><c>scheduler cancel ENROLMENT VISIT</c></summary>
    public static Command Cancel(Surroundings around)
    {
        var by = Values.OneOf("--by", "Who called it off.", "patient", "clinic");
        return Make("cancel", "Tells that a visit was called off in good time.", around, [by], (parsed, at, visit) => new CourseEvent.Cancelled(at, visit, parsed.GetValue(by) == "clinic" ? Party.Clinic : Party.Patient));
    }

    /// <summary><c>scheduler noplace ENROLMENT VISIT</c></summary>
    public static Command NoPlace(Surroundings around) => Make(
        "noplace",
        "Tells that no place could be found for a visit that was missed, held or called off: what the protocol says of that follows.",
        around,
        [],
        (_, at, visit) => new CourseEvent.NoPlaceFound(at, visit));

    /// <summary><c>scheduler outcome ENROLMENT VISIT OUTCOME VALUE</c></summary>
    public static Command Outcome(Surroundings around)
    {
        var outcome = new Argument<string>("OUTCOME") { Description = "The id of the outcome, as the protocol names it." };
        var value = new Argument<string>("VALUE") { Description = "The score, or yes or no." };
        value.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var said }] && Score(said) is null && YesOrNo(said) is null)
            {
                result.AddError($"'{said}' does not fit VALUE; expected a whole number, or yes or no.");
            }
        });
        return Make("outcome", "Records what was measured at a visit: a score, or an answer. A second record corrects the first.", around, [outcome, value], (parsed, at, visit) => Score(parsed.GetValue(value)!) is { } score
            ? new CourseEvent.ScoreRecorded(at, visit, parsed.GetValue(outcome)!, score)
            : new CourseEvent.AnswerRecorded(at, visit, parsed.GetValue(outcome)!, YesOrNo(parsed.GetValue(value)!)!.Value));
    }

    private static Command Make(string name, string description, Surroundings around, Symbol[] more, Func<ParseResult, LocalDateTime, VisitId, CourseEvent> tell, bool whenItEnded = false)
    {
        var (enrolment, visit, at, why) = (Arguments.Enrolment(), Arguments.Visit(), At(), Arguments.Why());
        return BookOptions.Command(name, description, around, [enrolment, visit, .. more, at, why], async (parsed, book) =>
        {
            var read = await book.App.Send(new ShowCourse(parsed.GetValue(enrolment)!) { As = book.As, Clinic = book.Clinic });
            if (read.Value is not { } course)
            {
                return BookAnswer.Refuse(around, read.Refusal!);
            }

            // A visit is named as it is written; the only one of its type by the type.
            var named = parsed.GetValue(visit)!;
            if (course.Visits.FirstOrDefault(v => v.Visit == named || v.Visit == $"{named}[1]") is not { } known)
            {
                return BookAnswer.Refuse(around, Refusals.NoVisit(named, course.Visits.Select(v => v.Visit)));
            }

            var when = parsed.GetValue(at) ?? (whenItEnded && known.End is { } end && end < book.Now ? LocalDateTime.Max(end, course.LastEvent ?? end) : book.Now);
            return await Send(book, course.Enrolment, tell(parsed, when, VisitId.Parse(known.Visit)), known.Visit, when, parsed.GetValue(why));
        });
    }

    private static Option<LocalDateTime?> At() => Values.Time("--at", "When, in wall time of the clinic; now unless said.", required: false);

    private static Task<int> Send(OpenBook book, string enrolment, CourseEvent what, string of, LocalDateTime when, string? why) => book.Answer(
        new Tell(enrolment, what, why ?? "") { As = book.As, Clinic = book.Clinic },
        told => new { enrolment = told.Enrolment, version = told.Version, toBePlaced = told.ToBePlaced, over = told.IsOver },
        told => Print(book.Around, of, when, told));

    private static void Print(Surroundings around, string visit, LocalDateTime when, Told told)
    {
        around.Say($"Noted of {told.Enrolment}: {visit}, {BookTable.Time(when)}.");
        if (told.IsOver)
        {
            around.Say("The course is over.");
        }
        else if (told.ToBePlaced.Count > 0)
        {
            around.Say($"To be placed: {Spoken.Join(told.ToBePlaced)}. For a proposal: scheduler propose {told.Enrolment}");
        }
    }

    private static int? Score(string said) => int.TryParse(said, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score) ? score : null;

    private static bool? YesOrNo(string said) => said.ToLowerInvariant() switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };
}
