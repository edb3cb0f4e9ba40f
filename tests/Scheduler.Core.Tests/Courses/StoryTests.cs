using System.Text.RegularExpressions;

namespace Scheduler.Core.Tests.Courses;

/// <summary>
/// Each file of Stories tells a course as a clinician would, and ends with what has come of it: lines that begin with <c>&gt; </c>. What is
/// to be planned next is planned in the small clinic, and judged.
/// </summary>
public sealed class StoryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Scheduler.Core.Tests", "Courses", "Stories");

    public static TheoryData<string> Stories => [.. Files()];

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_story_comes_to_this(string story)
    {
        var path = Path.Combine(Folder, story);
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var expected = string.Concat(text.Split('\n').Where(l => l.StartsWith('>')).Select(l => l + "\n"));
        var found = Story.Tell(text);

        // To write what comes of it now into the files, run the tests once with SCHEDULER_WRITE_GOLDEN=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, string.Concat(text.TrimEnd('\n').Split('\n').Where(l => !l.StartsWith('>')).Select(l => l + "\n")) + found);
            expected = found;
        }

        Assert.NotEqual("", found);
        Assert.DoesNotContain("BREACH", found, StringComparison.Ordinal);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void There_are_at_least_thirty_stories_each_with_a_sentence_of_its_own() =>
        Assert.True(Files().Select(f => File.ReadLines(Path.Combine(Folder, f)).First()).Distinct(StringComparer.Ordinal).Count(l => l.StartsWith("# ", StringComparison.Ordinal)) >= 30);

    [Fact]
    public void Every_code_of_courses_is_shown_by_a_story_or_an_event_that_cannot_be()
    {
        var codes = Regex.Matches(Repository.Text("src/Scheduler.Core/Diagnostics/Messages.Course.cs"), "CO[0-9]{3}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value);
        var shown = string.Concat(Files().Select(f => File.ReadAllText(Path.Combine(Folder, f)))) + Repository.Text("tests/Scheduler.Core.Tests/Courses/IllegalEventTests.cs");

        Assert.Equal([], codes.Where(c => !shown.Contains(c, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
