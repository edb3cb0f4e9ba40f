using System.CommandLine;
using NodaTime.Text;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats.Changes;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler protocol import|activate|retire|list|diff</c></summary>
internal static class ProtocolCommand
{
    private static readonly string[] Headings = ["protocol", "version", "state", "enrolments", "imported", "by"];

    public static Command Make(Surroundings around) => new("protocol", "Keeps the library of protocols: versions as draft, active and retired, and what changed between two.")
    {
        Import(around), Turn(around, "activate", "Makes a version the one on which patients are enrolled; that which was is retired. Enrolments stay on theirs.", (id, version) => new ActivateProtocol(id, version) { As = "", Clinic = "" }),
        Turn(around, "retire", "Retires a version: nobody is enrolled on it any more unless it is named. Enrolments stay on it.", (id, version) => new RetireProtocol(id, version) { As = "", Clinic = "" }), List(around), Diff(around),
    };

    private static Command Import(Surroundings around)
    {
        var file = Arguments.Path("FILE", "The protocol's YAML file.");
        return BookOptions.Command(
            "import",
            "Takes a protocol's file into the library, as a draft of the version that it names. Another text under a version that is known is refused.",
            around,
            [file],
            (parsed, book) => Answer(book, new ImportProtocol(parsed.GetValue(file)!, around.ReadText(parsed.GetValue(file)!)) { As = book.As, Clinic = book.Clinic }),
            ofAll: true);
    }

    private static Command Turn(Surroundings around, string name, string description, Func<string, string, Ask<ImportedProtocol>> ask)
    {
        var (id, version) = (Id(), Version("VERSION", "The version."));
        return BookOptions.Command(
            name, description, around, [id, version], (parsed, book) => Answer(book, ask(parsed.GetValue(id)!, parsed.GetValue(version)!) with { As = book.As, Clinic = book.Clinic }), ofAll: true);
    }

    private static Command List(Surroundings around) => BookOptions.Command(
        "list",
        "Lists the versions of the library.",
        around,
        [],
        (_, book) => book.Answer(
            new ListProtocols { As = book.As, Clinic = book.Clinic },
            listed => new
            {
                protocols = listed.Versions.Select(v => new
                {
                    protocol = v.Protocol,
                    version = v.Version,
                    state = v.State,
                    enrolments = v.Enrolments,
                    importedAt = InstantPattern.General.Format(v.ImportedAt),
                    importedBy = v.ImportedBy,
                }),
            },
            listed =>
            {
                if (listed.Versions.IsEmpty)
                {
                    around.Say("The library is empty.");
                    return;
                }

                BookTable.Print(
                    around, Headings, listed.Versions.Select(v => (string[])[v.Protocol, v.Version, v.State, $"{v.Enrolments}", BookTable.Day(v.ImportedAt.InZone(book.At.Zone).Date), v.ImportedBy]));
            }),
        ofAll: true);

    private static Command Diff(Surroundings around)
    {
        var (id, old, @new) = (Id(), Version("OLD", "The one version."), Version("NEW", "The other."));
        return BookOptions.Command(
            "diff",
            "Says what changed between two versions of the library, in words that a clinician can sign.",
            around,
            [id, old, @new],
            async (parsed, book) =>
            {
                var compared = await book.App.Send(new CompareProtocols(parsed.GetValue(id)!, parsed.GetValue(old)!, parsed.GetValue(@new)!) { As = book.As, Clinic = book.Clinic });
                if (!compared.IsDone)
                {
                    return BookAnswer.Refuse(around, compared.Refusal);
                }

                around.Output.Write(book.IsJson ? ChangesJson.Write(compared.Value.Changes) : PlainText.OfLines(ChangesText.Write(compared.Value.Changes)));
                return ExitCode.Done;
            },
            ofAll: true);
    }

    private static Task<int> Answer(OpenBook book, Ask<ImportedProtocol> ask) => book.Answer(
        ask,
        done => new { protocol = done.Protocol, version = done.Version, state = done.State, isNew = done.IsNew },
        done => book.Around.Say($"{done.Protocol} {done.Version} is {done.State switch { "draft" => "a draft", var state => state }} in the library{(done.IsNew ? "" : " already")}."));

    private static Argument<string> Id() => new("PROTOCOL") { Description = "The id of the protocol." };

    private static Argument<string> Version(string name, string description) => new(name) { Description = description };
}
