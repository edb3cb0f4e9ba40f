using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Messaging;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>A visit type as written, complete but for its id.</summary>
/// <param name="Bind">Makes the visit type; null when a mistake stands in the way, which is then reported.</param>
/// <param name="Needs">Everybody and everything written under 'people' and 'places', those with a mistake too.</param>
internal sealed record VisitTypeText(Func<string, DiagnosticBag, Declared, VisitType?> Bind, ImmutableArray<string> Needs)
{
    /// <summary>The longest series.</summary>
    public const int MostVisits = 200;

    private static readonly Key<string> Title = Keys.Optional("title", Scalars.Text, "What people call the visit; its id unless stated.");

    private static readonly Key<VisitPurpose> Purpose = Keys.Required(
        "purpose",
        Scalars.OneOf("'treatment' or 'assessment'", ("treatment", VisitPurpose.Treatment), ("assessment", VisitPurpose.Assessment)),
        "What the visit is for; the first and last treatment visit mark the course's length.");

    private static readonly Key<int> Count = Keys.Optional("count", Scalars.Number(1, MostVisits), "How many visits the series has; 1 unless stated.");

    private static readonly Key<Durations> Duration = Keys.Required("duration", new DurationShape(), "How long a visit takes; by ordinal where it differs.");

    private static readonly Key<Mode> ModeKey = Keys.Optional(
        "mode",
        Scalars.OneOf("'in person', 'video', 'phone' or 'self-report'", ("in person", Mode.InPerson), ("video", Mode.Video), ("phone", Mode.Phone), ("self-report", Mode.SelfReport)),
        "How patient and clinic meet; in person unless stated.");

    private static readonly Key<string> Arm = Keys.Optional("arm", Scalars.Name, "The only arm that has these visits; all unless stated.");

    private static readonly Key<string> Stream = Keys.Optional("stream", Scalars.Name, "The optional stream to which they belong; for everybody unless stated.");

    private static readonly Key<string> OnlyIf = Keys.Optional("only if", Scalars.Name, "The condition that must come true for the visit to be needed.");

    private static readonly Key<string> Until = Keys.Optional("until", Scalars.Name, "The condition that ends the series: what is not yet held is released when it comes true.");

    private static readonly Key<bool> NeedsAuthorisation = Keys.Optional("needs authorisation", Scalars.YesNo, "Whether a payer's authorisation must cover each visit; no unless stated.");

    private static readonly Key<NamedEntries<string, NeedText>> People = Keys.Optional(
        "people", NeedText.ByRole("people by role"), "Who is needed.");

    private static readonly Key<NamedEntries<string, NeedText>> Places = Keys.Optional(
        "places", NeedText.ByRole("rooms, chairs and devices by role"), "Which room, chair or device is needed.");

    /// <summary>The shape of a visit type.</summary>
    public static MappingShape<VisitTypeText> Shape { get; } = new(
        "a visit type",
        [
            Title, Purpose, Count, Duration, ModeKey, Arm, Stream, OnlyIf, Until, NeedsAuthorisation, People, Places,
            DayConditionText.DayConditions, MessagesText.Messages, RuleKeys.Cites, RuleKeys.Assumed,
        ],
        (fields, _) => new(
            (id, bag, declared) => Make(fields, id, bag, declared),
            [.. new[] { fields.Find(People), fields.Find(Places) }.SelectMany(n => n is { } needs ? needs.Value.Declared : [])]));

    private static VisitType? Make(Fields fields, string id, DiagnosticBag bag, Declared declared)
    {
        var mode = fields.Or(ModeKey, Mode.InPerson);
        var (people, places) = (fields.Find(People), fields.Find(Places));
        if (fields.Get(Duration).Value.ByOrdinal(fields.Or(Count, 1), fields.Get(Duration).Span, bag) is not { } durations)
        {
            return null;
        }

        if (mode == Mode.SelfReport && (people is not null || places is not null))
        {
            bag.Add(Messages.SelfReportTakesNobody(fields.KeySpan(people is not null ? People : Places), id));
        }
        else if (mode is Mode.Video or Mode.Phone && places is not null)
        {
            bag.Add(Messages.PlaceWithoutPresence(fields.KeySpan(Places), id, mode == Mode.Video ? "video" : "phone"));
        }
        else if (mode == Mode.InPerson && people is null && places is null)
        {
            bag.Add(Messages.VisitNeedsNothing(fields.Span, id));
        }

        declared.Check(fields.Find(Arm), fields.Find(Stream), [fields.Find(OnlyIf), fields.Find(Until)], bag);

        ImmutableArray<Need> needs =
        [
            .. BindNeeds(people, NeedKind.Person, durations, bag),
            .. BindNeeds(places, NeedKind.Place, durations, bag),
        ];
        return new(
            id, fields.Find(Title)?.Value ?? id, fields.Get(Purpose).Value, mode, durations, needs, fields.Find(OnlyIf)?.Value, RuleKeys.From(fields))
        {
            Arm = fields.Find(Arm)?.Value,
            Stream = fields.Find(Stream)?.Value,
            Until = fields.Find(Until)?.Value,
            NeedsAuthorisation = fields.Or(NeedsAuthorisation, otherwise: false),
            DayConditions = [.. fields.Or(DayConditionText.DayConditions, NamedEntries<string, DayCondition>.Empty).Entries.Select(e => e.Value.Value with { Id = e.Key.Value })],
            Messages = [.. fields.Or(MessagesText.Messages, NamedEntries<string, Message>.Empty).Entries.Select(e => e.Value.Value with { Id = e.Key.Value })],
        };
    }

    private static List<Need> BindNeeds(Located<NamedEntries<string, NeedText>>? entries, NeedKind kind, ImmutableArray<int> durations, DiagnosticBag bag) =>
        entries?.Value.Entries.Select(e => e.Value.Value.Bind(e.Key.Value, kind, durations, bag)).ToList() ?? [];

    /// <summary>Durations as written: one for all, or one for stretches of ordinals.</summary>
    private sealed record Durations(ImmutableArray<(int From, int To, int Minutes, SourceSpan At)> Stretches, bool ForAll)
    {
        public ImmutableArray<int>? ByOrdinal(int count, SourceSpan span, DiagnosticBag bag)
        {
            if (ForAll)
            {
                return [.. Enumerable.Repeat(Stretches[0].Minutes, count)];
            }

            var minutes = new int[count + 1];
            var fits = true;
            foreach (var (from, to, duration, at) in Stretches)
            {
                // '2 to last' of a series of one names nothing that exists, which is said of visit 2.
                var end = to == Selector.Last ? Math.Max(from, count) : to;
                for (var ordinal = from; ordinal <= end; ordinal++)
                {
                    if (ordinal > count || minutes[ordinal] > 0)
                    {
                        bag.Add(ordinal > count ? Messages.DurationBeyondCount(at, ordinal, count) : Messages.DurationTwice(at, ordinal));
                        fits = false;
                        break;
                    }

                    minutes[ordinal] = duration;
                }
            }

            for (var ordinal = 1; ordinal <= count && fits; ordinal++)
            {
                if (minutes[ordinal] == 0)
                {
                    bag.Add(Messages.DurationMissing(span, ordinal, count));
                    fits = false;
                }
            }

            return fits ? [.. minutes[1..]] : null;
        }
    }

    private sealed class DurationShape : Shape<Durations>
    {
        private static readonly ScalarShape<(int From, int To)> Ordinals = new(
            "an ordinal or a range of them such as '1', '2 to 5' or '2 to last'",
            (Phrase phrase, out (int From, int To) value) =>
            {
                value = default;
                if (!phrase.TryNumber(out var from) || from == 0)
                {
                    return false;
                }

                var to = from;
                if (phrase.TryWords("to", "last"))
                {
                    to = Selector.Last;
                }
                else if (phrase.TryWords("to") && !phrase.TryNumber(out to))
                {
                    return false;
                }

                value = (from, to);
                return from <= to && (to <= 1000 || to == Selector.Last);
            })
        {
            Pattern = Pattern.Whole($"{Pattern.Number}(?:{Pattern.Parts("", Pattern.Words("to"), Pattern.Or(Pattern.Number, Pattern.Words("last")))})?"),
        };

        private static readonly MapShape<(int From, int To), int> ByOrdinal = new("durations by ordinal", Ordinals, Scalars.Minutes);

        public override string Expected => $"{Scalars.Minutes.Expected}, or durations by ordinal such as '{{1: 60 min, 2 to 5: 40 min}}'";

        public override Outline Outline => new Outline.Either(Scalars.Minutes.Outline, ByOrdinal.Outline);

        public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out Durations value)
        {
            value = null;
            if (node is not SyntaxNode.Mapping)
            {
                value = Scalars.Minutes.TryRead(node, reading, out var minutes) ? new([(1, 1, minutes, node.Span)], ForAll: true) : null;
                return value is not null;
            }

            var before = reading.Bag.Count;
            if (ByOrdinal.TryRead(node, reading, out var entries) && reading.Bag.Count == before)
            {
                value = new([.. entries.Entries.Select(e => (e.Key.Value.From, e.Key.Value.To, e.Value.Value, e.Key.Span))], ForAll: false);
            }

            return value is not null;
        }
    }
}
