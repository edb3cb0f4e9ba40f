using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>The library of protocols is that of all clinics: what one makes active all others enrol on. So it is changed by authors, and by administrators of all clinics.</summary>
internal static class SharedLibrary
{
    /// <summary>Why somebody may not change it; null where they may.</summary>
    public static async Task<Refusal?> MayNotChange(this BookTransaction book, IAsk ask) =>
        (await book.RolesOf(ask.As, ask.Clinic)).Contains(Role.Author) || (await book.RolesOf(ask.As, "")).Contains(Role.Administrator) ? null : Refusals.LibraryIsShared(ask.As);
}
