using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.App.Tests.Books.Races;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>Time is taken by the five minutes, clean-up included, and not beyond its day.</summary>
public sealed class TakenUseTests
{
    [Theory]
    [InlineData("08:00-09:00", 0, "08:00-09:00")]
    [InlineData("08:03-08:58", 0, "08:00-09:00")]
    [InlineData("08:00-08:50", 15, "08:00-09:05")]
    [InlineData("08:03-08:50", 13, "08:00-09:05")]
    [InlineData("23:00-23:50", 15, "23:00-24:00")]
    public void What_is_taken_lies_around_the_use(string use, int cleanUpMinutes, string taken)
    {
        var resource = ClinicReader.Read("talks.yaml", new TalkClinic(Rooms: 1, Talks: 1).Yaml).Required.Resources[0] with { CleanUpMinutes = cleanUpMinutes };
        var midnight = TalkClinic.First.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeSeconds();
        var (line, expected) = (UseLine.Parse($"room exclusive 1 {use}"), UseLine.Parse($"room exclusive 1 {taken}"));

        var row = TakenUse.From(new Booking(resource.Id, TalkClinic.First, new((int)line.From, (int)line.To!.Value), Use.Exclusive), resource, new(1, 1, 0, 0), DateTimeZone.Utc);

        Assert.Equal((expected.From * 60, expected.To * 60), (row.TakenFrom - midnight, row.TakenTo - midnight));
        Assert.Equal((line.From, line.To), (row.Hours.From, row.Hours.To));
    }
}
