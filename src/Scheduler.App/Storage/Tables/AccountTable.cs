using Scheduler.App.Access;

namespace Scheduler.App.Storage.Tables;

/// <summary>Who may do what.</summary>
internal static class AccountTable
{
    /// <summary>The accounts of a person of a clinic.</summary>
    public static Task<List<string>> AccountsOf(this BookTransaction book, string clinic, string person) =>
        book.Rows<string>("select account from account_person where clinic = @clinic and person = @person order by account", new { clinic, person });

    /// <summary>The roles of an account at a clinic; none where it is not known.</summary>
    public static async Task<IReadOnlyList<Role>> RolesOf(this BookTransaction book, string account, string clinic) =>
    [
        .. (await book.Rows<string>(
            "select r.role from account_role r where r.account = @account and r.clinic in ('', @clinic) order by r.role",
            new { account, clinic })).Select(Enum.Parse<Role>),
    ];

    /// <summary>Whether anybody is known at all.</summary>
    public static async Task<bool> HasAccounts(this BookTransaction book) => await book.Row<string>("select min(name) from account") is not null;

    /// <summary>Whether an account has a role anywhere.</summary>
    public static async Task<bool> HasRoles(this BookTransaction book, string account) => await book.Row<string>("select min(role) from account_role where account = @account", new { account }) is not null;

    /// <summary>Whether somebody may do everything at a clinic, be it only there or everywhere.</summary>
    public static async Task<bool> HasAdministrator(this BookTransaction book, string clinic) => await book.Row<string>(
        "select min(r.account) from account_role r where r.clinic in ('', @clinic) and r.role = @role",
        new { clinic, role = nameof(Role.Administrator) }) is not null;

    /// <summary>The accounts that have a role at a clinic, with each role; of those whose role is for all clinics the clinic is empty.</summary>
    public static Task<List<AccountRow>> Accounts(this BookTransaction book, string clinic) => book.Rows<AccountRow>(
        """
        select r.account as name, p.person, r.clinic, r.role from account_role r left join account_person p on p.account = r.account and p.clinic = @clinic
        where r.clinic in ('', @clinic) order by r.account, r.clinic, r.role
        """,
        new { clinic });

    /// <summary>The person of a clinic whose account it is; null for nobody's.</summary>
    public static Task<string?> PersonOf(this BookTransaction book, string account, string clinic) =>
        book.Row<string>("select person from account_person where account = @account and clinic = @clinic", new { account, clinic });

    /// <summary>Gives an account the roles that it has from now on at a clinic, and says whose it is there.</summary>
    public static async Task SaveRoles(this BookTransaction book, string account, string clinic, string? person, IEnumerable<Role> roles)
    {
        await book.Do("insert into account (name) values (@account) on conflict (name) do nothing", new { account });
        await book.Do("delete from account_person where account = @account and clinic = @clinic", new { account, clinic });
        if (person is not null)
        {
            await book.Do("insert into account_person (account, clinic, person) values (@account, @clinic, @person)", new { account, clinic, person });
        }

        await book.Do("delete from account_role where account = @account and clinic = @clinic", new { account, clinic });
        foreach (var role in roles)
        {
            await book.Do("insert into account_role (account, clinic, role) values (@account, @clinic, @role)", new { account, clinic, role = role.ToString() });
        }
    }
}

/// <summary>An account in one of its roles.</summary>
internal sealed record AccountRow(string Name, string? Person, string Clinic, string Role);
