namespace Scheduler.Core.Protocols;

/// <summary>Which visit may make a condition true first, by what is known already. A condition that the clinic judges has none.</summary>
/// <param name="protocol">The protocol; no condition rests on itself.</param>
/// <param name="known">What is known of a condition; null for nothing.</param>
/// <param name="turn">The turn of a visit among those that may still tell something; null for one that cannot any more.</param>
/// <param name="isRecorded">Whether an outcome is recorded at a visit.</param>
/// <param name="isHeld">Whether a visit has been held.</param>
internal sealed class EarliestTruth(
    Protocol protocol, Func<string, bool?> known, Func<VisitId, int?> turn, Func<string, VisitId, bool> isRecorded, Func<VisitId, bool> isHeld)
{
    private const int Already = -1;

    private readonly Dictionary<(string, bool), int?> turns = [];

    /// <summary>The turn at which a condition may come true; null where it cannot any more, or is true already.</summary>
    public int? Of(string condition) => Turn(condition, holds: true) is >= 0 and var first ? first : null;

    private int? Turn(string name, bool holds)
    {
        if (known(name) is { } truth)
        {
            return truth == holds ? Already : null;
        }

        if (!turns.TryGetValue((name, holds), out var found))
        {
            turns[(name, holds)] = found = Turn(protocol.Conditions.First(c => c.Id == name).When, holds);
        }

        return found;
    }

    private int? Turn(OutcomeTest? test, bool holds) => test switch
    {
        null => null,
        OutcomeTest.Between between => At(between.Outcome, between.At),
        OutcomeTest.FellBy fell => Last([At(fell.Outcome, fell.At), At(fell.Outcome, fell.Before)]),
        OutcomeTest.FellByPoints fell => Last([At(fell.Outcome, fell.At), At(fell.Outcome, fell.Before)]),
        OutcomeTest.Yes yes => holds ? FirstYes(yes.Outcome) : LastNo(yes.Outcome),
        OutcomeTest.Not not => Turn(not.Condition, !holds),
        OutcomeTest.AllOf all => holds ? Last(Each(all.Conditions, holds)) : First(Each(all.Conditions, holds)),
        OutcomeTest.AnyOf any => holds ? First(Each(any.Conditions, holds)) : Last(Each(any.Conditions, holds)),
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "A kind of test without a case here."),
    };

    private List<int?> Each(IEnumerable<string> conditions, bool holds) => [.. conditions.Select(c => Turn(c, holds))];

    private int? At(string outcome, VisitId visit) => isRecorded(outcome, visit) ? Already : turn(visit);

    /// <summary>Any visit may say yes. One that was held before another one told, and told nothing itself, will not any more.</summary>
    private int? FirstYes(string outcome)
    {
        var visits = protocol.Outcomes.First(o => o.Id == outcome).At;
        var told = visits.Where(v => isRecorded(outcome, v) || isHeld(v)).Select(turn).Max() ?? Already;
        return First([.. visits.Where(v => !isRecorded(outcome, v)).Select(turn).Where(t => t >= told)]);
    }

    /// <summary>It is no only when no visit is left that could say yes.</summary>
    private int? LastNo(string outcome) =>
        protocol.Outcomes.First(o => o.Id == outcome).At.Where(v => !isRecorded(outcome, v)).Select(turn).Max();

    private static int? First(List<int?> turns) => turns.Min();

    private static int? Last(List<int?> turns) => turns.Contains(null) ? null : turns.Max();
}
