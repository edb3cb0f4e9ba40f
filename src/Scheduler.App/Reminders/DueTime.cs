using NodaTime;
using Scheduler.Core.Messaging;

namespace Scheduler.App.Reminders;

/// <summary>When something is sent, and until when that is of use.</summary>
/// <param name="At">From then on.</param>
/// <param name="UsefulUntil">Later it is of no use.</param>
public readonly record struct DueTime(Instant At, Instant UsefulUntil)
{
    /// <summary>When a message about a visit is due: as its protocol says, in the patient's zone, and not in quiet hours.</summary>
    /// <remarks>
    /// A message that would fall into quiet hours is sent as they begin; one that is late already waits until they end. What was due before the visit had its time is sent at once where it has a text of
    /// its own, since that may be something to be done; else the news that it is booked has told it, and it is not sent. Nothing is sent once the visit has begun.
    /// </remarks>
    /// <param name="message">The message.</param>
    /// <param name="start">The start of the visit.</param>
    /// <param name="known">Since when the visit has its time.</param>
    /// <param name="zone">The patient's zone.</param>
    /// <param name="quiet">Their quiet hours; null for none.</param>
    /// <returns>Null where it is not sent.</returns>
    public static DueTime? Of(Message message, Instant start, Instant known, DateTimeZone zone, QuietHours? quiet)
    {
        var at = Named(message.When, start, zone) is not { } planned ? Later(known, zone, quiet)
            : Earlier(planned, zone, quiet) is var begin && begin >= known ? begin
            : message.Say is null ? (Instant?)null
            : Later(Instant.Max(planned, known), zone, quiet);
        return at is { } due && due < start ? new(due, start) : null;
    }

    /// <summary>When all the messages about a visit are due that are sent. Where each would have been due before the visit had its time, the last of them is sent at once: the patient is told of the visit by nothing else.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="start">The start of the visit.</param>
    /// <param name="known">Since when the visit has its time.</param>
    /// <param name="zone">The patient's zone.</param>
    /// <param name="quiet">Their quiet hours; null for none.</param>
    public static IReadOnlyList<(Message Message, DueTime Due)> Of(IReadOnlyList<Message> messages, Instant start, Instant known, DateTimeZone zone, QuietHours? quiet)
    {
        var due = messages.Select(m => (Message: m, Due: Of(m, start, known, zone, quiet))).Where(m => m.Due is not null).Select(m => (m.Message, m.Due!.Value)).ToList();
        var soon = Later(known, zone, quiet);
        return due.Count > 0 || messages.Count == 0 || soon >= start ? due : [(messages.MaxBy(m => Named(m.When, start, zone))!, new(soon, start))];
    }

    /// <summary>The moment that is named by its distance from a visit; null where it is that at which the visit is booked.</summary>
    public static Instant? Named(MessageTime time, Instant start, DateTimeZone zone) => time switch
    {
        MessageTime.DaysBefore days => zone.AtLeniently(start.InZone(zone).Date.PlusDays(-days.Days) + LocalTime.FromMinutesSinceMidnight(days.At)).ToInstant(),
        MessageTime.MinutesBefore minutes => start - Duration.FromMinutes(minutes.Minutes),
        _ => null,
    };

    /// <summary>A moment, or the end of the quiet hours in which it lies.</summary>
    public static Instant Later(Instant moment, DateTimeZone zone, QuietHours? quiet)
    {
        var local = moment.InZone(zone).LocalDateTime;
        if (quiet is not { } hours || !hours.Cover(local.TimeOfDay))
        {
            return moment;
        }

        var end = LocalTime.FromMinutesSinceMidnight(hours.To % (24 * 60));
        var date = local.TimeOfDay < end ? local.Date : local.Date.PlusDays(1);
        return Instant.Max(moment, zone.AtLeniently(date + end).ToInstant());
    }

    /// <summary>A moment, or the beginning of the quiet hours in which it lies.</summary>
    private static Instant Earlier(Instant moment, DateTimeZone zone, QuietHours? quiet)
    {
        var local = moment.InZone(zone).LocalDateTime;
        if (quiet is not { } hours || !hours.Cover(local.TimeOfDay))
        {
            return moment;
        }

        var begin = LocalTime.FromMinutesSinceMidnight(hours.From % (24 * 60));
        var date = local.TimeOfDay >= begin ? local.Date : local.Date.PlusDays(-1);
        return Instant.Min(moment, zone.AtLeniently(date + begin).ToInstant());
    }
}
