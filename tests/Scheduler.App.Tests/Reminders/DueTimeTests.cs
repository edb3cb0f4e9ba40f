using NodaTime;
using NodaTime.Text;
using Scheduler.App.Reminders;
using Scheduler.Core;
using Scheduler.Core.Messaging;

namespace Scheduler.App.Tests.Reminders;

/// <summary>When messages are due: in the patient's zone, across changes of clocks, and never in quiet hours.</summary>
public class DueTimeTests
{
    private static readonly QuietHours Night = new(20 * 60, 8 * 60);

    [Theory]
    [InlineData("America/New_York", "2027-01-06T15:00", "2027-01-04T10:00", 2, 10 * 60)]
    [InlineData("Asia/Tokyo", "2027-01-06T15:00", "2027-01-04T10:00", 2, 10 * 60)]
    [InlineData("America/New_York", "2027-01-06T15:00", "2027-01-05T18:00", 1, 18 * 60)]
    [InlineData("America/New_York", "2027-01-06T15:00", "2027-01-06T08:00", 0, 8 * 60)]
    [InlineData("America/New_York", "2027-01-06T15:00", "2027-01-05T20:00", 1, 21 * 60)]
    [InlineData("America/New_York", "2027-01-06T15:00", "2027-01-05T20:00", 0, 7 * 60)]
    [InlineData("Europe/Berlin", "2027-03-29T09:00", "2027-03-27T20:00", 1, (2 * 60) + 30)]
    [InlineData("Australia/Lord_Howe", "2027-04-05T09:00", "2027-04-04T10:00", 1, 10 * 60)]
    public void So_many_days_before_at_a_time_of_the_patients_day(string zone, string start, string expected, int days, int at) =>
        Assert.Equal(Moment(zone, expected), DueTime.Of(Message(new MessageTime.DaysBefore(days, at)), Moment(zone, start), Instant.MinValue, Zone(zone), Night)?.At);

    [Fact]
    public void The_day_is_the_patients_even_where_the_clinics_is_another()
    {
        // 9:00 in New York is 23:00 in Tokyo, of the same day; 18:00 the day before in Tokyo is 4:00 in New York.
        var start = Moment("America/New_York", "2027-01-06T09:00");

        Assert.Equal(Moment("America/New_York", "2027-01-05T04:00"), DueTime.Of(Message(new MessageTime.DaysBefore(1, 18 * 60)), start, Instant.MinValue, Zone("Asia/Tokyo"), Night)?.At);
    }

    [Fact]
    public void Hours_before_are_elapsed_hours()
    {
        var start = Moment("Europe/Berlin", "2027-03-28T04:00");

        Assert.Equal(Moment("Europe/Berlin", "2027-03-28T00:00"), DueTime.Of(Message(new MessageTime.MinutesBefore(180)), start, Instant.MinValue, Zone("Europe/Berlin"), null)?.At);
    }

    [Theory]
    [InlineData("2027-01-04T12:00", "2027-01-04T12:00")]
    [InlineData("2027-01-04T21:30", "2027-01-05T08:00")]
    [InlineData("2027-01-05T03:00", "2027-01-05T08:00")]
    public void That_a_visit_is_booked_is_told_at_once_or_as_quiet_hours_end(string known, string expected) =>
        Assert.Equal(Moment("Europe/Rome", expected), DueTime.Of(Message(new MessageTime.WhenBooked()), Moment("Europe/Rome", "2027-01-20T09:00"), Moment("Europe/Rome", known), Zone("Europe/Rome"), Night)?.At);

    [Fact]
    public void What_was_due_before_the_visit_had_its_time_is_sent_only_where_it_says_what_to_do()
    {
        var (start, known) = (Moment("Europe/Rome", "2027-01-06T09:00"), Moment("Europe/Rome", "2027-01-05T19:00"));
        var when = new MessageTime.DaysBefore(1, 18 * 60);

        Assert.Null(DueTime.Of(Message(when), start, known, Zone("Europe/Rome"), Night));
        Assert.Equal(known, DueTime.Of(Message(when, "Please eat nothing from midnight."), start, known, Zone("Europe/Rome"), Night)?.At);
        Assert.Null(DueTime.Of(Message(when, "Please eat nothing from midnight."), start, start, Zone("Europe/Rome"), Night));
    }

    [Fact]
    public void Where_each_was_due_before_the_visit_had_its_time_the_last_one_is_sent_at_once()
    {
        var (zone, start, known) = (Zone("Europe/Rome"), Moment("Europe/Rome", "2027-01-06T09:00"), Moment("Europe/Rome", "2027-01-05T19:00"));
        var (before, eve, soon, booked) = (Message(new MessageTime.DaysBefore(2, 18 * 60)), Message(new MessageTime.DaysBefore(1, 18 * 60)), Message(new MessageTime.MinutesBefore(60)), Message(new MessageTime.WhenBooked()));

        Assert.Equal([(eve, new DueTime(known, start))], DueTime.Of([eve, before], start, known, zone, Night));
        Assert.Equal([(soon, new DueTime(start - Duration.FromMinutes(60), start))], DueTime.Of([before, eve, soon], start, known, zone, Night));
        Assert.Equal([(booked, new DueTime(known, start))], DueTime.Of([before, eve, booked], start, known, zone, Night));
        Assert.Empty(DueTime.Of([before, eve], start, start, zone, Night));
        Assert.Empty(DueTime.Of([], start, known, zone, Night));

        // Known in quiet hours, and told as they end.
        Assert.Equal([(eve, new DueTime(Moment("Europe/Rome", "2027-01-06T08:00"), start))], DueTime.Of([eve], start, Moment("Europe/Rome", "2027-01-05T23:00"), zone, Night));
    }

    [Fact]
    public void Nothing_is_of_use_once_the_visit_has_begun()
    {
        var start = Moment("Europe/Rome", "2027-01-06T09:00");

        Assert.Equal(start, DueTime.Of(Message(new MessageTime.DaysBefore(1, 18 * 60)), start, Instant.MinValue, Zone("Europe/Rome"), Night)?.UsefulUntil);
    }

    [Fact]
    public void In_all_zones_and_around_all_changes_nothing_is_due_in_quiet_hours()
    {
        var chance = new Random(20_270_104);
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = Zone(id);
            for (var i = 0; i < 17; i++)
            {
                var start = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(15 * chance.Next(3 * 365 * 96));
                var due = DueTime.Of(Message(new MessageTime.DaysBefore(chance.Next(4), 15 * chance.Next(96))), start, start - Duration.FromDays(30), zone, Night);
                Assert.False(due is { } found && Night.Cover(found.At.InZone(zone).TimeOfDay) && found.At.InZone(zone).TimeOfDay != new LocalTime(20, 0), $"{id}: {start} {due}");
            }
        }
    }

    private static Message Message(MessageTime when, string? say = null) => new("reminder", when, [], say is null ? null : Saying.Of(say), Provenance.None);

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static Instant Moment(string zone, string wall) => Zone(zone).AtStrictly(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(wall).Value).ToInstant();
}
