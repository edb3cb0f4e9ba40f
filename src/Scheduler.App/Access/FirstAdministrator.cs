using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>Gives a new book its first administrator, of all clinics. It passes no gate, since nobody has a role yet; a book in which anybody has one refuses it.</summary>
public static class FirstAdministrator
{
    /// <summary>Whether a book has anybody who may do anything.</summary>
    public static Task<bool> IsThere(Store store) => store.Read(book => book.HasAccounts());

    /// <summary>Makes the account.</summary>
    /// <param name="store">The book, its tables made.</param>
    /// <param name="account">What it is called.</param>
    public static Task<Answer<Granted>> Make(Store store, string account) => store.Write<Granted>(async book =>
    {
        if (await book.HasAccounts())
        {
            return Refusals.HasAdministrator();
        }

        await book.SaveRoles(account, "", null, [Role.Administrator]);
        book.Note(new("", account, "first administrator", account, "", $$"""{"roles":["{{nameof(Role.Administrator)}}"]}""", ""));
        return new Granted(account, [Role.Administrator]);
    });
}
