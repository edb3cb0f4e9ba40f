using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Audit;

/// <summary>Gives out the audit of a clinic, whole, as it stands. It is for whoever keeps or examines it elsewhere.</summary>
[Allowed(Role.Administrator)]
public sealed record ExportAudit : Ask<AuditExported>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ExportAudit, Answer<AuditExported>>
    {
        /// <inheritdoc />
        public async Task<Answer<AuditExported>> Handle(ExportAudit request, CancellationToken cancellationToken) =>
            new AuditExported(request.Clinic, await store.Read(book => book.Chain(request.Clinic), cancellationToken));
    }
}

/// <summary>The audit of a clinic.</summary>
/// <param name="Clinic">Of which clinic; empty for what concerns all of them.</param>
/// <param name="Links">The entries in their order.</param>
public sealed record AuditExported(string Clinic, IReadOnlyList<AuditLink> Links);
