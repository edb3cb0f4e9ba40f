using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>Where a visit may go, and why it is where it is, as a scheduler reads it.</summary>
public sealed class PlacesTests
{
    private const string Calendar = "protocols/samples/calendar-feder.json";

    [Fact]
    public void Each_day_says_where_the_visit_may_go_or_why_not()
    {
        var run = Ask("places", "wet[2]", "--from", "2026-12-14", "--to", "2026-12-27");
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("wet[2] is on Thu 2026-12-17 from 09:00 to 09:40: therapist-mora, room-1.", lines[0]);
        Assert.Contains("Mon 2026-12-14  no: 'wet-never-on-an-infusion-day' beside infusion[4]; it must come after wet[1]", lines);
        Assert.Contains("Thu 2026-12-17  09:00: at the same cost; therapist-mora, room-1", lines);
        Assert.Contains("                not from 08:00 to 08:30 and from 11:30 to 12:30: no therapist free: therapist-mora (away)", lines);
        Assert.Contains("Sat 2026-12-19 to Sun 2026-12-20  no: the clinic is closed", lines);
        Assert.Contains("11 other starts in 1 day.", lines);
        Assert.Contains("- wet-never-on-an-infusion-day: wet and infusion never on the same day [abstract]", lines);
    }

    [Fact]
    public void Unless_days_are_named_the_weeks_around_the_visit_are_shown()
    {
        using var json = JsonDocument.Parse(Ask("places", "wet[2]", "--format", "json").Output);
        var days = json.RootElement.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString()).ToList();

        Assert.Equal(("2026-11-30", "2027-01-03", 35), (days[0], days[^1], days.Count));
    }

    [Fact]
    public void A_month_is_shown_from_its_first_day_to_its_last()
    {
        using var json = JsonDocument.Parse(Ask("places", "wet[2]", "--month", "2028-02", "--format", "json").Output);
        var days = json.RootElement.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString()).ToList();

        Assert.Equal(("2028-02-01", "2028-02-29", 29), (days[0], days[^1], days.Count));
    }

    [Fact]
    public void A_window_s_second_tier_is_told_before_it_is_permitted_and_after()
    {
        var none = Ask("places", "caps5-week12", "--from", "2027-03-16", "--to", "2027-03-16");
        var minor = Ask("places", "caps5-week12", "--from", "2027-03-16", "--to", "2027-03-16", "--deviations", "minor");

        Assert.Contains("Tue 2027-03-16  no: 'week-12' beside wet[1]; a minor deviation would allow it", none.Output, StringComparison.Ordinal);
        Assert.Contains("1 minor deviation more and 4 preference points more; rater-", minor.Output, StringComparison.Ordinal);
        Assert.Contains("; minor deviation of 'week-12'", minor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_of_a_clock_change_in_the_night_leaves_the_clinic_s_hours_as_they_are()
    {
        // A Sunday: the clinic is closed, and 02:00 to 03:00 does not exist.
        using var json = JsonDocument.Parse(Ask("places", "caps5-week12", "--from", "2027-03-14", "--to", "2027-03-14", "--format", "json").Output);
        var day = json.RootElement.GetProperty("days")[0];

        Assert.Empty(day.GetProperty("places").EnumerateArray());
        var refused = Assert.Single(day.GetProperty("refused").EnumerateArray());
        Assert.Equal(("00:00", "23:00", 47), (refused.GetProperty("first").GetString(), refused.GetProperty("last").GetString(), refused.GetProperty("starts").GetInt32()));
    }

    [Fact]
    public void The_json_names_what_is_in_the_way_with_its_source()
    {
        using var json = JsonDocument.Parse(Ask("places", "wet[2]", "--from", "2026-12-16", "--to", "2026-12-16", "--format", "json").Output);
        var obstacles = json.RootElement.GetProperty("days")[0].GetProperty("refused").EnumerateArray().SelectMany(r => r.GetProperty("obstacles").EnumerateArray()).ToList();
        var rule = obstacles.First(o => o.GetProperty("kind").GetString() == "rule");

        Assert.Equal("wet-never-on-an-infusion-day", rule.GetProperty("rule").GetString());
        Assert.Equal("infusion[5]", rule.GetProperty("beside")[0].GetString());
        Assert.Equal("abstract", json.RootElement.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "wet-never-on-an-infusion-day").GetProperty("cites").GetString());
        Assert.Contains(obstacles, o => o.GetProperty("kind").GetString() == "need" && o.GetProperty("candidates")[0].GetProperty("id").GetString() == "therapist-mora");
    }

    [Fact]
    public void What_is_told_as_a_place_is_one_when_the_calendar_is_changed_by_hand()
    {
        using var scratch = new Scratch();
        var text = File.ReadAllText(Cli.Resolve(Calendar));
        Assert.Equal(0, Check(text.Replace("2026-12-17T09:00:00", "2026-12-17T13:00:00", StringComparison.Ordinal).Replace("2026-12-17T09:40:00", "2026-12-17T13:40:00", StringComparison.Ordinal)));
        Assert.Equal(5, Check(text.Replace("2026-12-17T09:00:00", "2026-12-16T13:00:00", StringComparison.Ordinal).Replace("2026-12-17T09:40:00", "2026-12-16T13:40:00", StringComparison.Ordinal)));

        int Check(string changed) => Cli.Run("check", scratch.Write("changed.json", changed), "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml").ExitCode;
    }

    [Fact]
    public void A_visit_that_breaks_rules_where_it_is_may_go_where_it_breaks_none()
    {
        using var scratch = new Scratch();
        var broken = scratch.Write("broken.json", File.ReadAllText(Cli.Resolve(Calendar))
            .Replace("2026-12-17T09:00:00", "2026-12-16T13:00:00", StringComparison.Ordinal).Replace("2026-12-17T09:40:00", "2026-12-16T13:40:00", StringComparison.Ordinal));

        var moved = AskOf(broken, "places", "wet[2]");
        Assert.Equal(0, moved.ExitCode);
        Assert.Contains("There it breaks a rule: wet[2] ", moved.Output, StringComparison.Ordinal);
        Assert.Contains("Thu 2026-12-17  09:00: ", moved.Output, StringComparison.Ordinal);

        var other = AskOf(broken, "places", "wet[5]");
        Assert.Equal((1, ""), (other.ExitCode, other.Output));
        Assert.Contains("CA064: The calendar breaks rules wherever 'wet[5]' is", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_says_what_holds_a_visit_and_where_it_comes_from()
    {
        var run = Ask("why", "infusion[2]");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("- 'three-infusions-a-week': from 16 starts, the best Tue 2026-12-08 08:00.", run.Output, StringComparison.Ordinal);
        Assert.Contains("The next best place while every other visit stays: Wed 2026-12-09 09:00 with nurse-li, dr-adler, chair-1 (at the same cost).", run.Output, StringComparison.Ordinal);
        Assert.Contains("- infusions-in-the-morning: infusion must start from 08:00 to 11:30 [Feder 2021 (in the morning)]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_says_the_same_in_json()
    {
        using var json = JsonDocument.Parse(Ask("why", "wet[2]", "--format", "json").Output);
        var pin = json.RootElement.GetProperty("holds").EnumerateArray().First();

        Assert.Equal(("law", "series-order", true), (pin.GetProperty("kind").GetString(), pin.GetProperty("law").GetString(), pin.GetProperty("pins").GetBoolean()));
        Assert.Equal("treatment begins 6 days earlier", pin.GetProperty("best").GetProperty("difference").GetString());
        Assert.Equal("2026-12-17T10:00:00-05:00", json.RootElement.GetProperty("next").GetProperty("start").GetString());
        Assert.Equal(11, json.RootElement.GetProperty("places").GetInt32());
    }

    [Theory]
    [InlineData("wte[2]", "CA060: The course has no visit 'wte[2]'. Did you mean 'wet[2]'?")]
    [InlineData("wet", "CA061: 'wet' is a series of 5 visits; say which one, such as wet[1].")]
    [InlineData("", "CA060: The course has no visit ''.")]
    public void A_visit_that_is_none_is_refused(string visit, string message)
    {
        foreach (var command in new[] { "places", "why" })
        {
            var run = Ask(command, visit);

            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_visit_that_has_taken_place_cannot_be_moved()
    {
        using var scratch = new Scratch();
        var next = Cli.Run(
            "continue", "--calendar", Calendar, "--events", "protocols/samples/events-missed-infusion.yaml", "--as-of", "2026-12-11T12:00", "--format", "json",
            "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml");
        var calendar = scratch.Write("next.json", next.Output);

        Assert.Contains("CA063: 'infusion[1]' cannot be moved", AskOf(calendar, "places", "infusion[1]").Error, StringComparison.Ordinal);
        Assert.Equal(0, AskOf(calendar, "places", "infusion[5]").ExitCode);
    }

    [Fact]
    public void A_visit_without_a_place_has_none_to_leave()
    {
        using var scratch = new Scratch();
        string[] files = ["--protocol", "protocols/maintenance-after-response.yaml", "--clinic", "protocols/samples/clinic-busy.yaml"];
        var planned = Cli.Run(["schedule", .. files, "--from", "2027-02-01", "--format", "json"]).Output;
        using var json = JsonDocument.Parse(planned);
        var visit = json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Last(v => v.GetProperty("conditional").GetBoolean()).GetProperty("id").GetString()!;
        var without = System.Text.Json.Nodes.JsonNode.Parse(planned)!;
        var proposal = without["proposals"]![0]!;
        var visits = proposal["visits"]!.AsArray();
        visits.Remove(visits.Single(v => v!["id"]!.GetValue<string>() == visit));
        proposal["unplaced"]!.AsArray().Add(visit);

        var run = Cli.Run(["why", "--calendar", scratch.Write("without.json", without.ToJsonString()), "--visit", visit, .. files]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"CA062: '{visit}' has no place in the calendar that it could leave: no place was found for it.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no day", "--from", "2027-02-01", "--to", "2027-01-02")]
    [InlineData("--to is missing", "--from", "2027-02-01")]
    [InlineData("--from is missing", "--to", "2027-02-01")]
    [InlineData("leave out --from and --to", "--month", "2027-02", "--to", "2027-02-01")]
    [InlineData("At most 366 days", "--from", "2027-02-01", "--to", "2028-02-02")]
    [InlineData("expected a month", "--month", "2027-13")]
    public void A_range_that_is_none_is_wrong_usage(string message, params string[] range)
    {
        var run = Ask("places", "wet[2]", range);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static Cli Ask(string command, string visit, params string[] more) => AskOf(Calendar, command, visit, more);

    private static Cli AskOf(string calendar, string command, string visit, params string[] more) =>
        Cli.Run([command, "--calendar", calendar, "--visit", visit, "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml", .. more]);
}
