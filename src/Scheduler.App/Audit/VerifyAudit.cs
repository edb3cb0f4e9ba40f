using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Audit;

/// <summary>Looks whether the audit of a clinic is as it was written. That its end was cut off is seen only with a head that somebody has kept.</summary>
/// <param name="Number">The number of an entry that somebody has kept; null where nobody has.</param>
/// <param name="Hash">Its hash.</param>
[Allowed(Role.Administrator)]
public sealed record VerifyAudit(long? Number, string? Hash) : Ask<AuditVerified>
{
    /// <summary>Loads, judges.</summary>
    public sealed class Handler(Store store) : IRequestHandler<VerifyAudit, Answer<AuditVerified>>
    {
        /// <inheritdoc />
        public async Task<Answer<AuditVerified>> Handle(VerifyAudit request, CancellationToken cancellationToken)
        {
            var chain = await store.Read(book => book.Chain(request.Clinic), cancellationToken);
            return AuditChain.FirstBroken(chain, request is { Number: { } number, Hash: { } hash } ? (number, hash) : null) is { } broken
                ? Refusals.AuditBroken(broken, chain.Count)
                : new AuditVerified(request.Clinic, chain.Count, chain.Count == 0 ? "" : chain[^1].Hash);
        }
    }
}

/// <summary>An audit that is as it was written.</summary>
/// <param name="Clinic">Of which clinic; empty for what concerns all of them.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Head">The hash of the last; empty where there is none. Whoever keeps both elsewhere sees it when the end is cut off.</param>
public sealed record AuditVerified(string Clinic, long Entries, string Head);
