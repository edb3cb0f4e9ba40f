using System.Collections.Immutable;

namespace Scheduler.Core.Messaging;

/// <summary>A language in which a clinic writes to its patients: the names of days and months, and the sentences around a visit's time.</summary>
public sealed record Language
{
    /// <summary>The language's tag (BCP 47), such as <c>de</c> or <c>pt-BR</c>.</summary>
    public required string Tag { get; init; }

    /// <summary>The seven days of the week, from Monday.</summary>
    public required ImmutableArray<string> Weekdays { get; init; }

    /// <summary>The twelve months, from January.</summary>
    public required ImmutableArray<string> Months { get; init; }

    /// <summary>A date; its fields are <c>{weekday}</c>, <c>{day}</c>, <c>{month}</c> and <c>{year}</c>.</summary>
    public required Template Date { get; init; }

    /// <summary>Whether times are told as <c>6:00 PM</c> and not as <c>18:00</c>.</summary>
    public required bool HasTwelveHours { get; init; }

    /// <summary>A date with a time; its fields are <c>{date}</c> and <c>{time}</c>.</summary>
    public required Template When { get; init; }

    /// <summary>How a visit by video is called, beside its time.</summary>
    public required string Video { get; init; }

    /// <summary>How a visit by phone is called, beside its time.</summary>
    public required string Phone { get; init; }

    /// <summary>How a self-report is called, beside its time.</summary>
    public required string SelfReport { get; init; }

    /// <summary>How a patient is greeted; its field is <c>{name}</c>.</summary>
    public required Template Greeting { get; init; }

    /// <summary>How somebody is greeted whose name is not known.</summary>
    public required string GreetingWithoutName { get; init; }

    /// <summary>That there is a visit.</summary>
    public required Announcement Appointment { get; init; }

    /// <summary>That a visit has another time than it had.</summary>
    public required Announcement Moved { get; init; }

    /// <summary>That a visit does not take place.</summary>
    public required Announcement CalledOff { get; init; }

    /// <summary>Whom to call; its fields are <c>{phone}</c> and <c>{clinic}</c>.</summary>
    public required Template Question { get; init; }

    /// <summary>How to answer; its field is <c>{link}</c>.</summary>
    public required Template Answer { get; init; }

    /// <summary>What the page says on which they answer; null for English.</summary>
    public AnswerPage? AnswerPage { get; init; }

    /// <summary>English, which every clinic has.</summary>
    public static Language English { get; } = new()
    {
        Tag = "en",
        Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        Date = new("{weekday}, {day} {month} {year}"),
        HasTwelveHours = true,
        When = new("{date} at {time}"),
        Video = "video",
        Phone = "phone",
        SelfReport = "self-report",
        Greeting = new("Hello {name},"),
        GreetingWithoutName = "Hello,",
        Appointment = new(new("Your appointment: {clinic}"), new("your appointment is on {when}.")),
        Moved = new(new("Your appointment has been moved: {clinic}"), new("your appointment is on {when} now.")),
        CalledOff = new(new("Your appointment does not take place: {clinic}"), new("your appointment on {when} does not take place.")),
        Question = new("If you have a question or cannot come, please call {phone}."),
        Answer = new("To confirm, to cancel or to be called: {link}"),
        AnswerPage = AnswerPage.English,
    };

    /// <summary>Whether two tags name the same language, whatever the region or the script.</summary>
    public static bool Same(string tag, string other) => Bare(tag) == Bare(other);

    private static string Bare(string tag) => tag.Split('-')[0];
}

/// <summary>What a patient is told of a visit.</summary>
/// <param name="Subject">The subject of a mail; its field is <c>{clinic}</c>.</param>
/// <param name="Text">The sentence; its fields are <c>{when}</c>, <c>{clinic}</c> and <c>{phone}</c>.</param>
public sealed record Announcement(Template Subject, Template Text);
