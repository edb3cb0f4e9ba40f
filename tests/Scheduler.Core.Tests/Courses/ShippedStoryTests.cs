using System.Text;

namespace Scheduler.Core.Tests.Courses;

/// <summary>
/// Each shipped protocol has a file of stories under Shipped: whatever may happen in its course happens in one of them. A story begins with the
/// whole course booked in the busy clinic from 1 March 2027, and ends with what has come of it, planned and judged.
/// </summary>
public sealed class ShippedStoryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Scheduler.Core.Tests", "Courses", "Shipped");

    public static TheoryData<string> Protocols =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "protocols"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void All_that_may_happen_in_a_shipped_course_happens_in_a_story_and_comes_to_this(string protocol)
    {
        var path = Path.Combine(Folder, $"{protocol}.stories");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var parts = text.Split("\nstory: ");
        var (seen, told) = (new SeenEvents(), new StringBuilder(parts[0]));
        foreach (var part in parts.Skip(1))
        {
            var lines = part.TrimEnd('\n').Split('\n').Where(l => !l.StartsWith('>')).ToList();
            var streams = lines.Where(l => l.StartsWith('+')).Select(l => l[1..]).ToArray();
            var came = Story.TellShipped(protocol, streams, lines.Skip(1).Where(l => l.Length > 0 && !l.StartsWith('+')), seen);
            told.Append("\nstory: ").AppendJoin('\n', lines.Where(l => l.Length > 0)).Append('\n').Append(came);
        }

        // To write what comes of them now into the files, run the tests once with SCHEDULER_WRITE_GOLDEN=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, told.ToString());
            text = told.ToString();
        }

        Assert.DoesNotContain("BREACH", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, told.ToString());
        Assert.Equal([], seen.Missing(Repository.Protocol($"{protocol}.yaml")));
    }
}
