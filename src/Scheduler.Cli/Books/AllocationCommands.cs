using System.CommandLine;
using Scheduler.App.Allocations;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler allocation import|show|draw|unblind</c></summary>
internal static class AllocationCommands
{
    private static readonly string[] Headings = ["number", "arm", "enrolment"];

    public static Command Make(Surroundings around) => new("allocation", "Arms of trials: the list from which they are drawn, which the pharmacy alone sees.") { Import(around), Show(around), Draw(around), Unblind(around) };

    private static Command Import(Surroundings around)
    {
        var (protocol, file) = (Protocol(), new Argument<string>("FILE") { Description = "The list: a line an entry, its number, a comma and the arm. Entries are added to those that are there." });
        return BookOptions.Command("import", "Puts an allocation list into the book, whole or not at all.", around, [protocol, file], (parsed, book) => book.Answer(
            new ImportAllocationList(parsed.GetValue(protocol)!, around.ReadText(parsed.GetValue(file)!)) { As = book.As, Clinic = book.Clinic },
            done => new { protocol = done.Protocol, entries = done.Entries },
            done => around.Say($"{done.Entries} entries are on the list of {done.Protocol} now.")));
    }

    private static Command Show(Surroundings around)
    {
        var protocol = Protocol();
        return BookOptions.Command("show", "Shows an allocation list to the pharmacy; that somebody looked stands in the audit.", around, [protocol], (parsed, book) => book.Answer(
            new ShowAllocations(parsed.GetValue(protocol)!) { As = book.As, Clinic = book.Clinic },
            list => new { protocol = list.Protocol, entries = list.Entries.Select(e => new { number = e.Number, arm = e.Arm, enrolment = e.Enrolment }) },
            list => BookTable.Print(around, Headings, list.Entries.Select(e => new[] { $"{e.Number}", e.Arm, e.Enrolment ?? "" }))));
    }

    private static Command Draw(Surroundings around)
    {
        var enrolment = Arguments.Enrolment();
        return BookOptions.Command("draw", "Draws the next entry of the list for an enrolment that has no arm; the arm is not told.", around, [enrolment], (parsed, book) => book.Answer(
            new Allocate(parsed.GetValue(enrolment)!) { As = book.As, Clinic = book.Clinic },
            done => new { enrolment = done.Enrolment, number = done.Number },
            done => around.Say($"{done.Enrolment} has entry {done.Number} of the list.")));
    }

    private static Command Unblind(Surroundings around)
    {
        var (enrolment, why) = (Arguments.Enrolment(), Arguments.Why());
        return BookOptions.Command("unblind", "Tells the arm of one enrolment in an emergency; it takes a reason, which stands in the audit, and the arm does not.", around, [enrolment, why], (parsed, book) => book.Answer(
            new Unblind(parsed.GetValue(enrolment)!, parsed.GetValue(why) ?? "") { As = book.As, Clinic = book.Clinic },
            done => new { enrolment = done.Enrolment, arm = done.Arm },
            done => around.Say(done.Arm is { } arm ? $"{done.Enrolment}: {arm}." : $"{done.Enrolment} has no arm.")));
    }

    private static Option<string> Protocol() => new("--protocol") { Description = "The id of the protocol.", HelpName = "ID", Required = true };
}
