using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Draws a course as SVG: a row for each visit type, a mark for each visit on its usual day, bands for windows.</summary>
internal static class CoursePicture
{
    private const int RowHeight = 26;
    private const int Top = 34;
    private const int Width = 1000;
    private const int MostLabels = 26;
    private const double NarrowestBand = 4;

    /// <summary>Writes the picture into a page.</summary>
    public static void Write(Markup page, ProtocolDescription description)
    {
        var types = description.Protocol.VisitTypes;
        var left = Math.Min(300, 30 + (7 * types.Max(t => t.Id.Length)));
        var firstWeek = (int)Math.Floor(description.Course.Select(p => (double)p.Usual).Concat(description.Bands.Select(b => b.From)).Min() / 7);
        var lastWeek = (int)Math.Ceiling(description.Course.Select(p => p.Usual + 1.0).Concat(description.Bands.Select(b => b.To)).Max() / 7);
        var scale = (Width - left - 20) / (7.0 * (lastWeek - firstWeek));
        double X(double day) => left + ((day - (7 * firstWeek)) * scale);
        var height = Top + (RowHeight * types.Length) + 10;

        page.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Width} {height}"), ("role", "img"), ("aria-labelledby", "picture-title picture-says"));
        page.Element("title", "The course by week", ("id", "picture-title")).Element("desc", Says(description), ("id", "picture-says"));
        var step = 1;
        while ((lastWeek - firstWeek) / step > MostLabels)
        {
            step *= 2;
        }

        for (var week = firstWeek; week < lastWeek; week++)
        {
            if (week % step == 0)
            {
                page.Open("line", ("class", "week"), ("x1", N(X(7 * week))), ("x2", N(X(7 * week))), ("y1", N(Top - 8)), ("y2", N(height - 8))).Close();
                Text(page, "label", X(7 * week) + 2, Top - 14, $"{Placement.WeekOf(7 * week)}");
            }
        }

        Text(page, "name", 8, Top - 14, "week");
        for (var row = 0; row < types.Length; row++)
        {
            var middle = Top + (RowHeight * row) + (RowHeight / 2.0);
            Text(page, "name", 8, middle + 4, types[row].Id);
            page.Open("line", ("class", "row"), ("x1", N(left)), ("x2", N(Width - 20)), ("y1", N(middle)), ("y2", N(middle))).Close();
            foreach (var band in description.Bands.Where(b => b.Type == types[row].Id))
            {
                Draw(page, band, X, middle);
            }

            foreach (var day in description.Course.Where(p => p.Visit.Type == types[row].Id).GroupBy(p => p.Usual))
            {
                Mark(page, types[row], [.. day.Select(p => p.Visit)], day.Key, X(day.Key + 0.5), middle, description.Protocol);
            }
        }

        page.Close();
    }

    private static void Draw(Markup page, Band band, Func<double, double> x, double middle)
    {
        // A window of hours would be too narrow to be seen.
        var width = Math.Max(NarrowestBand, x(band.To) - x(band.From));
        var left = ((x(band.From) + x(band.To)) / 2) - (width / 2);
        var (kind, top, height) = band.Kind switch
        {
            BandKind.Allowed => ("allowed", -9, 18),
            BandKind.Ideal => ("ideal", -9, 18),
            BandKind.Limit => ("limit", -9, 18),
            BandKind.Series => ("series", 8, 3),
            _ => throw new ArgumentOutOfRangeException(nameof(band), band, "A kind of band that has no shape here."),
        };
        var inset = band.Kind == BandKind.Series ? 1 : 0;
        page.Open("rect", ("class", kind), ("x", N(left + inset)), ("width", N(width - (2 * inset))), ("y", N(middle + top)), ("height", N(height))).Close();
    }

    /// <summary>One mark for all visits of a type on a day, with their number where there are several.</summary>
    private static void Mark(Markup page, VisitType type, ImmutableArray<VisitId> visits, int day, double x, double y, Protocol protocol)
    {
        var kind = (type.Purpose == VisitPurpose.Treatment ? "treatment" : "assessment") + (type.IsConditional || type.Arm is not null || type.Stream is not null ? " perhaps" : "");
        _ = type.Purpose == VisitPurpose.Treatment
            ? page.Open("circle", ("class", kind), ("cx", N(x)), ("cy", N(y)), ("r", "5"))
            : page.Open("path", ("class", kind), ("d", $"M{N(x)} {N(y - 6)}L{N(x + 5)} {N(y)}L{N(x)} {N(y + 6)}L{N(x - 5)} {N(y)}Z"));
        page.Element("title", $"{English.Visits(visits, protocol, "all")}: week {Placement.WeekOf(day)}, {Placement.Days([day])}").Close();
        if (visits.Length > 1)
        {
            Text(page, "count", x, y - 7, $"{visits.Length}");
        }
    }

    /// <summary>The picture in words, for those who do not see it: each kind of visit with its weeks.</summary>
    private static string Says(ProtocolDescription description) => string.Join(' ', description.Protocol.VisitTypes.Select(type =>
    {
        var weeks = description.Course.Where(p => p.Visit.Type == type.Id).Select(p => Placement.WeekOf(p.Usual)).Distinct().Order().ToList();
        return $"{type.Id}: {(weeks.Count == 1 ? "week" : "weeks")} {English.Ordinals(weeks)}.";
    }));

    private static void Text(Markup page, string kind, double x, double y, string text) => page.Element("text", text, ("class", kind), ("x", N(x)), ("y", N(y)));

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
