using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Looks what the courses on the waiting list could make of what is free now: those that have waited longest first. A course is offered a calendar only if it has no more deviations than it has as booked, and is better in all.
/// Offers are proposals: nothing moves until one is accepted, and of two that want the same the first has it.
/// </summary>
/// <param name="Most">How many offers to make at most, 1 to 50.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record OfferFree(int Most) : Ask<Offers>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<OfferFree, Answer<Offers>>
    {
        /// <inheritdoc />
        public async Task<Answer<Offers>> Handle(OfferFree request, CancellationToken cancellationToken)
        {
            if (request.Most is < 1 or > 50)
            {
                return Refusals.NoSuchCount(50);
            }

            var offers = ImmutableArray.CreateBuilder<Proposed>();
            foreach (var id in await store.Read(book => book.WaitingFor(request.Clinic), cancellationToken))
            {
                var read = await store.Read(book => BookedCalendar.Of(book, library, request.Clinic, id, clock, DeviationLimit.Minor), cancellationToken);
                if (offers.Count == request.Most || !read.IsDone || Better(read.Value) is not { } proposal)
                {
                    continue;
                }

                var booked = read.Value;
                var saved = await store.Write<Proposed>(
                    async book =>
                    {
                        var key = await book.SaveProposal(
                            request.Clinic, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds(), [new(booked.Course.Key, booked.Course.Version, booked.Question.Text, EventText.Calendar(proposal.Calendar))]);
                        book.Note(new(request.Clinic, request.As, "offer", booked.Course.Id, "", $$"""{"proposal":"{{EnrolmentId.OfProposal(key)}}"}""", ""));
                        return new Proposed(booked.Course.Id, booked.Course.Version, [new(EnrolmentId.OfProposal(key), proposal.Proved, proposal.Cost, proposal.Calendar, [])]);
                    },
                    cancellationToken);
                offers.Add(saved.Value!);
            }

            return new Offers(offers.ToImmutable());
        }

        /// <summary>The best calendar of a course if all that is booked for it could move; null where it is no better, or has more deviations.</summary>
        private static Core.Planning.Proposal? Better(BookedCalendar booked)
        {
            if (booked.Request.Booked.IsEmpty)
            {
                return null;
            }

            var free = booked.Request with { Booked = [] };
            var now = Verifier.Judge(free, booked.Calendar);
            var best = Planner.Plan(free) is Outcome.Placed { Proposals: [var found, ..] } ? found : null;
            return best is not null && best.Cost.Major <= now.Cost.Major && best.Cost.Minor <= now.Cost.Minor && best.Cost.CompareTo(now.Cost) < 0
                && best.Calendar.Unplaced.Length <= booked.Calendar.Unplaced.Length ? best : null;
        }
    }
}

/// <summary>What is offered, the course that has waited longest first.</summary>
public sealed record Offers(ImmutableArray<Proposed> All);
