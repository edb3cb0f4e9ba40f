using System.Collections.Concurrent;
using Scheduler.App.Reminders.Channels;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Keeps what it is given.</summary>
internal sealed class Outbox(Func<Envelope, Handover>? answer = null, string carries = "mail") : IChannel
{
    public ConcurrentBag<Envelope> All { get; } = [];

    public string Carries => carries;

    public Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        var said = answer?.Invoke(envelope) ?? new Handover.Accepted();
        if (said is Handover.Accepted)
        {
            All.Add(envelope);
        }

        return Task.FromResult(said);
    }
}
