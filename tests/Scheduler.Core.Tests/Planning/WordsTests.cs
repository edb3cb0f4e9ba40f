using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning;

public sealed class WordsTests
{
    private static readonly Protocol Feder = Repository.Protocol("feder-2025-ketamine-wet.yaml");

    public static TheoryData<string, string> Cases => new()
    {
        { "wet 1,2,3,4,5", "wet" },
        { "caps5-baseline 1", "caps5-baseline" },
        { "wet 1,5", "wet[1] and wet[5]" },
        { "wet 2,3,4,5", "wet[2] to wet[5]" },
        { "wet 1,2", "wet[1] and wet[2]" },
        { "wet 5,1,4,3", "wet[1] and wet[3] to wet[5]" },
        { "infusion 1,2,3,4,5,6;wet 2", "infusion and wet[2]" },
        { "infusion 1,3,5;caps5-week12 1", "infusion[1], infusion[3], infusion[5] and caps5-week12" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Visits_are_said_by_series_and_by_runs(string visits, string said) => Assert.Equal(said, Words.Visits(Visits(visits), Feder));

    [Fact]
    public void Every_rule_is_said_and_single_visits_have_no_number()
    {
        string[] said = [.. Feder.Rules.Select(r => RuleBook.Say(r, Feder))];

        Assert.Contains("infusion must start from 08:00 to 11:30", said);
        Assert.DoesNotContain(said, s => s.Contains("caps5-baseline[1]", StringComparison.Ordinal));
    }

    private static ImmutableArray<VisitId> Visits(string written) =>
        [.. written.Split(';').SelectMany(series => series.Split(' ')[1].Split(',').Select(n => new VisitId(series.Split(' ')[0], int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))))];
}
