namespace Scheduler.App.Storage.Tables;

/// <summary>Links by which somebody signs in once.</summary>
internal static class SignInLinkTable
{
    /// <summary>Keeps a link, and forgets those whose time is over.</summary>
    public static async Task AddSignInLink(this BookTransaction book, string hash, string account, long until, long now)
    {
        await book.ForgetSignInLinks(now);
        await book.Do("insert into sign_in_link (hash, account, until) values (@hash, @account, @until)", new { hash, account, until });
    }

    /// <summary>Uses a link that is open; whether this was the one who did. Of two at once, the second waits for the first and finds it used.</summary>
    public static async Task<bool> UseSignInLink(this BookTransaction book, string hash, long now) =>
        await book.Do("update sign_in_link set used_at = @now where hash = @hash and used_at is null and until > @now", new { hash, now }) == 1;

    /// <summary>The account of a link.</summary>
    public static Task<string?> AccountOfSignInLink(this BookTransaction book, string hash) => book.Row<string>("select account from sign_in_link where hash = @hash", new { hash });

    /// <summary>Forgets links whose time is over.</summary>
    public static Task ForgetSignInLinks(this BookTransaction book, long now) => book.Do("delete from sign_in_link where until <= @now", new { now });

    /// <summary>Forgets all links.</summary>
    public static Task ForgetSignInLinks(this BookTransaction book) => book.Do("delete from sign_in_link");
}
