using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Asks that one visit lies at another time while all others stay: a proposal, which is accepted as any. Outside the ideal of a window it takes a reason, and is a deviation. Where a rule of the
/// protocol stands in the way it takes a clinician or an administrator besides: the visit is then excused from the rule as long as it stays there. Hours, resources and other bookings excuse nobody.
/// </summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit, such as <c>wet[2]</c>.</param>
/// <param name="Start">When it shall start, in wall time of the clinic.</param>
/// <param name="Why">The reason; empty for none.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician)]
public sealed record Move(string Enrolment, string Visit, LocalDateTime Start, string Why) : Ask<Proposed>
{
    private static readonly Role[] MayLeaveRules = [Role.Administrator, Role.Clinician];

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Move, Answer<Proposed>>
    {
        /// <inheritdoc />
        public Task<Answer<Proposed>> Handle(Move request, CancellationToken cancellationToken) => store.Write(book => Save(book, request), cancellationToken);

        private async Task<Answer<Proposed>> Save(BookTransaction book, Move request)
        {
            var read = await BookedCalendar.Of(book, library, request.Clinic, request.Enrolment, clock, DeviationLimit.Major, request.Visit);
            if (!read.IsDone)
            {
                return read.Refusal;
            }

            var booked = read.Value;
            var movable = booked.Movable(request.Visit);
            if (!movable.IsDone)
            {
                return movable.Refusal;
            }

            var (visit, asked) = (movable.Value, booked.Request);
            var (place, obstacles) = PlaceAt(asked, booked.Calendar, visit.Id, request.Start);
            var rules = ImmutableArray<string>.Empty;
            if (place is null && obstacles.All(o => o is Obstacle.OfRule { PermittedBy: null }))
            {
                rules = [.. obstacles.OfType<Obstacle.OfRule>().Select(o => o.Rule).Distinct().Where(r => asked.Protocol.Rules.Any(p => p.Id == r && p is not (Rule.Window or Rule.HourWindow)))];
                asked = asked with { Excused = [.. asked.Excused, .. rules.Select(r => new Excuse(visit.Id, r))] };
                (place, obstacles) = PlaceAt(asked, booked.Calendar, visit.Id, request.Start);
            }

            if (place is null)
            {
                var words = new PlaceWords(asked, visit.Id);
                return Refusals.NoPlace(request.Visit, Times.Of(request.Start), obstacles.Select(o => words.Say(o, request.Start.Date)));
            }

            if (!rules.IsEmpty && !(await book.RolesOf(request.As, request.Clinic)).Any(MayLeaveRules.Contains))
            {
                return Refusals.RulesAreNotYours(request.As, request.Visit, Times.Of(request.Start), rules, MayLeaveRules);
            }

            if (request.Why.Length == 0 && !(place.Deviations.IsEmpty && rules.IsEmpty))
            {
                return Refusals.ReasonIsMissing(request.Visit, Times.Of(request.Start), place.Deviations.Select(d => d.Rule).Concat(rules).Distinct());
            }

            // Rhythms that count anew have other names in the next request: a visit is excused from the rule as the protocol has it.
            var rest = new Continuation(booked.Course.State, booked.Question.AsOf, booked.Question.From);
            ImmutableArray<string> written = [.. asked.Protocol.Rules.Where(r => rules.Contains(r.Id)).Select(rest.Written).Distinct()];
            var moved = booked.Calendar with { Visits = booked.Calendar.Visits.Replace(visit, place.Visit) };
            var course = booked.Course;
            var key = await book.SaveProposal(
                request.Clinic, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds(), [new(course.Key, course.Version, (booked.Question with { Why = request.Why, Excused = written }).Text, EventText.Calendar(moved))]);
            book.Note(new(request.Clinic, request.As, "propose move", course.Id, "", $$"""{"visit":"{{visit.Id}}","start":"{{Times.Of(request.Start)}}"}""", request.Why));
            return new Proposed(
                course.Id, course.Version, [new(EnrolmentId.OfProposal(key), true, place.Cost, moved, [.. asked.Booked.Where(b => b.Id != visit.Id).Select(b => b.Id)])]);
        }

        private static (VisitPlace? Place, ImmutableArray<Obstacle> Obstacles) PlaceAt(PlanningRequest asked, TreatmentCalendar calendar, VisitId visit, LocalDateTime start)
        {
            var day = VisitPlaces.Of(asked, calendar, visit, new DateInterval(start.Date, start.Date)).Days.Single();
            return (day.Places.FirstOrDefault(p => p.Visit.Start == start), [.. day.Refused.Where(r => r.First <= start.TimeOfDay && start.TimeOfDay <= r.Last).SelectMany(r => r.Obstacles)]);
        }
    }
}
