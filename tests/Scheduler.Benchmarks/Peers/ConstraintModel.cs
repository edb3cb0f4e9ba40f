namespace Scheduler.Benchmarks.Peers;

/// <summary>
/// Integer variables and constraints between them, as any constraint solver understands them. A literal is a variable from 0 to 1, or its
/// complement (<c>~</c>) for "not".
/// </summary>
internal sealed class ConstraintModel
{
    private readonly List<Variable> variables = [];
    private readonly List<Constraint> constraints = [];

    /// <summary>All variables, by index.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>All constraints.</summary>
    public IReadOnlyList<Constraint> Constraints => constraints;

    /// <summary>What is to be minimised: weights and variables.</summary>
    public IReadOnlyList<(long Weight, int Variable)> Objective { get; set; } = [];

    /// <summary>Variables that decide everything else, in an order that a search may follow.</summary>
    public List<int> Decisions { get; } = [];

    /// <summary>A variable that is to be chosen.</summary>
    public int Choose(string name, ValueSet domain)
    {
        variables.Add(new(name, domain, null));
        Decisions.Add(variables.Count - 1);
        return variables.Count - 1;
    }

    /// <summary>A variable that follows from others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="domain">What it may be.</param>
    /// <param name="meaning">Its value, given those of others; constraints say the same to a solver.</param>
    public int Derive(string name, ValueSet domain, Func<Func<int, long>, long> meaning)
    {
        variables.Add(new(name, domain, meaning));
        return variables.Count - 1;
    }

    /// <summary>Adds a constraint.</summary>
    public void Add(Constraint constraint) => constraints.Add(constraint);

    /// <summary>A weighted sum lies between two bounds, where all literals hold.</summary>
    public void Bound(IEnumerable<(long Weight, int Variable)> sum, long least, long most, params int[] when) =>
        Add(new Constraint.Linear([.. sum], least, most, when));

    /// <summary>Whether values satisfy every constraint, and what they cost.</summary>
    /// <param name="chosen">The values of the chosen variables.</param>
    /// <returns>The values of the objective's variables; null where some constraint fails.</returns>
    public long[]? TermsOf(IReadOnlyDictionary<int, long> chosen)
    {
        var known = new Dictionary<int, long>(chosen);
        var holds = Enumerable.Range(0, variables.Count).All(v => variables[v].Domain.Contains(Value(v))) && constraints.TrueForAll(c => c.Holds(Value));
        return holds ? [.. Objective.Select(t => Value(t.Variable))] : null;

        long Value(int variable)
        {
            if (!known.TryGetValue(variable, out var value))
            {
                known[variable] = value = variables[variable].Meaning!(Value);
            }

            return value;
        }
    }
}

/// <summary>A variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Domain">What it may be.</param>
/// <param name="Meaning">How it follows from others; null for one that is chosen.</param>
internal sealed record Variable(string Name, ValueSet Domain, Func<Func<int, long>, long>? Meaning);

/// <summary>A constraint. A closed set.</summary>
internal abstract record Constraint
{
    private Constraint()
    {
    }

    /// <summary>Whether it holds for values.</summary>
    public bool Holds(Func<int, long> value) => this switch
    {
        Linear linear => !linear.When.All(l => IsTrue(l, value)) || (linear.Sum.Sum(t => t.Weight * value(t.Variable)) is var sum && sum >= linear.Least && sum <= linear.Most),
        Inside inside => !inside.When.All(l => IsTrue(l, value)) || inside.Values.Contains(value(inside.Variable)),
        AnyOf any => any.Literals.Any(l => IsTrue(l, value)),
        OneOf one => one.Literals.Count(l => IsTrue(l, value)) == 1,
        Lowest lowest => value(lowest.Result) == lowest.Of.Min(value),
        Highest highest => value(highest.Result) == highest.Of.Max(value),
        _ => throw new InvalidOperationException("A kind of constraint without a case here."),
    };

    private static bool IsTrue(int literal, Func<int, long> value) => literal >= 0 ? value(literal) == 1 : value(~literal) == 0;

    /// <summary>A weighted sum lies between two bounds.</summary>
    internal sealed record Linear((long Weight, int Variable)[] Sum, long Least, long Most, int[] When) : Constraint;

    /// <summary>A variable has one of some values.</summary>
    internal sealed record Inside(int Variable, ValueSet Values, int[] When) : Constraint;

    /// <summary>At least one literal holds.</summary>
    internal sealed record AnyOf(int[] Literals) : Constraint;

    /// <summary>Exactly one literal holds.</summary>
    internal sealed record OneOf(int[] Literals) : Constraint;

    /// <summary>The least of some variables.</summary>
    internal sealed record Lowest(int Result, int[] Of) : Constraint;

    /// <summary>The greatest of some variables.</summary>
    internal sealed record Highest(int Result, int[] Of) : Constraint;
}
