using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Reports;

/// <summary>How much of the time for which a clinic's resources are there is booked.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; at most 400 days in all.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Utilisation(LocalDate From, LocalDate To) : Ask<Utilised>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Utilisation, Answer<Utilised>>
    {
        /// <inheritdoc />
        public Task<Answer<Utilised>> Handle(Utilisation request, CancellationToken cancellationToken) => store.Read<Answer<Utilised>>(
            async book =>
            {
                if (request.To < request.From || Period.DaysBetween(request.From, request.To) >= AddAbsence.MostDays)
                {
                    return Refusals.NoSuchStretch(AddAbsence.MostDays);
                }

                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                var booked = (await book.Bookings(clinic.Id, request.From, new DateInterval(request.From, request.To), clock.GetCurrentInstant().ToUnixTimeSeconds(), [])).Where(b => b.Use != Core.Use.Supervision).ToLookup(b => b.Resource);
                var days = Enumerable.Range(0, 1 + Period.DaysBetween(request.From, request.To)).Select(request.From.PlusDays).Select(d => (Date: d, Open: clinic.OpenOn(d))).ToList();
                return new Utilised(
                [
                    .. clinic.Resources.Select(r => new UtilisedResource(
                        r.Id,
                        r.Title,
                        days.Sum(d => Minutes(Hours.Intersect(d.Open, clinic.WorkingHours(r, d.Date)))) * r.Capacity,
                        booked[r.Id].Sum(b => (b.Hours.To - b.Hours.From) * (b.Use == Core.Use.Exclusive ? r.Capacity : 1)))),
                ]);
            },
            cancellationToken);

        private static int Minutes(ImmutableArray<Hours> hours) => hours.Sum(h => h.To - h.From);
    }
}

/// <summary>How much of each resource is booked, in the order of the clinic's file.</summary>
public sealed record Utilised(ImmutableArray<UtilisedResource> Resources);

/// <summary>How much of a resource is booked.</summary>
/// <param name="Resource">The id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Minutes">For how many minutes it is there while the clinic is open; as many times as it bears shares.</param>
/// <param name="Booked">How many of these are booked or reserved, clean-up and supervision apart; an exclusive use takes all its shares.</param>
public sealed record UtilisedResource(string Resource, string Title, int Minutes, int Booked);
