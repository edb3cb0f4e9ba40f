using System.Text;

namespace Scheduler.Benchmarks.Peers;

/// <summary>Writes a model in MiniZinc.</summary>
internal static class MiniZincText
{
    /// <summary>The text; its output is the values of the objective's terms, separated by spaces.</summary>
    public static string Of(ConstraintModel model)
    {
        var text = new StringBuilder();
        for (var v = 0; v < model.Variables.Count; v++)
        {
            var variable = model.Variables[v];
            text.Append(IsBool(variable) ? $"var bool: v{v};\n" : $"var {Set(variable.Domain)}: v{v};\n");
        }

        foreach (var constraint in model.Constraints)
        {
            text.Append("constraint ").Append(Of(constraint, model)).Append(";\n");
        }

        // Places in time first, then who takes them: what is decided first leaves the others least.
        var times = model.Decisions.Where(v => !IsBool(model.Variables[v]));
        var literals = model.Decisions.Where(v => IsBool(model.Variables[v]));
        var objective = Sum(model.Objective, model);
        text.Append($"solve :: seq_search([int_search([{string.Join(", ", times.Select(v => $"v{v}"))}], first_fail, indomain_min), ");
        text.Append($"bool_search([{string.Join(", ", literals.Select(v => $"v{v}"))}], input_order, indomain_max)]) minimize {objective};\n");
        return text.Append($"output [{string.Join(", \" \", ", model.Objective.Select(t => $"show({Number(t.Variable, model)})"))}];\n").ToString();
    }

    private static bool IsBool(Variable variable) => variable.Domain is { IsEmpty: false, Least: 0, Most: 1 };

    private static string Of(Constraint constraint, ConstraintModel model) => constraint switch
    {
        Constraint.Linear c => When(c.When) + Between(c, model),
        Constraint.Inside c => When(c.When) + (c.Values.IsEmpty ? "false" : $"v{c.Variable} in {Set(c.Values)}"),
        Constraint.AnyOf c => string.Join(" \\/ ", c.Literals.Select(Literal)),
        Constraint.OneOf c => $"{string.Join(" + ", c.Literals.Select(l => $"bool2int({Literal(l)})"))} = 1",
        Constraint.Lowest c => $"v{c.Result} = min([{string.Join(", ", c.Of.Select(v => $"v{v}"))}])",
        Constraint.Highest c => $"v{c.Result} = max([{string.Join(", ", c.Of.Select(v => $"v{v}"))}])",
        _ => throw new InvalidOperationException("A kind of constraint without a case here."),
    };

    private static string Between(Constraint.Linear linear, ConstraintModel model)
    {
        var sum = Sum(linear.Sum, model);
        return linear.Least == linear.Most ? $"({sum} = {linear.Least})"
            : linear.Least <= -ConstraintLimits.Far ? $"({sum} <= {linear.Most})"
            : linear.Most >= ConstraintLimits.Far ? $"({sum} >= {linear.Least})"
            : $"({sum} >= {linear.Least} /\\ {sum} <= {linear.Most})";
    }

    private static string Sum(IEnumerable<(long Weight, int Variable)> sum, ConstraintModel model) =>
        string.Join(" + ", sum.Select(t => $"{t.Weight}*{Number(t.Variable, model)}").DefaultIfEmpty("0"));

    private static string Number(int variable, ConstraintModel model) => IsBool(model.Variables[variable]) ? $"bool2int(v{variable})" : $"v{variable}";

    private static string When(int[] literals) => literals.Length == 0 ? "" : $"({string.Join(" /\\ ", literals.Select(Literal))}) -> ";

    private static string Literal(int literal) => literal >= 0 ? $"v{literal}" : $"not v{~literal}";

    private static string Set(ValueSet values) =>
        values.Runs.Count == 1
            ? $"{values.Least}..{values.Most}"
            : $"{{{string.Join(", ", values.Values)}}}";
}

/// <summary>Numbers that models agree on.</summary>
internal static class ConstraintLimits
{
    /// <summary>A bound that says nothing.</summary>
    public const long Far = 1_000_000_000;
}
