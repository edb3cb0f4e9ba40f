using System.Globalization;
using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.App.Allocations;

/// <summary>
/// Puts the entries of an allocation list into the book, which whoever randomised wrote before anybody was enrolled: a line an entry, its number and an arm of the protocol's active version, with a comma
/// between. Entries are added to those that are there; none is changed or taken off. The whole list or nothing of it is taken.
/// </summary>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Text">The lines; empty ones do not count, nor a heading: a first one in which no digit stands.</param>
[Allowed(Role.UnblindedPharmacist)]
public sealed record ImportAllocationList(string Protocol, string Text) : Ask<AllocationListImported>
{
    /// <summary>The most entries of one file.</summary>
    public const int MostEntries = 10_000;

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ImportAllocationList, Answer<AllocationListImported>>
    {
        /// <inheritdoc />
        public Task<Answer<AllocationListImported>> Handle(ImportAllocationList request, CancellationToken cancellationToken) => store.Write<AllocationListImported>(
            async book =>
            {
                if (await book.ProtocolVersion(request.Protocol, null) is not { } version)
                {
                    return Refusals.NoProtocol(request.Protocol, null, (await book.ProtocolVersions()).Select(p => $"{p.Protocol} {p.Version}"));
                }

                if (ProtocolCompiler.Compile(request.Protocol, version.Yaml).Value is not { } protocol || protocol.Arms.IsEmpty)
                {
                    return Refusals.NoArms(request.Protocol);
                }

                var known = (await book.AllocationList(request.Clinic, request.Protocol)).Select(e => e.Number).ToHashSet();
                var (entries, mistakes) = (new List<(long Number, string Arm)>(), new List<string>());
                var lines = request.Text.Split('\n').Select((l, i) => (Text: l.Trim().Trim('\uFEFF'), At: i + 1)).Where(l => l.Text.Length > 0).ToList();

                // A first line with a digit that is no entry is a mistake: whoever took it for a heading would give everybody behind it another arm.
                foreach (var (line, at) in lines.Skip(lines is [var (first, _), ..] && !first.Any(char.IsDigit) ? 1 : 0))
                {
                    var parts = line.Split(',', StringSplitOptions.TrimEntries);
                    if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                    {
                        mistakes.Add($"line {at}: expected a number, a comma and an arm.");
                    }
                    else if (protocol.Arms.All(a => a.Id != parts[1]))
                    {
                        // What the line says would tell an arm to whoever reads an error over somebody's shoulder.
                        mistakes.Add($"line {at}: that is no arm of version {version.Version}.");
                    }
                    else if (!known.Add(number))
                    {
                        mistakes.Add($"line {at}: the number {number} is on the list already.");
                    }
                    else
                    {
                        entries.Add((number, parts[1]));
                    }
                }

                if (mistakes.Count > 0 || entries.Count is 0 or > MostEntries)
                {
                    return Refusals.NoAllocationList(MostEntries, mistakes);
                }

                await book.AddToList(request.Clinic, request.Protocol, entries);
                book.Note(new(request.Clinic, request.As, "import allocation list", request.Protocol, "", $$"""{"entries":{{entries.Count}}}""", ""));
                return new AllocationListImported(request.Protocol, entries.Count);
            },
            cancellationToken);
    }
}

/// <summary>A list that came in.</summary>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Entries">How many entries were added.</param>
public sealed record AllocationListImported(string Protocol, int Entries);
