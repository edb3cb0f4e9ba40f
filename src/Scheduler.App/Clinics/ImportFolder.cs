using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;

namespace Scheduler.App.Clinics;

/// <summary>
/// Takes what is new in a folder of clinics' and protocols' files into the book as versions, all of it or nothing: a clinic whose text has changed as its next version, a protocol as a draft of the version that its
/// file names. All mistakes are told, another text under a version that is known among them. Files of patients and of events are left alone.
/// </summary>
/// <param name="Files">The files, in the order in which they are told of.</param>
/// <param name="IsTrial">Whether it is only looked what would come of it.</param>
[Allowed(Role.Administrator)]
public sealed record ImportFolder(ImmutableArray<GivenFile> Files, bool IsTrial) : Ask<ImportedFolder>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ImportFolder, Answer<ImportedFolder>>
    {
        private static readonly string[] AnyKey = [.. ProtocolCompiler.KeyNames, .. ClinicReader.KeyNames];

        /// <inheritdoc />
        public async Task<Answer<ImportedFolder>> Handle(ImportFolder request, CancellationToken cancellationToken)
        {
            var mistakes = new List<string>();
            var files = request.Files.Select(f => Read(f, mistakes)).OfType<ReadFile>().ToList();
            foreach (var twice in files.GroupBy(f => f.Of).SelectMany(g => g.Skip(1).Select(f => (f, First: g.First()))))
            {
                mistakes.Add($"{twice.f.At}: {Refusals.TwiceInFolder(twice.f.Of, twice.First.File.Name)}");
            }

            ImportedFolder? tried = null;
            var answer = await store.Write<ImportedFolder>(
                async book =>
                {
                    var (clinics, protocols, refused) = (ImmutableArray.CreateBuilder<ImportedClinic>(), ImmutableArray.CreateBuilder<ImportedProtocol>(), new List<string>());
                    foreach (var (file, clinic) in files.Where(f => f.Clinic is not null).Select(f => (f, f.Clinic!)))
                    {
                        var kept = request.Clinic.Length > 0 && clinic.Id != request.Clinic
                            ? Refusals.OtherClinic(file.File.Name, clinic.Id, request.Clinic)
                            : await ImportClinic.Handler.Keep(book, library, clock, request.As, file.File.Name, file.File.Yaml, clinic);
                        Note(file, kept, clinics, refused);
                    }

                    foreach (var (file, protocol) in files.Where(f => f.Protocol is not null).Select(f => (f, f.Protocol!)))
                    {
                        Note(file, await ImportProtocol.Handler.Keep(book, clock, request, file.File.Name, file.File.Yaml, protocol), protocols, refused);
                    }

                    if (mistakes.Count + refused.Count > 0)
                    {
                        return Refusals.FolderHasMistakes(mistakes.Concat(refused));
                    }

                    tried = new(clinics.ToImmutable(), protocols.ToImmutable(), [.. request.Files.Select(f => f.Name).Except(files.Select(f => f.File.Name))]);
                    return request.IsTrial ? Refusals.OnlyTried() : tried;
                },
                cancellationToken);
            return answer.Refusal?.Code == Refusals.OnlyTried().Code ? tried! : answer;
        }

        private static void Note<T>(ReadFile file, Answer<T> kept, ImmutableArray<T>.Builder all, List<string> refused)
            where T : class
        {
            if (kept.IsDone)
            {
                all.Add(kept.Value);
            }
            else
            {
                refused.Add($"{file.At}: {kept.Refusal}");
            }
        }

        /// <summary>A file of a clinic or a protocol; null for another, and for one whose mistakes were told.</summary>
        private static ReadFile? Read(GivenFile file, List<string> mistakes)
        {
            var bag = new DiagnosticBag();
            if (YamlReader.ReadMapping(file.Name, file.Yaml, bag, keys: AnyKey) is not { Entries: [var first, ..] } root)
            {
                mistakes.AddRange(bag.ToSorted().Select(m => m.ToString()));
                return null;
            }

            SourceSpan At(string key) => (root.Entries.FirstOrDefault(e => e.Key.Value == key) ?? first).Key.Span;
            switch (first.Key.Value)
            {
                case FileKind.Clinic:
                    var clinic = ClinicReader.Read(file.Name, file.Yaml);
                    return clinic.Value is { } readClinic ? new(file, At("bookings"), $"clinic {readClinic.Id}", readClinic, null) : Told(clinic.Diagnostics);
                case FileKind.Protocol:
                    var protocol = ProtocolCompiler.Compile(file.Name, file.Yaml);
                    return protocol.Value is { } readProtocol ? new(file, At("version"), $"protocol {readProtocol.Id} {readProtocol.Version}", null, readProtocol) : Told(protocol.Diagnostics);
                case FileKind.Patient or FileKind.Events:
                    return null;
                default:
                    return Told([Messages.UnknownKindOfFile(first.Key.Span, first.Key.Value, FileKind.All)]);
            }

            ReadFile? Told(IEnumerable<Diagnostic> found)
            {
                mistakes.AddRange(found.Select(m => m.ToString()));
                return null;
            }
        }

        /// <summary>A file that was read.</summary>
        /// <param name="File">The file.</param>
        /// <param name="At">Where it says what the book may refuse.</param>
        /// <param name="Of">What it holds: no two files may hold the same.</param>
        /// <param name="Clinic">Its clinic, or null.</param>
        /// <param name="Protocol">Its protocol, or null.</param>
        private sealed record ReadFile(GivenFile File, SourceSpan At, string Of, Clinic? Clinic, Protocol? Protocol);
    }
}

/// <summary>A file of a folder.</summary>
/// <param name="Name">Its name, for its mistakes.</param>
/// <param name="Yaml">Its text.</param>
public sealed record GivenFile(string Name, string Yaml);

/// <summary>A folder as it came into the book, or would.</summary>
/// <param name="Clinics">The clinics, those that have not changed among them.</param>
/// <param name="Protocols">The protocols, those that were there already among them.</param>
/// <param name="Others">The names of files that were left alone.</param>
public sealed record ImportedFolder(ImmutableArray<ImportedClinic> Clinics, ImmutableArray<ImportedProtocol> Protocols, ImmutableArray<string> Others);
