using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NodaTime;
using Scheduler.App.Reminders;
using Scheduler.Core.Clinics;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Tests;

namespace Scheduler.App.Tests.Reminders;

/// <summary>What calendars get, as a calendar program that is not ours reads it.</summary>
public sealed class InvitationTests
{
    private static readonly ClinicMessages Settings = new("Lakeside Clinic", "+1 202 555 0100", "clinic@lakeside.example");

    private static readonly AnnouncementRow Told =
        new(1, "wet[2]", 1, "2027-01-04T09:00", "2027-01-04T10:30", Instant.FromUtc(2027, 1, 4, 14, 0).ToUnixTimeSeconds(), null, "in person", 1, Instant.FromUtc(2027, 1, 1, 8, 0).ToUnixTimeSeconds(), "0f3c");

    [Fact]
    public void An_appointment_is_one_event_with_its_times_and_whom_to_call()
    {
        var (method, read) = Read(Told, "Zoë Example", "p+1@example.org");

        Assert.Equal("REQUEST", method);
        Assert.Equal(("REQUEST", "0f3c", 0, "CONFIRMED"), (Text(read, "method"), Text(read, "uid"), read.GetProperty("sequence").GetInt32(), Text(read, "status")));
        Assert.Equal(("2027-01-04T14:00:00.000Z", "2027-01-04T15:30:00.000Z", "2027-01-01T08:00:00.000Z"), (Text(read, "start"), Text(read, "end"), Text(read, "stamp")));
        Assert.Equal(("Appointment", "Lakeside Clinic", "Lakeside Clinic\n+1 202 555 0100"), (Text(read, "summary"), Text(read, "location"), Text(read, "description")));
        Assert.Equal("mailto:clinic@lakeside.example", Text(read, "organizer"));
        var attendee = Assert.Single(read.GetProperty("attendees").EnumerateArray());
        Assert.Equal(("mailto:p+1@example.org", "Zoë Example", "TRUE"), (Text(attendee, "address"), Text(attendee, "name"), Text(attendee, "rsvp")));
    }

    [Fact]
    public void Each_version_is_the_next_of_the_same_event_and_one_that_is_off_cancels_it()
    {
        var moved = Read(Told with { Version = 2 }, null, "p@example.org");
        var off = Read(Told with { Version = 3, Is_On = 0 }, null, "p@example.org");

        Assert.Equal(("REQUEST", "0f3c", 1), (moved.Method, Text(moved.Event, "uid"), moved.Event.GetProperty("sequence").GetInt32()));
        Assert.Equal(("CANCEL", "CANCEL", "0f3c", 2, "CANCELLED"), (off.Method, Text(off.Event, "method"), Text(off.Event, "uid"), off.Event.GetProperty("sequence").GetInt32(), Text(off.Event, "status")));
    }

    [Fact]
    public void A_visit_that_is_not_at_the_clinic_says_how_it_is_held_and_has_no_place()
    {
        var read = Read(Told with { Mode = "video" }, null, "p@example.org").Event;

        Assert.Equal("Lakeside Clinic (video)\n+1 202 555 0100", Text(read, "description"));
        Assert.DoesNotContain("location", Properties(read));
    }

    [Theory]
    [InlineData("Zoë\r\nATTACH:http://evil.example/")]
    [InlineData("Zoë\nEND:VEVENT\nBEGIN:VEVENT")]
    [InlineData("Zoë\";X=\"y:mailto:evil@example.org")]
    [InlineData("Zoë:;,\\n\\")]
    [InlineData("Zoë\u0085ATTACH:x\u2028ATTACH:y\0\u001b")]
    [InlineData("Dr Zoë Bartholomäa von und zu Hohenstaufen-Württemberg, geborene Müller-Lüdenscheidt-Größenwahn")]
    public void No_name_begins_another_property(string name)
    {
        var part = Invitation.Of(Told, name, $"p{name}@example.org", Settings with { Name = name, Phone = name, Sender = $"{name}@lakeside.example" });
        var read = ReadWithIcalJs(part.Text);

        Assert.Equal(["uid", "sequence", "dtstamp", "dtstart", "dtend", "summary", "location", "description", "organizer", "attendee", "status"], Properties(read));
        Assert.Equal("Appointment", Text(read, "summary"));
        Assert.Matches("^mailto:p[A-Za-z0-9%.~_@-]+@example.org$", Text(Assert.Single(read.GetProperty("attendees").EnumerateArray()), "address"));
        Assert.All(part.Text.Split("\r\n"), l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75));
        Assert.DoesNotContain(part.Text.Replace("\r\n", "", StringComparison.Ordinal), char.IsControl);
    }

    private static (string Method, JsonElement Event) Read(AnnouncementRow told, string? name, string address)
    {
        var part = Invitation.Of(told, name, address, Settings);
        return (part.Method, ReadWithIcalJs(part.Text));
    }

    private static string? Text(JsonElement read, string member) => read.GetProperty(member).GetString();

    private static IEnumerable<string?> Properties(JsonElement read) => read.GetProperty("properties").EnumerateArray().Select(p => p.GetString());

    /// <summary>The only event.</summary>
    private static JsonElement ReadWithIcalJs(string ics)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Scheduler.Cli.Tests", "ical");
        using var node = Process.Start(new ProcessStartInfo("node", "read.mjs") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false) })!;
        node.StandardInput.Write(ics);
        node.StandardInput.Close();
        var read = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return Assert.Single(JsonDocument.Parse(read).RootElement.EnumerateArray().ToList());
    }
}
