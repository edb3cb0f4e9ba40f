using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Formats.Changes;

namespace Scheduler.App.Protocols;

/// <summary>Says in words what changed between two versions of a protocol of the library.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Old">The one version.</param>
/// <param name="New">The other.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.UnblindedPharmacist, Role.Author)]
public sealed record CompareProtocols(string Protocol, string Old, string New) : Ask<ProtocolsCompared>
{
    /// <summary>Loads, compares.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<CompareProtocols, Answer<ProtocolsCompared>>
    {
        private const string AsWritten = "{}";

        /// <inheritdoc />
        public Task<Answer<ProtocolsCompared>> Handle(CompareProtocols request, CancellationToken cancellationToken) => store.Read<Answer<ProtocolsCompared>>(
            async book =>
            {
                var (old, @new) = (await book.ProtocolVersion(request.Protocol, request.Old), await book.ProtocolVersion(request.Protocol, request.New));
                return old is null || @new is null
                    ? Refusals.NoProtocol(request.Protocol, old is null ? request.Old : request.New, (await book.ProtocolVersions()).Select(p => $"{p.Protocol} {p.Version}"))
                    : new ProtocolsCompared(ProtocolChanges.Between(library.Protocol(old.Protocol, AsWritten, old.Yaml), library.Protocol(@new.Protocol, AsWritten, @new.Yaml)));
            },
            cancellationToken);
    }
}

/// <summary>Two versions of a protocol, and what changed from one to the other.</summary>
/// <param name="Changes">The changes in words.</param>
public sealed record ProtocolsCompared(ProtocolChanges Changes);
