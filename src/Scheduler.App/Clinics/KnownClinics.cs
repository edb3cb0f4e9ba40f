using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Clinics;

/// <summary>Which clinics a book has: whoever opens it must know, before they can ask anything of one.</summary>
public static class KnownClinics
{
    /// <summary>The clinics, by id.</summary>
    public static async Task<IReadOnlyList<KnownClinic>> Of(Store store, CancellationToken cancel = default) =>
        [.. (await store.Read(book => book.Clinics(), cancel)).Select(c => new KnownClinic(c.Id, DateTimeZoneProviders.Tzdb[c.Zone]))];
}

/// <summary>A clinic of a book.</summary>
/// <param name="Id">The id.</param>
/// <param name="Zone">Its time zone.</param>
public sealed record KnownClinic(string Id, DateTimeZone Zone);
