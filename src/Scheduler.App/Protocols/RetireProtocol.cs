using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Protocols;

/// <summary>Retires a version of a protocol: nobody is enrolled on it any more. Enrolments stay on it.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Version">The version.</param>
[Allowed(Role.Administrator, Role.Author)]
public sealed record RetireProtocol(string Protocol, string Version) : Ask<ImportedProtocol>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store) : IRequestHandler<RetireProtocol, Answer<ImportedProtocol>>
    {
        /// <inheritdoc />
        public Task<Answer<ImportedProtocol>> Handle(RetireProtocol request, CancellationToken cancellationToken) => store.Write<ImportedProtocol>(
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

                await book.Retire(known.Protocol, known.Version);
                book.Note(new(request.Clinic, request.As, "retire protocol", $"{known.Protocol} {known.Version}", $$"""{"state":"{{known.State}}"}""", """{"state":"retired"}""", ""));
                return new ImportedProtocol(known.Protocol, known.Version, "retired", known.State != "retired");
            },
            cancellationToken);
    }
}
