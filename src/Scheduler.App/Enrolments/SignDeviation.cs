using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Signs a deviation: somebody who may has seen it. What is signed stays, whatever happens to the visit.</summary>
/// <param name="Deviation">Its number.</param>
[Allowed(Role.Administrator, Role.Clinician)]
public sealed record SignDeviation(long Deviation) : Ask<Signed>
{
    /// <summary>Decides, saves.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<SignDeviation, Answer<Signed>>
    {
        /// <inheritdoc />
        public Task<Answer<Signed>> Handle(SignDeviation request, CancellationToken cancellationToken) => store.Write<Signed>(
            async book =>
            {
                if (!await book.SignDeviation(request.Clinic, request.Deviation, clock.GetCurrentInstant().ToUnixTimeSeconds(), request.As))
                {
                    return Refusals.NoDeviation(request.Deviation);
                }

                book.Note(new(request.Clinic, request.As, "sign deviation", $"deviation {request.Deviation}", "", "", ""));
                return new Signed(request.Deviation);
            },
            cancellationToken);
    }
}

/// <summary>A deviation that is signed.</summary>
/// <param name="Deviation">Its number.</param>
public sealed record Signed(long Deviation);
