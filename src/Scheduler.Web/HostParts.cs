using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Web.Answers;

namespace Scheduler.Web;

/// <summary>What a host runs and asks beside the pages; nothing of it need be there.</summary>
public sealed record HostParts
{
    /// <summary>What runs as long as the host does, begun in this order.</summary>
    public ImmutableArray<IHostedService> Routines { get; init; } = [];

    /// <summary>What else can be asked from outside whether it is well, by name: <c>/health/NAME</c>. A host of which something of it is not well still serves its pages.</summary>
    public ImmutableDictionary<string, IHealthCheck> Checks { get; init; } = ImmutableDictionary<string, IHealthCheck>.Empty;

    /// <summary>Who knows what patients are asked; without it no link of theirs is known.</summary>
    public IAnswering? Answering { get; init; }

    /// <summary>Pages that something else makes, for administrators of all clinics.</summary>
    public ImmutableArray<ForeignPages> ForeignPages { get; init; } = [];

    /// <summary>Where the log goes; null for nowhere.</summary>
    public ILoggerProvider? Log { get; init; }
}
