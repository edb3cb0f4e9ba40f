using System.Collections.Immutable;
using System.Text.Json;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Clinics;

/// <summary>
/// Says which hours a resource has on some days instead of its own, be they more or fewer. What is booked outside them stays until its repair is accepted. Hours that hold for good belong into the clinic's file.
/// </summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Weekdays">On which weekdays; empty for all.</param>
/// <param name="Hours">The hours of each of these days; empty where the resource is not there.</param>
/// <param name="Reason">Why, in the clinic's words.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record ChangeHours(string Resource, LocalDate From, LocalDate To, ImmutableArray<IsoDayOfWeek> Weekdays, ImmutableArray<Hours> Hours, string Reason) : Ask<Absent>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<ChangeHours, Answer<Absent>>
    {
        /// <inheritdoc />
        public Task<Answer<Absent>> Handle(ChangeHours request, CancellationToken cancellationToken) => store.Write<Absent>(
            async book =>
            {
                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                if (clinic.Find(request.Resource) is null)
                {
                    return Refusals.NoResource(request.Resource, clinic.Resources.Select(r => r.Id));
                }

                if (request.To < request.From || Period.DaysBetween(request.From, request.To) >= AddAbsence.MostDays || request.Hours.Any(h => h.From < 0 || h.To <= h.From || h.To > Core.Clinics.Hours.MinutesPerDay))
                {
                    return Refusals.NoSuchStretch(AddAbsence.MostDays);
                }

                // Whoever books it now is done before, and hit; or comes after, and sees its new hours.
                var hours = Core.Clinics.Hours.Merge(request.Hours);
                await book.Lock((await book.Takeables(clinic.Id, [])).Resources.Where(r => r.Key == request.Resource).Select(r => r.Value.Key));
                await book.SaveHours(clinic.Id, request.Resource, request.From, request.To, request.Weekdays.Distinct().Order(), hours, request.Reason);
                var hit = await Hit(book, clinic.Id, request.Resource, request.From, request.To, request.Weekdays, Core.Clinics.Hours.Subtract([Core.Clinics.Hours.WholeDay], hours));
                var after = new { from = Times.Of(request.From), to = Times.Of(request.To), weekdays = request.Weekdays.Select(d => d.ToString()), hours = hours.Select(h => h.ToString()) };
                book.Note(new(clinic.Id, request.As, "change hours", request.Resource, "", JsonSerializer.Serialize(after), request.Reason));
                return new Absent(hit);
            },
            cancellationToken);

        /// <summary>The enrolments that have a visit booked in some stretches of some days, by number.</summary>
        internal static async Task<IReadOnlyList<string>> Hit(
            BookTransaction book, string clinic, string? resource, LocalDate from, LocalDate to, ImmutableArray<IsoDayOfWeek> weekdays, ImmutableArray<Hours> stretches)
        {
            var days = weekdays.IsEmpty
                ? [(from, to)]
                : Enumerable.Range(0, 1 + Period.DaysBetween(from, to)).Select(from.PlusDays).Where(d => weekdays.Contains(d.DayOfWeek)).Select(d => (from: d, to: d));
            var hit = new SortedSet<long>();
            foreach (var (first, last) in days)
            {
                foreach (var stretch in stretches)
                {
                    hit.UnionWith((await book.EnrolmentsUsing(clinic, resource, first, last, stretch)).Select(e => EnrolmentId.Key(e)!.Value));
                }
            }

            return [.. hit.Select(EnrolmentId.Of)];
        }
    }
}
