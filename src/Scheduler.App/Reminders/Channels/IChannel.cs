namespace Scheduler.App.Reminders.Channels;

/// <summary>A way on which messages go out.</summary>
public interface IChannel
{
    /// <summary>What it carries: <c>mail</c> or <c>sms</c>.</summary>
    string Carries { get; }

    /// <summary>Hands a message over. Whatever goes wrong is an answer; nothing is thrown but for cancelling.</summary>
    /// <param name="envelope">The message.</param>
    /// <param name="cancel">Gives up; whether it was handed over is not known then.</param>
    Task<Handover> Send(Envelope envelope, CancellationToken cancel);
}

/// <summary>A message to somebody.</summary>
/// <param name="MessageId">Its name, the same each time it is tried: <c>0f3c...@clinic.example</c>.</param>
/// <param name="To">The address or number.</param>
/// <param name="Subject">What it is about, in a few words.</param>
/// <param name="Text">The text.</param>
public sealed record Envelope(string MessageId, string To, string Subject, string Text)
{
    /// <summary>Whose message it is, for channels that say so: an address and a name; null where the channel's own sender is named.</summary>
    public (string Address, string Name)? From { get; init; }

    /// <summary>The same words as HTML, for channels that carry it; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>What it does in the calendar of whoever gets it, for channels that carry it; null for nothing.</summary>
    public CalendarPart? Calendar { get; init; }
}

/// <summary>What a message does in a calendar.</summary>
/// <param name="Method"><c>REQUEST</c> for an appointment that is made or changed, <c>CANCEL</c> for one that is off (RFC 5546).</param>
/// <param name="Text">The iCalendar text.</param>
public sealed record CalendarPart(string Method, string Text);

/// <summary>What became of a message. A closed set.</summary>
public abstract record Handover
{
    private Handover()
    {
    }

    /// <summary>Somebody else brings it on from here.</summary>
    public sealed record Accepted : Handover;

    /// <summary>It will never be taken: there is no such recipient, or nothing of the kind is carried.</summary>
    /// <param name="Why">Why, in a word that names nobody.</param>
    public sealed record Refused(string Why) : Handover;

    /// <summary>It was not taken now, and may be later.</summary>
    /// <param name="Why">Why, in a word that names nobody.</param>
    public sealed record Failed(string Why) : Handover;
}
