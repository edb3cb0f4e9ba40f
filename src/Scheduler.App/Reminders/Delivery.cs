using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>What became of a reminder.</summary>
public enum Delivered
{
    /// <summary>Somebody else has it, or it is not due.</summary>
    NotOurs,

    /// <summary>It went out.</summary>
    Sent,

    /// <summary>What it would say is true no more, or the patient wants no messages: it was not sent.</summary>
    Stale,

    /// <summary>It is of no use any more.</summary>
    Expired,

    /// <summary>It will be tried again.</summary>
    ToBeTriedAgain,

    /// <summary>It can never be delivered.</summary>
    Failed,

    /// <summary>Whoever claimed it took too long, and left it to others.</summary>
    LeftToOthers,
}

/// <summary>
/// Delivers one reminder: claims it for a while, looks again whether it is still true, sends it with less time than is left, and says that it was sent. Nothing is lost. It goes out twice only where the
/// process ends between the moment at which it was taken over and that at which we say so; it then bears the same message id.
/// </summary>
/// <param name="store">The book.</param>
/// <param name="library">Protocols and clinics.</param>
/// <param name="clock">The time.</param>
/// <param name="settings">What the clinic says in messages.</param>
/// <param name="channels">The ways on which messages go out, one for each thing that is carried.</param>
/// <param name="node">Who delivers: another name for each process.</param>
public sealed class Delivery(Store store, Library library, IClock clock, ReminderSettings settings, IReadOnlyList<IChannel> channels, string node)
{
    /// <summary>For how long a reminder is claimed.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(2);

    /// <summary>For how long sending may take.</summary>
    public static readonly Duration SendsWithin = Duration.FromSeconds(30);

    /// <summary>The longest wait until it is tried again.</summary>
    private static readonly Duration LongestWait = Duration.FromMinutes(30);

    /// <summary>Delivers what is due; how much ended how.</summary>
    /// <param name="most">How many are looked at.</param>
    /// <param name="together">How many are sent at once.</param>
    /// <param name="cancel">Ends it between two.</param>
    public async Task<IReadOnlyDictionary<Delivered, int>> Due(int most, int together, CancellationToken cancel = default)
    {
        var keys = await store.Read(book => book.Due(clock.GetCurrentInstant().ToUnixTimeSeconds(), most), cancel);
        var ends = new System.Collections.Concurrent.ConcurrentBag<Delivered>();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = together, CancellationToken = cancel }, async (key, stop) => ends.Add(await One(key, stop)));
        return ends.GroupBy(e => e).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Delivers one, if it is due and nobody else has it.</summary>
    public async Task<Delivered> One(long key, CancellationToken cancel = default)
    {
        var leaseUntil = clock.GetCurrentInstant() + Lease;
        if (!await Done(book => book.Claim(key, node, clock.GetCurrentInstant().ToUnixTimeSeconds(), leaseUntil.ToUnixTimeSeconds()), cancel))
        {
            return Delivered.NotOurs;
        }

        var (row, envelope) = await store.Read(book => Read(book, key), cancel);
        var now = clock.GetCurrentInstant();
        if (envelope is null)
        {
            return await End(key, "dead", null, Delivered.Stale, cancel);
        }

        if (now >= Instant.FromUnixTimeSeconds(row.Useful_Until))
        {
            return await End(key, "expired", null, Delivered.Expired, cancel);
        }

        // Whoever stood still for long leaves it to others: they may have it already.
        if (now + SendsWithin >= leaseUntil)
        {
            return Delivered.LeftToOthers;
        }

        if (channels.FirstOrDefault(c => c.Carries == row.Channel) is not { } channel)
        {
            return await End(key, "failed", "nothing carries that here", Delivered.Failed, cancel);
        }

        return await Send(channel, envelope, cancel) switch
        {
            // What is out is out, whoever wants to end now.
            Handover.Accepted => await End(key, "sent", null, Delivered.Sent, CancellationToken.None),
            Handover.Refused refused => await End(key, "failed", refused.Why, Delivered.Failed, cancel),
            Handover.Failed failed => await Done(book => book.TryLater(key, node, failed.Why, (clock.GetCurrentInstant() + WaitAfter(key, row.Tries)).ToUnixTimeSeconds()), cancel) ? Delivered.ToBeTriedAgain : Delivered.LeftToOthers,
            var other => throw new InvalidOperationException($"A kind of handover without a case here: {other}."),
        };
    }

    /// <summary>How long to wait after so many tries: longer each time, and not the same for all, so that not everything comes back at one moment.</summary>
    internal static Duration WaitAfter(long key, long tries)
    {
        var seconds = Math.Min(LongestWait.TotalSeconds, 30 * Math.Pow(2, Math.Min(tries, 10) - 1));
        return Duration.FromSeconds(seconds * (0.75 + (key * 2_654_435_761L % 1_000 / 2_000.0)));
    }

    private static async Task<Handover> Send(IChannel channel, Envelope envelope, CancellationToken cancel)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        within.CancelAfter(SendsWithin.ToTimeSpan());
        try
        {
            return await channel.Send(envelope, within.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Handover.Failed("it took too long");
        }
    }

    /// <summary>The message as things are now; none where it is true no more, or the patient wants no messages.</summary>
    private async Task<(ReminderRow Row, Envelope? Envelope)> Read(BookTransaction book, long key)
    {
        var row = (await book.Reminder(key))!;
        if (await book.Announcement(row.Enrolment, row.Visit) is not { } told || told.Version != row.Version || (told.Is_On == 0) != (row.Kind == ReminderKinds.CalledOff)
            || await book.Patient(row.Clinic, row.Patient) is not { Consents_To_Messages: 1, Contact: { } contact } patient || patient.Channel != row.Channel
            || await book.Clinic(library, row.Clinic) is not { } clinic || await book.Enrolment(library, row.Clinic, EnrolmentId.Of(row.Enrolment)) is not { } course
            || IsAsTold(course, told) != (row.Kind != ReminderKinds.CalledOff))
        {
            return (row, null);
        }

        var zone = patient.Zone is { } own ? DateTimeZoneProviders.Tzdb[own] : clinic.Zone;
        var message = MessageOf(course.State.Protocol, row);
        var start = Instant.FromUnixTimeSeconds(told.From_Instant).InZone(zone).LocalDateTime;
        var (subject, text) = Wording.Of(row.Kind, patient.Name, start, told.Mode, message?.Say, settings);
        var envelope = new Envelope(row.Message_Id, contact, subject, text);
        return (row, row.Channel switch
        {
            "mail" => envelope with { Html = Letter.Of(text), Calendar = Invitation.IsBorneBy(row.Kind, message) ? Invitation.Of(told, patient.Name, contact, settings) : null },
            _ => envelope with { Text = Wording.Short(row.Kind, start, told.Mode, message?.Say, settings) },
        });
    }

    /// <summary>Whether a visit waits to be held when it was told; what has happened in the course since it was followed counts. Null where it waits to be held at another time.</summary>
    private static bool? IsAsTold(Enrolment course, AnnouncementRow told) =>
        Announced.IsOn(course.State, VisitId.Parse(told.Visit)) is not { } place ? false : Times.Of(place.Start) == told.Starts && told.Is_On == 1 ? true : null;

    /// <summary>The protocol's or the usual message of a reminder; null where it is news that a visit has changed.</summary>
    private Message? MessageOf(Protocol protocol, ReminderRow row) =>
        (protocol.TypeOf(VisitId.Parse(row.Visit)).Messages is { IsEmpty: false } own ? own : settings.Usual).FirstOrDefault(m => m.Id == row.Kind);

    private async Task<Delivered> End(long key, string state, string? problem, Delivered end, CancellationToken cancel) =>
        await Done(book => book.End(key, node, state, problem, clock.GetCurrentInstant().ToUnixTimeSeconds()), cancel) ? end : Delivered.LeftToOthers;

    private async Task<bool> Done(Func<BookTransaction, Task<bool>> work, CancellationToken cancel) =>
        await store.Write<Changed>(async book => new Changed(await work(book)), cancel) is { IsDone: true, Value: { Is: true } };

    private sealed record Changed(bool Is);
}
