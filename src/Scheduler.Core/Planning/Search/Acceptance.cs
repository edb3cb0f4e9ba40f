namespace Scheduler.Core.Planning.Search;

/// <summary>Refuses solutions that make the impression of a proposal seen before. As long as a solution may still become such a one, its visits count together.</summary>
internal sealed class Acceptance(SearchProblem problem, Decisions decisions, IReadOnlyList<Impression> seen)
{
    private readonly bool[] isNoticed = [.. Enumerable.Range(0, problem.Visits.Length).Select(v => seen.Count > 0 && Impression.IsNoticed(problem, v))];

    /// <summary>Whether a visit makes an impression that counts.</summary>
    public bool Counts(int visit) => isNoticed[visit];

    /// <summary>Whether it is still open if the solution will be accepted: visits that count are open, and what is decided may still become a proposal seen before.</summary>
    public bool IsPending() => AnyOpen() && Unlike() < seen.Count;

    /// <summary>Whether what is decided is not refused.</summary>
    public bool Accepts() => seen.Count == 0 || AnyOpen() || Impression.Of(problem, decisions) is var made && !seen.Any(made.IsLike);

    /// <summary>Adds to the state of a search how what is decided may still become a proposal seen before.</summary>
    public void AddTo(List<ulong> key)
    {
        if (seen.Count == 0 || !AnyOpen())
        {
            return;
        }

        var made = Impression.Of(problem, decisions);
        var pending = seen.Select((one, i) => made.CannotBecome(one) ? 0UL : 1UL << (i & 63)).Aggregate(0UL, (all, one) => all | one);
        key.Add(pending);
        if (pending != 0)
        {
            made.AddTo(key);
        }
    }

    private bool AnyOpen()
    {
        for (var v = 0; v < isNoticed.Length; v++)
        {
            if (isNoticed[v] && decisions.Day[v] == Decisions.Open)
            {
                return true;
            }
        }

        return false;
    }

    private int Unlike()
    {
        var made = Impression.Of(problem, decisions);
        return seen.Count(made.CannotBecome);
    }
}
