using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.App.Reports;

/// <summary>Shows a week of a clinic by resource: when each is there, and for what it is booked or reserved. A blinded rater asks for days, and for their own sessions.</summary>
/// <param name="From">The first of the seven days.</param>
/// <param name="Resource">The id of one resource; null for all.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.UnblindedPharmacist)]
public sealed record ClinicWeek(LocalDate From, string? Resource) : Ask<WeekShown>
{
    /// <summary>Loads, shows.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ClinicWeek, Answer<WeekShown>>
    {
        private const int Days = 7;

        /// <inheritdoc />
        public Task<Answer<WeekShown>> Handle(ClinicWeek request, CancellationToken cancellationToken) => store.Read<Answer<WeekShown>>(
            async book =>
            {
                // Whoever rates blindly may be a clinician too, and sees no more for that.
                if (await book.IsBlinded(request.As, request.Clinic))
                {
                    return Refusals.NotAllowed(request.As, [Role.Administrator, Role.Scheduler, Role.UnblindedPharmacist]);
                }

                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                if (request.Resource is { } one && clinic.Find(one) is null)
                {
                    return Refusals.NoResource(one, clinic.Resources.Select(r => r.Id));
                }

                var rows = await book.WeekUses(clinic.Id, request.From, request.From.PlusDays(Days - 1), clock.GetCurrentInstant().ToUnixTimeSeconds());
                var uses = rows.ToLookup(r => (r.Resource, r.Date), Use);
                return new WeekShown(
                    request.From,
                    [
                        .. clinic.Resources.Where(r => request.Resource is null || r.Id == request.Resource).Select(r => new WeekOfResource(
                            r.Id,
                            r.Title,
                            [
                                .. Enumerable.Range(0, Days).Select(request.From.PlusDays)
                                    .Select(d => new DayOfResource(d, Hours.Intersect(clinic.OpenOn(d), clinic.WorkingHours(r, d)), [.. uses[(r.Id, Times.Of(d))]])),
                            ])),
                    ]);
            },
            cancellationToken);

        private static WeekUse Use(WeekUseRow row) => new(
            new((int)row.From_Minute, (int)row.To_Minute),
            row.Enrolment is { } key ? EnrolmentId.Of(key) : null,
            row.Patient,
            row.Visit,
            row.Role,
            Texts.ParseUse(row.Manner)!.Value,
            ShownStatus.Of(row.Status));
    }
}

/// <summary>A week of a clinic.</summary>
/// <param name="From">The first day.</param>
/// <param name="Resources">The resources, in the order of the clinic's file.</param>
public sealed record WeekShown(LocalDate From, ImmutableArray<WeekOfResource> Resources);

/// <summary>A week of a resource.</summary>
/// <param name="Resource">The id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Days">The seven days.</param>
public sealed record WeekOfResource(string Resource, string Title, ImmutableArray<DayOfResource> Days);

/// <summary>A day of a resource.</summary>
/// <param name="Date">The day.</param>
/// <param name="There">When it is there while the clinic is open.</param>
/// <param name="Uses">For what it is booked or reserved, by time.</param>
public sealed record DayOfResource(LocalDate Date, ImmutableArray<Hours> There, ImmutableArray<WeekUse> Uses);

/// <summary>A use of a resource. Of one that a clinic's file says is booked, only the time is known.</summary>
/// <param name="Hours">The time, clean-up not included.</param>
/// <param name="Enrolment">The enrolment's id; null where it is not known.</param>
/// <param name="Patient">The clinic's number of the patient; null where it is not known.</param>
/// <param name="Visit">Which visit; null where it is not known.</param>
/// <param name="Role">In which role it is used; empty where it is not known.</param>
/// <param name="Manner">How it is used.</param>
/// <param name="Status">How far the visit is, or <c>reserved</c>.</param>
public sealed record WeekUse(Hours Hours, string? Enrolment, string? Patient, string? Visit, string Role, Use Manner, string Status);
