using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Clinics;

/// <summary>Which clinics a book has: whoever opens it must know, before they can ask anything of one.</summary>
public static class KnownClinics
{
    /// <summary>The clinics, by id.</summary>
    public static async Task<IReadOnlyList<KnownClinic>> Of(Store store, CancellationToken cancel = default) =>
        [.. (await store.Read(book => book.Clinics(), cancel)).Select(Known)];

    /// <summary>The clinics at which an account has a role, by id: none of the others is named to whoever has it.</summary>
    public static async Task<IReadOnlyList<KnownClinic>> Of(Store store, string account, CancellationToken cancel = default) =>
        [.. (await store.Read(book => book.ClinicsOf(account), cancel)).Select(Known)];

    private static KnownClinic Known(ClinicRow row) => new(row.Id, DateTimeZoneProviders.Tzdb[row.Zone]);
}

/// <summary>A clinic of a book.</summary>
/// <param name="Id">The id.</param>
/// <param name="Zone">Its time zone.</param>
public sealed record KnownClinic(string Id, DateTimeZone Zone);
