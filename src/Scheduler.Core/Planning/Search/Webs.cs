namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Conditional visits of which some go together with one and the same visit and yet exclude each other. Where to go together is not passed on in that way, the
/// fragments of each are counted beside others than those beside which its neighbours' are, and a visit more can lower the sum by more than its own.
/// </summary>
internal sealed class Webs
{
    private readonly SearchProblem problem;
    private readonly int[] movable;
    private readonly Dictionary<int, int[]> tied = [];

    /// <summary>Finds the webs of a course.</summary>
    public Webs(SearchProblem problem)
    {
        this.problem = problem;
        movable = problem.Exclusive.Count == 0 ? [] : [.. Enumerable.Range(0, problem.Visits.Length).Where(v => problem.Visits[v].Fixed is null)];
        var seen = new HashSet<int>();
        foreach (var v in movable)
        {
            if (seen.Contains(v))
            {
                continue;
            }

            var component = Component(v);
            seen.UnionWith(component);
            foreach (var member in component)
            {
                int[] neighbours = [.. component.Where(other => GoTogether(member, other))];
                tied[member] = neighbours;
            }

            if (component.TrueForAll(m => tied[m].Length == component.Count - 1))
            {
                component.ForEach(m => tied.Remove(m));
            }
        }
    }

    /// <summary>The visits whose fragments a visit may change.</summary>
    public int[] Of(int visit) => tied.GetValueOrDefault(visit, []);

    private List<int> Component(int visit)
    {
        var reached = new List<int> { visit };
        for (var i = 0; i < reached.Count; i++)
        {
            reached.AddRange(Array.FindAll(movable, v => GoTogether(reached[i], v) && !reached.Contains(v)));
        }

        return reached;
    }

    private bool GoTogether(int a, int b) => a != b && !problem.Exclusive.Contains((a, b));
}
