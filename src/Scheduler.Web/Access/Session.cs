using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.App.Access;
using Scheduler.App.Storage;

namespace Scheduler.Web.Access;

/// <summary>Who is signed in: a cookie that holds the name of an account and nothing else, so that roles are those of the moment.</summary>
internal static class Session
{
    /// <summary>The name of the cookie; the prefix has browsers refuse one that another host or a page without encryption has set.</summary>
    public const string Cookie = "__Host-scheduler";

    /// <summary>How long somebody stays signed in who does nothing.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>Says what the cookie is, and that nobody is sent elsewhere who has none: there is no page of passwords.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Cookie;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;

        // A link in a mail to a day opens that day; what changes anything is a POST, to which this cookie does not come from elsewhere.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = StillHasRoles;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>Signs somebody in.</summary>
    public static Task SignIn(HttpContext context, string account) =>
        context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, account)], CookieAuthenticationDefaults.AuthenticationScheme)));

    /// <summary>Each request asks the book: whoever has no role any more is signed out at once.</summary>
    private static async Task StillHasRoles(CookieValidatePrincipalContext context)
    {
        var store = context.HttpContext.RequestServices.GetRequiredService<Store>();
        if (context.Principal?.Identity?.Name is not { } account || !await Accounts.HaveRoles(store, account, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
