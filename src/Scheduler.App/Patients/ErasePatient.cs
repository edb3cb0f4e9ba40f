using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Patients;

/// <summary>
/// Erases what is personal of a patient: name, contact, zone, wishes and availability, and the key of the audit's digests, without which nobody can tell any more what stood there. The clinic's own number stays with
/// what was booked, and the audit's chain stays whole.
/// </summary>
/// <param name="Patient">The clinic's number.</param>
/// <param name="Why">The reason.</param>
[Allowed(Role.Administrator)]
public sealed record ErasePatient(string Patient, string Why) : Ask<Erased>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<ErasePatient, Answer<Erased>>
    {
        /// <inheritdoc />
        public Task<Answer<Erased>> Handle(ErasePatient request, CancellationToken cancellationToken) => store.Write<Erased>(
            async book =>
            {
                if (await book.Patient(request.Clinic, request.Patient) is not { } patient)
                {
                    return Refusals.NoPatient(request.Patient);
                }

                await book.Erase(request.Clinic, patient.Id, clock.GetCurrentInstant().ToUnixTimeSeconds());
                book.Note(new(request.Clinic, request.As, "erase patient", patient.Id, "", "", request.Why));
                return new Erased(patient.Id);
            },
            cancellationToken);
    }
}

/// <summary>A patient of whom only the number is left.</summary>
/// <param name="Patient">The clinic's number.</param>
public sealed record Erased(string Patient);
