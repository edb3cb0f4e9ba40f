using System.CommandLine;
using Scheduler.Core;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler check CALENDAR.json</c></summary>
internal static class Check
{
    public static Command Make(Surroundings around)
    {
        var inputs = new Inputs();
        var file = new Argument<string>("CALENDAR") { Description = "A calendar as 'schedule --format json' writes it." };
        file.Validators.Add(result => Values.RefuseNothing(result, "CALENDAR"));
        var rank = Values.WholeNumber("--proposal", "Which of its proposals.", 1_000, 1);
        var all = new Option<bool>("--verbose") { Description = "List what the calendar keeps too, rule by rule." };
        var command = new Command("check", "Says which rules a calendar keeps and which it breaks.") { file, rank, all };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            var text = around.Use(CalendarJsonReader.Open(name, around.ReadBytes(name)));
            var input = inputs.Read(parsed, around, text);
            var given = around.Use(CalendarJsonReader.Read(text, input.Protocol, input.Clinic, input.Patient, (int)parsed.GetValue(rank)));
            var verdict = Verifier.Judge(given.Request, given.Calendar);
            var isVerbose = parsed.GetValue(all);
            foreach (var finding in verdict.Findings.Where(f => isVerbose || !f.Holds))
            {
                around.Say($"{(finding.Holds ? "holds " : "BROKEN")}  {(finding.IsLaw ? "law " : "rule")} {finding.Rule}");
                foreach (var breach in finding.Breaches)
                {
                    around.Say($"          {breach.Message}");
                }
            }

            // A window that is broken has said so already, with its date.
            foreach (var deviation in verdict.Deviations.Where(d => !verdict.Findings.Any(f => f.Rule == d.Rule && f.Breaches.Any(b => b.Visits.Contains(d.Visit)))))
            {
                around.Say($"deviation ({(deviation.IsMajor ? "major" : "minor")}): {deviation.Message}");
            }

            if (!isVerbose)
            {
                around.Say($"{Kept(verdict)} hold; --verbose lists them.");
            }

            if (given.ClaimedCost is { } claim && !claim.Terms.SequenceEqual(verdict.Cost.Terms.Select(t => (long)t)))
            {
                around.Report([Messages.CostNotAsJudged(claim.At, $"[{string.Join(", ", claim.Terms)}]", verdict.Cost.ToString())]);
            }

            around.Say(verdict.Holds ? "The calendar keeps every rule." : $"The calendar breaks {Broken(verdict)}.");
            return verdict.Holds ? ExitCode.Done : ExitCode.Broken;
        });
        return command;
    }

    /// <summary><c>1 rule and 2 laws</c>.</summary>
    private static string Broken(Verdict verdict) => Counted(verdict.Findings.Where(f => !f.Holds));

    private static string Kept(Verdict verdict) => Counted(verdict.Findings.Where(f => f.Holds));

    private static string Counted(IEnumerable<Finding> findings) => Spoken.Join(
        findings.GroupBy(f => f.IsLaw).OrderBy(g => g.Key).Select(g => Spoken.Count(g.Count(), g.Key ? "law" : "rule")));
}
