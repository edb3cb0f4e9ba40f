using System.Globalization;
using System.Text;

namespace Scheduler.Benchmarks;

/// <summary>A line of the picture: how many times the first value each value is.</summary>
internal sealed record GrowthLine(string Name, string Colour, bool IsSteps, double[] Values);

/// <summary>Draws growth on two logarithmic axes, on which what grows linearly is a straight line from corner to corner.</summary>
internal static class GrowthPicture
{
    private const int Width = 640;
    private const int Height = 420;
    private const int Left = 60;
    private const int Bottom = 360;
    private const int Step = 100;

    /// <summary>The picture as SVG.</summary>
    public static string Draw(int[] factors, IReadOnlyList<GrowthLine> lines)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n");
        text.Append("<title>Steps and time of a course as bookings and the days to start in grow</title>\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        foreach (var factor in factors)
        {
            var (x, y) = (X(factor), Y(factor));
            text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} {Bottom}V{Y(factors[^1])}M{Left} {y}H{X(factors[^1])}\" stroke=\"#dddddd\"/>\n");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">x{factor}</text><text x=\"{Left - 10}\" y=\"{y + 4}\" text-anchor=\"end\">x{factor}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Bottom}L{X(factors[^1])} {Y(factors[^1])}\" stroke=\"#888888\" stroke-dasharray=\"2 4\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(factors[^1]) + 8}\" y=\"{Y(factors[^1]) + 4}\" fill=\"#666666\">linear</text>\n");
        var beside = new List<double>();
        foreach (var line in lines)
        {
            var points = factors.Zip(line.Values).Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.First)},{Y(p.Second):0.#}"));
            text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"2\"{(line.IsSteps ? " stroke-dasharray=\"7 4\"" : "")}/>\n");

            // Names of lines that end close together stand below each other.
            var at = Y(line.Values[^1]) + 4;
            while (beside.Exists(b => Math.Abs(b - at) < 15))
            {
                at += 15;
            }

            beside.Add(at);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(factors[^1]) + 8}\" y=\"{at:0.#}\" fill=\"{line.Colour}\">{line.Name} (x{line.Values[^1]:0.0})</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + X(factors[^1])) / 2}\" y=\"{Bottom + 42}\" text-anchor=\"middle\">so many times the bookings, or the days to start in</text>\n");
        return text.Append("</svg>\n").ToString();
    }

    private static double X(double factor) => Left + (Step * 1.2 * Math.Log2(factor));

    private static double Y(double factor) => Bottom - (Step * Math.Log2(Math.Max(factor, 0.9)));
}
