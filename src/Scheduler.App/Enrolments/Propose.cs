using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Asks for calendars: of a course of which nothing is booked several, best first; of one that goes on the one that moves the fewest of its visits. Nothing is booked or moved
/// until one is accepted.
/// </summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="From">The earliest day of what is placed; null for tomorrow.</param>
/// <param name="StartWithin">The days from then on in which the first visit may fall, 1 to 366.</param>
/// <param name="Deviations">How far windows may be stretched.</param>
/// <param name="Count">How many calendars, 1 to 20, where nothing is booked yet.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Propose(string Enrolment, LocalDate? From, int StartWithin, DeviationLimit Deviations, int Count) : Ask<Proposed>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Propose, Answer<Proposed>>
    {
        /// <inheritdoc />
        public async Task<Answer<Proposed>> Handle(Propose request, CancellationToken cancellationToken)
        {
            // Planning may take seconds, in which nobody else should have to wait: what it was done for is looked at again when its result is accepted.
            var loaded = await store.Read(book => Load(book, request), cancellationToken);
            if (!loaded.IsDone)
            {
                return loaded.Refusal;
            }

            var (course, asked, question) = loaded.Value;
            var kept = asked.Booked.IsEmpty && asked.Fixed.IsEmpty
                ? new KeptPlan(Planner.Plan(asked with { Proposals = request.Count }), [])
                : Keeping.Plan(course.State, asked);
            ImmutableArray<Core.Planning.Proposal> found = kept.Outcome switch
            {
                Outcome.Placed placed => placed.Proposals,
                Outcome.Unproved unproved => unproved.Proposals,
                _ => [],
            };
            if (found.IsEmpty)
            {
                return kept.Outcome is Outcome.Infeasible none ? Refusals.NoCalendar(none.Conflicts.Select(c => c.Message)) : Refusals.NotFoundInTime();
            }

            return await store.Write<Proposed>(
                async book =>
                {
                    await book.RemoveOutdated(course.Key, course.Version);
                    var proposals = ImmutableArray.CreateBuilder<CalendarProposal>();
                    foreach (var proposal in found)
                    {
                        var key = await book.SaveProposal(
                            request.Clinic, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds(), [new(course.Key, course.Version, question.Text, EventText.Calendar(proposal.Calendar))]);
                        proposals.Add(new(EnrolmentId.OfProposal(key), proposal.Proved, proposal.Cost, proposal.Calendar, kept.Kept));
                    }

                    book.Note(new(request.Clinic, request.As, "propose", course.Id, "", $$"""{"proposals":{{proposals.Count}}}""", ""));
                    return new Proposed(course.Id, course.Version, proposals.ToImmutable());
                },
                cancellationToken);
        }

        private async Task<Answer<Asked>> Load(BookTransaction book, Propose request)
        {
            if (await book.Clinic(library, request.Clinic) is not { } clinic)
            {
                return Refusals.NoClinic(request.Clinic);
            }

            if (await book.Enrolment(library, request.Clinic, request.Enrolment) is not { } course)
            {
                return Refusals.NoEnrolment(request.Enrolment);
            }

            if (course.State.Ended is not null)
            {
                return Refusals.CourseIsOver(course.Id);
            }

            var asOf = PlanningOf.Now(clock, clinic);
            var question = new Question(asOf, request.From ?? Continuation.EarliestDay(course.State, asOf), request.StartWithin, request.Deviations);
            if (question.From < asOf.Date || request.StartWithin is < 1 or > PlanningRequest.MostStartWithinDays || request.Count is < 1 or > 20)
            {
                return Refusals.NoSuchQuestion();
            }

            var read = await PlanningOf.Request(book, clinic, course, question, clock.GetCurrentInstant().ToUnixTimeSeconds());
            return read.Value is { } asked ? new Asked(course, asked, question) : Refusals.CannotBe(read.Diagnostics);
        }

        private sealed record Asked(Enrolment Course, PlanningRequest Request, Question Question);
    }
}

/// <summary>Calendars that can be accepted.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">The version of the enrolment for which they were made: once something else happens in it, none of them can be accepted any more.</param>
/// <param name="Proposals">The calendars, best first.</param>
public sealed record Proposed(string Enrolment, long Version, ImmutableArray<CalendarProposal> Proposals);

/// <summary>A calendar that can be accepted.</summary>
/// <param name="Proposal">Its id: <c>P-3</c>.</param>
/// <param name="IsProved">Whether nothing better exists.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Calendar">The visits.</param>
/// <param name="Kept">The booked visits that stay at their time.</param>
public sealed record CalendarProposal(string Proposal, bool IsProved, Cost Cost, TreatmentCalendar Calendar, ImmutableArray<VisitId> Kept);
