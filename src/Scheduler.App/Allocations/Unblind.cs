using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Allocations;

/// <summary>Tells the arm of one enrolment in an emergency. It takes a reason, and stands in the audit with it.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Why">The reason.</param>
[Allowed(Role.Clinician, Role.UnblindedPharmacist)]
public sealed record Unblind(string Enrolment, string Why) : Ask<Unblinded>
{
    /// <summary>Loads, notes.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<Unblind, Answer<Unblinded>>
    {
        /// <inheritdoc />
        public Task<Answer<Unblinded>> Handle(Unblind request, CancellationToken cancellationToken) => store.Write<Unblinded>(
            async book =>
            {
                if (request.Why.Trim().Length == 0)
                {
                    return Refusals.UnblindingTakesReason();
                }

                if (await book.Enrolment(library, request.Clinic, request.Enrolment) is not { } course)
                {
                    return Refusals.NoEnrolment(request.Enrolment);
                }

                book.Note(new(request.Clinic, request.As, "unblind", course.Id, "", "", request.Why));
                return new Unblinded(course.Id, course.State.Course.Arm);
            },
            cancellationToken);
    }
}

/// <summary>The arm of an enrolment.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Arm">The arm; null where it has none.</param>
public sealed record Unblinded(string Enrolment, string? Arm);
