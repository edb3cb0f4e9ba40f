using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler amend ENROLMENT VERSION</c></summary>
internal static class AmendCommand
{
    public static Command Make(Surroundings around)
    {
        var (enrolment, why) = (Arguments.Enrolment(), Arguments.Why());
        var version = new Argument<string>("VERSION") { Description = "The version of its protocol to which the course is to move, the active one; of any other it is shown what it would mean." };
        var set = new ParameterOption();
        var yes = new Option<bool>("--yes") { Description = "Does it; without this it is only shown." };
        return BookOptions.Command(
            "amend",
            "Shows what another version of its protocol means for a course, or moves the course to it. What has happened stays; what is booked stays until a proposal for the rest is booked.",
            around,
            [enrolment, version, set, yes, why],
            (parsed, book) => book.Answer(
                new Amend(parsed.GetValue(enrolment)!, parsed.GetValue(version)!, parsed.GetValue(yes), parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic, Parameters = set.Chosen(parsed) },
                amended => new { enrolment = amended.Enrolment, version = amended.Version, changes = amended.Changes, done = amended.IsDone },
                amended =>
                {
                    around.Say(amended.IsDone ? $"{amended.Enrolment} is on version {parsed.GetValue(version)} now." : $"What version {parsed.GetValue(version)} would change for {amended.Enrolment}:");
                    foreach (var change in amended.Changes)
                    {
                        around.Say($"- {change}");
                    }

                    around.Say(amended.IsDone ? $"For the rest of the course: scheduler propose {amended.Enrolment}" : "Nothing was changed. With --yes it is done.");
                }));
    }
}
