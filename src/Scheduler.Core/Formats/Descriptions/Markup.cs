using System.Text;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Builds a page element by element, so that it is well-formed and that no text of a file becomes markup.</summary>
internal sealed class Markup
{
    private readonly StringBuilder page = new("<!DOCTYPE html>\n");
    private readonly Stack<string> open = [];

    /// <summary>Opens an element.</summary>
    public Markup Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        page.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            page.Append(' ').Append(key).Append("=\"");
            Escape(value);
            page.Append('"');
        }

        page.Append('>');
        open.Push(name);
        return this;
    }

    /// <summary>Closes the element that was opened last.</summary>
    public Markup Close()
    {
        var name = open.Pop();
        page.Append("</").Append(name).Append('>');
        if (name is not ("b" or "span" or "td" or "th" or "code"))
        {
            page.Append('\n');
        }

        return this;
    }

    /// <summary>Writes text.</summary>
    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>An element with nothing but text.</summary>
    public Markup Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes) => Open(name, attributes).Text(text).Close();

    /// <summary>An element that HTML leaves open, such as <c>meta</c>.</summary>
    public Markup Void(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        open.Pop();
        page.Insert(page.Length - 1, '/').Append('\n');
        return this;
    }

    /// <summary>The page; every element is closed.</summary>
    public override string ToString()
    {
        while (open.Count > 0)
        {
            Close();
        }

        return page.ToString();
    }

    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // What is half a character comes as U+FFFD already; a control character would break the page.
            _ = rune.Value switch
            {
                '&' => page.Append("&amp;"),
                '<' => page.Append("&lt;"),
                '>' => page.Append("&gt;"),
                '"' => page.Append("&quot;"),
                '\'' => page.Append("&#39;"),
                '\n' or '\t' => page.Append((char)rune.Value),
                < ' ' or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => page.Append('\uFFFD'),
                _ => page.Append(rune.ToString()),
            };
        }
    }
}
