using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>What is written about several visits a day, phases, bundles and hours is what the rules then hold.</summary>
public sealed class RuleTextTests
{
    private const string Frame = """
        protocol: example
        version: 1.0.0
        title: Example
        visits:
          a: {purpose: treatment, count: 12, duration: 10 min, people: {nurse: {exclusive: whole visit}}}
          b: {purpose: assessment, count: 2, duration: 20 min, people: {rater: {exclusive: whole visit}}}
          c: {purpose: treatment, count: 2, duration: 10 min, only if: better, people: {nurse: {exclusive: whole visit}}}
          d: {purpose: assessment, count: 2, duration: 10 min, only if: better, people: {rater: {exclusive: whole visit}}}
          e: {purpose: assessment, count: 2, duration: 10 min, only if: better, people: {rater: {exclusive: whole visit}}}
        conditions:
          better: {means: Better.}
        rules:

        """;

    [Theory]
    [InlineData("10 every 50 min", 10, 50, 0)]
    [InlineData("3 every 1 h 30 min, give or take 15 min", 3, 90, 15)]
    [InlineData("2 every 6 h give or take 1 h", 2, 360, 60)]
    public void Several_a_day_have_their_spacing(string text, int times, int every, int tolerance) =>
        Assert.Equal(new DailyRhythm(times, every, tolerance), Rule<Rule.Cadence>($"cadence of: a", $"per day: {text}").PerDay);

    [Fact]
    public void A_count_that_is_no_multiple_leaves_a_shorter_last_day()
    {
        var days = Rule<Rule.Cadence>("cadence of: a", "per day: 5 every 60 min", "every: 7 days").Days;

        Assert.Equal([5, 5, 2], days.Select(d => d.Length));
    }

    [Fact]
    public void Phases_follow_each_other_and_the_last_goes_on()
    {
        var rhythm = Rule<Rule.Cadence>(
            "cadence of: a", "per week:", "  - 3 in each calendar week for 2 weeks", "  - 1 in every 2 calendar weeks for 8 weeks", "  - 1 in each calendar week").PerWeek!;

        Assert.Equal(WeekKind.Calendar, rhythm.Week);
        Assert.Equal([new WeeklyPhase(3, 1, 2), new WeeklyPhase(1, 2, 8), new WeeklyPhase(1, 1, null)], rhythm.Phases.AsEnumerable());
        Assert.Equal((2, 3), rhythm.WeeksOf(6));
        Assert.Equal((10, 10), rhythm.WeeksOf(10));
    }

    [Fact]
    public void One_line_is_one_phase() =>
        Assert.Equal(
            (WeekKind.Course, new WeeklyPhase(2, 1, null)),
            Rule<Rule.Cadence>("cadence of: a", "per week: 2 in each course week").PerWeek is { } r ? (r.Week, Assert.Single(r.Phases)) : default);

    [Theory]
    [InlineData("40 min after its start", false, 40, 40)]
    [InlineData("30 to 60 min before its start", false, -60, -30)]
    [InlineData("60 to 30 min before its start", false, -60, -30)]
    [InlineData("1 h to 2 h before its start", false, -120, -60)]
    [InlineData("10 min before to 20 min after its start", false, -10, 20)]
    [InlineData("at its start", false, 0, 0)]
    [InlineData("at its end", true, 0, 0)]
    [InlineData("0 to 15 min after its end", true, 0, 15)]
    [InlineData("20 min before its end", true, -20, -20)]
    public void A_place_counts_from_the_start_or_the_end_of_the_partner(string text, bool fromEnd, int earliest, int latest) =>
        Assert.Equal(new DayPlace.Starts(fromEnd, earliest, latest), Rule<Rule.SameDay>("same day for: b", "with: a[1 to 2]", $"starts: {text}").Place);

    [Fact]
    public void A_place_may_be_before_or_after_or_anywhere()
    {
        Assert.Equal(new DayPlace.Before(), Rule<Rule.SameDay>("same day for: b[1]", "with: a[1]", "starts: before it").Place);
        Assert.Equal(new DayPlace.After(), Rule<Rule.SameDay>("same day for: b[1]", "with: a[1]", "starts: after it").Place);
        Assert.Equal(new DayPlace.Anytime(), Rule<Rule.SameDay>("same day for: b[1]", "with: a[1]", "starts: any time").Place);
        Assert.Equal(new DayPlace.Anytime(), Rule<Rule.SameDay>("same day for: b[1]", "with: a[1]").Place);
    }

    [Fact]
    public void Visits_are_paired_in_their_order() =>
        Assert.Equal(
            [new DayPair(new("b", 1), new("a", 3)), new DayPair(new("b", 2), new("a", 5))],
            Rule<Rule.SameDay>("same day for: b", "with: a[3], a[5]").Pairs.AsEnumerable());

    [Theory]
    [InlineData("24 hours", "4 hours before to 4 hours after", 1440, -240, 240)]
    [InlineData("90 min", "on time to 30 min after", 90, 0, 30)]
    [InlineData("72 h", "1 h 30 min before to on time", 4320, -90, 0)]
    [InlineData("0 hours", "5 min before to 5 min after", 0, -5, 5)]
    public void A_window_in_hours_is_in_minutes(string target, string ideal, int minutes, int from, int to)
    {
        var window = Rule<Rule.HourWindow>("window for: b[1]", "counts from: end of a[1]", $"target: {target}", $"ideal: {ideal}");

        Assert.Equal((minutes, new Leeway(from, to), new Leeway(from, to)), (window.TargetMinutes, window.Ideal, window.Allowed));
    }

    [Fact]
    public void A_window_may_fall_back_on_another_visit()
    {
        string[] window = ["window for: b[2]", "counts from: end of a[1]", "or from: start of a[2]"];

        Assert.Equal(new Anchor.StartOf(new("a", 2)), Rule<Rule.HourWindow>([.. window, "target: 24 hours", "ideal: 1 hour before to 1 hour after"]).Fallback);
        Assert.Equal(new Anchor.StartOf(new("a", 2)), Rule<Rule.Window>([.. window, "target: 2 weeks", "ideal: on the day"]).Fallback);
        Assert.Null(Rule<Rule.Window>(["window for: b[2]", "counts from: end of a[1]", "target: 2 weeks", "ideal: on the day"]).Fallback);
    }

    [Theory]
    [InlineData("every 3 months", "3 months, 6 months, 9 months, 12 months")]
    [InlineData("10 months, then every 1 month", "10 months, 11 months, 12 months, 13 months")]
    [InlineData("1, 2 and 4 weeks, then every 4 weeks", "1 week, 2 weeks, 4 weeks, 8 weeks")]
    [InlineData("0, 1, 7 and 14 days", "0 days, 1 day, 7 days, 14 days")]
    [InlineData("1 day, 1 week, 1 month, 2 months", "1 day, 1 week, 1 month, 2 months")]
    [InlineData("6 weeks", "6 weeks, 6 weeks, 6 weeks, 6 weeks")]
    public void Targets_are_dealt_to_the_visits_in_their_order(string text, string targets)
    {
        var windows = Rules<Rule.Window>("window for: a[1 to 4]", "counts from: enrolment", $"target: {text}", "ideal: on the day");

        Assert.Equal(targets.Split(", "), windows.SelectMany(w => w.Visits.Select(_ => PeriodWords.Of(w.Target))));
        Assert.Equal(["a[1]", "a[2]", "a[3]", "a[4]"], windows.SelectMany(w => w.Visits).Select(v => v.ToString()));
    }

    [Fact]
    public void All_or_none_is_one_set_or_one_for_each_number()
    {
        Assert.Equal(["c[1] c[2] d[1] d[2]"], Sets("all or none: c, d"));
        Assert.Equal(["c[1] d[1]", "c[2] d[2]"], Sets("all or none: c", "each with: d"));
        Assert.Equal(["c[1] d[2] e[1]", "c[2] d[1] e[2]"], Sets("all or none: c", "each with: ['d[2], d[1]', e]"));

        static IEnumerable<string> Sets(params ImmutableArray<string> lines) =>
            Rule<Rule.AllOrNone>(lines).Sets.Select(s => string.Join(' ', s));
    }

    [Fact]
    public void Rotation_is_along_the_visits_as_listed_or_along_series_in_turn()
    {
        Assert.Equal(["b[1]", "b[2]"], Rule<Rule.Rotation>("no person twice in a row for: b", "as: rater").Visits.Select(v => v.ToString()));
        Assert.Equal(["b[2]", "d[1]", "b[1]"], Rule<Rule.Rotation>("no person twice in a row for: b[2], d[1], b[1]", "as: rater").Visits.Select(v => v.ToString()));
        Assert.Equal(["b[1]", "d[1]", "e[2]", "b[2]", "d[2]", "e[1]"], InTurn.Visits.Select(v => v.ToString()));
        Assert.Equal(("rater", false), (InTurn.Need, InTurn.IsMust));
    }

    private static Rule.Rotation InTurn =>
        Rule<Rule.Rotation>("no person twice in a row for: b", "in turn with: [d, 'e[2], e[1]']", "as: rater", "strength: should");

    [Fact]
    public void The_same_person_by_pairs_is_a_rule_for_each_pair()
    {
        var pairs = Rules<Rule.SamePerson>("same person for: b", "with: d", "as: rater", "strength: should");

        Assert.Equal([("r[1]", "b[1] d[1]"), ("r[2]", "b[2] d[2]")], pairs.Select(p => (p.Id, string.Join(' ', p.Visits))));
        Assert.All(pairs, p => Assert.Equal(("rater", false), (p.Need, p.IsMust)));
        Assert.Equal(["b[1] e[2]", "b[2] e[2]"], Rules<Rule.SamePerson>("same person for: b", "with: e[2]", "as: rater").Select(p => string.Join(' ', p.Visits)));
        Assert.Equal("r", Rule<Rule.SamePerson>("same person for: b[1]", "with: d[1]", "as: rater").Id);
    }

    [Fact]
    public void A_phase_may_have_fewer_where_the_clinic_is_closed()
    {
        var rhythm = Rule<Rule.Cadence>("cadence of: a", "per week:", "  - 2 in each course week for 3 weeks, fewer where closed", "  - 1 in each course week").PerWeek!;

        Assert.Equal([true, false], rhythm.Phases.Select(p => p.FewerWhereClosed));
        Assert.Equal((6, true), (rhythm.Phases[0].Visits, rhythm.DependsOnClosures(7)));
        Assert.True(Rule<Rule.Cadence>("cadence of: a", "per week: 5 in each calendar week fewer where closed").PerWeek!.HasFewerWhereClosed);
    }

    [Fact]
    public void A_month_that_is_clipped_does_not_clip_those_after_it()
    {
        var windows = Rules<Rule.Window>("window for: a[1 to 2]", "counts from: enrolment", "target: every 1 month", "ideal: on the day");

        Assert.Equal([new LocalDate(2027, 2, 28), new LocalDate(2027, 3, 31)], windows.Select(w => new LocalDate(2027, 1, 31) + w.Target));
    }

    [Fact]
    public void Windows_of_pairs_each_count_from_their_own_and_have_a_name_of_their_own()
    {
        var windows = Rules<Rule.Window>("window for: b", "counts from: end of a[4 to 5]", "target: 1 day", "ideal: on the day");

        Assert.Equal([("r[1]", "b[1]", "end of a[4]"), ("r[2]", "b[2]", "end of a[5]")], windows.Select(w => (w.Id, w.Visits[0].ToString(), w.Anchor.ToString()!)));
        Assert.Equal("r", Rule<Rule.Window>("window for: b", "counts from: end of a[4]", "target: 1 day", "ideal: on the day to 3 days after").Id);
    }

    [Fact]
    public void Windows_in_hours_may_be_listed_too() =>
        Assert.Equal(
            [60, 240],
            Rules<Rule.HourWindow>("window for: b", "counts from: end of a[1]", "target: 1 h, 4 h", "ideal: on time").Select(w => w.TargetMinutes));

    private static T Rule<T>(params ImmutableArray<string> lines)
        where T : Rule =>
        Assert.Single(Rules<T>(lines));

    private static ImmutableArray<T> Rules<T>(params ImmutableArray<string> lines)
        where T : Rule =>
        [.. ProtocolCompiler.Compile("example.yaml", $"{Frame}  r:\n{string.Concat(lines.Select(l => $"    {l}\n"))}").Required.Rules.Select(Assert.IsType<T>)];
}
