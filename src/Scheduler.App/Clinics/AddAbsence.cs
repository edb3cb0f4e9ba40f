using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Clinics;

/// <summary>Says that a resource is away on some days, or that the clinic is closed: nothing new is placed there. What is booked then stays until its repair is accepted.</summary>
/// <param name="Resource">The id of the resource; null for the whole clinic.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Hours">The stretch of each day.</param>
/// <param name="Reason">Why, in the clinic's words.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record AddAbsence(string? Resource, LocalDate From, LocalDate To, Hours Hours, string Reason) : Ask<Absent>
{
    /// <summary>The longest absence, in days.</summary>
    public const int MostDays = 400;

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<AddAbsence, Answer<Absent>>
    {
        /// <inheritdoc />
        public Task<Answer<Absent>> Handle(AddAbsence request, CancellationToken cancellationToken) => store.Write<Absent>(
            async book =>
            {
                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                if (request.Resource is { } resource && clinic.Find(resource) is null)
                {
                    return Refusals.NoResource(resource, clinic.Resources.Select(r => r.Id));
                }

                if (request.To < request.From || Period.DaysBetween(request.From, request.To) >= MostDays || request.Hours.To <= request.Hours.From)
                {
                    return Refusals.NoSuchStretch(MostDays);
                }

                // Whoever books one of these now is done before, and hit; or comes after, and sees that it is away.
                await book.Lock((await book.Takeables(clinic.Id, [])).Resources.Where(r => request.Resource is null || r.Key == request.Resource).Select(r => r.Value.Key));
                await book.SaveAbsence(clinic.Id, request.Resource, request.From, request.To, request.Hours, request.Reason);
                var hit = await book.EnrolmentsUsing(clinic.Id, request.Resource, request.From, request.To, request.Hours);
                book.Note(new(clinic.Id, request.As, "add absence", request.Resource ?? clinic.Id, "", $$"""{"from":"{{Times.Of(request.From)}}","to":"{{Times.Of(request.To)}}","hours":"{{request.Hours}}"}""", request.Reason));
                return new Absent([.. hit]);
            },
            cancellationToken);
    }
}

/// <summary>An absence in the book.</summary>
/// <param name="Hit">The ids of the enrolments that have a visit booked then.</param>
public sealed record Absent(IReadOnlyList<string> Hit);
