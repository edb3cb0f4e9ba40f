using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What is known of a condition.</summary>
public enum Truth
{
    /// <summary>What it asks for is not recorded yet.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It does not.</summary>
    False,
}

/// <summary>Works out conditions from what is recorded.</summary>
/// <param name="state">The course.</param>
internal sealed class Truths(CourseState state)
{
    private readonly Dictionary<string, Truth> known = new(StringComparer.Ordinal);

    /// <summary>What is known of a condition: what an event brought about comes first, then its test, then what the clinic judged, then what others exclude.</summary>
    public Truth Of(string name)
    {
        if (known.TryGetValue(name, out var truth))
        {
            return truth;
        }

        // The compiler allows no cycles of tests; those of 'excludes' end here.
        known[name] = Truth.Unknown;
        var condition = state.Protocol.Conditions.First(c => c.Id == name);
        truth = state.BroughtAbout.TryGetValue(name, out var brought) ? Known(brought.Holds) : condition.When is { } test ? ByTest(test) : Truth.Unknown;
        if (truth == Truth.Unknown && state.Judged.TryGetValue(name, out var judged))
        {
            truth = Known(judged.Holds);
        }

        if (truth == Truth.Unknown && Excluding(condition).Any(c => Of(c) == Truth.True))
        {
            truth = Truth.False;
        }

        return known[name] = truth;
    }

    /// <summary>The conditions that cannot hold together with one.</summary>
    public IEnumerable<string> Excluding(Condition condition) =>
        condition.Excludes.Concat(state.Protocol.Conditions.Where(c => c.Excludes.Contains(condition.Id)).Select(c => c.Id));

    /// <summary>What a test says by itself.</summary>
    public Truth ByTest(OutcomeTest test) => test switch
    {
        OutcomeTest.Between between => Score(between.Outcome, between.At) is { } score ? Known(score >= between.Low && score <= between.High) : Truth.Unknown,
        OutcomeTest.FellBy fell => Score(fell.Outcome, fell.At) is { } now && Score(fell.Outcome, fell.Before) is { } before
            ? Known(before > now && (before - now) * 100L >= (long)fell.Percent * before)
            : Truth.Unknown,
        OutcomeTest.FellByPoints fell => Score(fell.Outcome, fell.At) is { } now && Score(fell.Outcome, fell.Before) is { } before
            ? Known(before - now >= fell.Points)
            : Truth.Unknown,
        OutcomeTest.Yes yes => Yes(yes.Outcome),
        OutcomeTest.Not not => Of(not.Condition) switch { Truth.True => Truth.False, Truth.False => Truth.True, _ => Truth.Unknown },
        OutcomeTest.AllOf all => All([.. all.Conditions.Select(Of)], Truth.False, Truth.True),
        OutcomeTest.AnyOf any => All([.. any.Conditions.Select(Of)], Truth.True, Truth.False),
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "A kind of test without a case here."),
    };

    /// <summary>A yes at any visit decides; a no only when no visit is left that could say yes. Where all were skipped, nobody knows.</summary>
    private Truth Yes(string outcome)
    {
        var visits = state.Protocol.Outcomes.First(o => o.Id == outcome).At;
        bool IsAnswered(VisitId visit) => state.Answers.ContainsKey((outcome, visit));
        if (visits.Any(v => state.Answers.GetValueOrDefault((outcome, v))))
        {
            return Truth.True;
        }

        var isAsked = visits.Any(IsAnswered);
        return visits.All(v => IsAnswered(v) || state.Find(v).Status == VisitStatus.Released || (isAsked && state.Find(v).IsOut)) ? Truth.False : Truth.Unknown;
    }

    /// <summary>Whether a condition that is not known can never be: what it asks for was to be measured at a visit that is not needed any more.</summary>
    public bool IsMoot(string name)
    {
        var condition = state.Protocol.Conditions.First(c => c.Id == name);
        bool IsLost(string outcome, VisitId visit) => Score(outcome, visit) is null && state.Find(visit).Status == VisitStatus.Released;
        return Of(name) == Truth.Unknown && condition.When switch
        {
            OutcomeTest.Between between => IsLost(between.Outcome, between.At),
            OutcomeTest.FellBy fell => IsLost(fell.Outcome, fell.At) || IsLost(fell.Outcome, fell.Before),
            OutcomeTest.FellByPoints fell => IsLost(fell.Outcome, fell.At) || IsLost(fell.Outcome, fell.Before),
            OutcomeTest.Not not => IsMoot(not.Condition),
            OutcomeTest.AllOf all => all.Conditions.Any(IsMoot),
            OutcomeTest.AnyOf any => any.Conditions.Where(c => Of(c) == Truth.Unknown).All(IsMoot),
            _ => false,
        };
    }

    private int? Score(string outcome, VisitId visit) => state.Scores.TryGetValue((outcome, visit), out var score) ? score : null;

    private static Truth Known(bool holds) => holds ? Truth.True : Truth.False;

    private static Truth All(List<Truth> truths, Truth decisive, Truth otherwise) =>
        truths.Contains(decisive) ? decisive : truths.Contains(Truth.Unknown) ? Truth.Unknown : otherwise;
}
