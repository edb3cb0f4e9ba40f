using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>What a patient would like: one of four kinds, told apart by the key that says what is wished.</summary>
internal static class PreferenceFormat
{
    private static readonly Key<ImmutableArray<Located<ImmutableArray<string>>>> For = Keys.Optional(
        "for", VisitTypes, "The visit types that it is about; all when left out.");

    private static readonly Key<int> Weight = Keys.Optional(
        "weight", Scalars.Number(1, Scalars.MostWeight), "How much each visit that is otherwise counts, from 1 to 100; 1 when left out.");

    private static readonly Key<bool> Must = Keys.Optional(
        "strength", Scalars.OneOf("'must' or 'should'", ("must", true), ("should", false)), "Whether the patient insists; 'should' when left out.");

    private static readonly Key<string> As = Keys.Required("as", Scalars.Id, "The role in which the person meets the patient.");

    private static readonly Key<HoursOfDay> Times = Keys.Required("times", new TimesShape(), "The stretch of the day in which visits should lie.");

    private static readonly Key<ImmutableArray<IsoDayOfWeek>> Days = Keys.Required("days", new JoinedShape<ImmutableArray<IsoDayOfWeek>>(Scalars.Weekdays), "The weekdays on which visits should be.");

    private static readonly Key<string> Person = Keys.Required("person", Scalars.Id, "The id of the person whom the patient would like to meet.");

    private static readonly Key<Sex> SexOf = Keys.Required("sex", ResourceFormat.SexShape, "The sex of the person whom the patient would like to meet.");

    /// <summary>Visit types by name: one, several in one text, or a list.</summary>
    public static ListShape<ImmutableArray<string>> VisitTypes =>
        new(new ScalarShape<ImmutableArray<string>>("a visit type such as 'infusion', or several separated by commas", TryNames));

    /// <summary>The shape of a preference.</summary>
    public static CaseShape<Preference> Shape { get; } = new(
        "a preference",
        [
            new("a preference for times", [Times, For, Weight, Must], (f, r) => new Preference.Times(Types(f), Points(f, r), f.Get(Times).Value.Hours)),
            new("a preference for days", [Days, For, Weight, Must], (f, r) => new Preference.Days(Types(f), Points(f, r), f.Get(Days).Value)),
            new("a preference for a person", [Person, As, For, Weight, Must], (f, r) => new Preference.Person(Types(f), Points(f, r), f.Get(As).Value, f.Get(Person).Value)),
            new("a preference for a sex", [SexOf, As, For, Weight, Must], (f, r) => new Preference.OfSex(Types(f), Points(f, r), f.Get(As).Value, f.Get(SexOf).Value)),
        ]);

    private static ImmutableArray<string> Types(Fields fields) =>
        [.. fields.Or(For, []).SelectMany(f => f.Value).Distinct(StringComparer.Ordinal)];

    private static int? Points(Fields fields, Reading reading)
    {
        if (!fields.Or(Must, false))
        {
            return fields.Or(Weight, 1);
        }

        if (fields.Find(Weight) is not null)
        {
            reading.Bag.Add(Messages.WeightOfInsistence(fields.KeySpan(Weight)));
        }

        return null;
    }

    private static bool TryNames(Phrase phrase, out ImmutableArray<string> names)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        names = [];
        do
        {
            if (!phrase.TryAny(out var name))
            {
                return false;
            }

            found.Add(name);
        }
        while (phrase.TryComma() || phrase.TryWords("and"));
        names = found.ToImmutable();
        return true;
    }

    private sealed record HoursOfDay(Hours Hours);

    /// <summary>One stretch of a day.</summary>
    private sealed class TimesShape : Shape<HoursOfDay>
    {
        private static readonly ScalarShape<(int From, int To)> Inner = new("times such as '08:00 to 12:00'", TryTimes);

        public override string Expected => Inner.Expected;

        public override Outline Outline => Inner.Outline;

        public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out HoursOfDay value)
        {
            value = null;
            if (!Inner.TryRead(node, reading, out var times))
            {
                return false;
            }

            if (times.From >= times.To)
            {
                reading.Bag.Add(Messages.HoursReversed(node.Span, times.From, times.To));
                return false;
            }

            value = new(new(times.From, times.To));
            return true;
        }

        /// <summary>Like <see cref="Scalars.TryTimes"/>, but a reversed stretch is understood, so that the message can say what it is.</summary>
        private static bool TryTimes(Phrase phrase, out (int From, int To) times)
        {
            times = default;
            if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
            {
                return false;
            }

            times = (from, to);
            return true;
        }
    }
}
