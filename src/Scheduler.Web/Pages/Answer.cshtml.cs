using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Scheduler.App;
using Scheduler.App.Reminders;
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

    /// <summary>The refusals that are meant for patients: a link that is none or is over, and one that has been answered.</summary>
    private static readonly string[] Told = ["BK045", "BK046", "BK047"];

    /// <summary>A reply, as the patient says it.</summary>
    public static string Words(Reply reply) => reply switch
    {
        Reply.Confirm => "I will come",
        Reply.Decline => "I cannot come",
        Reply.CallMe => "Please call me",
        _ => throw new UnreachableException(),
    };

    /// <summary>A reply, as it is acknowledged.</summary>
    public static string Noted(Reply reply) => reply switch
    {
        Reply.Confirm => "Thank you. The clinic knows that you will come.",
        Reply.Decline => "The clinic knows that you cannot come, and will be in touch.",
        Reply.CallMe => "The clinic will call you.",
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
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => Shown(await answering.Show(token, cancel));

    /// <summary>Says something.</summary>
    public async Task<IActionResult> OnPostAsync(string token, string? reply, CancellationToken cancel) =>
        Enum.GetNames<Reply>().Contains(reply) ? Shown(await answering.Say(token, Enum.Parse<Reply>(reply!), cancel)) : BadRequest();

    private PageResult Shown(Answer<Asked> answer)
    {
        (Asked, Refused) = (answer.Value, answer.Refusal is not { } why ? null : Told.Contains(why.Code) ? why.Message : "That could not be noted. Please call the clinic at the number in your message.");
        return new PageResult { StatusCode = answer.IsDone ? null : answer.Refusal.Kind == RefusalKind.Outdated ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound };
    }
}
