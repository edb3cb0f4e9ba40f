using Scheduler.Core.Formats;
using Scheduler.Web;

namespace Scheduler.Cli;

/// <summary>Who watches from outside, as the settings say it under <c>telemetry</c>.</summary>
/// <param name="Collector">The address of a collector of OpenTelemetry; null for nobody.</param>
internal sealed record SeenBy(Uri? Collector)
{
    /// <summary>Nobody.</summary>
    public static SeenBy Usual { get; } = new((Uri?)null);

    /// <summary>Reads it; what is left out is as usual.</summary>
    public static SeenBy Read(JsonFields settings)
    {
        if (settings.Find("telemetry", required: false) is null or JsonSyntax.Nothing || settings.Structure("telemetry", required: false) is not { } telemetry)
        {
            return Usual;
        }

        var read = new SeenBy(
            telemetry.Find("collector", required: false) is null or JsonSyntax.Nothing ? null : telemetry.Parsed("collector", "an address such as http://localhost:4318, of scheme, host and port, or null", WebSettings.Address)?.Value);
        telemetry.RefuseOthers();
        return read;
    }
}
