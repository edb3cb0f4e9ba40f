using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.App.Access;
using Scheduler.App.Storage;

namespace Scheduler.Web.Access;

/// <summary>Who is let in where no use case asks.</summary>
internal static class Policies
{
    /// <summary>Whoever administers all clinics.</summary>
    public const string Administrators = "administrators";

    /// <summary>Says what they are. Unless a page says otherwise, whoever is signed in is let in, and asks use cases.</summary>
    public static void Configure(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Administrators, policy => policy.RequireAuthenticatedUser().RequireAssertion(AdministersAll));
    }

    /// <summary>Asked of the book at each request, so that a role that is taken away is gone at once.</summary>
    private static async Task<bool> AdministersAll(AuthorizationHandlerContext context) =>
        context.User.Identity?.Name is { } account && context.Resource is HttpContext asked
        && await Accounts.AdministerAll(asked.RequestServices.GetRequiredService<Store>(), account, asked.RequestAborted);
}
