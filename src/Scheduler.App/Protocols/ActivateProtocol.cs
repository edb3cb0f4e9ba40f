using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Protocols;

/// <summary>Makes a version of a protocol the one on which patients are enrolled; that which was is retired. Enrolments stay on theirs.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Version">The version.</param>
[Allowed(Role.Administrator, Role.Author)]
public sealed record ActivateProtocol(string Protocol, string Version) : Ask<ImportedProtocol>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ActivateProtocol, Answer<ImportedProtocol>>
    {
        /// <inheritdoc />
        public Task<Answer<ImportedProtocol>> Handle(ActivateProtocol request, CancellationToken cancellationToken) => store.Write<ImportedProtocol>(
            async book =>
            {
                if (await book.MayNotChange(request) is { } refusal)
                {
                    return refusal;
                }

                if (await book.ProtocolVersion(request.Protocol, request.Version) is not { } known)
                {
                    return Refusals.NoProtocol(request.Protocol, request.Version, (await book.ProtocolVersions()).Select(p => $"{p.Protocol} {p.Version}"));
                }

                await book.Activate(known.Protocol, known.Version);
                book.Note(new(request.Clinic, request.As, "activate protocol", $"{known.Protocol} {known.Version}", $$"""{"state":"{{known.State}}"}""", """{"state":"active"}""", ""));
                return new ImportedProtocol(known.Protocol, known.Version, "active", known.State != "active");
            },
            cancellationToken);
    }
}
