using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Protocols;

/// <summary>Lists the versions of the library, with how many of the clinic's enrolments are on each.</summary>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.UnblindedPharmacist, Role.Author)]
public sealed record ListProtocols : Ask<ProtocolsListed>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ListProtocols, Answer<ProtocolsListed>>
    {
        /// <inheritdoc />
        public Task<Answer<ProtocolsListed>> Handle(ListProtocols request, CancellationToken cancellationToken) => store.Read<Answer<ProtocolsListed>>(
            async book =>
            {
                var inUse = (await book.VersionsInUse(request.Clinic)).CountBy(v => v).ToDictionary();
                return new ProtocolsListed(
                [
                    .. (await book.ListedProtocols())
                        .Select(p => new ListedProtocol(p.Protocol, p.Version, p.State, Instant.FromUnixTimeSeconds(p.Imported_At), p.Imported_By, inUse.GetValueOrDefault(new(p.Protocol, p.Version)))),
                ]);
            },
            cancellationToken);
    }
}

/// <summary>The library, by protocol, the versions of each in the order in which they came.</summary>
public sealed record ProtocolsListed(ImmutableArray<ListedProtocol> Versions);

/// <summary>A version of the library.</summary>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Version">The version.</param>
/// <param name="State"><c>draft</c>, <c>active</c> or <c>retired</c>.</param>
/// <param name="ImportedAt">When it came.</param>
/// <param name="ImportedBy">Who brought it.</param>
/// <param name="Enrolments">How many enrolments of the clinic were made on it; of all clinics where none is asked of.</param>
public sealed record ListedProtocol(string Protocol, string Version, string State, Instant ImportedAt, string ImportedBy, int Enrolments);
