using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduler.App.Audit;
using Scheduler.Cli.Commands;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler audit verify|export</c></summary>
internal static class AuditCommand
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make(Surroundings around) => new("audit", "Looks whether the audit is as it was written, and gives it out.") { Verify(around), Export(around) };

    private static Command Verify(Surroundings around)
    {
        var head = new Option<string?>("--head") { Description = "NUMBER:HASH of an entry that you kept, as this command prints it: only with one is it seen that the end was cut off.", HelpName = "NUMBER:HASH" };
        head.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var said }] && Kept(said) is null)
            {
                result.AddError($"'{said}' does not fit --head; expected NUMBER:HASH as 'scheduler audit verify' prints it.");
            }
        });
        var together = Together();
        return BookOptions.Command("verify", "Looks whether the audit is as it was written; for an administrator of all clinics, all audits.", around, [head, together], (parsed, book) =>
        {
            var kept = parsed.GetValue(head) is { } said ? Kept(said) : null;
            return book.Answer(
                new VerifyAudit(kept?.Number, kept?.Hash) { As = book.As, Clinic = parsed.GetValue(together) ? "" : book.Clinic },
                whole => new { clinic = whole.Asked.Clinic, entries = whole.Asked.Entries, head = Head(whole.Asked), others = whole.Others.Select(o => new { clinic = o.Clinic, entries = o.Entries, head = Head(o) }) },
                whole =>
                {
                    foreach (var one in whole.Others.Prepend(whole.Asked))
                    {
                        around.Say($"The audit of {Name(one.Clinic)} is as it was written: {one.Entries} {(one.Entries == 1 ? "entry" : "entries")}. Keep its head elsewhere: {Head(one)}");
                    }
                });
        });
    }

    private static Command Export(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write, one entry a line as JSON; one that exists is left alone." };
        file.Validators.Add(result => Values.RefuseNothing(result, "FILE"));
        var together = Together();
        return BookOptions.Command("export", "Writes the audit into a file.", around, [file, together], async (parsed, book) =>
        {
            var (answer, path) = (await book.App.Send(new ExportAudit { As = book.As, Clinic = parsed.GetValue(together) ? "" : book.Clinic }), parsed.GetValue(file)!);
            if (answer.Value is not { } exported)
            {
                return BookAnswer.Refuse(around, answer.Refusal!);
            }

            var unwritten = await BookAnswer.WriteNew(path, async text =>
            {
                foreach (var link in exported.Links)
                {
                    await text.WriteLineAsync(JsonSerializer.Serialize(Line(link), OneLine));
                }
            });
            if (unwritten is not null)
            {
                return BookAnswer.Refuse(around, unwritten);
            }

            return book.Print(
                exported,
                _ => new { clinic = exported.Clinic, entries = exported.Links.Count, file = path },
                _ => around.Say($"The audit of {Name(exported.Clinic)} is in {path}: {exported.Links.Count} entries."));
        });
    }

    private static object Line(AuditLink link) => new
    {
        number = link.Number,
        at = InstantPattern.General.Format(Instant.FromUnixTimeSeconds(link.At)),
        clinic = link.Entry.Clinic,
        actor = link.Entry.Actor,
        act = link.Entry.Act,
        subject = link.Entry.Subject,
        before = link.Entry.Before,
        after = link.Entry.After,
        why = link.Entry.Why,
        previous = link.Previous,
        hash = link.Hash,
    };

    private static Option<bool> Together() => new("--all-clinics") { Description = "Asks about the audit of what concerns all clinics: roles at all of them, protocols, backups." };

    private static string Name(string clinic) => clinic.Length == 0 ? "all clinics together" : clinic;

    private static string Head(WholeChain whole) => string.Create(CultureInfo.InvariantCulture, $"{whole.Entries}:{whole.Head}");

    private static (long Number, string Hash)? Kept(string said) =>
        said.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? (known, hash) : null;
}
