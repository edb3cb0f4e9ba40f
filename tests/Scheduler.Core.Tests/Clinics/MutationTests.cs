using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Tests.Clinics;

/// <summary>Files that somebody spoilt: nothing is thrown, and there is a value or an error.</summary>
public sealed class MutationTests
{
    private static readonly string[] Snippets =
    [
        " ", "\n", ":", ",", "- ", "[", "]", "{", "}", "'", "\"", "#", "&a", "*a", "!t", "|", "24:00", "99:99", "-1", "9999-12-31", "-9998-01-01",
        "2026-02-30", "every 02-29", "share", "supervision", "in week A", "off", "must", "1000001", "\t", "é", "\u0000", "$x", "every day",
    ];

    [Theory]
    [InlineData("protocols/samples/clinic-small.yaml", 1_000)]
    [InlineData("protocols/samples/patient-worker.yaml", 500)]
    [InlineData("protocols/samples/patient-far.yaml", 500)]
    [InlineData("tests/Scheduler.Hostile/Originals/clinic-wide.yaml", 1_000)]
    [InlineData("tests/Scheduler.Hostile/Originals/patient-wide.yaml", 1_000)]
    public void A_spoilt_file_gives_a_value_or_an_error_and_never_an_exception(string file, int times)
    {
        var original = Repository.Text(file);
        for (var seed = 0; seed < times; seed++)
        {
            var text = Spoil(original, new Random(seed));
            if (file.Contains("/clinic-", StringComparison.Ordinal))
            {
                Check(ClinicReader.Read(file, text), seed);
            }
            else
            {
                Check(PatientReader.Read(file, text), seed);
            }
        }
    }

    private static void Check<T>(Read<T> read, int seed)
        where T : class =>
        Assert.True(read.Succeeded != read.Diagnostics.Any(d => d.Severity == Severity.Error), $"seed {seed}");

    private static string Spoil(string text, Random chance)
    {
        for (var change = 1 + chance.Next(3); change > 0; change--)
        {
            var at = chance.Next(text.Length);
            var length = Math.Min(chance.Next(12), text.Length - at);
            text = chance.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Snippets[chance.Next(Snippets.Length)]),
                2 => text.Remove(at, length).Insert(at, Snippets[chance.Next(Snippets.Length)]),
                _ => text.Insert(at, text.Substring(chance.Next(text.Length - length), length)),
            };
            text = text.Length == 0 ? "-" : text;
        }

        return text;
    }
}
