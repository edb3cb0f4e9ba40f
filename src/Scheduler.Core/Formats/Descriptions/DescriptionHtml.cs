using Scheduler.Core.Formats.Sentences;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Writes a description as one HTML page that needs nothing else: no script, no remote style, font or picture. It prints well.</summary>
public static class DescriptionHtml
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1b1f24; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; }
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
        figure:focus-visible { outline: 2px solid #0b4f8a; outline-offset: 3px; }
        svg { width: 100%; min-width: 52rem; height: auto; font: 12px system-ui, "Segoe UI", Arial, sans-serif; }
        svg .week { stroke: #e3e7eb; } svg .row { stroke: #d0d7de; stroke-dasharray: 1 3; }
        svg .name { fill: #1b1f24; } svg .label { fill: #57606a; font-size: 11px; }
        svg .allowed { fill: #e3eef9; stroke: #4f7fb0; } svg .ideal { fill: #6b9fd3; stroke: #4f7fb0; }
        svg .limit { fill: none; stroke: #57606a; stroke-dasharray: 4 2; } svg .series { fill: #4f7fb0; }
        svg .treatment { fill: #0b4f8a; stroke: #fff; } svg .assessment { fill: #b35900; stroke: #fff; }
        svg .perhaps { fill: #fff; stroke-width: 1.5; } svg .treatment.perhaps { stroke: #0b4f8a; } svg .assessment.perhaps { stroke: #b35900; }
        svg .count { fill: #1b1f24; font-size: 9px; text-anchor: middle; }
        caption { text-align: left; color: #57606a; padding-bottom: .5rem; }
        table { border-collapse: collapse; width: 100%; font-size: .93rem; }
        th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #e3e7eb; vertical-align: top; }
        @media print { :root { font-size: 10pt; } body { margin: 0; max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr, dd { break-inside: avoid; } figure { overflow: visible; } svg { min-width: 0; } }
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
        page.Close().Open("body").Open("main").Element("h1", protocol.Title).Element("p", $"{protocol.Id}, version {protocol.Version}", ("class", "quiet"));
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

        if (description.SaysNotSourced is { } notSourced)
        {
            page.Element("h2", "Not sourced").Element("p", notSourced);
        }

        // The style is ours and holds nothing of the file; quotes in it must stay quotes.
        return page.ToString().Replace("<style></style>", $"<style>\n{Style}\n</style>", StringComparison.Ordinal);
    }

    private static void Picture(Markup page, ProtocolDescription description)
    {
        // It can be scrolled on a narrow screen, and so by keyboard too.
        page.Element("h2", "The course at a glance").Open("figure", ("tabindex", "0"), ("role", "group"), ("aria-label", "The course at a glance"));
        CoursePicture.Write(page, description);
        page.Element(
            "figcaption",
            string.Join(' ', Legend(description)))
            .Close();
    }

    /// <summary>What the picture's marks and bands mean, as far as it has them.</summary>
    private static IEnumerable<string> Legend(ProtocolDescription description)
    {
        var kinds = description.Bands.Select(b => b.Kind).ToHashSet();
        yield return "Circles are treatment visits, diamonds assessments, each on its usual day, with their number where a day has several; hollow ones are not for every patient.";
        if (kinds.Contains(BandKind.Ideal))
        {
            yield return "Filled bands are windows: dark the ideal days" + (kinds.Contains(BandKind.Allowed) ? ", light the allowed ones." : ".");
        }

        if (kinds.Contains(BandKind.Limit))
        {
            yield return "Dashed frames show how far from each other visits may lie at most.";
        }

        if (kinds.Contains(BandKind.Series))
        {
            yield return "Bars under the marks are the days or weeks in which visits of a series must lie.";
        }

        yield return $"{CourseWeeks.Begins(description)} The table \"The course by week\" says the same in words.";
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
        page.Element("h2", "The course by week").Open("table").Element("caption", CourseWeeks.Legend(description)).Open("thead").Open("tr");
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
