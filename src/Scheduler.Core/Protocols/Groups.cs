using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <summary>A treatment to which a patient may be allocated.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">What those who may know call it.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record Arm(string Id, string Title, Provenance Provenance);

/// <summary>A part of the protocol for those who choose it, such as adjunct psychotherapy.</summary>
/// <param name="Id">The id.</param>
/// <param name="Means">What it is, in a sentence.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record OptionalStream(string Id, string Means, Provenance Provenance);

/// <summary>A named part of the course, such as the acute phase; rules about missed visits may repeat it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Visits">Its visits; no visit is in two phases.</param>
public sealed record Phase(string Id, string Title, ImmutableArray<VisitId> Visits)
{
    /// <summary>Where it comes from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;
}
