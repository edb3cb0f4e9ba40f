using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>The names that visit types may use, as written, with mistakes or without: a use of something faulty is no second mistake.</summary>
/// <param name="Arms">The arms.</param>
/// <param name="Streams">The optional streams.</param>
/// <param name="Conditions">The conditions, those that score tables make included.</param>
internal sealed record Declared(ImmutableArray<string> Arms, ImmutableArray<string> Streams, ImmutableArray<string> Conditions)
{
    /// <summary>Reports the names that name nothing.</summary>
    public void Check(Located<string>? arm, Located<string>? stream, ImmutableArray<Located<string>?> conditions, DiagnosticBag bag)
    {
        if (arm is { } a && !Names.IsWritten(a.Value, Arms))
        {
            bag.Add(Messages.UnknownArm(a.Span, a.Value, Arms));
        }

        if (stream is { } s && !Names.IsWritten(s.Value, Streams))
        {
            bag.Add(Messages.UnknownStream(s.Span, s.Value, Streams));
        }

        foreach (var condition in conditions.OfType<Located<string>>().Where(c => !Names.IsWritten(c.Value, Conditions)))
        {
            bag.Add(Messages.UnknownCondition(condition.Span, condition.Value, Conditions));
        }
    }
}
