using System.Globalization;
using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>The further commands of a clinic's day: who is away, what a week looks like, what is at risk, who waits, and what deviates.</summary>
public sealed class BookDailyTests(BookOfSample sample) : IClassFixture<BookOfSample>, IDisposable
{
    private static readonly string[] Clocks = ["09:00", "10:00", "13:00"];

    private readonly BookCopy book = sample.Copy();

    public void Dispose() => book.Dispose();

    [Fact]
    public void A_leave_of_some_hours_is_repaired_and_taken_back()
    {
        var first = book.Json("week", "2026-11-30", "--resource", "nurse-ana").GetProperty("resources")[0].GetProperty("days").EnumerateArray().First(d => d.GetProperty("uses").GetArrayLength() > 0);
        var (day, use) = (first.GetProperty("date").GetString()!, first.GetProperty("uses")[0]);
        var hours = $"{use.GetProperty("start").GetString()![11..16]}-{use.GetProperty("end").GetString()![11..16]}";

        var leave = book.Json("leave", "nurse-ana", day, "--hours", hours, "--deviations", "major", "--why", "dentist");
        Assert.Contains(use.GetProperty("enrolment").GetString(), leave.GetProperty("enrolments").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(0, book.Ask("book", leave.GetProperty("proposal").GetString()!).ExitCode);
        Assert.DoesNotContain(Uses("nurse-ana", day), u => u.GetProperty("start").GetString() == use.GetProperty("start").GetString());

        var shown = book.JsonAs("admin", "clinic", "show").GetProperty("absences")[0];
        Assert.Equal(("nurse-ana", day, "dentist", false), (shown.GetProperty("resource").GetString(), shown.GetProperty("from").GetString(), shown.GetProperty("reason").GetString(), shown.GetProperty("instead").GetBoolean()));
        Assert.Contains($"  {hours.Replace("-", " to ", StringComparison.Ordinal)}", book.AskAs("admin", "clinic", "show").Output, StringComparison.Ordinal);
        Assert.Equal("Absence 1 is taken back. No booked visit is hit.\n", book.Ask("clinic", "undo", "1").Output);
        Assert.Equal(0, book.JsonAs("admin", "clinic", "show").GetProperty("absences").GetArrayLength());
    }

    [Fact]
    public void Other_hours_of_some_weekdays_name_who_is_hit()
    {
        var text = book.Ask("hours", "therapist-okafor", "2026-11-24", "2026-12-31", "--hours", "13:00-17:00", "--on", "Tuesday", "--on", "Thursday", "--deviations", "major");

        Assert.StartsWith("therapist-okafor is there 13:00 to 17:00 from Tue 2026-11-24 to Thu 2026-12-31, each Tuesday and Thursday. Hit: ", text.Output, StringComparison.Ordinal);
        var week = book.Json("week", "2026-11-30", "--resource", "therapist-okafor").GetProperty("resources")[0].GetProperty("days");
        Assert.Equal("2026-12-01T13:00:00-05:00", Assert.Single(week[1].GetProperty("there").EnumerateArray()).GetProperty("start").GetString());
        Assert.NotEqual("2026-11-30T13:00:00-05:00", week[0].GetProperty("there")[0].GetProperty("start").GetString());
    }

    [Fact]
    public void A_closed_day_lists_who_is_hit_and_proposes_how_they_go_on()
    {
        var closed = book.Json("clinic", "close", "2026-11-30", "--deviations", "major", "--why", "flood");

        Assert.Equal(JsonValueKind.Null, closed.GetProperty("resource").ValueKind);
        Assert.NotEmpty(closed.GetProperty("enrolments").EnumerateArray());
        Assert.Equal(0, book.Ask("book", closed.GetProperty("proposal").GetString()!).ExitCode);
        book.AssertOnly(closed.GetProperty("without"), "2026-11-30");
        Assert.Equal("clinic-lakeside is closed on Sun 2030-01-06, 08:00 to 12:00. No booked visit is hit.\n", book.Ask("clinic", "close", "2030-01-06", "--hours", "8:00-12:00").Output);
    }

    [Fact]
    public void A_week_is_shown_by_resource()
    {
        var week = book.Json("week", "2026-11-26");
        var text = book.Ask("week", "2026-11-26").Output;

        Assert.Equal("2026-11-23", week.GetProperty("from").GetString());
        var uses = week.GetProperty("resources").EnumerateArray().SelectMany(r => r.GetProperty("days").EnumerateArray()).SelectMany(d => d.GetProperty("uses").EnumerateArray()).ToList();
        Assert.NotEmpty(uses);
        Assert.StartsWith($"clinic-lakeside, the week from Mon 2026-11-23: {uses.Count} uses.\n", text, StringComparison.Ordinal);
        Assert.Equal(uses.Count + 2, text.TrimEnd('\n').Split('\n').Length);
        var day = book.Json("day", "2026-11-24").GetProperty("visits").EnumerateArray().SelectMany(v => v.GetProperty("resources").EnumerateArray().Select(r => $"{v.GetProperty("enrolment")} {v.GetProperty("visit")} {r.GetProperty("id")}")).ToHashSet();
        Assert.Equal(
            day.Order(StringComparer.Ordinal),
            week.GetProperty("resources").EnumerateArray().SelectMany(r => r.GetProperty("days")[1].GetProperty("uses").EnumerateArray().Select(u => $"{u.GetProperty("enrolment")} {u.GetProperty("visit")} {r.GetProperty("id")}")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("clinic-lakeside, the week from Mon 2030-01-07: nothing is booked.\n", book.Ask("week", "2030-01-13").Output);
    }

    [Fact]
    public void A_course_is_shown_with_the_windows_of_its_visits()
    {
        var shown = book.Json("show", "E-19").GetProperty("visits").EnumerateArray().ToDictionary(v => v.GetProperty("visit").GetString()!);
        var session = DateOnly.ParseExact(shown["wet[1]"].GetProperty("start").GetString()![..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Day(int days) => session.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var window = Assert.Single(shown["caps5-week12[1]"].GetProperty("windows").EnumerateArray());
        Assert.Equal(("week-12", "start of wet[1]"), (window.GetProperty("rule").GetString(), window.GetProperty("anchor").GetString()));
        Assert.Equal((Day(81), Day(87)), (window.GetProperty("ideal").GetProperty("from").GetString(), window.GetProperty("ideal").GetProperty("to").GetString()));
        Assert.Equal((Day(77), Day(91)), (window.GetProperty("allowed").GetProperty("from").GetString(), window.GetProperty("allowed").GetProperty("to").GetString()));
        Assert.Contains($"  {Day(81)} to {Day(87)}  {Day(77)} to {Day(91)}  ", book.Ask("show", "E-19").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ideal", book.AskAs("rater-chen", "show", "E-19").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_takes_part_in_visits_sees_their_own()
    {
        var own = book.JsonAs("nurse-ana", "own", "--from", "2026-11-24", "--to", "2026-11-24").GetProperty("sessions").EnumerateArray().Select(s => $"{s.GetProperty("start")} {s.GetProperty("visit")}").ToList();

        Assert.Equal(Uses("nurse-ana", "2026-11-24").Select(u => $"{u.GetProperty("start")} {u.GetProperty("visit")}"), own);
        Assert.StartsWith("nurse-ana: ", book.AskAs("nurse-ana", "own").Output, StringComparison.Ordinal);
        Assert.StartsWith("BK032: The account 'office' is no person of the clinic", book.Ask("own").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_at_risk_is_what_has_no_place_while_its_window_closes()
    {
        Assert.Equal("No visit without a place has a window that closes within 14 days.\n", book.Ask("at-risk").Output);
        Assert.Equal(0, book.Ask("cancel", "E-19", "caps5-week12").ExitCode);

        var risk = Assert.Single(book.Json("at-risk", "--within", "120").GetProperty("visits").EnumerateArray());
        Assert.Equal("E-19 caps5-week12[1] week-12", $"{risk.GetProperty("enrolment")} {risk.GetProperty("visit")} {risk.GetProperty("rule")}");
        Assert.Contains($"{risk.GetProperty("closes")}  E-19 ", book.Ask("at-risk", "--within", "120").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Utilisation_is_told_of_each_resource()
    {
        var chair = book.Json("utilisation", "--from", "2026-11-23", "--to", "2026-11-27").GetProperty("resources").EnumerateArray().First();
        var minutes = (int)Enumerable.Range(23, 5).SelectMany(d => Uses("chair-1", $"2026-11-{d}")).Sum(u => (DateTimeOffset.Parse(u.GetProperty("end").GetString()!, CultureInfo.InvariantCulture) - DateTimeOffset.Parse(u.GetProperty("start").GetString()!, CultureInfo.InvariantCulture)).TotalMinutes);

        Assert.Equal(("chair-1", 5 * 10 * 60, minutes), (chair.GetProperty("id").GetString(), chair.GetProperty("minutes").GetInt32(), chair.GetProperty("booked").GetInt32()));
        Assert.StartsWith("clinic-lakeside from Mon 2026-11-23 to Sun 2026-11-29:\n", book.Ask("utilisation").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_waits_is_offered_what_is_better()
    {
        Assert.Equal("Nobody who waits would be better off.\n", book.Ask("offer").Output);
        Assert.Equal("E-19 waits.\n", book.Ask("wait", "E-19").Output);

        // Some calendar is better for somebody of the sample who waits, once much is free.
        foreach (var other in Enumerable.Range(1, 37).Where(e => e != 19).Select(e => $"E-{e}"))
        {
            Assert.Equal(0, book.Ask("wait", other).ExitCode);
        }

        var offers = book.Json("offer", "--most", "1").GetProperty("offers");
        var offer = Assert.Single(offers.EnumerateArray());
        Assert.Equal(0, book.Ask("book", offer.GetProperty("proposals")[0].GetProperty("proposal").GetString()!).ExitCode);
        Assert.Equal("E-19 does not wait.\n", book.Ask("wait", "E-19", "--off").Output);
    }

    [Fact]
    public void Deviations_are_listed_signed_and_exported_and_no_cell_runs_in_a_spreadsheet()
    {
        Assert.Equal("There is no deviation.\n", book.Ask("deviations", "list").Output);
        var week12 = book.Json("show", "E-19").GetProperty("visits").EnumerateArray().First(v => v.GetProperty("visit").GetString() == "caps5-week12[1]");
        var late = Enumerable.Range(1, 6).Select(d => DateOnly.ParseExact(week12.GetProperty("windows")[0].GetProperty("ideal").GetProperty("to").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .SelectMany(d => Clocks.Select(t => $"{d}T{t}")).Select(t => book.Ask("move", "E-19", "caps5-week12[1]", "--to", t, "--why", "=1+1, \"travels\"", "--json")).First(r => r.ExitCode == 0);
        Assert.Equal(0, book.Ask("book", JsonDocument.Parse(late.Output).RootElement.GetProperty("proposals")[0].GetProperty("proposal").GetString()!).ExitCode);

        var noted = Assert.Single(book.Json("deviations", "list", "E-19").GetProperty("deviations").EnumerateArray());
        Assert.Equal(("caps5-week12[1]", "week-12", "minor", "=1+1, \"travels\""), (noted.GetProperty("visit").GetString(), noted.GetProperty("rule").GetString(), noted.GetProperty("tier").GetString(), noted.GetProperty("reason").GetString()));
        var number = noted.GetProperty("number").GetInt64().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, book.Json("deviations", "list", "E-18").GetProperty("deviations").GetArrayLength());
        Assert.StartsWith("BK002: ", book.Ask("deviations", "sign", number).Error, StringComparison.Ordinal);
        Assert.Equal($"Deviation {number} is signed by dr-osei.\n", book.AskAs("dr-osei", "deviations", "sign", number).Output);
        Assert.StartsWith($"BK031: There is no deviation {number} that waits to be signed.", book.AskAs("dr-osei", "deviations", "sign", number).Error, StringComparison.Ordinal);
        Assert.Contains("  dr-osei    =1+1, ", book.Ask("deviations", "list").Output, StringComparison.Ordinal);

        var file = Path.Combine(book.Folder, "deviations.csv");
        Assert.Equal($"1 deviation is in {file}.\n", book.Ask("deviations", "export", file).Output);
        var lines = File.ReadAllText(file).Split("\r\n");
        Assert.Equal("number,enrolment,visit,rule,tier,deviation,reason,noted at,noted by,signed at,signed by", lines[0]);
        Assert.StartsWith($"{number},E-19,caps5-week12[1],week-12,minor,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"'=1+1, \"\"travels\"\"\",2026-11-23T17:00:00Z,office,2026-11-23T17:00:00Z,dr-osei", lines[1], StringComparison.Ordinal);
        Assert.Equal(["", "3"], (string[])[lines[2], $"{lines.Length}"]);
        Assert.StartsWith("BK060: ", book.Ask("deviations", "export", file).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amendment_is_shown_first_and_then_decided()
    {
        var text = File.ReadAllText(Cli.Resolve(Cli.Protocol)).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal).Replace("ideal: 3 days before to 3 days after", "ideal: 2 days before to 2 days after", StringComparison.Ordinal);
        Assert.Equal(0, book.AskAs("author", "protocol", "import", book.Write("amended.yaml", text)).ExitCode);

        var shown = book.Ask("amend", "E-19", "1.1.0");
        Assert.StartsWith("What version 1.1.0 would change for E-19:\n- The version is 1.1.0 instead of 1.0.0.\n- ", shown.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed. With --yes it is done.\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal("1.0.0", book.Json("show", "E-19").GetProperty("protocol").GetProperty("version").GetString());

        Assert.StartsWith("BK092: ", book.Ask("amend", "E-19", "1.1.0", "--yes").Error, StringComparison.Ordinal);
        Assert.Equal(0, book.AskAs("author", "protocol", "activate", "feder-2025-ketamine-wet", "1.1.0").ExitCode);
        Assert.True(book.Json("amend", "E-19", "1.1.0", "--yes", "--why", "approved").GetProperty("done").GetBoolean());
        Assert.Equal("1.1.0", book.Json("show", "E-19").GetProperty("protocol").GetProperty("version").GetString());
        Assert.Equal(0, book.Ask("propose", "E-19", "--deviations", "major").ExitCode);
    }

    [Theory]
    [InlineData("leave nurse-an 2026-11-24", 1, "BK007: The clinic has no resource 'nurse-an'. Did you mean 'nurse-ana'?")]
    [InlineData("leave nurse-ana 2026-11-24 2026-11-23", 1, "BK008: ")]
    [InlineData("leave nurse-ana 2026-11-24 --hours 12:00-08:00", 2, "'12:00-08:00' does not fit --hours; expected stretches such as 08:00-12:00,13:00-17:00, or off.")]
    [InlineData("leave nurse-ana 2026-11-24 --hours 08:00-09:00,10:00-11:00", 2, "--hours takes one stretch of the day here, such as 08:00-12:00.")]
    [InlineData("leave nurse-ana 2026-11-24 --hours 08:00-24:30", 2, "'08:00-24:30' does not fit --hours")]
    [InlineData("hours nurse-ana 2026-11-24", 2, "Option '--hours' is required.")]
    [InlineData("hours nurse-ana 2026-11-24 --hours off --on Mnday", 2, "'Mnday' does not fit --on; expected Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday. Did you mean 'Monday'?")]
    [InlineData("clinic close tomorrow", 2, "'tomorrow' does not fit DAY; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04.")]
    [InlineData("week --resource chair-9", 1, "BK007: The clinic has no resource 'chair-9'.")]
    [InlineData("wait E-900", 1, "BK015: The clinic has no enrolment 'E-900'.")]
    [InlineData("amend E-19 9.0.0", 1, "BK010: There is no version 9.0.0 of the protocol 'feder-2025-ketamine-wet' in the library.")]
    [InlineData("at-risk --within 367", 2, "'367' does not fit --within, which takes a whole number from 1 to 366.")]
    [InlineData("offer --most 51", 2, "'51' does not fit --most, which takes a whole number from 1 to 50.")]
    [InlineData("own --from 2026-11-24 --to 2026-11-23", 1, "BK008: ")]
    [InlineData("utilisation --from 2026-11-24 --to 2026-11-23", 1, "BK008: ")]
    [InlineData("deviations sign 1x", 2, "'1x' does not fit NUMBER; expected a whole number.")]
    [InlineData("deviations list E19", 1, "BK015: The clinic has no enrolment 'E19'.")]
    [InlineData("day --store mysql", 2, "'mysql' does not fit --store; expected sqlite or postgres.")]
    public void A_mistake_says_what_is_in_the_way(string line, int code, string message)
    {
        var run = book.Ask(line.Split(' '));

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_restored_into_a_new_book()
    {
        var file = Path.Combine(book.Folder, "book.backup");
        Assert.Equal(0, book.AskAs("admin", "backup", file).ExitCode);
        using var elsewhere = new Scratch();
        Assert.Equal(0, BookOfSample.Ask(elsewhere.Folder, "init", "--as", "root").ExitCode);

        Assert.Equal(0, BookOfSample.Ask(elsewhere.Folder, "restore", file, "--as", "root").ExitCode);

        Assert.Equal(book.Ask("patient", "show").Output, BookOfSample.Ask(elsewhere.Folder, "patient", "show", "--as", "office").Output);
    }

    private List<JsonElement> Uses(string resource, string day) =>
    [
        .. book.Json("week", day, "--resource", resource).GetProperty("resources")[0].GetProperty("days").EnumerateArray()
            .Where(d => d.GetProperty("date").GetString() == day).SelectMany(d => d.GetProperty("uses").EnumerateArray()),
    ];
}
