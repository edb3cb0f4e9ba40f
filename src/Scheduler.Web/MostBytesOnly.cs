using Microsoft.AspNetCore.Http;

namespace Scheduler.Web;

/// <summary>Says at once that a request is too large that says so itself; one that does not say it is cut off by the server when it becomes so.</summary>
internal sealed class MostBytesOnly(RequestDelegate next)
{
    /// <summary>Passes the request on.</summary>
    public Task Invoke(HttpContext context)
    {
        if (context.Request.ContentLength is not > Host.MostBytes)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }
}
