namespace Scheduler.Cli.Tests;

public sealed class CheckTests
{
    [Fact]
    public void A_calendar_that_was_placed_keeps_every_rule_when_it_is_checked()
    {
        using var scratch = new Scratch();
        var run = Check(scratch, Calendar());

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("The calendar keeps every rule.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("BROKEN", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_that_was_changed_by_hand_ends_with_5_and_says_what_it_breaks()
    {
        using var scratch = new Scratch();

        // WET 1 moves from Tuesday to the day of infusion 4.
        var run = Check(scratch, Calendar().Replace("2026-12-15T", "2026-12-14T", StringComparison.Ordinal), "--verbose");

        Assert.Equal(5, run.ExitCode);
        Assert.Matches("BROKEN  rule wet-never-on-an-infusion-day", run.Output);
        Assert.Matches("holds   rule one-therapist", run.Output);
    }

    [Fact]
    public void What_holds_is_counted_and_listed_only_where_that_is_asked_for()
    {
        using var scratch = new Scratch();
        var (brief, all) = (Check(scratch, Calendar()).Output, Check(scratch, Calendar(), "--verbose").Output);

        Assert.DoesNotMatch("(?m)^holds ", brief);
        Assert.Matches(@"(?m)^\d+ rules and \d+ laws hold; --verbose lists them\.", brief);
        Assert.Equal(
            brief.Split(' ').Where(w => int.TryParse(w, out _)).Sum(int.Parse),
            all.Split('\n').Count(l => l.StartsWith("holds ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_window_that_is_broken_is_told_once()
    {
        using var scratch = new Scratch();
        var day = Calendar().Split("\"id\": \"caps5-week12[1]\"")[1].Split("\"start\": \"")[1][..10];
        var run = Check(scratch, Calendar().Replace(day, "2027-03-01", StringComparison.Ordinal));

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("BROKEN  rule week-12", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("deviation (", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_that_was_moved_without_its_resources_is_one_breach_of_its_shape()
    {
        using var scratch = new Scratch();
        var calendar = Calendar();
        var at = calendar.IndexOf("\"id\": \"wet[2]\"", StringComparison.Ordinal);
        var moved = calendar[..at] + ReplaceFirst(ReplaceFirst(calendar[at..], "T09:00:00", "T10:00:00"), "T09:40:00", "T10:40:00");

        var run = Check(scratch, moved);

        Assert.Equal(5, run.ExitCode);
        var shape = run.Output.Split("law  shape")[1].Split("law  grid")[0].Trim().Split('\n');
        Assert.Equal(
            "wet[2] (Thursday 2026-12-17, 10:00 to 10:40) has the times of its resources as for a start on Thursday 2026-12-17 09:00. Move the start and end of its resources with it.",
            shape[0].Trim());
        Assert.EndsWith("The calendar breaks 1 law.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_cost_than_the_one_that_is_claimed_is_told_where_it_is_claimed()
    {
        using var scratch = new Scratch();
        var lines = Calendar().Split('\n');
        var at = Array.FindIndex(lines, l => l.Contains("\"cost\": [", StringComparison.Ordinal));
        lines[at + 1] = "        7,";

        var run = Check(scratch, string.Join('\n', lines));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"calendar.json:{at + 1}:15: warning CA021: The calendar was changed after it was made: this says that it costs [7, 0, 0, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_with_which_a_calendar_was_made_are_those_with_which_it_is_checked()
    {
        using var scratch = new Scratch();
        var calendar = Cli.Schedule("small", "--format", "json", "--set", "rating=45 min").Output;

        Assert.Equal((0, ""), Check(scratch, calendar) is var run ? (run.ExitCode, run.Error) : default);
        Assert.Equal(5, Check(scratch, calendar, "--set", "rating=60 min").ExitCode);
    }

    [Fact]
    public void A_calendar_of_another_protocol_is_that_and_not_one_of_wrong_parameters()
    {
        using var scratch = new Scratch();
        var run = Cli.Run("check", scratch.Write("calendar.json", Calendar()), "--protocol", "protocols/ect-acute.yaml", "--clinic", "protocols/samples/clinic-small.yaml");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^[^\\n]*calendar.json:[0-9]+:[0-9]+: CA010: The calendar was made for protocol feder-2025-ketamine-wet [0-9.]+, but the protocol given is ect-acute [0-9.]+. Give the file that it was made with.\\s*$", run.Error);
    }

    [Theory]
    [InlineData("\"rating\": \"60 min\"", "\"rating\": \"60min\"", "CA022: The calendar was made with 'rating' as '60min', which the protocol given does not take. The parameter 'rating' is '60min'; there is a space between a number and its unit. Write '60 min'.")]
    [InlineData("\"rating\":", "\"ratings\":", "CA022: The calendar was made with 'ratings' as '60 min', which the protocol given does not take. The protocol has no parameter 'ratings' to set. Did you mean 'rating'?")]
    [InlineData("\"rating\": \"60 min\"", "\"rating\": 60", "CA008: 'rating' is the number 60; expected a string.")]
    [InlineData("\"from\": \"2026-12-01\"", "\"from\": \"9998-01-01\"", "CA008: 'from' is \"9998-01-01\"; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04.")]
    [InlineData("\"enrolled\": null", "\"enrolled\": \"soon\"", "CA008: 'enrolled' is \"soon\"; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04, or null.")]
    [InlineData("\"deviations\": \"none\"", "\"deviations\": \"7\"", "CA008: 'deviations' is \"7\"; expected \"none\", \"minor\" or \"major\".")]
    [InlineData("\"deviations\": \"none\"", "\"deviations\": \"minor,major\"", "CA008: 'deviations' is \"minor,major\"; expected \"none\", \"minor\" or \"major\".")]
    [InlineData("\"use\": \"exclusive\"", "\"use\": \"1\"", "CA008: 'use' is \"1\"; expected \"exclusive\", \"share\" or \"supervision\".")]
    [InlineData("\"unplaced\": []", "\"unplaced\": [4]", "CA008: 'an item of unplaced' is the number 4; expected a string.")]
    [InlineData("2026-12-15T09:00:00-05:00", "9999-12-31T09:00:00-05:00", "CA008: 'start' is \"9999-12-31T09:00:00-05:00\"; expected a time with its offset, in the years 1900 to 2300")]
    public void What_does_not_fit_is_told_in_these_words(string found, string instead, string message)
    {
        using var scratch = new Scratch();

        var run = Check(scratch, ReplaceFirst(Calendar(), found, instead));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_visits_than_any_calendar_has_are_refused_before_any_is_looked_at()
    {
        using var scratch = new Scratch();
        var (head, tail) = Halves(Calendar());
        var many = $"{head}[{string.Join(',', Enumerable.Range(1, 60_000).Select(n => $"{{\"id\":\"wet[{n}]\"}}"))}]{tail}";

        var run = Check(scratch, many);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("wet[60000]", run.Error, StringComparison.Ordinal);
        Assert.Contains("CA023: 'visits' has 60000 items; at most 1000 are read.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_mistakes_are_told_than_anybody_reads()
    {
        using var scratch = new Scratch();
        var (head, tail) = Halves(Calendar());
        var run = Check(scratch, $"{head}[{string.Join(',', Enumerable.Range(1, 1000).Select(n => $"{{\"id\":\"wet[{n}]\"}}"))}]{tail}");

        var told = run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(101, told.Length);
        Assert.Contains("CA024: The file has more mistakes; 100 are told.", told[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"outcome\": \"placed\"", "\"outcome\": \"placed\", \"colour\": \"red\"", "CA006")]
    [InlineData("\"feder-2025-ketamine-wet\"", "\"feder-2021\"", "CA010")]
    [InlineData("\"rank\": 1", "\"rank\": 2", "CA014")]
    [InlineData("wet[1]\"", "wet[9]\"", "CA015")]
    [InlineData("2026-12-15T09:00:00-05:00", "Tuesday at nine", "CA008")]
    [InlineData("2026-12-15T09:00:00-05:00", "2026-12-15T09:00:00-04:00", "CA017")]
    [InlineData("{", "{{", "CA002")]
    public void A_file_that_is_no_calendar_of_ours_ends_with_1_and_says_where(string found, string instead, string code)
    {
        using var scratch = new Scratch();
        var text = Calendar();
        var at = text.IndexOf(found, StringComparison.Ordinal);

        var run = Check(scratch, text[..at] + instead + text[(at + found.Length)..]);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches($@"calendar\.json:\d+:\d+: {code}: ", run.Error);
    }

    private static string ReplaceFirst(string text, string found, string instead)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(at >= 0, found);
        return text[..at] + instead + text[(at + found.Length)..];
    }

    /// <summary>A calendar before and after its visits.</summary>
    private static (string Head, string Tail) Halves(string calendar)
    {
        var at = calendar.IndexOf("\"visits\": ", StringComparison.Ordinal) + "\"visits\": ".Length;
        return (calendar[..at], "}],\"conflicts\": []}");
    }

    private static string Calendar() => Cli.Schedule("small", "--format", "json").Output;

    private static Cli Check(Scratch scratch, string calendar, params string[] more) => Cli.Run(
        ["check", scratch.Write("calendar.json", calendar), "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml", .. more]);
}
