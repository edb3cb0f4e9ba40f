using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler enrol PATIENT</c></summary>
internal static class EnrolCommand
{
    public static Command Make(Surroundings around)
    {
        var patient = new Argument<string>("PATIENT") { Description = "The clinic's number of the patient." };
        var protocol = new Option<string>("--protocol") { Description = "The id of a protocol of the library.", HelpName = "ID", Required = true };
        var version = new Option<string?>("--version-of-protocol") { Description = "Its version, where it is to be made sure that it is the active one.", HelpName = "VERSION" };
        var enrolled = Values.Date("--enrolled", "The day of enrolment, from which windows may count; today unless said.");
        var set = new ParameterOption();
        var with = new Option<string[]>("--with") { Description = "An optional stream that the patient chose; may be repeated.", HelpName = "STREAM" };
        var arm = new Option<string?>("--arm") { Description = "The arm, where the protocol has arms; given by who may know it.", HelpName = "ARM" };
        var drawn = new Option<bool>("--allocate") { Description = "Draws the arm from the allocation list; which it is, is not told." };
        return BookOptions.Command("enrol", "Enrols a patient on a protocol of the library; nothing is booked by that.", around, [patient, protocol, version, enrolled, set, with, arm, drawn], (parsed, book) => book.Answer(
            new Enrol(
                parsed.GetValue(patient)!,
                parsed.GetValue(protocol)!,
                parsed.GetValue(version),
                parsed.GetValue(enrolled) ?? book.Now.Date,
                set.Chosen(parsed),
                parsed.GetValue(with) ?? [],
                parsed.GetValue(arm))
            {
                As = book.As,
                Clinic = book.Clinic,
                FromList = parsed.GetValue(drawn),
            },
            done => new { enrolment = done.Enrolment, protocol = done.Protocol, version = done.Version },
            done => around.Say($"{parsed.GetValue(patient)} is enrolled as {done.Enrolment} on {done.Protocol} {done.Version}.")));
    }
}
