using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;

namespace Scheduler.App.Reports;

/// <summary>Which visits have no place although a window for them closes soon, or has closed. Visits that are needed only if an outcome says so are told once it does.</summary>
/// <param name="WithinDays">How many days ahead to look, 0 to 366.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician)]
public sealed record AtRisk(int WithinDays) : Ask<VisitsAtRisk>
{
    /// <summary>Those of which a window closes until a day, the most urgent first.</summary>
    /// <param name="book">The book.</param>
    /// <param name="library">Protocols and clinics.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="last">The day.</param>
    /// <param name="leavesOut">Whether a course that cannot be read is left out; else that is an error.</param>
    internal static async Task<ImmutableArray<VisitAtRisk>> Of(BookTransaction book, Library library, Core.Clinics.Clinic clinic, LocalDate last, bool leavesOut)
    {
        var found = new List<VisitAtRisk>();
        foreach (var id in await book.Enrolments(clinic.Id))
        {
            try
            {
                found.AddRange(Handler.InCourse((await book.Enrolment(library, clinic.Id, id))!, clinic, last));
            }
            catch (Exception why) when (leavesOut && why is not OperationCanceledException)
            {
                // It holds up no other; whoever follows courses tells of it.
            }
        }

        return [.. found.OrderBy(f => f.Closes).ThenBy(f => f.Enrolment, StringComparer.Ordinal).ThenBy(f => f.Visit, StringComparer.Ordinal)];
    }

    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<AtRisk, Answer<VisitsAtRisk>>
    {
        /// <inheritdoc />
        public Task<Answer<VisitsAtRisk>> Handle(AtRisk request, CancellationToken cancellationToken) => store.Read<Answer<VisitsAtRisk>>(
            async book =>
            {
                if (request.WithinDays is < 0 or > 366)
                {
                    return Refusals.NoSuchStretch(366);
                }

                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                return new VisitsAtRisk(await Of(book, library, clinic, PlanningOf.Now(clock, clinic).Date.PlusDays(request.WithinDays), leavesOut: false));
            },
            cancellationToken);

        internal static IEnumerable<VisitAtRisk> InCourse(Enrolment course, Core.Clinics.Clinic clinic, LocalDate last)
        {
            var state = course.State;
            if (state.Ended is not null)
            {
                yield break;
            }

            var request = new PlanningRequest(state.Protocol, clinic, course.Patient, last) { Enrolled = state.Course.Enrolled, LeftOut = [.. state.Visits.Values.Where(v => v.IsOut).Select(v => v.Id)] };
            var calendar = new TreatmentCalendar([.. state.Protocol.Visits.Select(state.Find).Where(v => v.IsHeld || v.IsAwaited).Select(v => v.Booking!)], []);
            foreach (var visit in state.Protocol.Visits.Select(state.Find).Where(v => v.IsOpen && !v.IsAwaited && (state.Protocol.TypeOf(v.Id).OnlyIf is not { } need || state.IsTrue(need) == Truth.True)))
            {
                var closing = WindowDates.Of(request, calendar, visit.Id).Select(w => (w.Rule, Closes: Day(w.Allowed))).Where(w => w.Closes <= last).OrderBy(w => w.Closes).ToList();
                if (closing is [var (rule, closes), ..])
                {
                    yield return new(course.Id, state.Course.Patient, visit.Id.ToString(), rule, closes);
                }
            }
        }

        private static LocalDate Day(WindowStretch stretch) => stretch switch
        {
            WindowStretch.OfDates days => days.To,
            WindowStretch.OfMoments moments => moments.To.Date,
            _ => throw new ArgumentOutOfRangeException(nameof(stretch), stretch, "A kind of stretch without a case here."),
        };
    }
}

/// <summary>Visits without a place, the most urgent first.</summary>
public sealed record VisitsAtRisk(ImmutableArray<VisitAtRisk> Visits);

/// <summary>A visit that has no place although a window for it closes.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Patient">The clinic's number of the patient.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Rule">The window that closes first.</param>
/// <param name="Closes">The last day that it allows.</param>
public sealed record VisitAtRisk(string Enrolment, string Patient, string Visit, string Rule, LocalDate Closes);
