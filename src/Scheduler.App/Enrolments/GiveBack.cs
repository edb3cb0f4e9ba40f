using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Gives back the places that are reserved for a proposal before their time is over. The proposal stays.</summary>
/// <param name="Proposal">The proposal's id.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record GiveBack(string Proposal) : Ask<GivenBack>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<GiveBack, Answer<GivenBack>>
    {
        /// <inheritdoc />
        public Task<Answer<GivenBack>> Handle(GiveBack request, CancellationToken cancellationToken) => store.Write<GivenBack>(
            async book =>
            {
                if (EnrolmentId.ProposalKey(request.Proposal) is not { } key || await book.Proposal(request.Clinic, key) is not { Count: > 0 } parts)
                {
                    return await book.ClinicVersion(request.Clinic) == 0 ? Refusals.NoClinic(request.Clinic) : Refusals.NoProposal(request.Proposal);
                }

                await book.LockEnrolments(parts.Select(p => p.Enrolment));
                if (await book.ReservedUntil(key) is not { } until || until <= clock.GetCurrentInstant().ToUnixTimeSeconds() || parts is not [var part]
                    || await book.Enrolment(library, request.Clinic, EnrolmentId.Of(part.Enrolment)) is not { } course)
                {
                    return Refusals.NotReserved(request.Proposal);
                }

                // Whoever deals units again takes uses out and puts them back: what is freed in between would come back with them.
                await book.Lock(await book.TakenBy(await book.ReservedFor(key)));
                await book.RemoveReservations(course.Key);
                book.Note(new(request.Clinic, request.As, "give back", course.Id, $$"""{"proposal":"{{request.Proposal}}"}""", "", ""));
                return new GivenBack(request.Proposal, course.Id);
            },
            cancellationToken);
    }
}

/// <summary>A proposal whose places are free again.</summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Enrolment">The enrolment's id.</param>
public sealed record GivenBack(string Proposal, string Enrolment);
