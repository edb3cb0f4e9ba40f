using System.Collections.Immutable;
using MediatR;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>Lists who has which roles at a clinic.</summary>
[Allowed(Role.Administrator)]
public sealed record ListAccounts : Ask<AccountsListed>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ListAccounts, Answer<AccountsListed>>
    {
        /// <inheritdoc />
        public async Task<Answer<AccountsListed>> Handle(ListAccounts request, CancellationToken cancellationToken) => new AccountsListed(
        [
            .. (await store.Read(book => book.Accounts(request.Clinic), cancellationToken)).GroupBy(a => (a.Name, a.Person))
                .Select(a => new ListedAccount(a.Key.Name, a.Key.Person, Roles(a, everywhere: false), Roles(a, everywhere: true))),
        ]);

        private static ImmutableArray<Role> Roles(IEnumerable<AccountRow> rows, bool everywhere) => [.. rows.Where(r => r.Clinic.Length == 0 == everywhere).Select(r => Enum.Parse<Role>(r.Role))];
    }
}

/// <summary>Accounts, by name.</summary>
public sealed record AccountsListed(ImmutableArray<ListedAccount> Accounts);

/// <summary>An account.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Person">The person of the clinic whose it is; null for somebody who takes part in no visit.</param>
/// <param name="Roles">The roles that it has at this clinic.</param>
/// <param name="Everywhere">The roles that it has at all clinics.</param>
public sealed record ListedAccount(string Account, string? Person, ImmutableArray<Role> Roles, ImmutableArray<Role> Everywhere);
