using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Keeps the places of a proposal free for some minutes, while the patient is asked. A course has one reservation: another takes its place.</summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Minutes">For how long, 1 to 120.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Reserve(string Proposal, int Minutes) : Ask<Reserved>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Reserve, Answer<Reserved>>
    {
        /// <inheritdoc />
        public Task<Answer<Reserved>> Handle(Reserve request, CancellationToken cancellationToken) => request.Minutes is < 1 or > 120
            ? Task.FromResult<Answer<Reserved>>(Refusals.NoSuchQuestion())
            : store.Write(book => Save(book, request), cancellationToken);

        private async Task<Answer<Reserved>> Save(BookTransaction book, Reserve request)
        {
            var now = clock.GetCurrentInstant();
            if (EnrolmentId.ProposalKey(request.Proposal) is not { } key || await book.Proposal(request.Clinic, key) is not [var part])
            {
                return await book.ClinicVersion(request.Clinic) == 0 ? Refusals.NoClinic(request.Clinic) : Refusals.NoProposal(request.Proposal);
            }

            await book.LockEnrolments([part.Enrolment]);
            var course = await book.Enrolment(library, request.Clinic, EnrolmentId.Of(part.Enrolment));
            if (course is null || course.Version != part.Version)
            {
                return Refusals.CourseHasChanged(EnrolmentId.Of(part.Enrolment));
            }

            var placing = await Placing.Of(book, course, part);
            if (placing.Booked.Count > 0)
            {
                return Refusals.AlreadyBooked(course.Id);
            }

            var takeables = await book.Takeables(request.Clinic, [course.Patient.Id]);
            await book.Lock(await placing.Takes(book, takeables));
            var clinic = (await book.Clinic(library, request.Clinic))!;
            await book.RemoveExpired(clinic.Id, now.ToUnixTimeSeconds());
            await book.RemoveReservations(course.Key);
            if (await placing.Judge(book, clinic, now) is { IsDone: false, Refusal: var refusal })
            {
                return refusal;
            }

            if (await placing.Write(book, clinic, takeables, key) is { } visit)
            {
                return Refusals.SlotTaken($"{visit.Id} at {Times.Of(visit.Start)}");
            }

            var until = now + Duration.FromMinutes(request.Minutes);
            await book.ReserveUntil(key, until.ToUnixTimeSeconds());
            book.Note(new(clinic.Id, request.As, "reserve", course.Id, "", $$"""{"proposal":"{{request.Proposal}}","minutes":{{request.Minutes}}}""", ""));
            return new Reserved(request.Proposal, until);
        }
    }
}

/// <summary>A reservation.</summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Until">The moment until which its places are kept.</param>
public sealed record Reserved(string Proposal, Instant Until);
