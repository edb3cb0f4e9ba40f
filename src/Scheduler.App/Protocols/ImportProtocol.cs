using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.App.Protocols;

/// <summary>Takes a protocol's file into the library, as a draft of its version. The same text again changes nothing; another text under the same version is refused.</summary>
/// <param name="File">The name of the file, for its mistakes.</param>
/// <param name="Yaml">Its text.</param>
[Allowed(Role.Administrator, Role.Author)]
public sealed record ImportProtocol(string File, string Yaml) : Ask<ImportedProtocol>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<ImportProtocol, Answer<ImportedProtocol>>
    {
        /// <inheritdoc />
        public async Task<Answer<ImportedProtocol>> Handle(ImportProtocol request, CancellationToken cancellationToken)
        {
            var read = ProtocolCompiler.Compile(request.File, request.Yaml);
            return read.Value is not { } protocol
                ? Refusals.Mistakes(read.Diagnostics)
                : await store.Write(book => Keep(book, clock, request, request.File, request.Yaml, protocol), cancellationToken);
        }

        /// <summary>Keeps a protocol as its file says, in a transaction that may do more.</summary>
        internal static async Task<Answer<ImportedProtocol>> Keep(BookTransaction book, IClock clock, IAsk asked, string file, string yaml, Protocol protocol)
        {
            if (await book.ProtocolVersion(protocol.Id, protocol.Version) is { } known)
            {
                return known.Yaml == yaml ? new ImportedProtocol(known.Protocol, known.Version, known.State, IsNew: false) : Refusals.VersionChanged(file, known.Protocol, known.Version);
            }

            if (await book.MayNotChange(asked) is { } refusal)
            {
                return refusal;
            }

            await book.SaveProtocol(protocol.Id, protocol.Version, yaml, clock.GetCurrentInstant().ToUnixTimeSeconds(), asked.As);
            book.Note(new(asked.Clinic, asked.As, "import protocol", $"{protocol.Id} {protocol.Version}", "", """{"state":"draft"}""", ""));
            return new ImportedProtocol(protocol.Id, protocol.Version, "draft", IsNew: true);
        }
    }
}

/// <summary>A version of a protocol in the library.</summary>
/// <param name="Protocol">The id.</param>
/// <param name="Version">The version.</param>
/// <param name="State"><c>draft</c>, <c>active</c> or <c>retired</c>.</param>
/// <param name="IsNew">Whether it, or its state, was another before.</param>
public sealed record ImportedProtocol(string Protocol, string Version, string State, bool IsNew);
