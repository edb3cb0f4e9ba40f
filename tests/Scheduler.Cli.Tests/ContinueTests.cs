using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>Courses in motion, from files to the next calendar: each that comes is judged, and goes on.</summary>
public sealed class ContinueTests : IDisposable
{
    private const string Clinic = "protocols/samples/clinic-small.yaml";

    private const string Maintenance = "protocols/maintenance-after-response.yaml";

    private readonly Scratch scratch = new();
    private int files;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_sample_calendar_is_what_schedule_writes()
    {
        var written = Run("schedule", Cli.Protocol, "--from", "2026-12-01", "--format", "json").Output;
        var path = Cli.Resolve("protocols/samples/calendar-feder.json");

        // To write the calendar as it is planned now, run the tests once with SCHEDULER_WRITE_SAMPLES=1.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_SAMPLES") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), written.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_missed_infusion_shifts_the_rest_and_each_move_has_its_rule_and_line()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        var table = Go(Cli.Protocol, first, "2027-03-05T12:00", "took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]");
        var lines = Lines(table);

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("Took place: caps5-baseline, infusion[1 to 2].", lines);
        var line = Array.FindIndex(File.ReadAllLines(Cli.Resolve(Cli.Protocol)), l => l == "  missed-infusion:") + 1;
        Assert.Contains(
            $"- infusion[3]: Fri 2027-03-05 08:00, now Mon 2027-03-08 08:00 - missed; the rest is put off with it (missed-infusion, {Cli.Resolve(Cli.Protocol)}:{line}).", lines);
        Assert.Contains(lines, l => l.StartsWith("- infusion[4]: Mon 2027-03-08 08:00, now Wed 2027-03-10 08:00 - infusion[3] was missed (missed-infusion, ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Stays: ", StringComparison.Ordinal) && l.Contains("caps5-month6", StringComparison.Ordinal));
        Assert.True(Array.FindIndex(lines, l => l == "Moved:") < Array.FindIndex(lines, l => l.StartsWith("The next calendar: ", StringComparison.Ordinal)));
        Next(Cli.Protocol, first, "2027-03-05T12:00", "took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]");
    }

    [Fact]
    public void What_continue_writes_goes_on_with_further_events_until_the_course_is_over()
    {
        var second = Next(Cli.Protocol, First(Cli.Protocol, "2027-03-01"), "2027-03-05T12:00", "took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]");
        var third = Next(Cli.Protocol, second, "2027-03-11T12:00", "took place: infusion[3 to 4], wet[1]");
        Assert.Equal(Starts(second), Starts(third));
        var fourth = Next(Cli.Protocol, third, "2027-03-22", "took place: infusion[5 to 6], wet[2 to 3]", "took place: wet[4 to 5]");
        Assert.Equal(Starts(second), Starts(fourth));

        var over = Go(Cli.Protocol, fourth, "2027-09-12", "took place: caps5-week12", "missed: caps5-month6", "no place: caps5-month6");
        Assert.Equal(0, over.ExitCode);
        Assert.Contains(Lines(over), l => l.StartsWith("The course is over since ", StringComparison.Ordinal));
        Assert.Contains(Lines(over), l => l.Contains("the course goes on without it (missed-rating, ", StringComparison.Ordinal));
        Next(Cli.Protocol, fourth, "2027-09-12", "took place: caps5-week12", "missed: caps5-month6", "no place: caps5-month6");
    }

    [Fact]
    public void A_late_patient_is_treated_later_that_day_and_all_else_stays()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        string[] happened = ["took place: caps5-baseline, infusion[1 to 2]", "late: infusion[3]\n    by: 30 min"];
        var lines = Lines(Go(Cli.Protocol, first, "2027-03-05T08:35", happened));

        Assert.Contains(lines, l => l.StartsWith("- infusion[3]: Fri 2027-03-05 08:00, now Fri 2027-03-05 ", StringComparison.Ordinal) && l.Contains("it begins later that day (late-for-infusion, ", StringComparison.Ordinal));
        Assert.Contains("Stays: infusion[4 to 6], wet[1 to 5], caps5-week12, caps5-month6.", lines);
        var second = Next(Cli.Protocol, first, "2027-03-05T08:35", happened);
        Assert.All(Starts(second).Where(s => s.Key == "infusion[3]"), s => Assert.True(string.CompareOrdinal(s.Value, "2027-03-05T08:35") > 0, s.Value));
        Next(Cli.Protocol, second, "2027-03-05T12:00", "began: infusion[3]");
        Next(Cli.Protocol, second, "2027-03-05T18:00", "took place: infusion[3]");
    }

    [Fact]
    public void A_visit_that_was_told_to_have_begun_is_told_to_have_taken_place()
    {
        string[] before = ["took place: caps5-baseline, infusion[1 to 2]"];
        var first = First(Cli.Protocol, "2027-03-01");
        var begun = Next(Cli.Protocol, first, "2027-03-05T09:00", [.. before, "began: infusion[3]"]);
        var over = Next(Cli.Protocol, begun, "2027-03-06", "took place: infusion[3]");

        Assert.Equal(Starts(Next(Cli.Protocol, first, "2027-03-06", [.. before, "took place: infusion[3]"])), Starts(over));
        var further = Go(Cli.Protocol, over, "2027-03-06", "took place: infusion[3]");
        Assert.Contains("CO038: infusion[3] at 2027-03-05 08:00 lies before", further.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_that_finds_no_place_in_its_week_is_put_off_with_the_rest_once_that_is_told()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        string[] happened = ["took place: caps5-baseline, infusion[1 to 4], wet[1]", "on hold: infusion[5]"];
        var none = Go(Cli.Protocol, first, "2027-03-10T12:00", happened);

        Assert.Equal(3, none.ExitCode);
        Assert.Contains(Lines(none), l => l.StartsWith("If it is infusion[5] for which there is no place, tell it: with '- no place: infusion[5]'", StringComparison.Ordinal));
        var lines = Lines(Go(Cli.Protocol, first, "2027-03-10T12:00", [.. happened, "no place: infusion[5]"]));
        Assert.Contains(lines, l => l.StartsWith("- infusion[5]: Wed 2027-03-10 08:00, now Fri 2027-03-12 08:00 - put on hold", StringComparison.Ordinal));
        Next(Cli.Protocol, first, "2027-03-10T12:00", [.. happened, "no place: infusion[5]"]);
    }

    [Fact]
    public void A_lost_response_releases_the_checks_and_puts_the_boosters_behind_the_one_that_found_it()
    {
        var first = First(Maintenance, "2027-03-01");
        string[] happened = ["took place: check[1 to 3]", "recorded: response-lost\n    measured at: check[3]\n    is: yes"];
        var lines = Lines(Go(Maintenance, first, "2027-03-22T12:00", happened));

        Assert.Contains(lines, l => l.StartsWith("- booster[1]: Tue 2027-03-09 08:00, now Tue 2027-03-23 08:00 - 'lost' holds (lost, ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("- check[4]: was Mon 2027-03-29 09:00 - 'lost' holds (lost, ", StringComparison.Ordinal));
        var second = Next(Maintenance, first, "2027-03-22T12:00", happened);
        Assert.DoesNotContain("check[4]", Starts(second).Keys);
        var third = Next(Maintenance, second, "2027-03-29T12:00", "took place: booster[1], booster-rating[1]", "recorded: response-regained\n    measured at: booster-rating[1]\n    is: yes");
        Assert.Contains("caps5-week4[1]", Starts(third).Keys);
        Assert.DoesNotContain("booster[2]", Starts(third).Keys);
    }

    [Fact]
    public void What_was_called_off_is_not_placed_at_the_same_time_again()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        var second = Next(Cli.Protocol, first, "2027-02-28", "cancelled: caps5-baseline\n    by: patient");

        Assert.NotEqual(Starts(first)["caps5-baseline[1]"], Starts(second)["caps5-baseline[1]"]);
        Assert.Equal(Starts(first)["infusion[6]"], Starts(second)["infusion[6]"]);
    }

    [Theory]
    [InlineData("2027-02-28", "2027-02-20 10:00")]
    [InlineData("2027-03-02", "2027-02-20 10:00")]
    public void A_patient_may_have_called_off_a_visit_before_the_course_begins(string asOf, string called)
    {
        var first = First(Cli.Protocol, "2027-03-01");
        string[] happened = [.. asOf == "2027-03-02" ? new[] { "took place: caps5-baseline, infusion[1]" } : [], $"cancelled: infusion[2]\n    by: patient\n    at: {called}"];
        var run = Go(Cli.Protocol, first, asOf, happened);
        var second = Next(Cli.Protocol, first, asOf, happened);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(Lines(run), l => l.StartsWith("- infusion[2]: Wed 2027-03-03 08:00, now ", StringComparison.Ordinal) && l.EndsWith(" - called off by the patient; it is placed again.", StringComparison.Ordinal));
        Assert.NotEqual(Starts(first)["infusion[2]"], Starts(second)["infusion[2]"]);

        // What that calendar was told it knows.
        Assert.Matches(
            "CO038: infusion\\[4\\] at 2027-02-19 10:00 lies before 2027-0[23]-[0-9]{2} [0-9:]{5}, and the calendar knows already what had happened until then.",
            Go(Cli.Protocol, second, asOf, "cancelled: infusion[4]\n    by: patient\n    at: 2027-02-19 10:00").Error);
    }

    [Fact]
    public void A_check_that_finds_nothing_puts_the_boosters_behind_the_next_check_and_none_loses_its_place()
    {
        string[] happened = ["took place: check[1 to 3]", "recorded: response-lost\n    measured at: check[3]\n    is: no"];
        var lines = Lines(Go(Maintenance, First(Maintenance, "2027-03-01"), "2027-03-22T12:00", happened));

        Assert.Contains("- booster[1]: Tue 2027-03-09 08:00, now Tue 2027-03-30 08:00 - it was not needed at its time, and is kept for later.", lines);
        Assert.Contains(lines, l => l.StartsWith("- booster[3]: Tue 2027-03-23 08:00, now Tue 2027-04-13 08:00", StringComparison.Ordinal));
        Assert.Contains("Stays: check[4 to 9].", lines);
        Assert.DoesNotContain("In the calendar before, without a place now:", lines);
    }

    [Fact]
    public void A_result_that_was_recorded_wrongly_is_corrected_in_the_next_file()
    {
        var lost = Next(Maintenance, First(Maintenance, "2027-03-01"), "2027-03-22T12:00", "took place: check[1 to 3]", "recorded: response-lost\n    measured at: check[3]\n    is: yes");
        var corrected = Next(Maintenance, lost, "2027-03-22T14:00", "recorded: response-lost\n    measured at: check[3]\n    is: no");

        Assert.DoesNotContain("check[4]", Starts(lost).Keys);
        Assert.StartsWith("2027-03-29T", Starts(corrected)["check[4]"], StringComparison.Ordinal);
        Assert.StartsWith("2027-03-30T", Starts(corrected)["booster[1]"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_that_a_result_stopped_goes_on_where_the_result_is_corrected_in_the_next_file()
    {
        var stopped = scratch.Write("stopped.yaml", """
            protocol: stopped
            version: 1.0.0
            title: Doses that go on while they help
            outcomes:
              effect: {means: How well a dose works., measured at: rating, range: 0 to 10}
            conditions:
              poor: {means: The second dose does not work., when: 'effect at rating[2] is below 3'}
            visits:
              rating: {purpose: assessment, count: 3, duration: 30 min, people: {rater: {exclusive: whole visit}}}
              dose: {purpose: treatment, count: 3, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
            rules:
              rated-before: {same day for: rating, with: dose, starts: before it}
              weekly: {cadence of: dose, every: '7 days, give or take 1 day'}
            events:
              poor-effect: {when: poor, then: stop the course}
            """);
        var first = First(stopped, "2027-03-01");
        string[] happened = ["took place: rating[1 to 2], dose[1]", "recorded: effect\n    measured at: rating[2]\n    is: 2"];
        var over = Go(stopped, first, "2027-03-08T09:30", happened);
        var ended = Next(stopped, first, "2027-03-08T09:30", happened);
        var again = Next(stopped, ended, "2027-03-08T09:30", "recorded: effect\n    measured at: rating[2]\n    is: 5", "--from", "2027-03-08");

        Assert.Contains(Lines(over), l => l.StartsWith("The course is over since ", StringComparison.Ordinal));
        Assert.Equal(["dose[1]", "rating[1]", "rating[2]"], Starts(ended).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Starts(first).Keys.Order(StringComparer.Ordinal), Starts(again).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_nobody_can_know_any_more_is_released_and_said_so()
    {
        var protocol = scratch.Write("reviewed.yaml", """
            protocol: reviewed
            version: 1.0.0
            title: Doses that are reviewed
            outcomes:
              benefit: {means: The dose helps., measured at: first-review, answer: yes or no}
              burden: {means: What is left., measured at: later-review, range: 0 to 10}
            conditions:
              helps: {means: It helps., when: benefit}
              little: {means: Little is left., when: burden at later-review is below 3}
            visits:
              dose: {purpose: treatment, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
              first-review: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
              later-review: {purpose: assessment, duration: 30 min, only if: helps, people: {rater: {exclusive: whole visit}}}
              last-dose: {purpose: treatment, duration: 60 min, only if: little, people: {nurse: {exclusive: whole visit}}}
            rules:
              in-order: {order: dose before first-review before later-review before last-dose, at least: 1 day, at most: 7 days}
            """);
        var lines = Lines(Go(protocol, First(protocol, "2027-03-01"), "2027-03-02T14:00", "took place: dose, first-review", "recorded: benefit\n    measured at: first-review\n    is: no"));

        Assert.Contains(lines, l => l.StartsWith("- later-review: was ", StringComparison.Ordinal) && l.Contains(" - 'helps' does not hold (helps, ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("- last-dose: was ", StringComparison.Ordinal) && l.Contains(" - nobody can know any more whether 'little' holds (little, ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_missed_visit_ends_is_said_of_all_that_was_still_to_come()
    {
        var lost = Next(Maintenance, First(Maintenance, "2027-03-01"), "2027-03-22T12:00", "took place: check[1 to 3]", "recorded: response-lost\n    measured at: check[3]\n    is: yes");
        var lines = Lines(Go(Maintenance, lost, "2027-03-23T14:00", "missed: booster[1]", "no place: booster[1]"));

        Assert.Contains(lines, l => l.StartsWith("- booster[1]: was Tue 2027-03-23 08:00 - no place was found; the course ends (missed-booster, ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("- booster[2]: was Tue 2027-03-30 08:00 - no place was found for booster[1], and the course ends (missed-booster, ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-03-15 10:00", "now Mon 2027-03-15 10:00 - booked by hand.", "Mon 2027-03-15 09:00")]
    [InlineData("2027-03-16 09:00", "now Tue 2027-03-16 09:00 - booked by hand.", "Mon 2027-03-15 09:00")]
    [InlineData("2027-03-15 18:00", "now Mon 2027-03-15 09:00 - booked by hand, but it cannot stay there.", "Mon 2027-03-15 18:00")]
    [InlineData("2027-03-15 10:07", "now Mon 2027-03-15 09:00 - booked by hand, but it cannot stay there.", "Mon 2027-03-15 10:07")]
    public void What_was_booked_by_hand_stays_before_its_series_or_the_answer_says_that_it_cannot(string time, string said, string was)
    {
        string[] happened = ["took place: caps5-baseline, infusion[1 to 6], wet[1 to 2]", $"booked: wet[3]\n    for: {time}"];
        var first = First(Cli.Protocol, "2027-03-01");

        Assert.Contains($"- wet[3]: {was}, {said}", Lines(Go(Cli.Protocol, first, "2027-03-14T12:00", happened)));
        Next(Cli.Protocol, first, "2027-03-14T12:00", happened);
    }

    [Fact]
    public void A_visit_that_had_begun_is_over_once_the_next_file_tells_that_it_took_place()
    {
        var second = Next(Cli.Protocol, First(Cli.Protocol, "2027-03-01"), "2027-03-05T08:10", "took place: caps5-baseline, infusion[1 to 2]", "began: infusion[3]\n    at: 08:05");
        var third = Next(Cli.Protocol, second, "2027-03-05T12:00", "took place: infusion[3]\n    until: 11:00");

        Assert.Contains("\"completed\": \"2027-03-05T11:00:00-05:00\"", File.ReadAllText(third), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_has_happened_the_rest_is_placed_as_the_files_are_now()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        var none = scratch.Write("none.yaml", "events: anyone\nhappened: []\n");
        var run = Run("continue", Cli.Protocol, "--calendar", first, "--events", none, "--as-of", "2027-02-27");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stays: caps5-baseline, infusion[1 to 6], wet[1 to 5], caps5-week12, caps5-month6.", Lines(run));
    }

    [Fact]
    public void Why_there_is_no_calendar_is_said_of_a_course_that_has_begun()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        var late = Lines(Go(Cli.Protocol, first, "2027-03-05T11:35", "took place: caps5-baseline, infusion[1 to 2]", "late: infusion[3]\n    by: 210 min"));
        var off = Lines(Go(
            Cli.Protocol, first, "2027-03-03T12:00", ["took place: caps5-baseline, infusion[1]", "cancelled: infusion[2]\n    by: patient\n    at: 2027-03-02 10:00"], "--from", "2027-03-03"));

        Assert.Contains(
            "- With the rest placed from 2027-03-05 on, these cannot all hold together: 'infusions-in-the-morning' (infusion must start from 08:00 to 11:30); 'late-infusion-3' (infusion[3] on 2027-03-05);"
            + " the clinic's opening hours and closures, with what is past of 2027-03-05 taken as closed. Without any one of them they could.",
            late);
        Assert.Contains(off, l => l.Contains("the clinic's opening hours and closures, with what is past of 2027-03-03 and the times that were called off taken as closed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_course_goes_on_by_an_amended_version_whose_file_is_named()
    {
        var second = Next(Maintenance, First(Maintenance, "2027-03-01"), "2027-03-22T12:00", "took place: check[1 to 3]", "recorded: response-lost\n    measured at: check[3]\n    is: yes");
        var later = scratch.Write("later.yaml", File.ReadAllText(Cli.Resolve(Maintenance))
            .Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal).Replace("duration: 160 min", "duration: 200 min", StringComparison.Ordinal));
        var events = Events("amended: 1.1.0\n    at: 2027-03-22 13:00");
        string[] asked = ["continue", "--calendar", second, "--events", events, "--as-of", "2027-03-23", "--protocol", Maintenance, "--clinic", Clinic];

        var table = Cli.Run([.. asked, "--amended", later]);
        Assert.Contains("- booster[1]: Tue 2027-03-23 08:00 to 10:40, now to 11:20 - the protocol was amended.", Lines(table));
        var third = scratch.Write("third.json", Cli.Run([.. asked, "--amended", later, "--format", "json"]).Output);
        Assert.Equal(0, Cli.Run("check", third, "--protocol", later, "--clinic", Clinic).ExitCode);
        Assert.Contains(":3:14: CO030: The course goes on by version '1.1.0', but no file of it was given.", Cli.Run(asked).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ics", "BEGIN:VCALENDAR")]
    [InlineData("csv", "proposal,visit,type")]
    public void The_next_calendar_has_the_other_formats_of_schedule_too(string format, string begins)
    {
        var events = Events("took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]");
        var run = Cli.Run(
            "continue", "--calendar", First(Cli.Protocol, "2027-03-01"), "--events", events, "--as-of", "2027-03-05T12:00", "--protocol", Cli.Protocol, "--clinic", Clinic, "--format", format);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(begins, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_the_question_are_told_and_end_with_1()
    {
        var first = First(Cli.Protocol, "2027-03-01");
        string[] happened = ["took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]"];
        var second = Next(Cli.Protocol, first, "2027-03-05T12:00", happened);

        Mistake("CO021: What happened to caps5-baseline[1], booked for 2027-03-01 09:00?", Go(Cli.Protocol, first, "2027-03-02", "confirmed: infusion[2]"));
        Mistake(
            "CO020: These are the events of patient 'P-018', but the calendar was made without a patient. Begin the file with 'events: anyone', or give the calendar of that patient.",
            Run("continue", Cli.Protocol, "--calendar", first, "--events", scratch.Write("others.yaml", "events: P-018\nhappened: []\n"), "--as-of", "2027-03-01"));
        Mistake("CO032: Nothing can be placed from 2027-03-04 on", Go(Cli.Protocol, first, "2027-03-05T12:00", happened, "--from", "2027-03-04"));
        Mistake("CO033: The calendar was made as of 2027-03-05 12:00", Go(Cli.Protocol, second, "2027-03-05T11:00", "confirmed: infusion[4]"));
        Mistake("CO038: caps5-baseline[1] at 2027-03-01 09:00 lies before", Go(Cli.Protocol, second, "2027-03-06", happened));
        Mistake("--as-of:1:1: CO050: There is no 2027-03-14 02:30: the clocks go forward over it on that day.", Go(Cli.Protocol, second, "2027-03-14T02:30", "confirmed: infusion[4]"));
        var text = File.ReadAllText(second);
        Mistake("CO034: infusion[4] is 'late today', which only a visit that was booked can be", Go(Cli.Protocol, Spoilt(text, "\"lateToday\": true,\n        \"status\": \"planned\""), "2027-03-06", "confirmed: infusion[4]"));
        Mistake("CO037: caps5-baseline[1] is told to have been at 1950-03-01", Go(Cli.Protocol, scratch.Write("old.json", text.Replace("2027-03-01T", "1950-03-01T", StringComparison.Ordinal)), "2027-03-06", "confirmed: infusion[4]"));

        Mistake("CO040: infusion[3] stands twice among the visits of the calendar", Go(Cli.Protocol, Twice(first, "proposals"), "2027-03-02", "took place: caps5-baseline"));
        Mistake("CO041: infusion[3] stands twice among the visits of the course", Go(Cli.Protocol, Twice(second, "course"), "2027-03-06", "confirmed: infusion[4]"));

        Mistake("CO042: caps5-baseline[1] or what it uses ends before it begins, or not on its day", Go(Cli.Protocol, Torn(first, "proposals", "start", "2027-02-28T09:00:00-05:00"), "2027-03-02", "took place: caps5-baseline"));
        Mistake("CO042: caps5-baseline[1] or what it uses ends before it begins, or not on its day", Go(Cli.Protocol, Torn(second, "course", "end", "2027-03-01T09:00:00-05:00"), "2027-03-06", "confirmed: infusion[4]"));

        string Torn(string calendar, string where, string end, string time)
        {
            var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(calendar))!;
            var visit = (where == "course" ? json["course"]! : json["proposals"]![0]!)["visits"]!.AsArray().First(v => v!["id"]!.GetValue<string>() == "caps5-baseline[1]")!;
            (visit["booking"] ?? visit)["resources"]![0]![end] = time;
            return scratch.Write($"torn-{where}.json", json.ToJsonString());
        }

        string Twice(string calendar, string where)
        {
            var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(calendar))!;
            var visits = (where == "course" ? json["course"]! : json["proposals"]![0]!)["visits"]!.AsArray();
            visits.Add(visits.Single(v => v!["id"]!.GetValue<string>() == "infusion[3]")!.DeepClone());
            return scratch.Write($"twice-{where}.json", json.ToJsonString());
        }

        string Spoilt(string whole, string instead)
        {
            var at = whole.IndexOf("\"status\": \"planned\"", StringComparison.Ordinal);
            return scratch.Write("spoilt.json", $"{whole[..at]}{instead}{whole[(at + "\"status\": \"planned\"".Length)..]}");
        }

        static void Mistake(string expected, Cli run)
        {
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
            Assert.Equal((1, ""), (run.ExitCode, run.Output));
        }
    }

    [Fact]
    public void A_calendar_that_a_hand_changed_is_judged_by_where_the_course_stands()
    {
        var second = Next(Cli.Protocol, First(Cli.Protocol, "2027-03-01"), "2027-03-05T12:00", "took place: caps5-baseline, infusion[1 to 2]", "missed: infusion[3]");
        var text = File.ReadAllText(second);
        var moved = scratch.Write("moved.json", text.Replace(Starts(second)["infusion[3]"][..10] + "T", "2027-03-09T", StringComparison.Ordinal));
        var run = Cli.Run("check", moved, "--protocol", Cli.Protocol, "--clinic", Clinic);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("BROKEN  rule", run.Output, StringComparison.Ordinal);
    }

    private static Cli Run(string command, string protocol, params string[] more) => Cli.Run([command, "--protocol", protocol, "--clinic", Clinic, .. more]);

    [Fact]
    public void A_warning_about_the_rest_stands_at_the_events_and_names_no_patient()
    {
        var protocol = scratch.Write("trial.yaml", """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              dose: {purpose: treatment, count: 2, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
              talk: {purpose: assessment, count: 2, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
            rules:
              weekly: {cadence of: dose, per week: 1 in each calendar week}
              with-each: {same day for: talk, with: dose, starts: 0 to 120 min after its end}
            """);
        var first = First(protocol, "2027-03-01");
        var run = Go(protocol, first, "2027-03-02", "took place: dose[1]", "missed: talk[1]");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("^[^\\n]*events-1\\.yaml:1:1: warning CO010: talk\\[1\\] belongs on the day of dose\\[1\\]", run.Error);
        Assert.DoesNotContain("anyone:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_that_is_booked_for_later_stays_however_early_somebody_asks()
    {
        var first = First(Cli.Protocol, "2027-06-01");
        var run = Go(Cli.Protocol, first, "2027-02-01");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("The next calendar: all 14 booked visits stay at their times; of such calendars the best, proved.", run.Output, StringComparison.Ordinal);
        Assert.Equal(Starts(first), Starts(Next(Cli.Protocol, first, "2027-02-01")));
    }

    [Fact]
    public void A_visit_outside_its_allowed_window_is_told_with_the_reason()
    {
        // The clinic is closed for all the days in which the rating in week 12 is allowed.
        var first = First(Cli.Protocol, "2027-03-01");
        var closed = scratch.Write("closed.yaml", File.ReadAllText(Cli.Resolve(Clinic)).ReplaceLineEndings("\n").Replace("closures:\n", "closures:\n  works: 2027-05-10 to 2027-06-18\n", StringComparison.Ordinal));
        string[] asked = ["continue", "--protocol", Cli.Protocol, "--clinic", closed, "--calendar", first, "--events", Events("took place: caps5-baseline, infusion[1 to 2]"), "--as-of", "2027-03-04"];
        var without = Cli.Run(asked);
        var told = Cli.Run([.. asked, "--deviations", "major"]);

        Assert.Equal(3, without.ExitCode);
        Assert.Equal((0, ""), (told.ExitCode, told.Error));
        Assert.Contains("A visit lies outside its allowed window, because no calendar keeps all of them inside:\n- With the rest placed from 2027-03-04 on, ", told.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\"whyOutside\": {", Cli.Run([.. asked, "--deviations", "major", "--format", "json"]).Output, StringComparison.Ordinal);
    }

    private string First(string protocol, string from) => scratch.Write("first.json", Run("schedule", protocol, "--from", from, "--format", "json").Output);

    private string Events(params string[] happened) => scratch.Write($"events-{++files}.yaml", happened.Length == 0 ? "events: anyone\nhappened: []\n" : "events: anyone\nhappened:\n" + string.Concat(happened.Select(h => $"  - {h}\n")));

    private Cli Go(string protocol, string calendar, string asOf, params string[] happened)
    {
        var options = Array.FindIndex(happened, h => h.StartsWith("--", StringComparison.Ordinal)) is >= 0 and var at ? happened[at..] : [];
        return Run("continue", protocol, ["--calendar", calendar, "--events", Events(happened[..^options.Length]), "--as-of", asOf, .. options]);
    }

    private Cli Go(string protocol, string calendar, string asOf, string[] happened, string option, string value) => Go(protocol, calendar, asOf, [.. happened, option, value]);

    /// <summary>The next calendar as a file; it keeps every rule.</summary>
    private string Next(string protocol, string calendar, string asOf, params string[] happened)
    {
        var run = Go(protocol, calendar, asOf, [.. happened, "--format", "json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var next = scratch.Write($"next-{++files}.json", run.Output);
        var judged = Run("check", protocol, next);
        Assert.Equal((0, ""), (judged.ExitCode, judged.Error));
        return next;
    }

    private static string[] Lines(Cli run) => run.Output.ReplaceLineEndings("\n").Split('\n');

    private static Dictionary<string, string> Starts(string calendar)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(calendar));
        return json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().ToDictionary(v => v.GetProperty("id").GetString()!, v => v.GetProperty("start").GetString()!);
    }
}
