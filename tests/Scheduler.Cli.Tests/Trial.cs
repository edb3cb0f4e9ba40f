namespace Scheduler.Cli.Tests;

/// <summary>A small protocol of which only what matters is written.</summary>
internal static class Trial
{
    /// <summary>Places the course in the small clinic from Monday, 4 January 2027 on.</summary>
    /// <param name="text">The protocol from its visits or conditions on.</param>
    /// <param name="more">Further options.</param>
    public static Cli Schedule(string text, params string[] more)
    {
        using var scratch = new Scratch();
        var protocol = scratch.Write("trial.yaml", $"protocol: trial\nversion: 1.0.0\ntitle: Trial\n{text}\n");
        return Cli.Run(["schedule", "--protocol", protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2027-01-04", .. more]);
    }
}
