using System.Text.Json;
using NodaTime;

namespace Scheduler.Cli.Tests;

/// <summary>The sample book, made once; each test works in a copy of its own.</summary>
public sealed class BookOfSample : IDisposable
{
    /// <summary>A Monday at noon at the clinic.</summary>
    internal static readonly Instant Noon = Instant.FromUtc(2026, 11, 23, 17, 0);

    private readonly Scratch made = new();

    public BookOfSample()
    {
        var run = Ask(made.Folder, "init", "--sample");
        Said = (run.ExitCode, run.Output, run.Error);
    }

    /// <summary>What making it said.</summary>
    public (int ExitCode, string Output, string Error) Said { get; }

    /// <summary>A copy of the book.</summary>
    internal BookCopy Copy()
    {
        var copy = new Scratch();
        Directory.CreateDirectory(Path.Combine(copy.Folder, "data"));
        File.Copy(Path.Combine(made.Folder, "data", "book.db"), Path.Combine(copy.Folder, "data", "book.db"));
        return new(copy);
    }

    internal static Cli Ask(string folder, params string[] args) => Ask(folder, Noon, args);

    internal static Cli Ask(string folder, Instant now, params string[] args) => Ask(folder, now, _ => null, args);

    internal static Cli Ask(string folder, Instant now, Func<string, string?> variables, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, output, error, new At(now), isTerminal: false, folder, variables: variables);
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => made.Dispose();

    internal sealed class At(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}

/// <summary>A copy of the sample book.</summary>
internal sealed class BookCopy(Scratch folder) : IDisposable
{
    /// <summary>The folder in which the book's folder lies.</summary>
    public string Folder => folder.Folder;

    /// <summary>Asks as the one who books.</summary>
    public Cli Ask(params string[] args) => BookOfSample.Ask(Folder, [.. args, "--as", "office"]);

    /// <summary>Asks as somebody.</summary>
    public Cli AskAs(string account, params string[] args) => BookOfSample.Ask(Folder, [.. args, "--as", account]);

    /// <summary>What a program is answered.</summary>
    public JsonElement Json(params string[] args) => JsonAs("office", args);

    /// <summary>What a program is answered that asks as somebody.</summary>
    public JsonElement JsonAs(string account, params string[] args)
    {
        var run = AskAs(account, [.. args, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    /// <summary>A file beside the book.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>On a day, nothing is booked but the visits of courses for which no calendar was found.</summary>
    public void AssertOnly(JsonElement without, string day) => Assert.Subset(
        without.EnumerateArray().Select(w => w.GetProperty("enrolment").GetString()).ToHashSet(), Json("day", day).GetProperty("visits").EnumerateArray().Select(v => v.GetProperty("enrolment").GetString()).ToHashSet());

    /// <summary>The enrolment of the first patient of whom some visit has a status, and that visit.</summary>
    public (string Enrolment, string Visit) With(string status, Func<JsonElement, bool>? and = null)
    {
        foreach (var enrolment in Json("patient", "show").GetProperty("patients").EnumerateArray().SelectMany(p => p.GetProperty("enrolments").EnumerateArray()))
        {
            var course = Json("show", enrolment.GetString()!);
            var found = course.GetProperty("visits").EnumerateArray().FirstOrDefault(v => v.GetProperty("status").GetString() == status && (and?.Invoke(v) ?? true));
            if (found.ValueKind == JsonValueKind.Object)
            {
                return (enrolment.GetString()!, found.GetProperty("visit").GetString()!);
            }
        }

        throw new InvalidOperationException($"No visit is {status}.");
    }

    public void Dispose() => folder.Dispose();
}
