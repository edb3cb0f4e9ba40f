using System.Text;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Tests.Planning;

/// <summary>Compares answers with the files under Golden.</summary>
internal static class GoldenCalendar
{
    /// <summary>
    /// Compares an answer with a file. To write what is planned now into the files, run the tests once with SCHEDULER_WRITE_GOLDEN=1, and look at it.
    /// </summary>
    public static void Check(string name, PlanningAnswer answer)
    {
        var text = Text(answer);
        var path = $"tests/Scheduler.Core.Tests/Planning/Golden/{name}.txt";
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_GOLDEN") == "1")
        {
            var full = Path.Combine(Repository.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        Assert.Equal(Repository.Text(path), text);
    }

    /// <summary>The cost of each proposal and what it lacks, why there is none, and the calendar.</summary>
    public static string Text(PlanningAnswer answer)
    {
        var text = new StringBuilder();
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            text.Append($"cost {proposal.Cost}{(proposal.Proved ? ", proved" : "")}\n");
            if (!proposal.Calendar.Unplaced.IsEmpty)
            {
                text.Append($"no place for {string.Join(", ", proposal.Calendar.Unplaced)}\n");
            }

            foreach (var forgone in proposal.Forgone)
            {
                text.Append($"by {forgone.Rule}, {string.Join(", ", forgone.Visits)} not without {string.Join(", ", forgone.Missing)}\n");
            }
        }

        foreach (var conflict in (answer.Outcome as Outcome.Infeasible)?.Conflicts ?? [])
        {
            text.Append($"{conflict.Message}\n");
        }

        return text.Append(CalendarCsv.Write(answer).Replace("\r\n", "\n", StringComparison.Ordinal)).ToString();
    }
}
