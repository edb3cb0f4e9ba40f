using System.Collections.Immutable;
using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Patients;

/// <summary>Shows a patient as the book has them, or all of a clinic. This is the one answer that holds what patients are called.</summary>
/// <param name="Patient">The clinic's own number; null for all.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician)]
public sealed record ShowPatients(string? Patient) : Ask<PatientsShown>
{
    /// <summary>Loads, shows.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ShowPatients, Answer<PatientsShown>>
    {
        /// <inheritdoc />
        public Task<Answer<PatientsShown>> Handle(ShowPatients request, CancellationToken cancellationToken) => store.Read<Answer<PatientsShown>>(
            async book =>
            {
                var patients = await book.Patients(request.Clinic, request.Patient);
                if (request.Patient is { } one && patients.Count == 0)
                {
                    return Refusals.NoPatient(one);
                }

                var enrolments = (await book.EnrolmentsOf(request.Clinic, request.Patient)).ToLookup(e => e.Patient, e => EnrolmentId.Of(e.Key));
                return new PatientsShown([.. patients.Select(p => new PatientShown(p.Id, p.Name, p.Contact, p.Channel, p.Zone, p.Availability, p.Consents_To_Messages == 1, p.Language, [.. enrolments[p.Id]]))]);
            },
            cancellationToken);
    }
}

/// <summary>Patients.</summary>
/// <param name="Patients">By number.</param>
public sealed record PatientsShown(ImmutableArray<PatientShown> Patients);

/// <summary>A patient.</summary>
/// <param name="Patient">The clinic's own number.</param>
/// <param name="Name">What they are called; null once erased.</param>
/// <param name="Contact">An address or a telephone number; null for none.</param>
/// <param name="Channel">How they are reached there; null where they are not.</param>
/// <param name="Zone">Their time zone; null for the clinic's.</param>
/// <param name="Availability">When they can come and what they would like, as a patient's YAML.</param>
/// <param name="ConsentsToMessages">Whether they may be sent messages.</param>
/// <param name="Language">The language in which they are written to; null for the clinic's usual one.</param>
/// <param name="Enrolments">The ids of their enrolments.</param>
public sealed record PatientShown(string Patient, string? Name, string? Contact, string? Channel, string? Zone, string Availability, bool ConsentsToMessages, string? Language, ImmutableArray<string> Enrolments);
