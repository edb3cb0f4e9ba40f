using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Makes a <see cref="Patient"/> from YAML, or says everything that is wrong with it.</summary>
public static class PatientReader
{
    /// <summary>The keys of a patient file at any depth.</summary>
    public static ImmutableArray<string> KeyNames { get; } = [.. PatientFormat.Shape.KeyNames.Distinct(StringComparer.Ordinal)];

    /// <summary>What a patient file looks like.</summary>
    public static Outline Outline => PatientFormat.Shape.Outline;

    /// <summary>The most preferences of a patient: each may cost points at every visit, and what a calendar costs in all must stay countable.</summary>
    public const int MostPreferences = 50;

    /// <summary>Reads a patient.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The YAML.</param>
    public static Read<Patient> Read(string file, string text)
    {
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag, keys: KeyNames) is not { } root
            || FileKind.IsOther(root, FileKind.Patient, bag)
            || !PatientFormat.Shape.TryRead(root, new Reading(bag, ParameterValues.None), out var draft))
        {
            return Read<Patient>.From(null, bag);
        }

        var patient = new Patient(
            draft.Id,
            Weekly(draft, bag),
            DatedFormat.ToDatedHours(draft.Dates, bag),
            draft.Travel?.Value ?? 0,
            [.. draft.Preferences.Select(p => p.Value with { Where = p.Span })])
        {
            Authorisations = [.. draft.Authorisations.Select(a => a.Value with { Where = a.Span })],
        };
        CheckTime(patient, draft, bag);
        if (draft.Preferences.Length > MostPreferences)
        {
            bag.Add(Messages.TooManyPreferences(draft.Preferences[MostPreferences].Span, MostPreferences));
            return Read<Patient>.From(null, bag);
        }

        CheckInsistence(draft.Preferences, bag);
        AuthorisationFormat.Check(draft.Authorisations, bag);
        return Read<Patient>.From(patient, bag);
    }

    private static WeeklyHours Weekly(PatientDraft draft, DiagnosticBag bag)
    {
        if (draft.Available is { } available)
        {
            return WeeklyFormat.ToWeeklyHours(available.Value, draft.WeekABegins, null, bag);
        }

        WeeklyFormat.CheckMonday(draft.WeekABegins, bag);
        if (draft.WeekABegins is { } unused)
        {
            bag.Add(Messages.WeekANotUsed(unused.Span));
        }

        return WeeklyHours.Always;
    }

    private static void CheckTime(Patient patient, PatientDraft draft, DiagnosticBag bag)
    {
        var longest = patient.Weekly.Days.SelectMany(d => d.Hours).Concat(patient.Dates.SelectMany(d => d.Hours))
            .Select(h => h.To - h.From).DefaultIfEmpty(0).Max();
        if (longest == 0 && draft.Available is { } available && !bag.HasErrors)
        {
            bag.Add(Messages.PatientNeverFree(available.Span));
        }
        else if (longest > 0 && draft.Travel is { } travel && 2 * travel.Value >= longest)
        {
            bag.Add(Messages.TravelLongerThanFreeTime(travel.Span, travel.Value, longest));
        }
    }

    /// <summary>Reports two wishes on which the patient insists and which no visit can satisfy together.</summary>
    private static void CheckInsistence(ImmutableArray<Located<Preference>> preferences, DiagnosticBag bag)
    {
        var musts = preferences.Where(p => p.Value.Weight is null).ToList();
        for (var i = 1; i < musts.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Meet(musts[i].Value, musts[j].Value) && Contradict(musts[i].Value, musts[j].Value))
                {
                    bag.Add(Messages.PreferencesContradict(musts[i].Span, Describe(musts[i].Value), Describe(musts[j].Value), musts[j].Span));
                    break;
                }
            }
        }
    }

    private static bool Meet(Preference a, Preference b) =>
        a.VisitTypes.IsEmpty || b.VisitTypes.IsEmpty || a.VisitTypes.Intersect(b.VisitTypes, StringComparer.Ordinal).Any();

    private static bool Contradict(Preference a, Preference b) => (a, b) switch
    {
        (Preference.Times x, Preference.Times y) => !x.Hours.Overlaps(y.Hours),
        (Preference.Days x, Preference.Days y) => !x.Weekdays.Intersect(y.Weekdays).Any(),
        (Preference.Person x, Preference.Person y) => x.Role == y.Role && x.Resource != y.Resource,
        (Preference.OfSex x, Preference.OfSex y) => x.Role == y.Role && x.Sex != y.Sex,
        _ => false,
    };

    private static string Describe(Preference preference) => preference switch
    {
        Preference.Times times => $"times: {times.Hours}",
        Preference.Days days => $"days: {string.Join(", ", days.Weekdays)}",
        Preference.Person person => $"person: {person.Resource}",
        Preference.OfSex sex => $"sex: {sex.Sex.ToString().ToLowerInvariant()}",
        _ => throw new InvalidOperationException($"{preference.GetType().Name} is not described yet."),
    };
}
