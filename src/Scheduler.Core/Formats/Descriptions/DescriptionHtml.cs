using Scheduler.Core.Formats.Sentences;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Writes a description as one HTML page that needs nothing else: no script, no remote style, font or picture. It prints well.</summary>
public static class DescriptionHtml
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1b1f24; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid #c9d1d9; }
        p { margin: .4rem 0; }
        .quiet { color: #57606a; }
        dl { display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; gap: .5rem 1.25rem; margin: 0; }
        dt { font-family: ui-monospace, "SFMono-Regular", Consolas, monospace; font-size: .85rem; padding-top: .15rem; overflow-wrap: anywhere; color: #57606a; }
        dd { margin: 0; }
        dd ul { margin: .2rem 0; padding-left: 1.1rem; font-size: .93rem; }
        .reference { font-size: .85rem; color: #57606a; }
        .assumed { font-size: .85rem; color: #8a4600; }
        figure { margin: 1rem 0; overflow-x: auto; }
        figcaption { font-size: .85rem; color: #57606a; }
        svg { width: 100%; min-width: 40rem; height: auto; font: 12px system-ui, "Segoe UI", Arial, sans-serif; }
        svg .week { stroke: #e3e7eb; } svg .row { stroke: #d0d7de; stroke-dasharray: 1 3; }
        svg .name { fill: #1b1f24; } svg .label { fill: #57606a; font-size: 11px; }
        svg .allowed { fill: #dbe9f7; } svg .ideal { fill: #9cc3ea; }
        svg .treatment { fill: #0b4f8a; stroke: #0b4f8a; stroke-width: 1.5; } svg .assessment { fill: #b35900; stroke: #b35900; stroke-width: 1.5; }
        svg .perhaps { fill: #fff; }
        table { border-collapse: collapse; width: 100%; font-size: .93rem; }
        th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #e3e7eb; vertical-align: top; }
        @media print { body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; } figure, tr, dd { break-inside: avoid; } figure { overflow: visible; } svg { min-width: 0; } }
        @media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: .1rem; } dd { margin-bottom: .6rem; } }
        """;

    /// <summary>The page.</summary>
    public static string Write(ProtocolDescription description)
    {
        var (page, protocol) = (new Markup(), description.Protocol);
        page.Open("html", ("lang", "en")).Open("head")
            .Void("meta", ("charset", "utf-8"))
            .Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Element("title", protocol.Title)
            .Open("style").Text("").Close();
        page.Close().Open("body").Element("h1", protocol.Title).Element("p", $"{protocol.Id}, version {protocol.Version}", ("class", "quiet"));
        if (protocol.Source is { } source)
        {
            page.Element("p", DescriptionText.Source(source));
        }

        Picture(page, description);
        foreach (var section in description.Sections)
        {
            page.Element("h2", section.Title).Open("dl");
            foreach (var statement in section.Statements)
            {
                Write(page, statement);
            }

            page.Close();
        }

        Table(page, description);
        if (!description.Citations.IsEmpty)
        {
            page.Element("h2", "Sources").Open("dl");
            foreach (var (citation, of) in description.Citations)
            {
                page.Element("dt", string.Join(", ", of)).Element("dd", citation);
            }

            page.Close();
        }

        if (!description.Assumptions.IsEmpty)
        {
            page.Element("h2", "Assumptions, to be confirmed by whoever signs").Open("dl");
            foreach (var assumption in description.Assumptions)
            {
                page.Element("dt", assumption.Id).Element("dd", English.Sentence(assumption.Provenance.Assumed!));
            }

            page.Close();
        }

        // The style is ours and holds nothing of the file; quotes in it must stay quotes.
        return page.ToString().Replace("<style></style>", $"<style>\n{Style}\n</style>", StringComparison.Ordinal);
    }

    private static void Picture(Markup page, ProtocolDescription description)
    {
        page.Element("h2", "The course at a glance").Open("figure");
        CoursePicture.Write(page, description);
        page.Element(
            "figcaption",
            "Circles are treatment visits, diamonds assessments, each on its usual day; hollow ones are not for every patient. Bands are windows: dark the ideal days, light the "
            + "allowed ones. Week 1 begins with the first treatment visit.")
            .Close();
    }

    private static void Write(Markup page, DescribedStatement statement)
    {
        page.Element("dt", statement.Id).Open("dd").Text(statement.Text);
        if (statement.Because is { } because)
        {
            page.Text($" Reason: {English.Sentence(because)}");
        }

        if (statement.Provenance.Cites is { } cites)
        {
            page.Text(" ").Element("span", $"[{cites}]", ("class", "reference"));
        }

        if (statement.Provenance.Assumed is { } assumed)
        {
            page.Text(" ").Element("span", $"Assumed: {English.Sentence(assumed)}", ("class", "assumed"));
        }

        if (!statement.Details.IsEmpty)
        {
            page.Open("ul");
            foreach (var detail in statement.Details)
            {
                page.Element("li", detail);
            }

            page.Close();
        }

        page.Close();
    }

    private static void Table(Markup page, ProtocolDescription description)
    {
        page.Element("h2", "The course by week").Element("p", CourseWeeks.Legend, ("class", "quiet")).Open("table").Open("thead").Open("tr");
        foreach (var column in CourseWeeks.Columns)
        {
            page.Element("th", column, ("scope", "col"));
        }

        page.Close().Close().Open("tbody");
        foreach (var row in CourseWeeks.Rows(description))
        {
            page.Open("tr");
            foreach (var cell in row)
            {
                page.Element("td", cell);
            }

            page.Close();
        }

        page.Close().Close();
    }
}
