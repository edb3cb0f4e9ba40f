namespace Scheduler.Cli.Tests;

public sealed class ValidateTests
{
    [Fact]
    public void Files_without_mistakes_are_summed_up_one_line_each()
    {
        var run = Cli.Run("validate", Cli.Protocol, "protocols/samples/clinic-small.yaml", "protocols/samples/patient-worker.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("protocol feder-2025-ketamine-wet 1.0.0, 14 visits of 5 types, 12 rules", lines[0].TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("clinic clinic-small, 8 resources", lines[1], StringComparison.Ordinal);
        Assert.Contains("patient P-017", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_a_kind_is_no_plural()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("trial.yaml", "protocol: trial\nversion: 1.0.0\ntitle: Trial\nvisits:\n  a: {purpose: treatment, duration: 30 min, places: {room: {exclusive: whole visit}}}\n");

        Assert.EndsWith("1 visit of 1 type, 0 rules", Cli.Run("validate", file).Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_go_to_standard_error_with_line_and_column()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("trial.yaml", File.ReadAllText(Cli.Resolve(Cli.Protocol)).Replace("start of wet[1]", "start of wet[6]", StringComparison.Ordinal));

        var run = Cli.Run("validate", file);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"trial\.yaml:\d+:27: PR002: There is no wet\[6\]: wet has 5 visits\. Did you mean 'wet\[5\]'\?", run.Error);
    }

    [Fact]
    public void A_file_that_is_not_there_a_folder_and_a_file_that_is_no_text_are_each_told()
    {
        using var scratch = new Scratch();
        var broken = Path.Combine(scratch.Folder, "broken.yaml");
        File.WriteAllBytes(broken, [0x70, 0x3a, 0x20, 0xff, 0x0a]);

        Assert.Contains("RQ001", Cli.Run("validate", "nowhere.yaml").Error, StringComparison.Ordinal);
        Assert.Contains("RQ002", Cli.Run("validate", scratch.Folder).Error, StringComparison.Ordinal);
        Assert.Contains("broken.yaml:1:4: RQ004", Cli.Run("validate", broken).Error, StringComparison.Ordinal);
        Assert.Contains("RQ006", Cli.Run("validate", scratch.Write("other.yaml", "protocl: x\n")).Error, StringComparison.Ordinal);
        Assert.Equal(1, Cli.Run("validate", "nowhere.yaml").ExitCode);
    }

    [Fact]
    public void Json_is_told_to_be_neither_of_the_files_that_are_validated()
    {
        var run = Cli.Run("validate", Path.Combine(Cli.Root, "appsettings.sample.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith(
            "appsettings.sample.json:1:1: RQ024: This is JSON, and neither a protocol nor a clinic nor a patient nor a file of events. Settings are read with '--settings', a calendar by 'scheduler check' and 'scheduler continue'.",
            run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_teaches_by_example()
    {
        var run = Cli.Run("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("scheduler schedule --protocol", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 no calendar exists", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -F _scheduler scheduler")]
    [InlineData("zsh", "compdef _scheduler scheduler")]
    [InlineData("fish", "complete -c scheduler")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName scheduler")]
    public void Completion_scripts_are_printed(string shell, string line) =>
        Assert.Contains(line, Cli.Run("completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void Completion_knows_the_options() =>
        Assert.Contains("--start-within", Cli.Run("[suggest:22]", "scheduler schedule --st").Output, StringComparison.Ordinal);
}
