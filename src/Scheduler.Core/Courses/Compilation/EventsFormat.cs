using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Courses.Compilation;

/// <summary>The keys of a file of events.</summary>
internal static class EventsFormat
{
    private static readonly Key<string> Patient = Keys.Required(
        FileKind.Events,
        new ScalarShape<string>("the number of the patient such as 'P-017', or 'anyone'", (Phrase phrase, [MaybeNullWhen(false)] out string value) => phrase.TryAny(out value)),
        "Whose events these are: the number of the patient's file, or 'anyone' where the calendar was made without one.");

    private static readonly Key<WrittenTime> At = Keys.Optional(
        "at", Time(), "When it was. Where it is left out: as booked, or else when the entry above it was.");

    private static readonly Key<WrittenTime> Until = Keys.Optional("until", Time(), "When the visit ended, where that was not after its usual length.");

    private static readonly Key<NamedEntries<string, string>> With = Keys.Optional(
        "with",
        new MapShape<string, string>("who and what by need", Scalars.Name, Scalars.Name),
        "Who and what the visit took, where that was not as booked: the resource's id by the need's name in the protocol.");

    private static readonly Key<int> LateBy = Keys.Required("by", Scalars.Minutes, "How long after the booked time the patient came.");

    private static readonly Key<Party> CancelledBy = Keys.Required(
        "by", Scalars.OneOf("'patient' or 'clinic'", ("patient", Party.Patient), ("clinic", Party.Clinic)), "Who called the visit off.");

    private static readonly Key<string> Condition = Keys.Optional("condition", Scalars.Name, "The condition of the day that failed; none for another reason.");

    private static readonly Key<SelectorList> MeasuredAt = Keys.Required("measured at", Selectors.Group, "The visit at which it was measured.");

    private static readonly Key<Recorded> Is = Keys.Required(
        "is",
        new ScalarShape<Recorded>("a score such as '31', or 'yes' or 'no'", TryRecorded),
        "What was recorded.");

    private static readonly Key<bool> Holds = Keys.Required("holds", Scalars.YesNo, "Whether the condition holds.");

    private static readonly Key<WrittenTime> For = Keys.Required("for", Time(), "The new time of the visit.");

    private static readonly CaseShape<Happening> Entry = new(
        "an event",
        [
            OfVisits(HappeningKind.TookPlace, "took place", "a visit that took place", "The visits that were given, as booked unless said otherwise.", [At, Until, With], (f, h) => h with { Until = f.Find(Until), With = f.Or(With, h.With) }),
            OfVisits(HappeningKind.Missed, "missed", "a missed visit", "The visits to which nobody came, or that were called off too late to be moved.", [At], (_, h) => h),
            OfVisits(HappeningKind.Cancelled, "cancelled", "a cancelled visit", "The visits that were called off in good time.", [CancelledBy, At], (f, h) => h with { By = f.Get(CancelledBy).Value }),
            OfVisits(HappeningKind.OnHold, "on hold", "a visit put on hold", "The visit that was stopped on its day.", [Condition, At], (f, h) => h with { Condition = f.Find(Condition)?.Value }),
            OfVisits(HappeningKind.Late, "late", "a late patient", "The visit for which the patient came late.", [LateBy], (f, h) => h with { LateBy = f.Get(LateBy).Value }),
            OfVisits(HappeningKind.Arrived, "arrived", "a patient who came", "The visit for which the patient is there.", [At], (_, h) => h),
            OfVisits(HappeningKind.Began, "began", "a visit that began", "The visit that began, and is not over yet.", [At, With], (f, h) => h with { With = f.Or(With, h.With) }),
            OfVisits(HappeningKind.Confirmed, "confirmed", "a confirmed visit", "The visits to which the patient said that they will come.", [At], (_, h) => h),
            OfName(HappeningKind.Recorded, "recorded", "a recorded outcome", "The outcome that was recorded, or corrected.", [MeasuredAt, Is, At], (f, h) => h with { Visits = f.Get(MeasuredAt), Is = f.Get(Is).Value }),
            OfName(HappeningKind.Judged, "judged", "a judged condition", "The condition that the clinic judged.", [Holds, At], (f, h) => h with { Holds = f.Get(Holds).Value }),
            OfVisits(HappeningKind.NoPlace, "no place", "a visit without a place", "The visit for which no place was found: what the protocol says 'otherwise' follows.", [At], (_, h) => h),
            OfVisits(HappeningKind.ToBeRepeated, "to be repeated", "a visit that no longer counts", "The visits that are to be held again.", [At], (_, h) => h),
            OfVisits(HappeningKind.Booked, "booked", "a visit booked by hand", "The visit that was given another time by hand.", [For, With, At], (f, h) => h with { For = f.Get(For), With = f.Or(With, h.With) }),
            OfName(HappeningKind.Amended, "amended", "another version of the protocol", "The version by which the course goes on; its file is named by --amended.", [At], (_, h) => h),
        ]);

    private static readonly Key<ImmutableArray<Located<Happening>>> Happened = Keys.Required(
        "happened", new ListShape<Happening>(new EntryShape(), mayBeEmpty: true), "What has happened since the calendar was made; [] where that is nothing.");

    /// <summary>The shape of the file.</summary>
    public static MappingShape<EventsText> Shape { get; } = new(
        "what has happened", [Patient, Happened], (fields, _) => new(fields.Get(Patient), fields.KeySpan(Happened), [.. fields.Get(Happened).Value.Select(h => h.Value)]));

    private static MappingShape<Happening> OfVisits(
        HappeningKind kind, string verb, string name, string help, ImmutableArray<Key> more, Func<Fields, Happening, Happening> fill)
    {
        var visits = Keys.Required(verb, Selectors.Group, help);
        return new(name, [visits, .. more], (fields, _) =>
            fill(fields, new(kind, fields.KeySpan(visits)) { Visits = fields.Get(visits), At = more.Contains(At) ? fields.Find(At) : null }));
    }

    private static MappingShape<Happening> OfName(
        HappeningKind kind, string verb, string name, string help, ImmutableArray<Key> more, Func<Fields, Happening, Happening> fill)
    {
        var named = Keys.Required(verb, kind == HappeningKind.Amended ? Scalars.Text : Scalars.Name, help);
        return new(name, [named, .. more], (fields, _) => fill(fields, new(kind, fields.KeySpan(named)) { Name = fields.Get(named), At = fields.Find(At) }));
    }

    private static ScalarShape<WrittenTime> Time() => new(
        "a time such as '2027-01-04 08:30', or '08:30' on the day of the visit",
        (Phrase phrase, out WrittenTime value) =>
        {
            NodaTime.LocalDate? date = phrase.TryDate(out var day) ? day : null;
            var fits = phrase.TryTime(out var minutes);
            value = new(date, minutes);
            return fits && minutes < 24 * 60;
        })
    {
        Pattern = Pattern.Or(Pattern.Whole(Pattern.Date, Pattern.Time), Pattern.Whole(Pattern.Time)),
    };

    private static bool TryRecorded(Phrase phrase, [MaybeNullWhen(false)] out Recorded value)
    {
        value = phrase.TryNumber(out var score) ? new(score, Yes: false)
            : phrase.TryWords("yes") ? new(Score: null, Yes: true)
            : phrase.TryWords("no") ? new(Score: null, Yes: false)
            : null;
        return value is not null;
    }

    /// <summary>An entry; one that says 'held' is told apart, since that word means two things.</summary>
    private sealed class EntryShape : Shape<Happening>
    {
        public override string Expected => Entry.Expected;

        public override IEnumerable<string> KeyNames => Entry.KeyNames;

        public override Outline Outline => Entry.Outline;

        public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out Happening value)
        {
            if (node is SyntaxNode.Mapping mapping && mapping.Entries.FirstOrDefault(e => e.Key.Value == "held") is { } held)
            {
                reading.Bag.Add(Messages.HeldMeansTwo(held.Key.Span));
                value = null;
                return false;
            }

            return Entry.TryRead(node, reading, out value);
        }
    }
}
