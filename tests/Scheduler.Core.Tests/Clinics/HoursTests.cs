using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Clinics;

public sealed class HoursTests
{
    private static readonly WeeklyHours Alternating = new(
        [new(IsoDayOfWeek.Sunday, WeekTurn.A, [new(480, 720)]), new(IsoDayOfWeek.Monday, WeekTurn.B, [new(540, 600)])], new LocalDate(2026, 11, 2));

    [Theory]
    [InlineData("2026-11-08", "08:00 to 12:00")]
    [InlineData("2026-11-15", "")]
    [InlineData("2026-11-01", "")]
    [InlineData("2026-10-25", "08:00 to 12:00")]
    [InlineData("2026-11-02", "")]
    [InlineData("2026-11-09", "09:00 to 10:00")]
    [InlineData("2026-10-26", "09:00 to 10:00")]
    [InlineData("2026-10-19", "")]
    public void Weeks_alternate_before_and_after_the_week_that_is_named(string date, string expected) =>
        Assert.Equal(expected, Show(Alternating.On(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value)));

    [Fact]
    public void A_fortnight_later_or_earlier_the_hours_are_the_same()
    {
        for (var date = new LocalDate(2024, 1, 1); date < new LocalDate(2029, 1, 1); date = date.PlusDays(1))
        {
            Assert.Equal(Show(Alternating.On(date)), Show(Alternating.On(date.PlusDays(14))));
        }
    }

    [Fact]
    public void Merging_subtracting_and_intersecting_agree_with_counting_minutes()
    {
        var chance = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var (a, b) = (Some(chance), Some(chance));
            Assert.Equal(Minutes(a), Minutes(Hours.Merge(a)));
            Assert.Equal(Minutes(a).Except(Minutes(b)), Minutes(Hours.Subtract(Hours.Merge(a), b)));
            Assert.Equal(Minutes(a).Intersect(Minutes(b)), Minutes(Hours.Intersect(a, b)));
            Assert.All(Hours.Merge(a).Zip(Hours.Merge(a).Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
        }
    }

    [Fact]
    public void Of_two_exceptions_that_cover_a_date_the_later_entry_counts()
    {
        var clinic = Repository.Clinic("clinic-small.yaml");
        var date = new LocalDate(2026, 12, 1);
        var resource = clinic.Find("room-1")! with
        {
            Exceptions = [new(date, date.PlusDays(3), []), new(date, date, [new(600, 660)])],
        };

        Assert.Equal("10:00 to 11:00", Show(clinic.WorkingHours(resource, date)));
        Assert.Equal("", Show(clinic.WorkingHours(resource, date.PlusDays(1))));
        Assert.Equal("08:00 to 17:00", Show(clinic.WorkingHours(resource, date.PlusDays(6))));
    }

    [Fact]
    public void The_clinic_is_closed_during_a_clock_change()
    {
        var clinic = Repository.Clinic("clinic-small.yaml") with { Opening = WeeklyHours.Always };

        Assert.Equal("00:00 to 02:00, 03:00 to 24:00", Show(clinic.OpenOn(new LocalDate(2026, 3, 8))));
    }

    private static string Show(IEnumerable<Hours> hours) => string.Join(", ", hours);

    private static ImmutableArray<Hours> Some(Random chance) =>
        [.. Enumerable.Range(0, chance.Next(5)).Select(_ => chance.Next(90)).Select(from => new Hours(from, from + 1 + chance.Next(20)))];

    private static IEnumerable<int> Minutes(IEnumerable<Hours> hours) =>
        hours.SelectMany(h => Enumerable.Range(h.From, h.To - h.From)).Distinct().Order();
}
