using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How arms are written, and who must not learn which one a patient has.</summary>
internal static class ArmText
{
    /// <summary>How a patient is named among those who are blinded.</summary>
    public const string Patient = "patient";

    private static readonly Key<string> Title = Keys.Optional("title", Scalars.Text, "What those who may know call it; its id unless stated.");

    public static Key<NamedEntries<string, Arm>> Arms { get; } = Keys.Optional(
        "arms",
        new MapShape<string, Arm>(
            "arms by id",
            Scalars.Id,
            new MappingShape<Arm>("an arm", [Title, RuleKeys.Cites, RuleKeys.Assumed], (fields, _) => new("", fields.Find(Title)?.Value ?? "", RuleKeys.From(fields)))),
        "The treatments to which patients are allocated.");

    public static Key<ImmutableArray<Located<string>>> Blinded { get; } = Keys.Optional(
        "blinded", new ListShape<string>(Scalars.Name), "Who must not learn a patient's arm: 'patient', or roles of people.");

    /// <summary>The arms; one alone is reported.</summary>
    public static ImmutableArray<Arm> Bind(Fields fields, DiagnosticBag bag)
    {
        var arms = fields.Or(Arms, NamedEntries<string, Arm>.Empty);
        if (arms.Declared.Length == 1)
        {
            bag.Add(Messages.SingleArm(fields.KeySpan(Arms), arms.Declared[0]));
        }

        return [.. arms.Entries.Select(e => e.Value.Value with { Id = e.Key.Value, Title = e.Value.Value.Title is { Length: > 0 } title ? title : e.Key.Value })];
    }

    /// <summary>Who is blinded: each once, each known, and nothing in the calendar that tells them.</summary>
    public static ImmutableArray<string> BindBlinded(Fields fields, ImmutableArray<VisitType> types, Places places, DiagnosticBag bag)
    {
        if (fields.Find(Blinded) is not { } blinded)
        {
            return [];
        }

        if (fields.Find(Arms) is null)
        {
            bag.Add(Messages.BlindedWithoutArms(fields.KeySpan(Blinded)));
        }

        string[] known = [Patient, .. types.SelectMany(t => t.Needs).Where(n => n.Kind == NeedKind.Person).Select(n => n.Role).Distinct()];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var who in blinded.Value)
        {
            if (!known.Contains(who.Value))
            {
                bag.Add(Messages.UnknownBlinded(who.Span, who.Value, known));
            }
            else if (!seen.Add(who.Value))
            {
                bag.Add(Messages.NamedTwice(who.Span, who.Value, "'blinded'"));
            }
        }

        foreach (var type in types.Where(t => t.Arm is not null))
        {
            bag.Add(Messages.ArmTellsTheBlinded(places.Of("visits", type.Id, "arm"), type.Id, type.Arm!, fields.KeySpan(Blinded)));
        }

        return [.. blinded.Value.Select(w => w.Value)];
    }
}
