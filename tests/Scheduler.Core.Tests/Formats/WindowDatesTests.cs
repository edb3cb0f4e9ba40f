using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning;

namespace Scheduler.Core.Tests.Formats;

/// <summary>Windows as calendars show them.</summary>
public sealed class WindowDatesTests
{
    private const string Text = """
        protocol: trial
        version: 1.0.0
        title: Trial
        visits:
          infusion: {purpose: treatment, count: 2, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
          rating: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
        rules:
          day-after:
            window for: rating
            counts from: end of infusion[2]
            or from: start of infusion[1]
            target: 24 hours
            ideal: 2 hours before to 90 min after
            allowed: 4 hours before to 8 hours after
          same-month:
            window for: rating
            counts from: end of infusion[1]
            target: 2 weeks
            ideal: 3 days before to 3 days after
        """;

    private static readonly PlanningRequest Request = new(
        ProtocolCompiler.Compile("trial.yaml", Text).Required, TestClinic.Riverside, Patient.Anyone, new(2027, 3, 1));

    // The clocks of New York go forward in the night to 14 March 2027.
    private static readonly TreatmentCalendar Calendar = new(
        [Placed("infusion", 1, new(2027, 3, 1, 9, 0), 60), Placed("infusion", 2, new(2027, 3, 13, 11, 0), 60), Placed("rating", 1, new(2027, 3, 14, 9, 30), 30)], []);

    [Fact]
    public void A_window_in_hours_counts_elapsed_time_across_a_clock_change()
    {
        var window = Windows(Request)[0];

        Assert.Equal(("day-after", "end of infusion[2]"), (window.Rule, window.Anchor));
        Assert.Equal(("2027-03-14T11:00:00-04:00", "2027-03-14T14:30:00-04:00"), window.Ideal.Spelt);
        Assert.Equal(("2027-03-14T09:00:00-04:00", "2027-03-14T21:00:00-04:00"), window.Allowed.Spelt);
        Assert.Equal("2027-03-14 11:00 to 14:30", window.Ideal.ToString());
    }

    [Fact]
    public void A_window_in_days_has_dates()
    {
        var window = Windows(Request)[1];

        Assert.Equal(("2027-03-12", "2027-03-18"), window.Ideal.Spelt);
        Assert.Equal("2027-03-12 to 2027-03-18", window.Ideal.ToString());
    }

    [Fact]
    public void How_far_a_visit_is_off_is_told_in_days_or_in_minutes()
    {
        var (clinic, rating) = (Request.Clinic, Calendar.Visits[2]);
        var windows = Windows(Request);

        Assert.Equal((-90, 0), (windows[0].Ideal.Off(clinic, rating), windows[0].Allowed.Off(clinic, rating)));
        Assert.Equal(30, windows[0].Ideal.Off(clinic, rating with { Start = new(2027, 3, 14, 15, 0), End = new(2027, 3, 14, 15, 30) }));
        Assert.Equal(0, windows[1].Ideal.Off(clinic, rating));
        Assert.Equal(2, windows[1].Ideal.Off(clinic, rating with { Start = new(2027, 3, 20, 9, 0), End = new(2027, 3, 20, 9, 30) }));
        Assert.Equal(-1, windows[1].Ideal.Off(clinic, rating with { Start = new(2027, 3, 11, 9, 0), End = new(2027, 3, 11, 9, 30) }));
    }

    [Fact]
    public void Where_the_anchor_was_left_out_the_fallback_counts()
    {
        var without = Calendar with { Visits = Calendar.Visits.RemoveAt(1) };

        Assert.Equal("start of infusion[1]", WindowDates.Of(Request with { LeftOut = [new("infusion", 2)] }, without, new("rating", 1)).First().Anchor);
        Assert.Equal(["same-month"], WindowDates.Of(Request, without, new("rating", 1)).Select(w => w.Rule));
    }

    private static List<WindowDates> Windows(PlanningRequest request) => [.. WindowDates.Of(request, Calendar, new("rating", 1))];

    private static PlacedVisit Placed(string type, int ordinal, LocalDateTime start, int minutes) => new(new(type, ordinal), start, start.PlusMinutes(minutes), []);
}
