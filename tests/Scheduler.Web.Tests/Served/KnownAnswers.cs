using System.Collections.Concurrent;
using Scheduler.App;
using Scheduler.App.Reminders;
using Scheduler.Web.Answers;

namespace Scheduler.Web.Tests.Served;

/// <summary>Answers as the clinic's book will give them: links that are open until something is said, and one that fails.</summary>
internal sealed class KnownAnswers : IAnswering
{
    public const string Failing = "failing-token-of-a-patient";

    private static readonly Asked Open = new("Hillside Practice", "+1 (202) 555-0100", "Tuesday 5 January, 13:00", null, [Reply.Confirm, Reply.Decline, Reply.CallMe]);

    /// <summary>What was said, by token; null for nothing yet.</summary>
    public ConcurrentDictionary<string, Reply?> Links { get; } = new() { ["open-token-of-a-patient"] = null };

    public Task<Answer<Asked>> Show(string token, CancellationToken cancel) => Task.FromResult<Answer<Asked>>(
        token == Failing ? throw new InvalidOperationException($"Ada Brook by {token}")
        : !Links.TryGetValue(token, out var said) ? Refusals.NoSuchLink()
        : said is null ? Open
        : new Refusal(RefusalKind.Outdated, "BK046", "Over.", []));

    public async Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel)
    {
        var shown = await Show(token, cancel);
        if (!shown.IsDone)
        {
            return shown;
        }

        Links[token] = reply;
        return Open with { MaySay = [], Said = reply };
    }
}
