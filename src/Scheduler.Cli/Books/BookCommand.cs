using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Core;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler book PROPOSAL</c></summary>
internal static class BookCommand
{
    public static Command Make(Surroundings around)
    {
        var proposal = Arguments.Proposal();
        var key = new Option<string?>("--key") { Description = "A key of this request: asked again under it, it is answered the same and booked once. Made from the proposal unless said.", HelpName = "KEY" };
        return BookOptions.Command("book", "Books a proposal, whole or not at all.", around, [proposal, key], (parsed, book) => book.Answer(
            new Accept(parsed.GetValue(proposal)!, parsed.GetValue(key) ?? $"book {parsed.GetValue(proposal)}") { As = book.As, Clinic = book.Clinic },
            booked => new { enrolments = booked.Enrolments, visits = booked.Visits },
            booked => around.Say($"Booked: {Spoken.Count(booked.Visits, "visit")} of {Spoken.Join(booked.Enrolments)}.")));
    }
}
