using System.CommandLine;
using NodaTime.Text;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler reserve PROPOSAL</c>, <c>scheduler unreserve PROPOSAL</c></summary>
internal static class ReserveCommand
{
    private const int Most = 120;
    private const int Usual = 15;

    public static Command Make(Surroundings around)
    {
        var proposal = Arguments.Proposal();
        var minutes = Values.WholeNumber("--minutes", "For how long its places are kept.", Most, Usual, "MINUTES");
        return BookOptions.Command("reserve", "Keeps the places of a proposal free for some minutes, while the patient is asked.", around, [proposal, minutes], (parsed, book) => book.Answer(
            new Reserve(parsed.GetValue(proposal)!, (int)parsed.GetValue(minutes)) { As = book.As, Clinic = book.Clinic },
            reserved => new { proposal = reserved.Proposal, until = InstantPattern.General.Format(reserved.Until) },
            reserved => around.Say($"The places of {reserved.Proposal} are kept until {BookTable.Time(reserved.Until.InZone(book.At.Zone).LocalDateTime)}. To book it: scheduler book {reserved.Proposal}")));
    }

    public static Command GiveBack(Surroundings around)
    {
        var proposal = Arguments.Proposal();
        return BookOptions.Command("unreserve", "Gives back the places that are kept free for a proposal; the proposal stays.", around, [proposal], (parsed, book) => book.Answer(
            new GiveBack(parsed.GetValue(proposal)!) { As = book.As, Clinic = book.Clinic },
            given => new { proposal = given.Proposal, enrolment = given.Enrolment },
            given => around.Say($"The places of {given.Proposal} are free again.")));
    }
}
