using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reports;

/// <summary>Shows what is booked and reserved at a clinic on a day.</summary>
/// <param name="Date">The day.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.BlindedRater, Role.UnblindedPharmacist)]
public sealed record ClinicDay(LocalDate Date) : Ask<DayShown>
{
    /// <summary>Loads, shows.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ClinicDay, Answer<DayShown>>
    {
        /// <inheritdoc />
        public Task<Answer<DayShown>> Handle(ClinicDay request, CancellationToken cancellationToken) => store.Read<Answer<DayShown>>(
            async book =>
            {
                if (await book.ClinicVersion(request.Clinic) == 0)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                var rows = await book.Day(request.Clinic, request.Date, clock.GetCurrentInstant().ToUnixTimeSeconds());
                var hidden = await book.HiddenFrom(library, request, rows);
                var uses = (await book.DayUses(request.Clinic, request.Date)).ToLookup(u => u.Booking, u => new UseShown(u.Resource, u.Role));
                return new DayShown(
                    request.Date,
                    [
                        .. rows.Where(r => !hidden.Contains(r.Key)).Select(r => new DayVisit(
                            r.Enrolment is { } key ? EnrolmentId.Of(key) : null,
                            r.Patient,
                            r.Protocol,
                            r.Visit,
                            ShownStatus.Of(r.Status),
                            Times.Time(r.Starts),
                            Times.Time(r.Ends),
                            [.. uses[r.Key].Distinct()])),
                    ]);
            },
            cancellationToken);
    }
}

/// <summary>A day of a clinic.</summary>
/// <param name="Date">The day.</param>
/// <param name="Visits">What is booked and reserved, by time.</param>
public sealed record DayShown(LocalDate Date, ImmutableArray<DayVisit> Visits);

/// <summary>A booking of a day. Of one that a clinic's file says, only the time and the resource are known.</summary>
/// <param name="Enrolment">The enrolment's id; null where it is not known.</param>
/// <param name="Patient">The clinic's number of the patient; null where it is not known.</param>
/// <param name="Protocol">The protocol's id; null where it is not known.</param>
/// <param name="Visit">Which visit; null where it is not known.</param>
/// <param name="Status">How far it is, or <c>reserved</c>.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends.</param>
/// <param name="Uses">With whom and where; nobody where what it took is free again.</param>
public sealed record DayVisit(string? Enrolment, string? Patient, string? Protocol, string? Visit, string Status, LocalDateTime Start, LocalDateTime End, ImmutableArray<UseShown> Uses);
