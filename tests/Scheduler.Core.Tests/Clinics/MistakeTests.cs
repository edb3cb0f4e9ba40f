using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Tests.Clinics;

/// <summary>
/// Each file of Mistakes/clinics and Mistakes/patients has mistakes, and ends with what is said about them: lines that begin with <c>#&gt; </c>.
/// </summary>
public sealed partial class MistakeTests
{
    private const string Mark = "#> ";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Scheduler.Core.Tests", "Clinics", "Mistakes");

    private static readonly string[] Catalogue = ["Messages.Clinic.cs", "Messages.Patient.cs", "Messages.Messaging.cs"];

    public static TheoryData<string> Cases => [.. AllFiles()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told_where_it_is_and_in_these_words(string file)
    {
        string[] found = [.. Diagnose(file).Select(d => d.ToString())];

        // To write what is said now into the files, run the tests once with SCHEDULER_WRITE_MISTAKES=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_MISTAKES") == "1")
        {
            var kept = string.Join('\n', Text(file).Split('\n').Where(l => !l.StartsWith(Mark, StringComparison.Ordinal))).TrimEnd('\n');
            File.WriteAllText(Path.Combine(Folder, file), kept + "\n" + string.Concat(found.Select(f => Mark + f + "\n")));
        }

        var expected = Expected(file);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_input_with_errors_has_no_value_and_one_with_warnings_has(string file)
    {
        var succeeded = file.StartsWith("clinics/", StringComparison.Ordinal)
            ? ClinicReader.Read(file, Text(file)).Succeeded
            : PatientReader.Read(file, Text(file)).Succeeded;

        Assert.Equal(Diagnose(file).All(d => d.Severity == Severity.Warning), succeeded);
    }

    [Fact]
    public void Every_code_of_clinics_and_patients_is_shown_by_a_case()
    {
        var catalogue = Catalogue
            .Select(name => Repository.Text($"src/Scheduler.Core/Diagnostics/{name}"))
            .SelectMany(source => Code().Matches(source).Select(m => m.Groups["code"].Value))
            .ToList();
        var shown = AllFiles().SelectMany(file => Diagnose(file)).Select(d => d.Code).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(catalogue.Distinct(), catalogue);
        Assert.NotEmpty(catalogue);
        Assert.Empty(catalogue.Except(shown));
    }

    [GeneratedRegex("\"(?<code>(CL|PA|ME)[0-9]{3})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private static ImmutableArray<Diagnostic> Diagnose(string file) => file.StartsWith("clinics/", StringComparison.Ordinal)
        ? ClinicReader.Read(Path.GetFileName(file), Text(file)).Diagnostics
        : PatientReader.Read(Path.GetFileName(file), Text(file)).Diagnostics;

    private static string[] Expected(string file) =>
        [.. Text(file).Split('\n').Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..])];

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static IEnumerable<string> AllFiles() => Files("clinics").Concat(Files("patients"));

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Path.Combine(Folder, folder)).Select(f => $"{folder}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal);
}
