using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scheduler.Web;

/// <summary>Answers a request that failed with a plain page. The log gets the type of what was thrown and where it arose; its message may hold what stands in the book, and goes nowhere.</summary>
internal sealed partial class Defects(RequestDelegate next, ILogger<Defects> log)
{
    /// <summary>Passes the request on.</summary>
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone; nobody is there to be told.
        }
        catch (Exception thrown)
        {
            if (thrown is not BadHttpRequestException)
            {
                NoteDefect(log, thrown.GetType().ToString(), string.Concat((thrown.StackTrace ?? "").Split('\n').Take(8)));
            }

            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = thrown is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            await ErrorPage.Write(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {Type} {Where}")]
    private static partial void NoteDefect(ILogger log, string type, string where);
}
