using System.Collections.Immutable;
using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Allocations;

/// <summary>Shows the allocation list of a protocol to whoever prepares the drugs. That somebody looked is noted in the audit.</summary>
/// <param name="Protocol">The protocol's id.</param>
[Allowed(Role.UnblindedPharmacist)]
public sealed record ShowAllocations(string Protocol) : Ask<AllocationList>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ShowAllocations, Answer<AllocationList>>
    {
        /// <inheritdoc />
        public Task<Answer<AllocationList>> Handle(ShowAllocations request, CancellationToken cancellationToken) => store.Write<AllocationList>(
            async book =>
            {
                var rows = await book.AllocationList(request.Clinic, request.Protocol);
                book.Note(new(request.Clinic, request.As, "show allocation list", request.Protocol, "", "", ""));
                return new AllocationList(request.Protocol, [.. rows.Select(r => new AllocationEntry(r.Number, r.Arm, r.Enrolment is { } key ? EnrolmentId.Of(key) : null))]);
            },
            cancellationToken);
    }
}

/// <summary>An allocation list, in its order.</summary>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Entries">Its entries.</param>
public sealed record AllocationList(string Protocol, ImmutableArray<AllocationEntry> Entries);

/// <summary>An entry of an allocation list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Enrolment">For whom it was drawn; null where it was not.</param>
public sealed record AllocationEntry(long Number, string Arm, string? Enrolment);
