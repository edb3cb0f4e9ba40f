using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics.Compilation;

namespace Scheduler.App.Patients;

/// <summary>Notes of a patient what scheduling needs, or corrects it.</summary>
/// <param name="Patient">The clinic's own number.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Contact">An address or a telephone number; null where there is none.</param>
/// <param name="Channel">How they are reached there: <c>mail</c> or <c>sms</c>; null where they are not.</param>
/// <param name="Zone">Their time zone; null for the clinic's.</param>
/// <param name="Availability">When they can come and what they would like, as a patient's YAML; null for always and nothing.</param>
/// <param name="ConsentsToMessages">Whether they may be sent messages.</param>
/// <param name="Language">The tag of the language in which they are written to, such as <c>de</c>; null for the clinic's usual one.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record RegisterPatient(string Patient, string Name, string? Contact, string? Channel, string? Zone, string? Availability, bool ConsentsToMessages, string? Language = null) : Ask<Registered>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, ISecrets secrets) : IRequestHandler<RegisterPatient, Answer<Registered>>
    {
        private static readonly ImmutableArray<string> Channels = ["mail", "sms"];

        /// <inheritdoc />
        public async Task<Answer<Registered>> Handle(RegisterPatient request, CancellationToken cancellationToken)
        {
            var yaml = request.Availability ?? PatientTable.Unknown(request.Patient);
            var read = PatientReader.Read(request.Patient, yaml);
            return read.Value is not { } patient ? Refusals.PatientMistakes(read.Diagnostics, yaml)
                : patient.Id != request.Patient ? Refusals.OtherPatient(request.Patient)
                : request.Zone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null ? Refusals.NoZone(zone)
                : request.Channel is { } channel && !Channels.Contains(channel) ? Refusals.NoChannel(channel, Channels)
                : await store.Write<Registered>(
                    async book =>
                    {
                        if (await book.Clinic(library, request.Clinic) is not { } clinic)
                        {
                            return Refusals.NoClinic(request.Clinic);
                        }

                        if (request.Language is { } language && clinic.Messages?.Languages.Any(l => l.Tag == language) != true)
                        {
                            return Refusals.NoLanguage(language, clinic.Messages?.Languages.Select(l => l.Tag) ?? []);
                        }

                        // Whoever follows one of their courses just now has read what stood before.
                        await book.LockEnrolments((await book.EnrolmentsOf(request.Clinic, patient.Id)).Select(e => e.Key));
                        var known = await book.Patient(request.Clinic, patient.Id);
                        var key = known?.Audit_Key ?? secrets.Next();
                        var now = new PatientRow(
                            patient.Id, request.Name, request.Contact, request.Channel, request.Zone, yaml, request.ConsentsToMessages ? 1 : 0, key, request.Language);
                        await book.SavePatient(request.Clinic, now);
                        await book.RemindAnew(request.Clinic, patient.Id);
                        book.Note(new(request.Clinic, request.As, "register patient", patient.Id, known is null ? "" : Digests(known, key), Digests(now, key), ""));
                        return new Registered(patient.Id, known is null);
                    },
                    cancellationToken);
        }

        /// <summary>What is personal, as digests under a key of the patient's own.</summary>
        private static string Digests(PatientRow patient, string key)
        {
            string Of(string? value) => value is null ? "null" : $"\"{Storage.Digests.Of(key, value)}\"";
            return $$"""{"name":{{Of(patient.Name)}},"contact":{{Of(patient.Contact)}},"channel":{{Of(patient.Channel)}},"zone":{{Of(patient.Zone)}},"availability":{{Of(patient.Availability)}},"language":{{Of(patient.Language)}},"consentsToMessages":{{(patient.Consents_To_Messages == 1 ? "true" : "false")}}}""";
        }
    }
}

/// <summary>A patient in the book.</summary>
/// <param name="Patient">The clinic's own number.</param>
/// <param name="IsNew">Whether the number was not known before.</param>
public sealed record Registered(string Patient, bool IsNew);
