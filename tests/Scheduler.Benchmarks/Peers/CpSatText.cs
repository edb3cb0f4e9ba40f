using System.Text;

namespace Scheduler.Benchmarks.Peers;

/// <summary>Writes a model as the JSON of a CpModelProto, on one line.</summary>
internal static class CpSatText
{
    /// <summary>The text.</summary>
    public static string Of(ConstraintModel model)
    {
        var text = new StringBuilder("{\"variables\":[");
        text.AppendJoin(',', model.Variables.Select(v => $"{{\"domain\":[{Domain(v.Domain)}]}}"));
        text.Append("],\"constraints\":[").AppendJoin(',', model.Constraints.Select(Constraint)).Append(']');
        text.Append(",\"objective\":{\"vars\":[").AppendJoin(',', model.Objective.Select(t => t.Variable));
        return text.Append("],\"coeffs\":[").AppendJoin(',', model.Objective.Select(t => t.Weight)).Append("]}}").ToString();
    }

    private static string Constraint(Constraint constraint) => constraint switch
    {
        Constraint.Linear c => $"{{{When(c.When)}\"linear\":{{\"vars\":[{string.Join(',', c.Sum.Select(t => t.Variable))}],\"coeffs\":[{string.Join(',', c.Sum.Select(t => t.Weight))}],\"domain\":[{c.Least},{c.Most}]}}}}",
        Constraint.Inside { Values.IsEmpty: true } c => $"{{\"boolOr\":{{\"literals\":[{string.Join(',', c.When.Select(l => ~l))}]}}}}",
        Constraint.Inside c => $"{{{When(c.When)}\"linear\":{{\"vars\":[{c.Variable}],\"coeffs\":[1],\"domain\":[{Domain(c.Values)}]}}}}",
        Constraint.AnyOf c => $"{{\"boolOr\":{{\"literals\":[{string.Join(',', c.Literals)}]}}}}",
        Constraint.OneOf c => $"{{\"exactlyOne\":{{\"literals\":[{string.Join(',', c.Literals)}]}}}}",
        Constraint.Lowest c => LinMax(c.Result, c.Of, -1),
        Constraint.Highest c => LinMax(c.Result, c.Of, 1),
        _ => throw new InvalidOperationException("A kind of constraint without a case here."),
    };

    private static string LinMax(int result, int[] of, int sign) =>
        $"{{\"linMax\":{{\"target\":{Expression(result, sign)},\"exprs\":[{string.Join(',', of.Select(v => Expression(v, sign)))}]}}}}";

    private static string Expression(int variable, int weight) => $"{{\"vars\":[{variable}],\"coeffs\":[{weight}]}}";

    private static string When(int[] literals) => literals.Length == 0 ? "" : $"\"enforcementLiteral\":[{string.Join(',', literals)}],";

    private static string Domain(ValueSet values) => string.Join(',', values.Runs.Select(r => $"{r.From},{r.To}"));
}
