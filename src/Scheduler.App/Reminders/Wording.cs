using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.App.Reminders;

/// <summary>What messages say: the clinic, the time and a number to call, and what the protocol's message says. Never what a visit is for.</summary>
internal static class Wording
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Create("dddd, d MMMM uuuu", CultureInfo.InvariantCulture);

    private static readonly LocalTimePattern Time = LocalTimePattern.Create("h:mm tt", CultureInfo.InvariantCulture);

    /// <summary>The subject and the text of a message.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="name">What the patient is called; null where that is not known.</param>
    /// <param name="start">When the visit starts, as the patient's clocks show it.</param>
    /// <param name="mode">How patient and clinic meet.</param>
    /// <param name="say">What the protocol's message says; null for nothing.</param>
    /// <param name="settings">The clinic's.</param>
    public static (string Subject, string Text) Of(string kind, string? name, LocalDateTime start, string mode, string? say, ReminderSettings settings)
    {
        var (subject, told) = Told(kind, start, mode);
        string[] lines =
        [
            $"{(name is null ? "Hello" : $"Hello {name}")},",
            "",
            told,
            .. say is null ? Array.Empty<string>() : ["", say],
            "",
            $"If you have a question or cannot come, please call {settings.Phone}.",
            "",
            settings.Clinic,
        ];
        return ($"{subject}: {settings.Clinic}", string.Join('\n', lines));
    }

    /// <summary>The same for a telephone, in one line without a greeting. Longer ones than some 160 characters cost more than one text message.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="start">When the visit starts, as the patient's clocks show it.</param>
    /// <param name="mode">How patient and clinic meet.</param>
    /// <param name="say">What the protocol's message says; null for nothing.</param>
    /// <param name="settings">The clinic's.</param>
    public static string Short(string kind, LocalDateTime start, string mode, string? say, ReminderSettings settings) =>
        $"{settings.Clinic}: {Told(kind, start, mode).Told}{(say is null ? "" : $" {say}")} Questions: {settings.Phone}";

    private static (string Subject, string Told) Told(string kind, LocalDateTime start, string mode)
    {
        var when = $"{Day.Format(start.Date)} at {Time.Format(start.TimeOfDay)}{(mode is "in person" ? "" : $" ({mode})")}";
        return kind switch
        {
            ReminderKinds.Moved => ("Your appointment has been moved", $"your appointment is on {when} now."),
            ReminderKinds.CalledOff => ("Your appointment does not take place", $"your appointment on {when} does not take place."),
            _ => ("Your appointment", $"your appointment is on {when}."),
        };
    }
}
