using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says what a visit type is: how often and how long, for whom, with whom, on what conditions, and what the patient is told.</summary>
internal static class VisitSentences
{
    /// <summary><c>6 treatment visits of 160 min, in person</c>.</summary>
    public static string Shape(VisitType type) =>
        $"{English.Count(type.Count, $"{(type.Purpose == VisitPurpose.Treatment ? "treatment" : "assessment")} visit")} of {Durations(type)}, {Mode(type.Mode)}";

    /// <summary><c>160 min</c>, <c>60 min (visit 1) and 40 min (visits 2 to 5)</c>.</summary>
    public static string Durations(VisitType type)
    {
        var lengths = type.Durations.Select((minutes, i) => (Minutes: minutes, Ordinal: i + 1)).GroupBy(d => d.Minutes).ToList();
        return lengths.Count == 1
            ? $"{type.Durations[0]} min"
            : English.Join(lengths.Select(g => $"{g.Key} min (visit{(g.Count() == 1 ? "" : "s")} {English.Ordinals([.. g.Select(d => d.Ordinal)])})"));
    }

    /// <summary>How patient and clinic meet.</summary>
    public static string Mode(Mode mode) => mode switch
    {
        Protocols.Mode.InPerson => "in person",
        Protocols.Mode.Video => "by video",
        Protocols.Mode.Phone => "by phone",
        Protocols.Mode.SelfReport => "as a self-report, with nobody else",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A mode without words here."),
    };

    /// <summary>For whom the visits are: sentences about arm, stream, conditions and authorisation.</summary>
    public static IEnumerable<string> ForWhom(VisitType type)
    {
        if (type.Arm is { } arm)
        {
            yield return $"Only in the arm {arm}.";
        }

        if (type.Stream is { } stream)
        {
            yield return $"Only for those who choose {stream}.";
        }

        if (type.OnlyIf is { } condition)
        {
            yield return $"Needed only if {condition} holds.";
        }

        if (type.Until is { } until)
        {
            yield return $"The series ends when {until} comes true; visits not yet held are released.";
        }

        if (type.NeedsAuthorisation)
        {
            yield return "A payer's authorisation must cover each visit.";
        }
    }

    /// <summary><c>Person nurse: shared with others for the first 120 min, starts at least 15 min apart</c>.</summary>
    public static string Of(Need need)
    {
        var who = need.Role == need.Id ? need.Id : $"{need.Id} (role {need.Role})";
        var skills = need.Skills.IsEmpty ? "" : $" with skill {English.Join(need.Skills)}";
        var uses = need.Segments.GroupBy(s => s.Use).Select(g => $"{Of(g.Key)} {English.Join(g.Select(Of))}");
        return $"{(need.Kind == NeedKind.Person ? "Person" : "Place")} {who}{skills}: {string.Join("; ", uses)}"
            + (need.CleanUpMinutes > 0 ? $", then {need.CleanUpMinutes} min clean-up" : "")
            + (need.StartsApartMinutes > 0 ? $", starts at least {need.StartsApartMinutes} min apart" : "");
    }

    /// <summary>What must be so on the day, and what follows where it is not.</summary>
    public static string Of(DayCondition condition) => $"{English.Sentence(condition.Means)} If not, {condition.IfNot switch
    {
        FailedCondition.Hold => "the visit is held, and placed again inside the rules",
        FailedCondition.GoOn => "the visit goes on, and this is recorded",
        FailedCondition.StopCourse => "the course stops",
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "A failure without words here."),
    }}.";

    /// <summary>What the patient is told, when and how.</summary>
    public static string Of(Message message) =>
        $"{English.Capital(Of(message.When))}, {(message.By.IsEmpty ? "by the patient's usual channel" : $"by {string.Join(", else by ", message.By.Select(Of))}")}: "
        + (message.Say is { } say ? string.Join("; ", say.Texts.Select(t => $"{(t.Language is { } language ? $"{language}: " : "")}\"{t.Text}\"")) : "the clinic's usual reminder.");

    private static string Of(Segment segment) => (segment.From, segment.To) switch
    {
        ({ Minutes: 0, BeforeEnd: false }, { Minutes: 0, BeforeEnd: true }) => "for the whole visit",
        ({ Minutes: 0, BeforeEnd: false }, { BeforeEnd: false } to) => $"for the first {to.Minutes} min",
        ({ BeforeEnd: true } from, { Minutes: 0, BeforeEnd: true }) => $"for the last {from.Minutes} min",
        ({ BeforeEnd: false } from, { BeforeEnd: false } to) => $"from {from.Minutes} to {to.Minutes} min",
        _ => $"from {Of(segment.From)} to {Of(segment.To)}",
    };

    private static string Of(Moment moment) => moment.BeforeEnd ? (moment.Minutes == 0 ? "the end" : $"{moment.Minutes} min before the end") : $"minute {moment.Minutes}";

    private static string Of(Use use) => use switch
    {
        Use.Exclusive => "exclusive",
        Use.Share => "shared with others",
        Use.Supervision => "supervising",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "A use without words here."),
    };

    private static string Of(MessageTime when) => when switch
    {
        MessageTime.DaysBefore { Days: 0 } day => $"on the day at {English.Clock(day.At)}",
        MessageTime.DaysBefore days => $"{English.Count(days.Days, "day")} before at {English.Clock(days.At)}",
        MessageTime.MinutesBefore minutes => $"{English.Minutes(minutes.Minutes)} before",
        MessageTime.WhenBooked => "when the visit is booked",
        _ => throw new ArgumentOutOfRangeException(nameof(when), when, "A time without words here."),
    };

    private static string Of(Channel channel) => channel switch
    {
        Channel.Email => "e-mail",
        Channel.TextMessage => "text message",
        Channel.Call => "a call",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "A channel without words here."),
    };
}
