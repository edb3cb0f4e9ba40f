using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>How a patient's wishes are written.</summary>
internal static class PreferenceText
{
    private static readonly Key<Hours> Times = Keys.Required(
        "times",
        new ScalarShape<Hours>("times such as '08:00 to 12:00'", (Phrase phrase, out Hours value) =>
        {
            var fits = Scalars.TryTimes(phrase, out var times);
            value = new(times.From, times.To);
            return fits;
        }),
        "The whole visit lies in these times.");

    private static readonly Key<ImmutableArray<IsoDayOfWeek>> Days = Keys.Required("days", Scalars.Weekdays, "The visit is on one of these weekdays.");

    private static readonly Key<string> Person = Keys.Required("person", Scalars.Name, "The resource that the patient would like to see.");

    private static readonly Key<Sex> OfSex = Keys.Required(
        "sex", Scalars.OneOf("'female' or 'male'", ("female", Sex.Female), ("male", Sex.Male)), "The sex of the person whom the patient would like to see.");

    private static readonly Key<string> As = Keys.Optional("as", Scalars.Name, "The role of that person.");

    private static readonly Key<ImmutableArray<Located<string>>> For = Keys.Optional("for", new ListShape<string>(Scalars.Name), "The visit types; all unless stated.");

    private static readonly Key<bool> IsMust = Keys.Optional(
        "strength", Scalars.OneOf("'must' or 'should'", ("must", true), ("should", false)), "Whether the patient insists; not unless stated.");

    private static readonly Key<int> Weight = Keys.Optional("weight", Scalars.Number(1, 100), "How many preference points it costs otherwise; 1 unless stated.");

    /// <summary>The shape of a wish.</summary>
    public static CaseShape<Preference> Shape { get; } = new(
        "wish",
        [
            Of(Times, (fields, types, weight) => new Preference.Times(types, weight, fields.Get(Times).Value)),
            Of(Days, (fields, types, weight) => new Preference.Days(types, weight, fields.Get(Days).Value)),
            Of(Person, (fields, types, weight) => new Preference.Person(types, weight, fields.Get(As).Value, fields.Get(Person).Value)),
            Of(OfSex, (fields, types, weight) => new Preference.OfSex(types, weight, fields.Get(As).Value, fields.Get(OfSex).Value)),
        ]);

    private static MappingShape<Preference> Of(Key kind, Func<Fields, ImmutableArray<string>, int?, Preference> make) => new(
        "a wish",
        [kind, As, For, IsMust, Weight],
        (fields, reading) =>
        {
            var needsRole = kind == Person || kind == OfSex;
            if (needsRole != (fields.Find(As) is not null))
            {
                reading.Bag.Add(needsRole ? Messages.PersonWithoutRole(fields.KeySpan(kind)) : Messages.RoleWithoutPerson(fields.KeySpan(As)));
                return null;
            }

            var insists = fields.Or(IsMust, otherwise: false);
            if (insists && fields.Find(Weight) is not null)
            {
                reading.Bag.Add(Messages.PatientWeightWithoutShould(fields.KeySpan(Weight)));
                return null;
            }

            return make(fields, [.. (fields.Find(For)?.Value ?? []).Select(f => f.Value)], insists ? null : fields.Or(Weight, 1));
        });
}
