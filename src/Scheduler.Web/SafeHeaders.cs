using Microsoft.AspNetCore.Http;
using Scheduler.Web.Looks;

namespace Scheduler.Web;

/// <summary>What every answer says to browsers, whatever it is: run and frame nothing, keep nothing, and tell nobody where you were.</summary>
internal sealed class SafeHeaders(RequestDelegate next, WebSettings settings)
{
    /// <summary>Passes the request on; what the answer says is put in when it begins, so that nothing on the way takes it out.</summary>
    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.Features.Get<ForeignPages>()?.ContentPolicy
                ?? "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["X-Robots-Tag"] = "noindex, nofollow";
            headers.CacheControl = Style.IsServed(context) ? "public, max-age=31536000, immutable" : "no-store";
            headers.Remove("Pragma");
            headers.Remove("Expires");
            if (settings.IsEncrypted)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
