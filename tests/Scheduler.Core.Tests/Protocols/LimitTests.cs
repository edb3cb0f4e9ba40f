using System.Globalization;
using System.Reflection;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Protocols.Compilation.Contradictions;
using Scheduler.Core.Protocols.Compilation.Rules;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>The tables of limits in the docs are those of the code: what is refused, from which number on, and with which message.</summary>
public sealed class LimitTests
{
    private static readonly (long Limit, string Code)[] OfProtocols =
    [
        (YamlLimits.Default.Characters, "YA001"), (YamlLimits.Default.Depth, "YA007"), (YamlLimits.Default.Events, "YA008"), (YamlLimits.Default.ScalarCharacters, "YA009"),
        (VisitTypeText.MostVisits, ""), (Checks.MostVisits, "PR039"), (Contradiction.MostRules, "PR219"), (BranchChecks.MostConditions, "PR154"),
        (Sizes.MostPairs, "PR242"), (Sizes.MostWindows, "PR243"), (Sizes.MostPoints, "PR244"), (Scalars.MostWeight, ""),
        (Scalars.MostDays, ""), (Scalars.MostWeeks, ""), (Scalars.MostMonths, ""), (LeewayText.MostHours, "PR238"), (Checks.LongestSelfReport, "PR236"),
    ];

    private static readonly (long Limit, string Code)[] OfClinics =
    [
        (ResourceFormat.MostAtOnce, ""), (TemplateShape.LongestText, "ME002"), (TemplateShape.LongestLine, "ME002"), (PatientFormat.LongestId, ""), (PatientReader.MostPreferences, "PA007"), (AuthorisationFormat.MostVisits, ""),
    ];

    private static readonly (long Limit, string Code)[] OfEvents = [(EventsReader.MostEvents, "CO035")];

    [Fact]
    public void The_limits_of_a_file_of_events_are_documented() => Assert.Equal(OfEvents, Table("docs/courses.md"));

    [Fact]
    public void The_limits_of_a_protocol_are_documented() => Assert.Equal(OfProtocols, Table("docs/language.md"));

    [Fact]
    public void The_limits_of_clinics_and_patients_are_documented() => Assert.Equal(OfClinics, Table("docs/clinics.md"));

    [Fact]
    public void Every_limit_of_the_readers_is_in_a_table()
    {
        // What is private limits how long the program thinks, not what may be written.
        var known = OfProtocols.Concat(OfClinics).Concat(OfEvents).Select(l => l.Limit).ToHashSet();
        var limits = typeof(Checks).Assembly.GetTypes()
            .Where(t => t.Namespace is { } n && (n.EndsWith(".Text", StringComparison.Ordinal) || n.EndsWith(".Messaging", StringComparison.Ordinal) || n.Contains(".Shapes", StringComparison.Ordinal) || n.Contains(".Compilation", StringComparison.Ordinal)))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(f => f.IsLiteral && (f.Name.StartsWith("Most", StringComparison.Ordinal) || f.Name.StartsWith("Longest", StringComparison.Ordinal)))
            .ToList();

        Assert.True(limits.Count > 10);
        Assert.All(limits, f => Assert.Contains(Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture), known));
    }

    private static (long Limit, string Code)[] Table(string page) =>
    [
        .. Repository.Text(page).ReplaceLineEndings("\n").Split("## How much may be written\n")[1].Split('\n')
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .Select(l => l.Split('|'))
            .Select(c => (long.Parse(c[2], NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture), c[3].Trim())),
    ];
}
