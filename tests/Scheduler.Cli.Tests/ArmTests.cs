namespace Scheduler.Cli.Tests;

/// <summary>Arms and streams on the command line, and who must not see the arm.</summary>
public sealed class ArmTests
{
    private const string Visits = """
        visits:
          dose: {title: Infusion day, purpose: treatment, count: 2, duration: 60 min, people: {nurse: {share: whole visit}}}
          rating: {purpose: assessment, duration: 60 min, people: {rater: {exclusive: whole visit}}}
          talk: {purpose: treatment, duration: 50 min, stream: talking, people: {therapist: {exclusive: whole visit}}}
        rules:
          weekly:
            cadence of: dose
            every: 7 days
          rated:
            order: dose[2] before rating
            at most: 3 days
          talked:
            order: dose[1] before talk
            at most: 3 days
        """;

    private const string Head = "protocol: two-arms\nversion: 1.0.0\ntitle: Two arms\narms:\n  ketamine: {title: Ketamine 0.5 mg/kg}\n  midazolam: {title: Midazolam 0.045 mg/kg}\n"
        + "streams:\n  talking: {means: Talks for those who want them.}\n";

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("ics")]
    public void Where_anybody_is_blinded_two_arms_print_the_same_bytes(string format)
    {
        using var scratch = new Scratch();
        var file = scratch.Write("blinded.yaml", Head + "blinded: [patient, rater]\n" + Visits);

        var (one, other) = (Schedule(file, "--arm", "ketamine", "--format", format), Schedule(file, "--arm", "midazolam", "--format", format));

        Assert.Equal((0, one), (one.ExitCode, other));
        Assert.DoesNotContain("ketamine", one.Output + one.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(one, Schedule(file, "--format", format));
    }

    [Fact]
    public void A_course_that_cannot_be_placed_tells_no_arm_either()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("blinded.yaml", Head + "blinded: [patient, rater]\n" + Visits.Replace("every: 7 days", "every: 366 days", StringComparison.Ordinal) + "\n  days:\n    weekdays for: dose\n    days: Sunday\n");

        var (one, other) = (Schedule(file, "--arm", "ketamine"), Schedule(file, "--arm", "midazolam"));

        Assert.Equal((3, one), (one.ExitCode, other));
    }

    [Fact]
    public void Without_blinding_the_arm_and_the_streams_stand_in_the_json_and_the_calendar_checks()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("open.yaml", Head + Visits);
        var run = Schedule(file, "--arm", "ketamine", "--with", "talking", "--format", "json");

        Assert.Contains("\"arm\": \"ketamine\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"streams\": [\n      \"talking\"\n    ]", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"talk[1]\"", run.Output, StringComparison.Ordinal);
        var calendar = scratch.Write("calendar.json", run.Output);
        Assert.Equal(0, Cli.Run("check", "--protocol", file, "--clinic", "protocols/samples/clinic-small.yaml", calendar).ExitCode);
    }

    [Fact]
    public void A_stream_that_was_not_chosen_is_not_placed()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("open.yaml", Head + Visits);

        Assert.DoesNotContain("talk[1]", Schedule(file, "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("RQ018", Schedule(file, "--arm", "ketamin").Error, StringComparison.Ordinal);
        Assert.Contains("RQ020", Schedule(file, "--with", "talk").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_about_authorisations_is_for_those_who_have_the_visits_and_does_not_end_the_command()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("open.yaml", Head + Visits.Replace("stream: talking,", "stream: talking, needs authorisation: yes,", StringComparison.Ordinal));
        var patient = scratch.Write("patient.yaml", "patient: P-1\n");

        var without = Schedule(file, "--patient", patient);
        Assert.Equal((0, ""), (without.ExitCode, without.Error));
        var with = Schedule(file, "--patient", patient, "--with", "talking");
        Assert.Equal(3, with.ExitCode);
        Assert.Contains("warning RQ016: Each visit of talk needs a payer's authorisation", with.Error, StringComparison.Ordinal);
    }

    private static Cli Schedule(string file, params string[] more) =>
        Cli.Run(["schedule", "--protocol", file, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01", .. more]);
}
