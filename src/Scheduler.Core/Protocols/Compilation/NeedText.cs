using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>A need as written: everything but its id and kind, which follow from where it stands.</summary>
internal sealed record NeedText(string? Role, ImmutableArray<string> Skills, ImmutableArray<Located<Segment>> Segments, int CleanUp, int StartsApart)
{
    private static readonly ScalarShape<ImmutableArray<(Moment From, Moment To)>> Stretches = new(
        "parts of the visit such as 'whole visit', '0 to 120 min', 'first 10 min' or 'last 10 min'", TryStretches)
    {
        Pattern = Pattern.Whole(Pattern.Several(Pattern.Or(
            Pattern.Words("whole visit"),
            Pattern.Parts(Pattern.OneOf(["first", "last"]), Scalars.MinutesPattern),
            Pattern.Parts(Pattern.Or(Pattern.Number, Scalars.MinutesPattern), Pattern.Words("to"), Scalars.MinutesPattern)))),
    };

    private static readonly Key<string> RoleKey = Keys.Optional("role", Scalars.Id, "The role of the resource; the need's own name unless stated.");

    private static readonly Key<ImmutableArray<Located<string>>> SkillsKey = Keys.Optional(
        "skills", new ListShape<string>(Scalars.Id), "Skills that the resource must have besides.");

    private static readonly Key<ImmutableArray<(Moment, Moment)>> Exclusive = Keys.Optional(
        "exclusive", Stretches, "When the resource is used and nothing else may use it.");

    private static readonly Key<ImmutableArray<(Moment, Moment)>> Share = Keys.Optional(
        "share", Stretches, "When one unit of its capacity is used: a nurse who watches two.");

    private static readonly Key<ImmutableArray<(Moment, Moment)>> Supervision = Keys.Optional(
        "supervision", Stretches, "When it supervises, free for short uses elsewhere.");

    private static readonly Key<int> CleanUpKey = Keys.Optional("clean-up", Scalars.Minutes, "How long after a use nothing else may use it.");

    private static readonly Key<int> StartsApartKey = Keys.Optional(
        "starts apart", Scalars.Minutes, "How far the starts of two such uses of one resource lie apart at least.");

    private static MappingShape<NeedText> Shape { get; } = new(
        "a need",
        [RoleKey, SkillsKey, Exclusive, Share, Supervision, CleanUpKey, StartsApartKey],
        (fields, _) =>
        {
            ImmutableArray<Located<Segment>> segments =
            [
                .. Stretched(fields.Find(Exclusive), Use.Exclusive),
                .. Stretched(fields.Find(Share), Use.Share),
                .. Stretched(fields.Find(Supervision), Use.Supervision),
            ];
            return new(
                fields.Find(RoleKey)?.Value,
                fields.Find(SkillsKey) is { } skills ? [.. skills.Value.Select(s => s.Value)] : [],
                segments,
                fields.Or(CleanUpKey, 0),
                fields.Or(StartsApartKey, 0));
        })
    {
        Meant = text => new[] { Exclusive, Share, Supervision }.Select(use => use.Name).FirstOrDefault(use => text.StartsWith(use, StringComparison.Ordinal)) is { } use
            ? $"{{{use}: {(Stretches.TryParse(text[use.Length..], out _) ? text[use.Length..].Trim() : "whole visit")}}}"
            : Stretches.TryParse(text, out _) ? $"{{exclusive: {text}}}"
            : null,
    };

    /// <summary>The shape of needs by the role that each is in the visit; each must be in use at some time.</summary>
    public static MapShape<string, NeedText> ByRole(string name) => new(name, Scalars.Id, Shape)
    {
        Check = (role, need, reading) =>
        {
            if (need.Value.Segments.IsEmpty)
            {
                reading.Bag.Add(Messages.NeedWithoutUse(need.Span, role.Value));
            }
        },
    };

    /// <summary>The need, checked against each of its visits' durations; mistakes are reported.</summary>
    public Need Bind(string id, NeedKind kind, ImmutableArray<int> durations, DiagnosticBag bag)
    {
        foreach (var segment in Segments)
        {
            if (durations.Any(d => segment.Value.In(d) is var (from, to) && (from < 0 || to > d || from >= to)))
            {
                bag.Add(Messages.SegmentBeyondVisit(segment.Span, id, durations.First(d => segment.Value.In(d) is var (from, to) && (from < 0 || to > d || from >= to))));
            }
            else if (Segments.Any(other => !ReferenceEquals(other.Value, segment.Value) && other.Value.Use == segment.Value.Use && durations.Any(d => Overlap(other.Value.In(d), segment.Value.In(d)))))
            {
                bag.Add(Messages.SegmentsOverlap(segment.Span, id));
                break;
            }
        }

        return new(id, kind, Role ?? id, Skills, [.. Segments.Select(s => s.Value)], CleanUp, StartsApart);
    }

    private static bool Overlap((int From, int To) a, (int From, int To) b) => a.From < b.To && b.From < a.To;

    private static IEnumerable<Located<Segment>> Stretched(Located<ImmutableArray<(Moment From, Moment To)>>? stretches, Use use) =>
        stretches is { } given ? given.Value.Select(s => new Located<Segment>(new(use, s.From, s.To), given.Span)) : [];

    private static bool TryStretches(Phrase phrase, out ImmutableArray<(Moment, Moment)> value)
    {
        var stretches = ImmutableArray.CreateBuilder<(Moment, Moment)>();
        value = [];
        do
        {
            if (!TryStretch(phrase, out var stretch))
            {
                return false;
            }

            stretches.Add(stretch);
        }
        while (phrase.TryComma() || phrase.TryWords("and"));
        value = stretches.ToImmutable();
        return true;
    }

    private static bool TryStretch(Phrase phrase, out (Moment From, Moment To) stretch)
    {
        stretch = (Moment.Start, Moment.End);
        if (phrase.TryWords("whole", "visit"))
        {
            return true;
        }

        if (phrase.TryWords("first"))
        {
            var first = Scalars.TryMinutes(phrase, out var head);
            stretch = (Moment.Start, new(head, BeforeEnd: false));
            return first;
        }

        if (phrase.TryWords("last"))
        {
            var last = Scalars.TryMinutes(phrase, out var tail);
            stretch = (new(tail, BeforeEnd: true), Moment.End);
            return last;
        }

        var mark = phrase.Mark;
        if (!phrase.TryNumber(out var from))
        {
            return false;
        }

        if (!phrase.TryWords("to"))
        {
            phrase.Return(mark);
            if (!Scalars.TryMinutes(phrase, out from) || !phrase.TryWords("to"))
            {
                return false;
            }
        }

        var ends = Scalars.TryMinutes(phrase, out var to);
        stretch = (new(from, BeforeEnd: false), new(to, BeforeEnd: false));
        return ends;
    }
}
