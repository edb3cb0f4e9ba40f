using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Core.Courses;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler withdraw ENROLMENT</c></summary>
internal static class WithdrawCommand
{
    public static Command Make(Surroundings around)
    {
        var (enrolment, at, why) = (Arguments.Enrolment(), Values.Time("--at", "When, in wall time of the clinic; now unless said.", required: false), Arguments.Why());
        return BookOptions.Command("withdraw", "Tells that a patient stops, or that the clinic stops the treatment: the course is over, and its places are free.", around, [enrolment, at, why], (parsed, book) => book.Answer(
            new Tell(parsed.GetValue(enrolment)!, new CourseEvent.Withdrawn(parsed.GetValue(at) ?? book.Now), parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic },
            told => new { enrolment = told.Enrolment, version = told.Version, toBePlaced = told.ToBePlaced, over = told.IsOver },
            told => around.Say($"{told.Enrolment} is over. What was booked of it is free.")));
    }
}
