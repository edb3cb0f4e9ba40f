using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A patient as the file has it, before its parts are checked against each other.</summary>
internal sealed record PatientDraft(
    string Id,
    Located<NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>>? Available,
    Located<LocalDate>? WeekABegins,
    NamedEntries<DateRange, ImmutableArray<Located<Stretch>>> Dates,
    Located<int>? Travel,
    ImmutableArray<Located<Preference>> Preferences,
    ImmutableArray<Located<Authorisation>> Authorisations);

/// <summary>The keys of a patient file.</summary>
internal static class PatientFormat
{
    public const int LongestId = 60;

    private static readonly Key<string> Id = Keys.Required(
        "patient",
        new ScalarShape<string>(
            "the clinic's own number such as 'P-017' (letters, digits and hyphens, never a name)",
            (Phrase phrase, [MaybeNullWhen(false)] out string value) =>
                phrase.TryAny(out value) && value.Length <= LongestId && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')),
        "The clinic's own number; never a name.");

    private static readonly Key<NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>> Available = Keys.Optional(
        "available", WeeklyFormat.Free, "When the patient can be away from home, by weekday; always when left out.");

    private static readonly Key<NamedEntries<DateRange, ImmutableArray<Located<Stretch>>>> Dates = Keys.Optional(
        "dates", DatedFormat.Free, "Dates with other hours; where two cover a date, the later entry counts.");

    private static readonly Key<int> Travel = Keys.Optional("travel", Scalars.Minutes, "How long the way to the clinic takes, and the way back.");

    private static readonly Key<ImmutableArray<Located<Preference>>> Preferences = Keys.Optional(
        "preferences", new ListShape<Preference>(PreferenceFormat.Shape), "What the patient would like, or insists on.");

    private static readonly Key<ImmutableArray<Located<Authorisation>>> Authorisations = Keys.Optional(
        "authorisations", new ListShape<Authorisation>(AuthorisationFormat.Shape), "What payers have authorised.");

    /// <summary>The shape of a patient file.</summary>
    public static MappingShape<PatientDraft> Shape { get; } = new(
        "a patient",
        [Id, Available, WeeklyFormat.WeekABegins, Dates, Travel, Preferences, Authorisations],
        (fields, _) => new(
            fields.Get(Id).Value,
            fields.Find(Available) is { } available ? available with { Span = fields.KeySpan(Available) } : null,
            fields.Find(WeeklyFormat.WeekABegins),
            fields.Or(Dates, NamedEntries<DateRange, ImmutableArray<Located<Stretch>>>.Empty),
            fields.Find(Travel) is { } travel ? travel with { Span = fields.KeySpan(Travel) } : null,
            fields.Or(Preferences, []),
            fields.Or(Authorisations, [])));
}
