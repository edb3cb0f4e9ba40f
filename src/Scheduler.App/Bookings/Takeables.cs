using System.Collections.Immutable;

namespace Scheduler.App.Bookings;

/// <summary>Something that can be taken.</summary>
/// <param name="Key">Its row.</param>
/// <param name="Capacity">How many shares it bears at once.</param>
/// <param name="Supervises">How many supervisions it bears at once.</param>
/// <param name="HandsOnMinutes">The longest use that leaves its supervision unbroken.</param>
internal sealed record Takeable(long Key, int Capacity, int Supervises, int HandsOnMinutes);

/// <summary>What can be taken at a clinic.</summary>
/// <param name="Resources">People, rooms, chairs and devices, by id.</param>
/// <param name="Patients">Patients, by number.</param>
internal sealed record Takeables(ImmutableDictionary<string, Takeable> Resources, ImmutableDictionary<string, Takeable> Patients);
