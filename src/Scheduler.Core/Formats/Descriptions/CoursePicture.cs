using System.Globalization;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>Draws a course as SVG: a row for each visit type, a mark for each visit on its usual day, bands for windows.</summary>
internal static class CoursePicture
{
    private const int RowHeight = 26;
    private const int Top = 34;
    private const int Width = 1000;
    private const int MostLabels = 26;

    /// <summary>Writes the picture into a page.</summary>
    public static void Write(Markup page, ProtocolDescription description)
    {
        var types = description.Protocol.VisitTypes;
        var left = Math.Min(300, 30 + (7 * types.Max(t => t.Id.Length)));
        var days = description.Course.SelectMany(p => new[] { p.Usual, p.Window?.Allowed.From ?? p.Usual, p.Window?.Allowed.To ?? p.Usual }).ToList();
        var firstWeek = (int)Math.Floor(days.Min() / 7.0);
        var lastWeek = (int)Math.Floor(days.Max() / 7.0) + 1;
        var scale = (Width - left - 20) / (7.0 * (lastWeek - firstWeek));
        double X(double day) => left + ((day - (7 * firstWeek)) * scale);
        var height = Top + (RowHeight * types.Length) + 10;

        page.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Width} {height}"), ("role", "img"), ("aria-label", "The course by week: a row for each kind of visit, a mark for each visit"));
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
            foreach (var placed in description.Course.Where(p => p.Visit.Type == types[row].Id))
            {
                Bands(page, placed, X, middle);
            }

            foreach (var placed in description.Course.Where(p => p.Visit.Type == types[row].Id))
            {
                Mark(page, types[row], placed, X(placed.Usual + 0.5), middle);
            }
        }

        page.Close();
    }

    private static void Bands(Markup page, Placement placed, Func<double, double> x, double middle)
    {
        if (placed.Window is { } window)
        {
            Band(page, "allowed", window.Allowed, x, middle);
            Band(page, "ideal", window.Ideal, x, middle);
        }
    }

    private static void Band(Markup page, string kind, (int From, int To) days, Func<double, double> x, double middle) =>
        page.Open("rect", ("class", kind), ("x", N(x(days.From))), ("width", N(x(days.To + 1) - x(days.From))), ("y", N(middle - 9)), ("height", "18")).Close();

    private static void Mark(Markup page, VisitType type, Placement placed, double x, double y)
    {
        var kind = (type.Purpose == VisitPurpose.Treatment ? "treatment" : "assessment") + (type.IsConditional || type.Arm is not null || type.Stream is not null ? " perhaps" : "");
        _ = type.Purpose == VisitPurpose.Treatment
            ? page.Open("circle", ("class", kind), ("cx", N(x)), ("cy", N(y)), ("r", "4.5"))
            : page.Open("path", ("class", kind), ("d", $"M{N(x)} {N(y - 6)}L{N(x + 5)} {N(y)}L{N(x)} {N(y + 6)}L{N(x - 5)} {N(y)}Z"));
        page.Element("title", $"{placed.Visit}: week {Placement.WeekOf(placed.Usual)}").Close();
    }

    private static void Text(Markup page, string kind, double x, double y, string text) => page.Element("text", text, ("class", kind), ("x", N(x)), ("y", N(y)));

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
