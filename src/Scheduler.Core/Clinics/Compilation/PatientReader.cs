using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Makes a <see cref="Patient"/> from YAML, or says everything that is wrong with it.</summary>
public static class PatientReader
{
    private static readonly Key<string> Id = Keys.Required("patient", Scalars.Name, "The clinic's own number; never a name.");

    private static readonly Key<NamedEntries<(ImmutableArray<IsoDayOfWeek>, WeekTurn), ImmutableArray<Hours>>> Available = Keys.Optional(
        "available", HoursText.WeeklyShape, "When the patient can be away from home, by weekday; always unless stated.");

    private static readonly Key<NamedEntries<(LocalDate, LocalDate), ImmutableArray<Hours>>> Dates = Keys.Optional(
        "dates", HoursText.DatedShape, "Dates with other hours; 'away' for none.");

    private static readonly Key<int> Travel = Keys.Optional("travel", Scalars.Minutes, "How long the way to the clinic takes, and the way back.");

    private static readonly Key<ImmutableArray<Located<Preference>>> Preferences = Keys.Optional(
        "preferences", new ListShape<Preference>(PreferenceText.Shape), "What the patient would like, or insists on.");

    private static readonly MappingShape<Fields> Root = new(
        "a patient", [Id, Available, HoursText.WeekABegins, Dates, Travel, Preferences], (fields, _) => fields) { MakesDo = true };

    /// <summary>Reads a patient.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<Patient> Read(string file, string text)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag) is not { } syntax
            || !Root.TryRead(syntax, new Reading(bag, ParameterValues.None), out var fields))
        {
            return Read<Patient>.From(null, bag);
        }

        var weekly = fields.Find(Available) is { } available
            ? HoursText.Weekly(available.Value, fields.Find(HoursText.WeekABegins), bag)
            : WeeklyHours.Always;
        return Read<Patient>.From(
            new(
                fields.Get(Id).Value,
                weekly,
                HoursText.Dated(fields.Find(Dates)?.Value, bag),
                fields.Or(Travel, 0),
                [.. (fields.Find(Preferences)?.Value ?? []).Select(p => p.Value)]),
            bag);
    }
}
