using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.App.Enrolments;

/// <summary>Asks that one visit lies at another time while all others stay: a proposal, which is accepted as any. Outside the ideal of a window it takes a reason, and is a deviation.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit, such as <c>wet[2]</c>.</param>
/// <param name="Start">When it shall start, in wall time of the clinic.</param>
/// <param name="Why">The reason; empty for none.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Move(string Enrolment, string Visit, LocalDateTime Start, string Why) : Ask<Proposed>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Move, Answer<Proposed>>
    {
        /// <inheritdoc />
        public Task<Answer<Proposed>> Handle(Move request, CancellationToken cancellationToken) => store.Write(book => Save(book, request), cancellationToken);

        private async Task<Answer<Proposed>> Save(BookTransaction book, Move request)
        {
            var read = await BookedCalendar.Of(book, library, request.Clinic, request.Enrolment, clock, DeviationLimit.Major);
            if (!read.IsDone)
            {
                return read.Refusal;
            }

            var (course, question, asked, calendar) = read.Value;
            if (calendar.Visits.FirstOrDefault(v => v.Id.ToString() == request.Visit) is not { } visit || asked.Fixed.Any(f => f.Id == visit.Id))
            {
                return Refusals.NotMovable(request.Visit, calendar.Visits.Where(v => asked.Fixed.All(f => f.Id != v.Id)).Select(v => v.Id.ToString()));
            }

            var day = VisitPlaces.Of(asked, calendar, visit.Id, new DateInterval(request.Start.Date, request.Start.Date)).Days.Single();
            if (day.Places.FirstOrDefault(p => p.Visit.Start == request.Start) is not { } place)
            {
                var words = new PlaceWords(asked, visit.Id);
                return Refusals.NoPlace(request.Visit, Times.Of(request.Start), day.Refused.Where(r => r.First <= request.Start.TimeOfDay && request.Start.TimeOfDay <= r.Last).SelectMany(r => r.Obstacles).Select(o => words.Say(o, day.Date)));
            }

            if (request.Why.Length == 0 && !place.Deviations.IsEmpty)
            {
                return Refusals.ReasonIsMissing(request.Visit, Times.Of(request.Start), place.Deviations.Select(d => d.Rule).Distinct());
            }

            var moved = calendar with { Visits = calendar.Visits.Replace(visit, place.Visit) };
            var key = await book.SaveProposal(
                request.Clinic, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds(), [new(course.Key, course.Version, (question with { Why = request.Why }).Text, EventText.Calendar(moved))]);
            book.Note(new(request.Clinic, request.As, "propose move", course.Id, "", $$"""{"visit":"{{visit.Id}}","start":"{{Times.Of(request.Start)}}"}""", request.Why));
            return new Proposed(
                course.Id, course.Version, [new(EnrolmentId.OfProposal(key), true, place.Cost, moved, [.. asked.Booked.Where(b => b.Id != visit.Id).Select(b => b.Id)])]);
        }
    }
}
