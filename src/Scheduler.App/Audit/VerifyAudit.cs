using System.Collections.Immutable;
using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Audit;

/// <summary>Looks whether the audit of a clinic is as it was written; for an administrator of all clinics those of all others too, and that of what concerns all of them. That its end was cut off is seen only with a head that somebody has kept.</summary>
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
            var chains = await store.Read(
                async book =>
                {
                    var all = (await book.RolesOf(request.As, "")).Contains(Role.Administrator) ? (await book.Heads()).Keys : [];
                    var found = new List<(string Clinic, IReadOnlyList<AuditLink> Links)>();
                    foreach (var clinic in all.Prepend(request.Clinic).Distinct())
                    {
                        found.Add((clinic, await book.Chain(clinic)));
                    }

                    return found;
                },
                cancellationToken);
            foreach (var (clinic, links) in chains)
            {
                var kept = clinic == request.Clinic && request is { Number: { } number, Hash: { } hash } ? (number, hash) : ((long, string)?)null;
                if (AuditChain.FirstBroken(links, kept) is { } broken)
                {
                    return Refusals.AuditBroken(clinic, broken, links.Count);
                }
            }

            var whole = chains.Select(c => new WholeChain(c.Clinic, c.Links.Count, c.Links.Count == 0 ? "" : c.Links[^1].Hash)).ToList();
            return new AuditVerified(whole[0], [.. whole.Skip(1)]);
        }
    }
}

/// <summary>Audits that are as they were written.</summary>
/// <param name="Asked">The one that was asked about.</param>
/// <param name="Others">The others at which whoever asked may look.</param>
public sealed record AuditVerified(WholeChain Asked, ImmutableArray<WholeChain> Others);

/// <summary>An audit that is as it was written.</summary>
/// <param name="Clinic">Of which clinic; empty for what concerns all of them.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Head">The hash of the last; empty where there is none. Whoever keeps both elsewhere sees it when the end is cut off.</param>
public sealed record WholeChain(string Clinic, long Entries, string Head);
