namespace Scheduler.Core.Tests.Architecture;

/// <summary>Names say what a thing is, and folders say where it is.</summary>
public sealed class NameTests
{
    /// <summary>Words that say nothing about a type, beside the name of the project.</summary>
    private static readonly string[] Refused = ["Scheduler", "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Common", "Dto", "Dtos"];

    [Fact]
    public void No_type_of_any_project_is_named_by_a_word_that_says_nothing() =>
        Assert.Equal([], Sources.All.SelectMany(s => s.Types.Where(SaysNothing).Select(t => $"{s.Path}: {t}")));

    [Fact]
    public void No_folder_is_named_by_a_word_that_says_nothing() =>
        Assert.Equal([], Sources.All.Select(s => s.Path).Where(p => p.Split('/')[1..^1].Any(SaysNothing)));

    [Fact]
    public void Every_namespace_is_that_of_its_folder()
    {
        // Kinds of rules are nested in Rule, each in a file of its own, so they share its namespace.
        var others = Sources.All.Where(s => s.Namespace != s.Folder && s.Folder != "Scheduler.Core.Protocols.Rules").Select(s => s.Path);

        Assert.Equal(["Scheduler.Cli/Program.cs"], others);
    }

    [Theory]
    [InlineData("public sealed class BookingManager;", "BookingManager")]
    [InlineData("    private sealed record struct Common(int X);", "Common")]
    [InlineData("internal sealed record VisitDto\n{", "VisitDto")]
    [InlineData("public static partial class DateUtils<T>\n    where T : class", "DateUtils")]
    [InlineData("[Flags] public enum Helper : byte", "Helper")]
    [InlineData("public delegate IReadOnlyList<int> PlanningService(int x);", "PlanningService")]
    [InlineData("public interface IPlanningService\n{", "IPlanningService")]
    public void A_type_that_is_named_so_is_found_however_it_is_declared(string declaration, string name)
    {
        var types = new Sources("Scheduler.Core/X.cs", $"namespace Scheduler.Core;\n\n{declaration}\n").Types.ToList();

        Assert.Equal([name], types);
        Assert.True(SaysNothing(types[0]));
    }

    [Theory]
    [InlineData("/// <summary>No class Helper here.</summary>")]
    [InlineData("    return record is Helper;")]
    [InlineData("public sealed class ServiceHours;")]
    [InlineData("public sealed class Reader<T> where T : class;")]
    public void A_sentence_or_a_name_that_only_begins_so_is_not_found(string line) =>
        Assert.DoesNotContain(new Sources("Scheduler.Core/X.cs", $"{line}\n").Types, SaysNothing);

    private static bool SaysNothing(string name) => Refused.Any(r => name.EndsWith(r, StringComparison.Ordinal));
}
