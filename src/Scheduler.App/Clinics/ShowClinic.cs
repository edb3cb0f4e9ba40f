using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Clinics;

/// <summary>Shows a clinic as the book has it: its version, its resources, and the absences, closures and other hours that are not over.</summary>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.UnblindedPharmacist, Role.Author)]
public sealed record ShowClinic : Ask<ClinicShown>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ShowClinic, Answer<ClinicShown>>
    {
        /// <inheritdoc />
        public Task<Answer<ClinicShown>> Handle(ShowClinic request, CancellationToken cancellationToken) => store.Read<Answer<ClinicShown>>(
            async book =>
            {
                if (await book.Clinic(library, request.Clinic) is not { } clinic || await book.LastImport(clinic.Id) is not { } import)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                return new ClinicShown(
                    clinic,
                    import.Version,
                    Instant.FromUnixTimeSeconds(import.Imported_At),
                    import.Imported_By,
                    [
                        .. (await book.AbsencesFrom(clinic.Id, PlanningOf.Now(clock, clinic).Date))
                            .Select(a => new AbsenceShown(a.Key, a.Resource, Times.Date(a.First_Date), Times.Date(a.Last_Date), a.Days, a.Stretches ?? [a.Hours], a.Stretches is not null, a.Reason)),
                    ]);
            },
            cancellationToken);
    }
}

/// <summary>A clinic as the book has it.</summary>
/// <param name="Clinic">The clinic, its absences counted in, without bookings.</param>
/// <param name="Version">The number of its version.</param>
/// <param name="ImportedAt">When it came.</param>
/// <param name="ImportedBy">Who brought it.</param>
/// <param name="Absences">What was noted beside its file and is not over, in the order in which it was.</param>
public sealed record ClinicShown(Clinic Clinic, long Version, Instant ImportedAt, string ImportedBy, ImmutableArray<AbsenceShown> Absences);

/// <summary>An absence, a closure, or other hours.</summary>
/// <param name="Number">Its number, by which it is taken back.</param>
/// <param name="Resource">The id of the resource; null for the whole clinic.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Weekdays">The weekdays on which it holds; none for all.</param>
/// <param name="Hours">The stretches of each day.</param>
/// <param name="IsInstead">Whether the resource is there then and only then, instead of its own hours, and not away.</param>
/// <param name="Reason">Why, in the clinic's words.</param>
public sealed record AbsenceShown(long Number, string? Resource, LocalDate From, LocalDate To, ImmutableArray<IsoDayOfWeek> Weekdays, ImmutableArray<Hours> Hours, bool IsInstead, string Reason);
