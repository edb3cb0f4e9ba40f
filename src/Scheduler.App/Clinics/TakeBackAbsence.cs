using System.Text.Json;
using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Clinics;

/// <summary>Takes back an absence, a closure, or hours that were given: the clinic is again as it would be without. What is booked in hours that were given stays until its repair is accepted.</summary>
/// <param name="Absence">Its number.</param>
/// <param name="Reason">Why, in the clinic's words.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record TakeBackAbsence(long Absence, string Reason) : Ask<Absent>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store) : IRequestHandler<TakeBackAbsence, Answer<Absent>>
    {
        /// <inheritdoc />
        public Task<Answer<Absent>> Handle(TakeBackAbsence request, CancellationToken cancellationToken) => store.Write<Absent>(
            async book =>
            {
                await book.Lock((await book.Takeables(request.Clinic, [])).Resources.Values.Select(r => r.Key));
                if (await book.RemoveAbsence(request.Clinic, request.Absence) is not { } was)
                {
                    return Refusals.NoAbsence(request.Absence);
                }

                // Who was away is there again; who had other hours may not be, and so all that they had are looked at.
                var hit = was.Stretches is { } had
                    ? await ChangeHours.Handler.Hit(book, request.Clinic, was.Resource, Times.Date(was.First_Date), Times.Date(was.Last_Date), was.Days, had)
                    : [];
                book.Note(new(
                    request.Clinic, request.As, "take back absence", was.Resource ?? request.Clinic, JsonSerializer.Serialize(new { from = was.First_Date, to = was.Last_Date, hours = string.Join(", ", was.Stretches ?? [was.Hours]), instead = was.Stretches is not null }), "", request.Reason));
                return new Absent(hit);
            },
            cancellationToken);
    }
}
