namespace Scheduler.App.Storage.Tables;

/// <summary>What was asked under keys, so that a request that comes twice is done once.</summary>
internal static class AskedOnceTable
{
    /// <summary>Keeps a key with what is asked under it; what was asked and answered under it before, where it is not new. Another transaction with the same key waits here for the first.</summary>
    public static async Task<AskedOnce?> AskOnce(this BookTransaction book, string clinic, string key, string digest, long at) =>
        await book.Do("insert into asked_once (clinic, key, digest, answer, at) values (@clinic, @key, @digest, '', @at) on conflict (clinic, key) do nothing", new { clinic, key, digest, at }) == 1
            ? null
            : await book.Row<AskedOnce>("select digest, answer from asked_once where clinic = @clinic and key = @key", new { clinic, key });

    /// <summary>Forgets all keys.</summary>
    public static Task ForgetAskedOnce(this BookTransaction book) => book.Do("delete from asked_once");

    /// <summary>Keeps what is answered.</summary>
    public static Task AnswerOnce(this BookTransaction book, string clinic, string key, string answer) =>
        book.Do("update asked_once set answer = @answer where clinic = @clinic and key = @key", new { clinic, key, answer });
}

/// <summary>What was asked under a key.</summary>
/// <param name="Digest">A digest of the request.</param>
/// <param name="Answer">The answer, as JSON.</param>
internal sealed record AskedOnce(string Digest, string Answer);
