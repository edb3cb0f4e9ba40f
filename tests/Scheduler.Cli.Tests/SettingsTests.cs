using System.Text.Json;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Tests;

public sealed class SettingsTests
{
    private static readonly string Sample = Path.Combine(Cli.Root, "appsettings.sample.json");

    [Fact]
    public void The_sample_is_read_and_names_its_files_from_its_own_folder()
    {
        var run = Cli.Run("schedule", "--settings", Sample, "--from", "2027-01-04");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("the best calendar, proved", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_holds_every_key_with_its_default()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Sample));
        using var scratch = new Scratch();

        // What may stand in the settings is what is offered in place of a key that may not.
        var known = Schedule(scratch, """{"colour": 1}""").Error.Split("Expected one of ")[1].TrimEnd().TrimEnd('.').Split(", ").Select(k => k.Trim('\''));

        Assert.Equal(known, sample.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.Null, sample.RootElement.GetProperty("patient").ValueKind);
        Assert.Equal(PlanningRequest.DefaultStartWithinDays, sample.RootElement.GetProperty("startWithin").GetInt32());
        Assert.Equal(1, sample.RootElement.GetProperty("proposals").GetInt32());
        Assert.Equal(PlanningRequest.DefaultStepBudget, sample.RootElement.GetProperty("steps").GetInt64());
    }

    [Fact]
    public void The_usual_file_of_the_current_folder_is_read_without_being_named()
    {
        using var scratch = new Scratch();
        scratch.Write("appsettings.json", Usual(""", "startWithin": 21, "proposals": 2"""));

        using var json = JsonDocument.Parse(Cli.RunIn(scratch.Folder, "schedule", "--from", "2026-12-01", "--format", "json").Output);

        Assert.Equal(21, json.RootElement.GetProperty("request").GetProperty("startWithin").GetInt32());
        Assert.Equal(2, json.RootElement.GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public void A_file_that_is_named_is_read_instead_of_the_usual_one()
    {
        using var scratch = new Scratch();
        scratch.Write("appsettings.json", "{");
        var other = scratch.Write("other.json", Usual(""", "steps": 1"""));

        Assert.Equal(4, Cli.RunIn(scratch.Folder, "schedule", "--from", "2026-12-01", "--settings", other).ExitCode);
    }

    [Fact]
    public void An_option_beats_its_setting_even_where_it_says_the_default()
    {
        using var scratch = new Scratch();
        scratch.Write("appsettings.json", Usual(""", "startWithin": 21, "proposals": 2, "steps": 1, "patient": "nobody.yaml" """));
        var patient = Cli.Resolve("protocols/samples/patient-any.yaml");

        var run = Cli.RunIn(
            scratch.Folder, "schedule", "--from", "2026-12-01", "--format", "json", "--start-within", "28", "--proposals", "1", "--steps", "2000000", "--patient", patient);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(28, json.RootElement.GetProperty("request").GetProperty("startWithin").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public void A_calendar_is_checked_against_the_files_that_the_settings_name()
    {
        using var scratch = new Scratch();
        scratch.Write("appsettings.json", Usual(""));
        var calendar = scratch.Write("calendar.json", Cli.Schedule("small", "--format", "json").Output);

        Assert.Equal((0, ""), Cli.RunIn(scratch.Folder, "check", calendar) is var run ? (run.ExitCode, run.Error) : default);
    }

    [Theory]
    [InlineData("""{"proposal": 2}""", "settings.json:1:2: CA006: Unknown member 'proposal' in the settings. Did you mean 'proposals'?")]
    [InlineData("""{"proposals": "2"}""", "settings.json:1:15: CA008: 'proposals' is \"2\"; expected a whole number from 1 to 20.")]
    [InlineData("""{"proposals": 21}""", "settings.json:1:15: CA008: 'proposals' is the number 21; expected a whole number from 1 to 20.")]
    [InlineData("{\n  \"startWithin\": 0\n}", "settings.json:2:18: CA008: 'startWithin' is the number 0; expected a whole number from 1 to 366.")]
    [InlineData("""{"steps": 1.5}""", "settings.json:1:11: CA008: 'steps' is the number 1.5; expected a whole number from 1 to 1000000000000.")]
    [InlineData("""{"clinic": 7}""", "settings.json:1:12: CA008: 'clinic' is the number 7; expected the path of a file, or null.")]
    [InlineData("""{"clinic": " "}""", "settings.json:1:12: CA008: 'clinic' is \" \"; expected the path of a file, or null.")]
    [InlineData("""{"steps": null}""", "settings.json:1:11: CA008: 'steps' is null; expected a whole number from 1 to 1000000000000.")]
    [InlineData("""{"clinic": "nowhere.yaml"}""", "settings.json:1:12: RQ017: 'clinic' names 'nowhere.yaml', and there is no such file. A path here counts from the folder of the settings.")]
    [InlineData("""{"steps": 1, "steps": 2}""", "settings.json:1:14: CA005: 'steps' stands twice in the same object. Keep one of the two. (See ")]
    [InlineData("""{"steps": 1,}""", "settings.json:1:13: CA002: This is not JSON: found '}', expected a name in double quotes after the comma. The file should be settings such as those of appsettings.sample.json.")]
    [InlineData("""[]""", "settings.json:1:1: CA008: 'the settings' is an array; expected an object.")]
    public void A_mistake_is_told_where_it_is_and_ends_with_1(string text, string message)
    {
        using var scratch = new Scratch();

        var run = Schedule(scratch, text);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_come_at_once()
    {
        using var scratch = new Scratch();

        var unfit = Schedule(scratch, """{"proposals": 0, "steps": 0, "colour": 1}""").Error.TrimEnd().Split('\n');
        var missing = Schedule(scratch, """{"protocol": "a.yaml", "clinic": "b.yaml"}""").Error.TrimEnd().Split('\n');

        Assert.Equal((3, 2), (unfit.Length, missing.Length));
    }

    [Fact]
    public void Settings_that_are_named_but_not_there_are_a_mistake()
    {
        var run = Cli.Run("schedule", "--from", "2026-12-01", "--settings", "nowhere.json");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("nowhere.json:1:1: RQ001: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_neither_the_settings_nor_the_command_line_name_is_wrong_usage()
    {
        using var scratch = new Scratch();

        var run = Schedule(scratch, "{}");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["Option '--protocol' is required, unless the settings name its file.", "Option '--clinic' is required, unless the settings name its file.", "Try 'scheduler schedule --help'."],
            run.Error.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    private static Cli Schedule(Scratch scratch, string settings) =>
        Cli.Run("schedule", "--from", "2026-12-01", "--settings", scratch.Write("settings.json", settings));

    private static string Usual(string more) =>
        $$"""{"protocol": {{Quoted(Cli.Protocol)}}, "clinic": {{Quoted("protocols/samples/clinic-small.yaml")}}{{more}}}""";

    private static string Quoted(string path) => JsonSerializer.Serialize(Cli.Resolve(path));
}
