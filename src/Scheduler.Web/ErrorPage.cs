using Microsoft.AspNetCore.Http;
using Scheduler.Web.Looks;

namespace Scheduler.Web;

/// <summary>The page for a request that has no other: what that means and what to do, and nothing of what was asked.</summary>
internal static class ErrorPage
{
    /// <summary>Writes the page of a status.</summary>
    public static Task Write(HttpContext context)
    {
        var (title, text) = Words(context.Response.StatusCode);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Style.Link}">
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            <p>{text}</p>
            </main>
            </body>
            </html>

            """);
    }

    private static (string Title, string Text) Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("That did not work", "The form was too old or not whole. Go back, load the page again, and try once more."),
        StatusCodes.Status401Unauthorized => ("You are not signed in", "Open the link that you were given to sign in. Each works once, for 15 minutes; an administrator makes another by 'scheduler sign-in'."),
        StatusCodes.Status403Forbidden => ("You may not see this", "Your account has no role here that lets you. An administrator of the clinic says who has which."),
        StatusCodes.Status404NotFound => ("There is nothing here", "Check the address."),
        StatusCodes.Status405MethodNotAllowed => ("That cannot be done here", "Go back, and try another way."),
        StatusCodes.Status410Gone => ("This is over", "What was here is not open any more."),
        StatusCodes.Status413PayloadTooLarge => ("That is too much", "What was sent is larger than a page ever needs."),
        StatusCodes.Status429TooManyRequests => ("Too many tries", "Wait a minute, and try again."),
        >= 500 => ("Something went wrong", "That is a defect of this program, or its book cannot be reached. Try again in a minute; if it stays so, tell your administrator when it was."),
        _ => ("That did not work", "Go back, and try again."),
    };
}
