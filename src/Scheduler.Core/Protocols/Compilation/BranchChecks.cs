using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>What is wrong with conditions and the visits that depend on them, taken together: branches that no course can take.</summary>
/// <param name="protocol">The protocol, every name in it bound.</param>
/// <param name="places">Where its parts are written.</param>
/// <param name="bag">Receives the mistakes.</param>
internal sealed class BranchChecks(Protocol protocol, Places places, DiagnosticBag bag)
{
    /// <summary>The most conditions that one protocol may have.</summary>
    public const int MostConditions = 200;

    private readonly Sequence sequence = new(protocol);

    private readonly Dictionary<string, Condition> conditions = protocol.Conditions.DistinctBy(c => c.Id).ToDictionary(c => c.Id);

    /// <summary>Reports what is wrong.</summary>
    public void Run()
    {
        if (protocol.Conditions.Length > MostConditions)
        {
            bag.Add(Messages.TooManyConditions(places.Of("conditions"), protocol.Conditions.Length, MostConditions));
            return;
        }

        CheckConditions();
        if (HasCycle())
        {
            return;
        }

        foreach (var condition in protocol.Conditions)
        {
            CheckFall(condition);
            CheckExcludes(condition);
        }

        foreach (var type in protocol.VisitTypes)
        {
            CheckNeed(type);
            CheckEnd(type);
        }

        foreach (var missed in protocol.Events.OfType<EventRule.Missed>())
        {
            CheckAnd(missed);
        }

        foreach (var result in protocol.Events.OfType<EventRule.Result>())
        {
            CheckResult(result);
        }
    }

    /// <summary>A result that is known too late, to others, or only where none of the visits is needed, stops and releases nothing.</summary>
    private void CheckResult(EventRule.Result result)
    {
        var (condition, at) = (Find(result.When), places.Of("events", result.Id, "when"));
        var visits = result.Then == ResultRemedy.StopCourse ? protocol.Visits : result.Visits;
        if (visits.All(v => IsRuledOut(v, result.When)))
        {
            bag.Add(Messages.ResultChangesNothing(at, result.Id, result.When));
        }
        else if (!visits.Any(u => sequence.After(u) is var later && CanBeKnown(condition, v => v != u && !later.Contains(v))))
        {
            bag.Add(Messages.ResultTooLate(at, result.When, At(result.When)));
        }
        else if (!visits.Any(u => CanBeKnown(condition, v => IsFor(protocol.TypeOf(u), protocol.TypeOf(v)))))
        {
            bag.Add(Messages.KnownOnlyToOthers(at, result.When, visits[0].Type, At(result.When)));
        }
    }

    /// <summary>Whether a visit is not needed where a condition is true, whatever any event says.</summary>
    private bool IsRuledOut(VisitId visit, string condition) => protocol.TypeOf(visit) is var type
        && ((type.OnlyIf is { } need && (Find(condition).Excludes.Contains(need) || Find(need).Excludes.Contains(condition))) || type.Until == condition);

    /// <summary>A visit that is needed only where the condition is not true can never be missed while it is.</summary>
    private void CheckAnd(EventRule.Missed missed)
    {
        if (missed.And is not null && missed.Visits.All(v => IsRuledOut(v, missed.And)))
        {
            bag.Add(Messages.EventNeverApplies(places.Of("events", missed.Id, "and"), missed.Id, missed.And, missed.Visits[0].Type));
        }
    }

    private void CheckConditions()
    {
        foreach (var (condition, index) in protocol.Conditions.Select((c, i) => (c, i)))
        {
            if (condition.When is { } when && protocol.Conditions.Take(index).FirstOrDefault(c => when.Equals(c.When)) is { } same)
            {
                bag.Add(Messages.ConditionsAreTheSame(At(condition.Id), condition.Id, same.Id, At(same.Id)));
            }

            if (!IsUsed(condition.Id))
            {
                bag.Add(protocol.ScoreTables.Any(t => t.Rows.Any(r => r.Condition == condition.Id))
                    ? Messages.RowUnused(At(condition.Id), condition.Id)
                    : Messages.ConditionUnused(places.Of("conditions", condition.Id), condition.Id));
            }
        }
    }

    private bool IsUsed(string condition) =>
        protocol.VisitTypes.Any(t => t.OnlyIf == condition || t.Until == condition)
        || protocol.Conditions.Any(c => c.When?.Others.Contains(condition) == true)
        || protocol.Events.OfType<EventRule.Missed>().Any(e => e.And == condition || e.Then == new Remedy.BackTo(condition) || e.Otherwise == new Remedy.BackTo(condition))
        || protocol.Events.OfType<EventRule.Result>().Any(e => e.When == condition);

    /// <summary>Whether a condition waits for itself: by other conditions, or by visits that are only there if it holds.</summary>
    private bool HasCycle()
    {
        foreach (var condition in protocol.Conditions)
        {
            var waitsFor = new List<string>();
            var open = new Queue<string>(WaitsFor(condition));
            while (open.TryDequeue(out var other))
            {
                if (other == condition.Id)
                {
                    bag.Add(Messages.ConditionWaitsForItself(At(condition.Id), condition.Id, waitsFor));
                    return true;
                }

                if (!waitsFor.Contains(other))
                {
                    waitsFor.Add(other);
                    WaitsFor(Find(other)).ToList().ForEach(open.Enqueue);
                }
            }
        }

        return false;
    }

    /// <summary>Conditions without which this one can never be known.</summary>
    private IEnumerable<string> WaitsFor(Condition condition)
    {
        var measured = condition.When switch
        {
            OutcomeTest.Yes yes => [.. protocol.Outcomes.First(o => o.Id == yes.Outcome).At.Select(v => protocol.TypeOf(v).OnlyIf).Distinct()],
            OutcomeTest.Between between => [protocol.TypeOf(between.At).OnlyIf],
            _ => ImmutableArray<string?>.Empty,
        };
        return (condition.When?.Others ?? []).Concat(measured is [{ } only] ? [only] : []);
    }

    private void CheckFall(Condition condition)
    {
        (VisitId Before, VisitId At)? fall = condition.When switch
        {
            OutcomeTest.FellBy by => (by.Before, by.At),
            OutcomeTest.FellByPoints by => (by.Before, by.At),
            _ => null,
        };
        if (fall is var (before, at) && sequence.MustPrecede(at, before))
        {
            bag.Add(Messages.FallFromLater(At(condition.Id), at.ToString(), before.ToString()));
        }
    }

    private void CheckExcludes(Condition condition)
    {
        foreach (var other in condition.Excludes.Select(Find).Where(o => CanBothBe(condition.When, o.When)))
        {
            bag.Add(Messages.ExcludedCanHoldToo(places.Of("conditions", condition.Id, "excludes"), condition.Id, other.Id, At(other.Id)));
        }
    }

    private static bool CanBothBe(OutcomeTest? a, OutcomeTest? b) => (a, b) switch
    {
        (OutcomeTest.Between one, OutcomeTest.Between other) => (one.Outcome, one.At) == (other.Outcome, other.At) && one.Low <= other.High && other.Low <= one.High,
        (OutcomeTest.FellBy one, OutcomeTest.FellBy other) => (one.Outcome, one.At, one.Before) == (other.Outcome, other.At, other.Before),
        (OutcomeTest.FellByPoints one, OutcomeTest.FellByPoints other) => (one.Outcome, one.At, one.Before) == (other.Outcome, other.At, other.Before),
        _ => a is not null && a.Equals(b),
    };

    private void CheckNeed(VisitType type)
    {
        if (type.OnlyIf is not { } name)
        {
            return;
        }

        var (condition, at) = (Find(name), places.Of("visits", type.Id, "only if"));
        var later = sequence.After(type.Visits[0]);
        if (!CanBeKnown(condition, v => v != type.Visits[0] && !later.Contains(v)))
        {
            bag.Add(Messages.KnownTooLate(at, name, type.Visits[0].ToString(), At(name)));
        }
        else if (!CanBeKnown(condition, v => protocol.TypeOf(v).OnlyIf is not { } other || (!Find(other).Excludes.Contains(name) && !condition.Excludes.Contains(other))))
        {
            bag.Add(Messages.KnownOnlyWhereExcluded(at, name, type.Id, At(name)));
        }
        else if (!CanBeKnown(condition, v => IsFor(type, protocol.TypeOf(v))))
        {
            bag.Add(Messages.KnownOnlyToOthers(at, name, type.Id, At(name)));
        }
    }

    private void CheckEnd(VisitType type)
    {
        if (type.Until is not { } name)
        {
            return;
        }

        var (condition, at) = (Find(name), places.Of("visits", type.Id, "until"));
        var (last, later) = (type.Visits[^1], sequence.After(type.Visits[^1]));
        if (type.OnlyIf == name)
        {
            bag.Add(Messages.UntilIsOnlyIf(at, name, type.Id, places.Of("visits", type.Id, "only if")));
        }
        else if (type.OnlyIf is { } need && condition.When is OutcomeTest.Between && (Find(need).Excludes.Contains(name) || condition.Excludes.Contains(need)))
        {
            bag.Add(Messages.UntilExcluded(at, name, need, places.Of("visits", type.Id, "only if")));
        }
        else if (!CanBeKnown(condition, v => v != last && !later.Contains(v)))
        {
            bag.Add(Messages.EndsTooLate(at, name, type.Id, At(name)));
        }
        else if (MustBeKnown(condition, v => sequence.MustPrecede(v, type.Visits[0])))
        {
            bag.Add(Messages.EndsBeforeItBegins(at, name, type.Id, At(name)));
        }
        else if (!CanBeKnown(condition, v => IsFor(type, protocol.TypeOf(v))))
        {
            bag.Add(Messages.KnownOnlyToOthers(at, name, type.Id, At(name)));
        }
    }

    /// <summary>Whether those who have the one visit type have the other too.</summary>
    private static bool IsFor(VisitType type, VisitType other) =>
        (other.Arm is null || other.Arm == type.Arm) && (other.Stream is null || other.Stream == type.Stream);

    /// <summary>Whether a condition may be known from visits such as these. What the clinic judges may be known at any time.</summary>
    private bool CanBeKnown(Condition condition, Func<VisitId, bool> isSuch) => Ask(condition, [], (when, ask) => when switch
    {
        null => true,
        OutcomeTest.Between between => isSuch(between.At),
        OutcomeTest.FellBy fell => isSuch(fell.At) && isSuch(fell.Before),
        OutcomeTest.FellByPoints fell => isSuch(fell.At) && isSuch(fell.Before),
        OutcomeTest.Yes yes => protocol.Outcomes.First(o => o.Id == yes.Outcome).At.Any(isSuch),
        OutcomeTest.AnyOf any => any.Conditions.Any(ask),
        var test => test.Others.All(ask),
    });

    /// <summary>Whether a condition is decided by visits such as these, whatever happens.</summary>
    private bool MustBeKnown(Condition condition, Func<VisitId, bool> isSuch) => Ask(condition, [], (when, ask) => when switch
    {
        null => false,
        OutcomeTest.Between between => isSuch(between.At),
        OutcomeTest.FellBy fell => isSuch(fell.At),
        OutcomeTest.FellByPoints fell => isSuch(fell.At),
        OutcomeTest.Yes yes => protocol.Outcomes.First(o => o.Id == yes.Outcome).At.All(isSuch),
        var test => test.Others.All(ask),
    });

    /// <summary>Asks something of a condition and of those it rests on, of each once.</summary>
    private bool Ask(Condition condition, Dictionary<string, bool> answers, Func<OutcomeTest?, Func<string, bool>, bool> question)
    {
        if (!answers.TryGetValue(condition.Id, out var answer))
        {
            answer = question(condition.When, other => Ask(Find(other), answers, question));
            answers.Add(condition.Id, answer);
        }

        return answer;
    }

    private Condition Find(string name) => conditions[name];

    /// <summary>Where it is said when a condition is true.</summary>
    private SourceSpan At(string name)
    {
        foreach (var table in protocol.ScoreTables)
        {
            if (table.Rows.FirstOrDefault(r => r.Condition == name) is { } row)
            {
                var rows = row.Low == row.High ? $"{row.Low}" : $"{row.Low} to {row.High}";
                return places.Of("score tables", table.Id, "rows", rows);
            }
        }

        return places.Of("conditions", name, "when");
    }
}
