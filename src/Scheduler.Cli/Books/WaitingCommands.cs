using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Core;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler wait ENROLMENT</c>, <c>scheduler offer</c></summary>
internal static class WaitingCommands
{
    private const int MostOffers = 50;

    public static Command Wait(Surroundings around)
    {
        var enrolment = Arguments.Enrolment();
        var off = new Option<bool>("--off") { Description = "Takes the course off the list." };
        return BookOptions.Command("wait", "Puts a booked course on the waiting list: it would go on earlier if something became free.", around, [enrolment, off], (parsed, book) => book.Answer(
            new Wait(parsed.GetValue(enrolment)!, !parsed.GetValue(off)) { As = book.As, Clinic = book.Clinic },
            waiting => new { enrolment = waiting.Enrolment, waiting = waiting.IsWaiting },
            waiting => around.Say($"{waiting.Enrolment} {(waiting.IsWaiting ? "waits" : "does not wait")}.")));
    }

    public static Command Offer(Surroundings around)
    {
        var most = Values.WholeNumber("--most", "How many offers at most.", MostOffers, MostOffers);
        return BookOptions.Command("offer", "Looks what the courses on the waiting list could make of what is free now, those that have waited longest first. Nothing moves until an offer is booked.", around, [most], (parsed, book) => book.Answer(
            new OfferFree((int)parsed.GetValue(most)) { As = book.As, Clinic = book.Clinic },
            offers => new { offers = offers.All.Select(o => ProposeCommand.Json(book, o)) },
            offers =>
            {
                around.Say(offers.All.IsEmpty ? "Nobody who waits would be better off." : $"{Spoken.Count(offers.All.Length, "course")} would be better off:");
                foreach (var offer in offers.All)
                {
                    around.Say("");
                    ProposeCommand.Print(around, offer);
                }
            }));
    }
}
