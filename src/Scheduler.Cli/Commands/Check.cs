using System.CommandLine;
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
        var rank = new Option<int>("--proposal") { Description = "Which of its proposals.", DefaultValueFactory = _ => 1 };
        var command = new Command("check", "Says which rules a calendar keeps and which it breaks.") { file, rank };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var input = inputs.Read(parsed, around);
            var name = parsed.GetValue(file)!;
            var given = around.Use(CalendarJsonReader.Read(name, around.ReadBytes(name), input.Protocol, input.Clinic, input.Patient, parsed.GetValue(rank)));
            var verdict = Verifier.Judge(given.Request, given.Calendar);
            foreach (var finding in verdict.Findings)
            {
                around.Output.WriteLine($"{(finding.Holds ? "holds " : "BROKEN")}  {(finding.IsLaw ? "law " : "rule")} {finding.Rule}");
                foreach (var breach in finding.Breaches)
                {
                    around.Output.WriteLine($"          {breach.Message}");
                }
            }

            foreach (var deviation in verdict.Deviations)
            {
                around.Output.WriteLine($"deviation ({(deviation.IsMajor ? "major" : "minor")}): {deviation.Message}");
            }

            if (!given.ClaimedCost.IsEmpty && !given.ClaimedCost.SequenceEqual(verdict.Cost.Terms.Select(t => (long)t)))
            {
                around.Report([Messages.CostNotAsJudged(SourceSpan.Whole(name), $"[{string.Join(", ", given.ClaimedCost)}]", verdict.Cost.ToString())]);
            }

            around.Output.WriteLine(verdict.Holds ? "The calendar keeps every rule." : $"The calendar breaks {verdict.Findings.Count(f => !f.Holds)} rule(s) or law(s).");
            return verdict.Holds ? ExitCode.Done : ExitCode.Broken;
        });
        return command;
    }
}
