using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Scheduler.App;
using Scheduler.App.Reminders;
using Scheduler.Core.Messaging;
using Scheduler.Web.Access;
using Scheduler.Web.Answers;

namespace Scheduler.Web.Pages;

/// <summary>Where the link in a patient's message leads. It asks before it does anything, since scanners of mail follow links; a link that is not open tells nothing of what it was for.</summary>
/// <param name="answering">Knows what is asked.</param>
/// <param name="limits">How often links may be tried.</param>
[AllowAnonymous]
public sealed class AnswerModel(IAnswering answering, Limits limits) : PageModel
{
    /// <summary>What is asked; null where the link is not open.</summary>
    public Asked? Asked { get; private set; }

    /// <summary>Why nothing is asked, and what to do; null where something is.</summary>
    public string? Refused { get; private set; }

    /// <summary>What the page says, in the language of whoever got the message.</summary>
    public AnswerPage Words { get; private set; } = AnswerPage.English;

    /// <summary>The tag of that language.</summary>
    public string Language { get; private set; } = Core.Messaging.Language.English.Tag;

    /// <summary>A reply, as the patient says it.</summary>
    public string Button(Reply reply) => reply switch
    {
        Reply.Confirm => Words.Confirm,
        Reply.Decline => Words.Decline,
        Reply.CallMe => Words.CallMe,
        _ => throw new UnreachableException(),
    };

    /// <summary>A reply, as it is acknowledged.</summary>
    public string Noted(Reply reply) => reply switch
    {
        Reply.Confirm => Words.Confirmed,
        Reply.Decline => Words.Declined,
        Reply.CallMe => Words.ToBeCalled,
        _ => throw new UnreachableException(),
    };

    /// <summary>A telephone number as a telephone dials it.</summary>
    public static string Dialled(string phone) => string.Concat(phone.Where(c => c == '+' || char.IsAsciiDigit(c)));

    /// <inheritdoc />
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (limits.Answers.AreSpent(from))
        {
            context.Result = StatusCode(StatusCodes.Status429TooManyRequests);
            return;
        }

        limits.Answers.Count(from);
    }

    /// <summary>Shows what is asked.</summary>
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => Shown(await answering.Reader(token, cancel), await answering.Show(token, cancel));

    /// <summary>Says something.</summary>
    public async Task<IActionResult> OnPostAsync(string token, string? reply, CancellationToken cancel) =>
        Enum.GetNames<Reply>().Contains(reply) ? Shown(await answering.Reader(token, cancel), await answering.Say(token, Enum.Parse<Reply>(reply!), cancel)) : BadRequest();

    private PageResult Shown(PageReader? reader, Answer<Asked> answer)
    {
        (Words, Language) = reader is null ? (Words, Language) : (reader.Words, reader.Language);
        (Asked, Refused) = (answer.Value, answer.Refusal is not { } why ? null : reader is null ? Refusals.NoSuchLink().Message : Why(why.Code).Fill(("phone", reader.Phone)));
        return new PageResult { StatusCode = answer.IsDone ? null : answer.Refusal.Kind == RefusalKind.Outdated ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound };
    }

    private Template Why(string code) => code switch
    {
        "BK046" => Words.Over,
        "BK047" => Words.Answered,
        _ => Words.NotNoted,
    };
}
