using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.App.Enrolments;

/// <summary>Shows where one visit may lie while all others stay, and what is in the way elsewhere: for whoever moves it by hand.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit, such as <c>wet[2]</c>.</param>
/// <param name="Days">The days to look at, at most 366; null for the weeks around the visit.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician)]
public sealed record ShowPlaces(string Enrolment, string Visit, DateInterval? Days) : Ask<PlacesToMove>
{
    /// <summary>The most days that are looked at.</summary>
    public const int MostDays = 366;

    /// <summary>Loads, decides.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ShowPlaces, Answer<PlacesToMove>>
    {
        /// <inheritdoc />
        public async Task<Answer<PlacesToMove>> Handle(ShowPlaces request, CancellationToken cancellationToken)
        {
            if (request.Days is { Length: > MostDays })
            {
                return Refusals.NoSuchStretch(MostDays);
            }

            var read = await store.Read(book => BookedCalendar.Of(book, library, request.Clinic, request.Enrolment, clock, DeviationLimit.Major, request.Visit), cancellationToken);
            if (!read.IsDone)
            {
                return read.Refusal;
            }

            var movable = read.Value.Movable(request.Visit);
            return movable.IsDone
                ? new PlacesToMove(read.Value.Request, read.Value.Calendar, VisitPlaces.Of(read.Value.Request, read.Value.Calendar, movable.Value.Id, request.Days ?? WeeksAround(movable.Value.Date)))
                : movable.Refusal;
        }

        /// <summary>From Monday two weeks before to Sunday two weeks after.</summary>
        private static DateInterval WeeksAround(LocalDate date)
        {
            var monday = date.PlusDays(1 - (int)date.DayOfWeek);
            return new(monday.PlusWeeks(-2), monday.PlusWeeks(3).PlusDays(-1));
        }
    }
}

/// <summary>Where a visit may lie.</summary>
/// <param name="Request">The request that the booked calendar answers.</param>
/// <param name="Calendar">The booked calendar.</param>
/// <param name="Places">The places.</param>
public sealed record PlacesToMove(PlanningRequest Request, TreatmentCalendar Calendar, VisitPlaces Places);
