using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Scheduler.App.Access;
using Scheduler.Web.Access;

namespace Scheduler.Web.Pages;

/// <summary>Where a link to sign in leads. Looking uses up nothing, since scanners of mail look at links too; the button does.</summary>
/// <param name="links">The links.</param>
/// <param name="limits">How often a wrong one may be tried.</param>
[AllowAnonymous]
public sealed class SignInModel(SignInLinks links, Limits limits) : PageModel
{
    /// <summary>Whether the link let nobody in.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Shows the button; whether the link is open is not looked at.</summary>
    public void OnGet() => IsRefused = false;

    /// <summary>Uses the link.</summary>
    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (limits.WrongLinks.AreSpent(from))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var used = await links.Use(token, cancel);
        if (used.IsDone)
        {
            await Session.SignIn(HttpContext, used.Value.Account);
            return LocalRedirect("/");
        }

        limits.WrongLinks.Count(from);
        IsRefused = true;
        return new PageResult { StatusCode = StatusCodes.Status404NotFound };
    }
}
