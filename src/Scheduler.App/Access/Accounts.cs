using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>Accounts, for whoever must know before anything is asked whether there is still somebody who asks.</summary>
public static class Accounts
{
    /// <summary>Whether an account has a role at any clinic.</summary>
    public static Task<bool> HaveRoles(Store store, string account, CancellationToken cancel = default) => store.Read(book => book.HasRoles(account), cancel);

    /// <summary>Whether an account is administrator of all clinics.</summary>
    public static Task<bool> AdministerAll(Store store, string account, CancellationToken cancel = default) =>
        store.Read(async book => (await book.RolesOf(account, "")).Contains(Role.Administrator), cancel);
}
