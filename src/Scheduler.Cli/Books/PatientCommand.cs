using System.CommandLine;
using Scheduler.App;
using Scheduler.App.Patients;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler patient register|correct|show</c></summary>
internal static class PatientCommand
{
    private static readonly string[] Headings = ["patient", "name", "contact", "channel", "messages", "enrolments"];

    public static Command Make(Surroundings around) => new("patient", "Registers patients, corrects what stands of them, and shows it.") { Register(around), Correct(around), Show(around) };

    private static Command Register(Surroundings around)
    {
        var (number, name, details) = (Number(), Name(required: true), new Details());
        return BookOptions.Command("register", "Takes a patient into the book.", around, [number, name, .. details.All], async (parsed, book) =>
        {
            var known = await book.App.Send(new ShowPatients(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic });
            return known.IsDone
                ? BookAnswer.Refuse(around, Refusals.PatientIsKnown(parsed.GetValue(number)!))
                : await Save(book, details.Of(parsed, around, parsed.GetValue(number)!, parsed.GetValue(name)!, null) with { As = book.As, Clinic = book.Clinic });
        });
    }

    private static Command Correct(Surroundings around)
    {
        var (number, name, details) = (Number(), Name(required: false), new Details());
        return BookOptions.Command("correct", "Corrects what stands of a patient; what is not said stays.", around, [number, name, .. details.All], async (parsed, book) =>
        {
            var known = await book.App.Send(new ShowPatients(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic });
            return known.IsDone
                ? await Save(
                    book,
                    details.Of(parsed, around, parsed.GetValue(number)!, parsed.GetValue(name) ?? known.Value.Patients[0].Name ?? "", known.Value.Patients[0]) with { As = book.As, Clinic = book.Clinic })
                : BookAnswer.Refuse(around, known.Refusal);
        });
    }

    private static Command Show(Surroundings around)
    {
        var number = new Argument<string?>("PATIENT") { Description = "The clinic's number of the patient; all of them unless said.", Arity = ArgumentArity.ZeroOrOne };
        return BookOptions.Command("show", "Shows a patient, or all of them.", around, [number], (parsed, book) => book.Answer(
            new ShowPatients(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic },
            shown => new
            {
                patients = shown.Patients.Select(p => new
                {
                    patient = p.Patient,
                    name = p.Name,
                    contact = p.Contact,
                    channel = p.Channel,
                    timeZone = p.Zone,
                    availability = p.Availability,
                    consentsToMessages = p.ConsentsToMessages,
                    language = p.Language,
                    enrolments = p.Enrolments,
                }),
            },
            shown => BookTable.Print(
                around,
                Headings,
                shown.Patients.Select(p => (string[])[p.Patient, p.Name ?? "(erased)", p.Contact ?? "", p.Channel ?? "", p.ConsentsToMessages ? "yes" : "no", string.Join(", ", p.Enrolments)]))));
    }

    private static Task<int> Save(OpenBook book, RegisterPatient ask) => book.Answer(
        ask,
        saved => new { patient = saved.Patient, isNew = saved.IsNew },
        saved => book.Around.Say(saved.IsNew ? $"{saved.Patient} is in the book." : $"{saved.Patient} is corrected."));

    private static Argument<string> Number() => new("PATIENT") { Description = "The clinic's own number of the patient." };

    private static Option<string?> Name(bool required) => new("--name") { Description = "What the patient is called.", HelpName = "NAME", Required = required };

    /// <summary>What may be said of a patient beside the name.</summary>
    private sealed class Details
    {
        private readonly Option<string?> contact = new("--contact") { Description = "An address or a telephone number.", HelpName = "CONTACT" };
        private readonly Option<string?> channel = new("--channel") { Description = "How they are reached there: mail or sms.", HelpName = "mail|sms" };
        private readonly Option<string?> zone = new("--zone") { Description = "Their time zone, where it is not the clinic's.", HelpName = "ZONE" };
        private readonly Option<string?> language = new("--language") { Description = "The language in which they are written to, such as de; the clinic's usual one unless said.", HelpName = "TAG" };
        private readonly Option<string?> availability = Commands.Values.Path("--availability", "A patient's YAML file: when they can come, and what they would like.");
        private readonly Option<string?> messages = new("--messages") { Description = "Whether they may be sent messages: yes or no.", HelpName = "yes|no" };

        public Details() => messages.Validators.Add(result => Commands.Values.RefuseOther(result, "--messages", ["yes", "no"]));

        public Symbol[] All => [contact, channel, zone, availability, messages, language];

        public RegisterPatient Of(ParseResult parsed, Surroundings around, string number, string name, PatientShown? known) => new(
            number,
            name,
            parsed.GetValue(contact) ?? known?.Contact,
            parsed.GetValue(channel) ?? known?.Channel,
            parsed.GetValue(zone) ?? known?.Zone,
            parsed.GetValue(availability) is { } file ? around.ReadText(file) : known?.Availability,
            parsed.GetValue(messages) is { } said ? string.Equals(said, "yes", StringComparison.OrdinalIgnoreCase) : known?.ConsentsToMessages ?? false,
            parsed.GetValue(language) ?? known?.Language)
        {
            As = "",
            Clinic = "",
        };
    }
}
