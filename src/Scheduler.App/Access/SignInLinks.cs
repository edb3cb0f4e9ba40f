using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>
/// Links by which an account signs in, each once and within 15 minutes. A link holds 128 random bits; the book keeps their hash, and the audit that one was made and that it was used, but never the link.
/// </summary>
/// <param name="store">The book.</param>
/// <param name="clock">The time.</param>
/// <param name="secrets">Where the random bits come from.</param>
public sealed class SignInLinks(Store store, IClock clock, ISecrets secrets)
{
    /// <summary>How long a link is open.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(15);

    /// <summary>Makes a link for an account. It passes no gate: who asks must have been let pass, or be whoever runs the program beside the book.</summary>
    /// <param name="account">Who signs in by it.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancel">Ends it early; nothing is changed then.</param>
    /// <returns>The link; refused where the account has no role anywhere.</returns>
    public Task<Answer<SignInLink>> Make(string account, string actor, CancellationToken cancel = default) => store.Write<SignInLink>(
        async book =>
        {
            if (!await book.HasRoles(account))
            {
                return Refusals.NoAccount(account, []);
            }

            var (token, now) = (secrets.Next(), clock.GetCurrentInstant());
            await book.AddSignInLink(Hash(token), account, (now + Lifetime).ToUnixTimeSeconds(), now.ToUnixTimeSeconds());
            book.Note(new("", actor, "make sign-in link", account, "", "", ""));
            return new SignInLink(account, token, now + Lifetime);
        },
        cancel);

    /// <summary>Uses a link. A second use is refused, as is one after its time, one of a link that nobody made, and one of an account that has no role any more; all in the same words.</summary>
    /// <param name="token">What the link holds.</param>
    /// <param name="cancel">Ends it early; nothing is changed then.</param>
    public Task<Answer<SignedIn>> Use(string token, CancellationToken cancel = default) => store.Write<SignedIn>(
        async book =>
        {
            var hash = Hash(token);
            if (!await book.UseSignInLink(hash, clock.GetCurrentInstant().ToUnixTimeSeconds()) || await book.AccountOfSignInLink(hash) is not { } account || !await book.HasRoles(account))
            {
                return Refusals.LinkNotOpen();
            }

            book.Note(new("", account, "sign in", account, "", "", ""));
            return new SignedIn(account);
        },
        cancel);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>A link by which somebody signs in once.</summary>
/// <param name="Account">Who.</param>
/// <param name="Token">What makes it theirs: 32 letters of base 16, which stand nowhere else.</param>
/// <param name="Until">The moment from which it is not open any more.</param>
public sealed record SignInLink(string Account, string Token, Instant Until);

/// <summary>Somebody who has signed in.</summary>
/// <param name="Account">Who.</param>
public sealed record SignedIn(string Account);
