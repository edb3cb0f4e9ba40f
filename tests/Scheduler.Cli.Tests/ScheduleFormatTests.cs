using System.Diagnostics;
using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>A calendar as JSON, CSV and iCalendar.</summary>
public sealed class ScheduleFormatTests
{
    [Fact]
    public void Json_has_the_documented_members_in_their_order_and_times_with_offsets()
    {
        using var json = JsonDocument.Parse(Cli.Schedule("small", "--format", "json", "--proposals", "2").Output);
        var root = json.RootElement;

        Assert.Equal(
            ["protocol", "clinic", "timeZone", "request", "outcome", "steps", "proposals", "conflicts"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("placed", root.GetProperty("outcome").GetString());
        Assert.Equal(2, root.GetProperty("proposals").GetArrayLength());
        var week12 = root.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Single(v => v.GetProperty("type").GetString() == "caps5-week12");
        Assert.Equal("2027-03-08T09:00:00-05:00", week12.GetProperty("start").GetString());
        var window = week12.GetProperty("windows")[0];
        Assert.Equal(("week-12", "start of wet[1]"), (window.GetProperty("rule").GetString(), window.GetProperty("anchor").GetString()));
        Assert.Equal(["2027-03-06", "2027-03-12"], window.GetProperty("ideal").EnumerateArray().Select(d => d.GetString()));
        var month6 = root.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Single(v => v.GetProperty("type").GetString() == "caps5-month6");
        Assert.EndsWith("-04:00", month6.GetProperty("start").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_one_row_a_visit()
    {
        var rows = Cli.Schedule("small", "--format", "csv").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(15, rows.Length);
        Assert.StartsWith("proposal,visit,type,ordinal,title,date", rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_program_that_is_not_ours_reads_the_same_times_from_iCalendar_as_the_json_has()
    {
        var events = ReadWithIcalJs(Cli.Schedule("small", "--format", "ics").Output);
        using var json = JsonDocument.Parse(Cli.Schedule("small", "--format", "json").Output);
        var visits = json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().ToList();

        Assert.Equal(visits.Count, events.RootElement.GetArrayLength());
        foreach (var (visit, read) in visits.Zip(events.RootElement.EnumerateArray()))
        {
            Assert.Equal(visit.GetProperty("start").GetDateTimeOffset(), read.GetProperty("start").GetDateTimeOffset());
            Assert.Equal(visit.GetProperty("end").GetDateTimeOffset(), read.GetProperty("end").GetDateTimeOffset());
            Assert.StartsWith(visit.GetProperty("title").GetString()!, read.GetProperty("summary").GetString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_of_iCalendar_are_folded_and_end_as_they_must()
    {
        var lines = Cli.Schedule("small", "--format", "ics").Output.Split("\r\n");

        Assert.All(lines, l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 75));
        Assert.DoesNotContain(lines, l => l.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void Several_proposals_do_not_go_into_one_iCalendar_file_and_that_is_said()
    {
        var run = Cli.Schedule("small", "--format", "ics", "--proposals", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Only the first of 2 proposals is in the iCalendar file; csv and json have all of them.", run.Error.TrimEnd());
    }

    [Fact]
    public void Two_patients_of_one_protocol_have_no_event_in_common_and_a_proposal_is_tentative()
    {
        var far = Cli.Schedule("small", "--format", "ics", "--patient", "protocols/samples/patient-far.yaml").Output;
        var worker = Cli.Schedule("small", "--format", "ics", "--patient", "protocols/samples/patient-worker.yaml").Output;

        Assert.NotEmpty(Uids(far));
        Assert.Equal(Uids(far).Distinct(StringComparer.Ordinal), Uids(far));
        Assert.Empty(Uids(far).Intersect(Uids(worker), StringComparer.Ordinal));
        Assert.DoesNotContain("STATUS:CONFIRMED", far, StringComparison.Ordinal);

        static List<string> Uids(string ics) => [.. ics.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n').Where(l => l.StartsWith("UID:", StringComparison.Ordinal))];
    }

    private static JsonDocument ReadWithIcalJs(string ics)
    {
        var folder = Path.Combine(Cli.Root, "tests", "Scheduler.Cli.Tests", "ical");
        using var node = Process.Start(new ProcessStartInfo("node", "read.mjs") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        node.StandardInput.Write(ics);
        node.StandardInput.Close();
        var read = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return JsonDocument.Parse(read);
    }
}
