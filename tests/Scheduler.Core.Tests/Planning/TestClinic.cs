using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Planning;

/// <summary>Clinics made by hand, without YAML.</summary>
internal static class TestClinic
{
    /// <summary>Open on weekdays from 08:00 to 18:00, in New York, on a grid of 15 minutes.</summary>
    public static Clinic Riverside { get; } = Of(
        Resource("chair-1", ResourceKind.Chair, "chair"),
        Resource("chair-2", ResourceKind.Chair, "chair"),
        Resource("ana", ResourceKind.Person, "nurse") with { Title = "Ana", Skills = ["iv"], Capacity = 2 },
        Resource("ben", ResourceKind.Person, "nurse"),
        Resource("osei", ResourceKind.Person, "physician") with { Supervises = 2, HandsOnMinutes = 15 },
        Resource("kim", ResourceKind.Person, "therapist") with { Sex = Sex.Female },
        Resource("lee", ResourceKind.Person, "therapist", "rater") with { Sex = Sex.Male },
        Resource("roth", ResourceKind.Person, "rater"),
        Resource("room-1", ResourceKind.Room, "room"),
        Resource("room-2", ResourceKind.Room, "room"));

    public static Clinic Of(params Resource[] resources) =>
        new("riverside", "Riverside", DateTimeZoneProviders.Tzdb["America/New_York"], 15, Weekly(1, 5, "08:00 to 18:00"), [], [.. resources], []);

    public static Resource Resource(string id, ResourceKind kind, params string[] roles) =>
        new(id, id, kind, [.. roles], [], Sex.Unstated, 1, 0, 0, null, [], 0, null, null);

    /// <summary>The same hours on each weekday from one to another, Monday being 1.</summary>
    public static WeeklyHours Weekly(int from, int to, string hours) =>
        new([.. Enumerable.Range(from, to - from + 1).Select(d => new WeekdayHours((IsoDayOfWeek)d, WeekTurn.Every, Several(hours)))], new(2026, 3, 2));

    /// <summary>Hours as <c>08:00 to 12:30</c>.</summary>
    public static Hours Hours(string text)
    {
        var ends = text.Split(" to ");
        return new(Minutes(ends[0]), Minutes(ends[1]));
    }

    public static int Minutes(string clock) => (int.Parse(clock[..2]) * 60) + int.Parse(clock[3..]);

    public static ImmutableArray<Hours> Several(string text) => text.Length == 0 ? [] : [.. text.Split(", ").Select(Hours)];

    public static LocalDate Date(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    public static DatedHours On(string date, string hours = "") => new(Date(date), Date(date), Several(hours));

    public static Clinic Booked(this Clinic clinic, string resource, string date, string hours, Use use = Use.Exclusive) =>
        clinic with { Bookings = clinic.Bookings.Add(new(resource, Date(date), Hours(hours), use)) };

    public static Clinic With(this Clinic clinic, string resource, Func<Resource, Resource> change) =>
        clinic with { Resources = [.. clinic.Resources.Select(r => r.Id == resource ? change(r) : r)] };

    public static Clinic Closed(this Clinic clinic, string date, string hours = "00:00 to 24:00") =>
        clinic with { Closures = clinic.Closures.Add(new("closed", Date(date), Date(date), Hours(hours), Yearly: false)) };
}
