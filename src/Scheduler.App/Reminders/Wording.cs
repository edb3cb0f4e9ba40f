using System.Globalization;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Messaging;

namespace Scheduler.App.Reminders;

/// <summary>What messages say, in the language of whoever reads them: the clinic, the time and a number to call, and what the protocol's message says. Never what a visit is for.</summary>
/// <param name="Clinic">What the clinic says in its messages.</param>
/// <param name="Language">The reader's language.</param>
internal sealed record Wording(ClinicMessages Clinic, Language Language)
{
    /// <summary>The subject and the text of a message.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="name">What the patient is called; null where that is not known.</param>
    /// <param name="start">When the visit starts, as the patient's clocks show it.</param>
    /// <param name="mode">How patient and clinic meet.</param>
    /// <param name="say">What the message says besides; null for nothing.</param>
    /// <param name="answer">Where it is answered; null where it is not.</param>
    public (string Subject, string Text) Of(string kind, string? name, LocalDateTime start, string mode, Saying? say, Uri? answer)
    {
        string[] lines =
        [
            name is null ? Language.GreetingWithoutName : Language.Greeting.Fill(("name", name)),
            "",
            Told(kind, start, mode),
            .. say is null ? Array.Empty<string>() : ["", say.In(Language.Tag)],
            .. answer is null ? Array.Empty<string>() : ["", Language.Answer.Fill(("link", answer.ToString()))],
            "",
            Question,
            "",
            Clinic.Name,
        ];
        return (AnnouncementOf(kind).Subject.Fill(("clinic", Clinic.Name)), string.Join('\n', lines));
    }

    /// <summary>The same for a telephone, in one line without a greeting. Longer ones than some 160 characters cost more than one text message.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="start">When the visit starts, as the patient's clocks show it.</param>
    /// <param name="mode">How patient and clinic meet.</param>
    /// <param name="say">What the message says besides; null for nothing.</param>
    /// <param name="answer">Where it is answered; null where it is not.</param>
    public string Short(string kind, LocalDateTime start, string mode, Saying? say, Uri? answer) =>
        $"{Clinic.Name}: {Told(kind, start, mode)}{(say is null ? "" : $" {say.In(Language.Tag)}")} {(answer is null ? Clinic.Phone : Language.Answer.Fill(("link", answer.ToString())))}";

    /// <summary>When and how a visit is held.</summary>
    public string When(LocalDateTime start, string mode)
    {
        var (weekday, month) = (Language.Weekdays[(int)start.DayOfWeek - 1], Language.Months[start.Month - 1]);
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        var date = Language.Date.Fill(("weekday", weekday), ("day", Number(start.Day)), ("month", month), ("year", Number(start.Year)));
        var time = start.TimeOfDay.ToString(Language.HasTwelveHours ? "h:mm tt" : "HH:mm", CultureInfo.InvariantCulture);
        return $"{Language.When.Fill(("date", date), ("time", time))}{(Mode(mode) is { } other ? $" ({other})" : "")}";
    }

    private string Question => Language.Question.Fill(("phone", Clinic.Phone), ("clinic", Clinic.Name));

    private string Told(string kind, LocalDateTime start, string mode) => AnnouncementOf(kind).Text.Fill(("when", When(start, mode)), ("clinic", Clinic.Name), ("phone", Clinic.Phone));

    private Announcement AnnouncementOf(string kind) => kind switch
    {
        ReminderKinds.Moved => Language.Moved,
        ReminderKinds.CalledOff => Language.CalledOff,
        _ => Language.Appointment,
    };

    private string? Mode(string mode) => mode switch
    {
        "video" => Language.Video,
        "phone" => Language.Phone,
        "self-report" => Language.SelfReport,
        _ => null,
    };
}
