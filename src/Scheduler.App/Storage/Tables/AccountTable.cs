using Scheduler.App.Access;

namespace Scheduler.App.Storage.Tables;

/// <summary>Who may do what.</summary>
internal static class AccountTable
{
    /// <summary>The roles of an account at a clinic; none where it is not known or no longer active.</summary>
    public static async Task<IReadOnlyList<Role>> RolesOf(this BookTransaction book, string account, string clinic) =>
    [
        .. (await book.Rows<string>(
            "select r.role from account_role r join account a on a.name = r.account where a.name = @account and a.is_active = 1 and r.clinic in ('', @clinic) order by r.role",
            new { account, clinic })).Select(Enum.Parse<Role>),
    ];

    /// <summary>Whether anybody is known at all.</summary>
    public static async Task<bool> HasAccounts(this BookTransaction book) => await book.Row<string>("select min(name) from account") is not null;

    /// <summary>The person of a clinic whose account it is; null for nobody's.</summary>
    public static Task<string?> PersonOf(this BookTransaction book, string account) => book.Row<string>("select resource from account where name = @account and is_active = 1", new { account });

    /// <summary>Gives an account the roles that it has from now on at a clinic.</summary>
    public static async Task SaveRoles(this BookTransaction book, string account, string clinic, string? resource, IEnumerable<Role> roles)
    {
        await book.Do(
            "insert into account (name, resource, is_active) values (@account, @resource, 1) on conflict (name) do update set resource = excluded.resource, is_active = 1",
            new { account, resource });
        await book.Do("delete from account_role where account = @account and clinic = @clinic", new { account, clinic });
        foreach (var role in roles)
        {
            await book.Do("insert into account_role (account, clinic, role) values (@account, @clinic, @role)", new { account, clinic, role = role.ToString() });
        }
    }
}
