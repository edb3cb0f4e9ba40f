using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Web.Looks;

/// <summary>How pages look: one file, which browsers keep until it is another.</summary>
internal static class Style
{
    /// <summary>Where it is.</summary>
    public const string Path = "/style.css";

    private static readonly byte[] Text = Read();

    /// <summary>Where it is, with its digest, so that another is asked for anew.</summary>
    public static string Link { get; } = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Text))[..12]}";

    /// <summary>Writes it.</summary>
    public static Task Write(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.ContentLength = Text.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(Text).AsTask();
    }

    /// <summary>Whether an answer is this file.</summary>
    public static bool IsServed(HttpContext context) => context.Request.Path == Path && context.Response.StatusCode == StatusCodes.Status200OK;

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("style.css")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
