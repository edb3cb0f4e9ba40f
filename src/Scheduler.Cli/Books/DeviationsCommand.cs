using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using Scheduler.App.Enrolments;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler deviations list|sign|export</c></summary>
internal static class DeviationsCommand
{
    private static readonly string[] Headings = ["number", "enrolment", "visit", "tier", "signed by", "reason", "deviation"];
    private static readonly string[] Columns = ["number", "enrolment", "visit", "rule", "tier", "deviation", "reason", "noted at", "noted by", "signed at", "signed by"];

    public static Command Make(Surroundings around) => new("deviations", "Lists the windows outside whose ideal visits lie, signs them, and gives them out.") { List(around), Sign(around), Export(around) };

    private static Command List(Surroundings around)
    {
        var enrolment = OfOne();
        return BookOptions.Command("list", "Lists deviations with tier, reason and signature.", around, [enrolment], (parsed, book) => book.Answer(
            new ListDeviations(parsed.GetValue(enrolment)) { As = book.As, Clinic = book.Clinic },
            found => new
            {
                deviations = found.All.Select(d => new
                {
                    number = d.Number,
                    enrolment = d.Enrolment,
                    visit = d.Visit,
                    rule = d.Rule,
                    tier = Tier(d),
                    message = d.Message,
                    reason = d.Reason,
                    notedAt = Time(d.NotedAt),
                    notedBy = d.NotedBy,
                    signedAt = d.SignedAt is { } at ? Time(at) : null,
                    signedBy = d.SignedBy,
                }),
            },
            found =>
            {
                if (found.All.IsEmpty)
                {
                    around.Say("There is no deviation.");
                    return;
                }

                BookTable.Print(around, Headings, found.All.Select(d => (string[])[$"{d.Number}", d.Enrolment, d.Visit, Tier(d), d.SignedBy ?? "", d.Reason, d.Message]));
            }));
    }

    private static Command Sign(Surroundings around)
    {
        var number = Arguments.Number("The number of the deviation, as 'scheduler deviations list' shows it.");
        return BookOptions.Command("sign", "Signs a deviation: whoever may has seen it. What is signed stays.", around, [number], (parsed, book) => book.Answer(
            new SignDeviation(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic },
            signed => new { number = signed.Deviation },
            signed => around.Say($"Deviation {signed.Deviation} is signed by {book.As}.")));
    }

    private static Command Export(Surroundings around)
    {
        var (file, enrolment) = (Arguments.Path("FILE", "The CSV file to write; one that exists is left alone."), OfOne());
        return BookOptions.Command("export", "Writes deviations into a CSV file.", around, [file, enrolment], async (parsed, book) =>
        {
            var (answer, path) = (await book.App.Send(new ListDeviations(parsed.GetValue(enrolment)) { As = book.As, Clinic = book.Clinic }), parsed.GetValue(file)!);
            if (answer.Value is not { } found)
            {
                return BookAnswer.Refuse(around, answer.Refusal!);
            }

            var unwritten = await BookAnswer.WriteNew(path, async text =>
            {
                foreach (var row in found.All.Select(Row).Prepend(Columns))
                {
                    await text.WriteAsync($"{string.Join(',', row.Select(CalendarCsv.Cell))}\r\n");
                }
            });
            return unwritten is not null ? BookAnswer.Refuse(around, unwritten) : book.Print(
                found, _ => new { file = path, deviations = found.All.Length }, _ => around.Say($"{Spoken.Count(found.All.Length, "deviation")} {(found.All.Length == 1 ? "is" : "are")} in {path}."));
        });
    }

    private static string[] Row(NotedDeviation d) =>
        [$"{d.Number}", d.Enrolment, d.Visit, d.Rule, Tier(d), d.Message, d.Reason, Time(d.NotedAt), d.NotedBy, d.SignedAt is { } at ? Time(at) : "", d.SignedBy ?? ""];

    private static string Tier(NotedDeviation deviation) => deviation.IsMajor ? "major" : "minor";

    private static string Time(Instant moment) => InstantPattern.General.Format(moment);

    private static Argument<string?> OfOne() => new("ENROLMENT") { Description = "The id of an enrolment; all of the clinic unless said.", Arity = ArgumentArity.ZeroOrOne };
}
