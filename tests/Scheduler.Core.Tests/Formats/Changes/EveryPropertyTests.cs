using System.Collections.Immutable;
using Scheduler.Core.Formats.Changes;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning;

namespace Scheduler.Core.Tests.Formats.Changes;

/// <summary>Whatever an author changes is told: each property of each part of a protocol is edited by itself in real files.</summary>
public sealed class EveryPropertyTests
{
    /// <summary>How often each path is edited; more of the same kind would only take time.</summary>
    private const int EditsOfAPath = 2;

    private static readonly ImmutableDictionary<string, string> Untold = new Dictionary<string, string>
    {
        ["VisitType.Id"] = "its visits bear it and rules name them: a file with another id has other visits, which is told, and one that only has another id has mistakes",
        ["VisitId.Type"] = "edited as a whole: another visit",
        ["VisitId.Ordinal"] = "edited as a whole: another visit",
        ["CameTrue.Earliest"] = "worked out from the condition",
        ["CameTrue.Judges"] = "worked out from the condition",
        ["Window.Nearest"] = "only in the rest of a course",
        ["CameTrueOn"] = "only in the rest of a course",
        ["Protocol.Visits"] = "worked out from the visit types",
        ["VisitType.Visits"] = "worked out from the visit type",
        ["Cadence.Series"] = "always a whole series, whose number of visits is told of its visit type",
        ["RuleHead.Part"] = "worked out from what is written as one rule",
        ["RuleHead.Where"] = "where a rule is written in its file is no part of what it says",
    }.ToImmutableDictionary();

    [Fact]
    public void A_change_of_any_property_is_told()
    {
        var (edits, silent) = (new Dictionary<string, int>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var protocol in Files().Append(Seldom()))
        {
            foreach (var (path, copy) in Edited.Copies(protocol, protocol, ""))
            {
                if (Untold.Keys.Any(k => path.Contains($"/{k}", StringComparison.Ordinal)) || edits.GetValueOrDefault(path) >= EditsOfAPath)
                {
                    continue;
                }

                edits[path] = edits.GetValueOrDefault(path) + 1;
                if (ProtocolChanges.Between(protocol, (Protocol)copy!).All.IsEmpty)
                {
                    silent.Add(path);
                }
            }
        }

        var never = Properties().Except(edits.Keys.SelectMany(p => p.Split('/'))).Where(p => !Untold.Keys.Any(k => p.StartsWith(k, StringComparison.Ordinal))).ToList();
        Assert.True(silent.Count == 0, $"Not told: {string.Join(", ", silent)}");
        Assert.True(never.Count == 0, $"Never edited, so that nothing is known of them; let a file have them: {string.Join(", ", never)}");
    }

    private static IEnumerable<string> Properties() => typeof(Protocol).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(Protocol).Namespace && !t.IsAbstract && !t.IsEnum && !t.Name.StartsWith('<'))
        .Concat([typeof(Provenance), typeof(QuietHours), typeof(Message), .. typeof(MessageTime).GetNestedTypes(), typeof(Saying), typeof(SaidIn)])
        .SelectMany(t => Edited.Written(t).Select(p => $"{t.Name}.{p.Name}"));

    /// <summary>What none of the files says.</summary>
    private static Protocol Seldom()
    {
        var (dose, call) = (TestProtocol.Treatment("dose", [60, 60, 60]), TestProtocol.Assessment("call", Mode.Phone, 20));
        var (first, last) = (TestProtocol.Visit("dose[1]"), TestProtocol.Visit("dose[3]"));
        return TestProtocol.Of(
            [dose, call],
            new Rule.Window(TestProtocol.Head("days"), call.Visits, new Anchor.EndOf(last), TestProtocol.Days(7), new(-1, 1), new(-2, 2), 1) { Fallback = new Anchor.StartOf(first) },
            new Rule.Window(TestProtocol.Head("since"), TestProtocol.Visits("dose[3]"), new Anchor.CameTrue("fell", first, [first, last]), TestProtocol.Days(7), new(-1, 1), new(-2, 2), 0),
            new Rule.Rotation(TestProtocol.Head("turns"), dose.Visits, "nurse", IsMust: true),
            new Rule.HourWindow(TestProtocol.Head("hours"), call.Visits, new Anchor.EndOf(last), 600, new(-60, 60), new(-90, 90), 1) { Fallback = new Anchor.StartOf(first) }) with
        {
            Conditions =
            [
                new("fell", "Fell.", []) { When = new OutcomeTest.FellByPoints("mood", last, first, 10) },
                new("all", "All.", []) { When = new OutcomeTest.AllOf(["fell", "any"]) },
                new("any", "Any.", []) { When = new OutcomeTest.AnyOf(["fell", "all"]) },
            ],
            Events = [new EventRule.Missed("again", dose.Visits, Provenance.None, new Remedy.RepeatPhase("acute"), 2, new Remedy.StopCourse()), new EventRule.Result("poor", "fell", dose.Visits, Provenance.None, ResultRemedy.ReleaseTheRest)],
        };
    }

    private static IEnumerable<Protocol> Files()
    {
        string[] folders = ["protocols", "tests/Scheduler.Core.Tests/Protocols/Outside"];
        return folders.SelectMany(f => Directory.GetFiles(Path.Combine(Repository.Root, f), "*.yaml"))
            .Where(f => !f.EndsWith(".clinic.yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => ProtocolCompiler.Compile(Path.GetFileName(f), File.ReadAllText(f)).Required);
    }
}
