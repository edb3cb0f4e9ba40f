using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>All of an enrolment's visits placed: time and resources. Wall times are the clinic's.</summary>
/// <param name="Visits">The placed visits, in the order of <see cref="Protocol.Visits"/>.</param>
/// <param name="Unplaced">Conditional visits that found no place, in the same order.</param>
public sealed record TreatmentCalendar(ImmutableArray<PlacedVisit> Visits, ImmutableArray<VisitId> Unplaced)
{
    /// <summary>The placed visit with an id, or null.</summary>
    public PlacedVisit? Find(VisitId id) => Visits.FirstOrDefault(v => v.Id == id);
}

/// <summary>One visit with its time and resources.</summary>
/// <param name="Id">Which visit.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends (exclusive). No visit touches a clock change, so wall time is elapsed time.</param>
/// <param name="Uses">What it takes: one entry a need and segment, in the protocol's order. An array that nobody set is nothing.</param>
public sealed record PlacedVisit(VisitId Id, LocalDateTime Start, LocalDateTime End, ImmutableArray<ResourceUse> Uses)
{
    /// <summary>What it takes: one entry a need and segment, in the protocol's order.</summary>
    public ImmutableArray<ResourceUse> Uses
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = Uses.IsDefault ? [] : Uses;

    /// <summary>The day of the visit.</summary>
    public LocalDate Date => Start.Date;

    /// <summary>The resource that fills a need, or null.</summary>
    public string? ResourceFor(string need) => Uses.FirstOrDefault(u => u.Need == need)?.Resource;
}

/// <summary>A resource in use during a segment of a visit.</summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="Need">The id of the need that it fills.</param>
/// <param name="Role">The role in which it does.</param>
/// <param name="Use">How it is used.</param>
/// <param name="Start">When the use begins.</param>
/// <param name="End">When it ends (exclusive), without clean-up.</param>
public sealed record ResourceUse(string Resource, string Need, string Role, Use Use, LocalDateTime Start, LocalDateTime End);
