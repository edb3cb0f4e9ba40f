using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduler.Web;

/// <summary>Pages that something else makes, such as what an engine of delivery is doing. Only administrators of all clinics see them, and no form from elsewhere reaches them.</summary>
/// <param name="Path">Where they begin: <c>/jobs</c>.</param>
/// <param name="Answer">Answers; the path of the request is what follows on <paramref name="Path"/>, which is its base.</param>
/// <param name="ContentPolicy">The content security policy of their answers, in place of that of our own pages.</param>
public sealed record ForeignPages(string Path, RequestDelegate Answer, string ContentPolicy)
{
    /// <summary>Answers under their own policy.</summary>
    internal async Task Show(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        _ = context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest);
        context.Request.PathBase += Path;
        context.Request.Path = rest;
        context.Features.Set(this);
        await Answer(context);
    }
}
