using System.Collections.Immutable;
using Scheduler.Core.Messaging;

namespace Scheduler.Core.Clinics;

/// <summary>What a clinic says in its messages, and when.</summary>
/// <param name="Name">What the clinic is called in messages; nothing about what it treats.</param>
/// <param name="Phone">The number to call, as people write it.</param>
/// <param name="Sender">The address from which mail comes.</param>
public sealed record ClinicMessages(string Name, string Phone, string Sender)
{
    /// <summary>Where staff are told what needs a look; null where they are not.</summary>
    public string? Office { get; init; }

    /// <summary>When nothing is sent where a protocol says nothing of it.</summary>
    public QuietHours Quiet { get; init; } = new(20 * 60, 8 * 60);

    /// <summary>What is sent of visits of which their protocol says nothing: that they are booked, and a reminder the evening before.</summary>
    public ImmutableArray<Message> Usual { get; init; } =
    [
        new("booked", new MessageTime.WhenBooked(), [], null, Provenance.None), new("evening-before", new MessageTime.DaysBefore(1, 18 * 60), [], null, Provenance.None),
    ];

    /// <summary>When the office is told of a visit that has not been confirmed; null for never.</summary>
    public MessageTime? ConfirmBy { get; init; }

    /// <summary>When staff get their list of the next day, in minutes from midnight; null for none.</summary>
    public int? DigestAt { get; init; }

    /// <summary>How many minutes after its start a visit of which nobody has told anything is taken as missed; null for never.</summary>
    public int? NoShowAfterMinutes { get; init; }

    /// <summary>The language for whoever has named none.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>All languages in which the clinic writes; English is one of them.</summary>
    public ImmutableArray<Language> Languages { get; init; } = [Language.English];

    /// <summary>The domain of the sender, by which messages are named.</summary>
    public string Domain => Sender[(Sender.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>The language for a reader: the one named, else the same of no or another region, else the clinic's usual one.</summary>
    /// <param name="tag">The tag of the reader's language; null where that is not known.</param>
    public Language For(string? tag) => tag is null
        ? Language
        : Languages.FirstOrDefault(l => l.Tag == tag) ?? Languages.FirstOrDefault(l => Language.Same(l.Tag, tag)) ?? Language;
}
