using System.Net;

namespace Scheduler.App.Reminders;

/// <summary>A message's words as HTML: a plain letter without pictures, scripts or anything that is fetched, so that nobody learns when it is read.</summary>
internal static class Letter
{
    /// <summary>The letter.</summary>
    /// <param name="text">The words: paragraphs with an empty line between them.</param>
    /// <param name="link">An address in them that can be followed; null for none.</param>
    public static string Of(string text, string? link = null)
    {
        var paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => $"<p>{WebUtility.HtmlEncode(p).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>\n");
        var body = string.Concat(paragraphs);
        if (link is not null && WebUtility.HtmlEncode(link) is var address)
        {
            body = body.Replace(address, $"<a href=\"{address}\">{address}</a>", StringComparison.Ordinal);
        }

        return $"<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body style=\"font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em\">\n{body}</body>\n</html>\n";
    }
}
