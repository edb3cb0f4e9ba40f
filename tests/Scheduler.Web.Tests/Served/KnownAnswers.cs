using System.Collections.Concurrent;
using Scheduler.App;
using Scheduler.App.Reminders;
using Scheduler.Core.Messaging;
using Scheduler.Web.Answers;

namespace Scheduler.Web.Tests.Served;

/// <summary>Answers as the clinic's book will give them: links that are open until something is said, and ones that fail.</summary>
internal sealed class KnownAnswers : IAnswering
{
    public const string Failing = "failing-token-of-a-patient";

    /// <summary>One whose answer cannot be noted, for a reason that is none of the patient's business.</summary>
    public const string NotNoted = "closed-token-of-a-patient";

    private static readonly Asked Open = new("Hillside Practice", "+1 (202) 555-0100", "Tuesday 5 January, 13:00", null, [Reply.Confirm, Reply.Decline, Reply.CallMe]);

    /// <summary>What was said, by token; null for nothing yet.</summary>
    public ConcurrentDictionary<string, Reply?> Links { get; } = new() { ["open-token-of-a-patient"] = null };

    /// <summary>Whoever has the links.</summary>
    public PageReader Of { get; init; } = new("en", AnswerPage.English, Open.Phone);

    public Task<PageReader?> Reader(string token, CancellationToken cancel) => Task.FromResult(token == NotNoted || Links.ContainsKey(token) ? Of : null);

    public Task<Answer<Asked>> Show(string token, CancellationToken cancel) => Task.FromResult<Answer<Asked>>(
        token == Failing ? throw new InvalidOperationException($"Ada Brook by {token}")
        : token == NotNoted ? Open
        : !Links.TryGetValue(token, out var said) ? Refusals.NoSuchLink()
        : said is null ? Open
        : Refusals.LinkIsOver(Open.Phone));

    public async Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel)
    {
        if (token == NotNoted)
        {
            return new Refusal(RefusalKind.Outdated, "BK021", "Ada Brook's infusion cannot be cancelled.", []);
        }

        if (Links.TryGetValue(token, out var said) && said is not null && said != reply)
        {
            return Refusals.AnsweredAlready();
        }

        var shown = await Show(token, cancel);
        if (!shown.IsDone)
        {
            return shown;
        }

        Links[token] = reply;
        return Open with { MaySay = [], Said = reply };
    }
}
