using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Messaging;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A resource as the file has it: its hours may still depend on the clinic's.</summary>
internal sealed record ResourceDraft(
    Resource Resource,
    NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>? Hours,
    Located<LocalDate>? WeekABegins,
    Located<int>? LatestStart);

/// <summary>The keys of a resource, and what they must satisfy among themselves.</summary>
internal static class ResourceFormat
{
    public const int MostAtOnce = 50;

    private static readonly Key<ResourceKind> Kind = Keys.Required(
        "kind",
        Scalars.OneOf(
            "'person', 'room', 'chair' or 'device'",
            ("person", ResourceKind.Person), ("room", ResourceKind.Room), ("chair", ResourceKind.Chair), ("device", ResourceKind.Device)),
        "What it is.");

    private static readonly Key<string> Title = Keys.Optional("title", Scalars.Text, "What people call it; its id when left out.");

    private static readonly Key<ImmutableArray<Located<string>>> Roles = Keys.Required(
        "roles", new ListShape<string>(Scalars.Id), "What it can be used as, in the words of the protocols: nurse, therapist, chair.");

    private static readonly Key<ImmutableArray<Located<string>>> Skills = Keys.Optional(
        "skills", new ListShape<string>(Scalars.Id), "What it can do besides, in the words of the protocols.");

    private static readonly Key<Sex> SexOf = Keys.Optional(
        "sex", SexShape, "The sex of a person, where patients may ask for it.");

    private static readonly Key<int> Capacity = Keys.Optional(
        "capacity", Scalars.Number(1, MostAtOnce), "How many visits may share it at once; 1 when left out.");

    private static readonly Key<int> Supervises = Keys.Optional(
        "supervises", Scalars.Number(0, MostAtOnce), "How many visits a person may supervise at once; none when left out.");

    private static readonly Key<int> HandsOn = Keys.Optional(
        "hands-on",
        new ScalarShape<int>("the longest hands-on time beside supervision such as 'up to 15 min'", (Phrase phrase, out int value) =>
        {
            _ = phrase.TryWords("up", "to");
            return Scalars.TryMinutes(phrase, out value);
        }),
        "The longest use elsewhere that leaves supervision unbroken; none when left out.");

    private static readonly Key<NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>>> HoursKey = Keys.Optional(
        "hours", WeeklyFormat.Working, "Its weekly hours; the clinic's opening hours when left out.");

    private static readonly Key<NamedEntries<DateRange, ImmutableArray<Located<Stretch>>>> Exceptions = Keys.Optional(
        "exceptions", DatedFormat.Working, "Dates with other hours, such as leave; where two cover a date, the later entry counts.");

    private static readonly Key<int> CleanUp = Keys.Optional(
        "clean-up", Scalars.Minutes, "How long after each use nothing else may use it; none when left out.");

    private static readonly Key<int> AtMostADay = Keys.Optional(
        "at most a day", Scalars.Minutes, "The longest time a day in use; no limit when left out.");

    private static readonly Key<int> LatestStart = Keys.Optional(
        "latest start",
        new ScalarShape<int>("a time of day such as '16:00'", (Phrase phrase, out int value) => phrase.TryTime(out value)),
        "The latest time at which a use of it may start; none when left out.");

    private static readonly Key<string> Mail = Keys.Optional("mail", ContactText.Address, "Where the mail of a person goes, such as the list of the next day; none when left out.");

    /// <summary>The shape of a resource.</summary>
    public static MappingShape<ResourceDraft> Shape { get; } = new(
        "a resource",
        [Kind, Title, Roles, Skills, SexOf, Capacity, Supervises, HandsOn, HoursKey, WeeklyFormat.WeekABegins, Exceptions, AtMostADay, CleanUp, LatestStart, Mail],
        Build);

    /// <summary><c>female</c> or <c>male</c>.</summary>
    internal static ScalarShape<Sex> SexShape => Scalars.OneOf("'female' or 'male'", ("female", Sex.Female), ("male", Sex.Male));

    private static ResourceDraft Build(Fields fields, Reading reading)
    {
        var bag = reading.Bag;
        var kind = fields.Get(Kind).Value;
        CheckPersonOnly(fields, kind, bag);
        if (fields.Find(HandsOn) is { } handsOn && fields.Or(Supervises, 0) == 0)
        {
            bag.Add(Messages.HandsOnWithoutSupervision(fields.KeySpan(HandsOn), handsOn.Value));
        }

        return new(
            new(
                "",
                fields.Or(Title, ""),
                kind,
                Distinct(fields.Get(Roles).Value, "role", bag),
                Distinct(fields.Or(Skills, []), "skill", bag),
                fields.Or(SexOf, Sex.Unstated),
                fields.Or(Capacity, 1),
                fields.Or(Supervises, 0),
                fields.Or(HandsOn, 0),
                null,
                DatedFormat.ToDatedHours(fields.Or(Exceptions, NamedEntries<DateRange, ImmutableArray<Located<Stretch>>>.Empty), bag),
                fields.Or(CleanUp, 0),
                fields.Find(AtMostADay)?.Value,
                fields.Find(LatestStart)?.Value)
            {
                Mail = fields.Find(Mail)?.Value,
            },
            fields.Find(HoursKey)?.Value,
            fields.Find(WeeklyFormat.WeekABegins),
            fields.Find(LatestStart));
    }

    private static void CheckPersonOnly(Fields fields, ResourceKind kind, DiagnosticBag bag)
    {
        if (kind == ResourceKind.Person)
        {
            return;
        }

        if (fields.Find(SexOf) is not null)
        {
            bag.Add(Messages.SexOfAThing(fields.KeySpan(SexOf), Told(kind)));
        }

        if (fields.Or(Supervises, 0) > 0)
        {
            bag.Add(Messages.ThingSupervises(fields.KeySpan(Supervises), Told(kind)));
        }

        if (fields.Find(Mail) is not null)
        {
            bag.Add(Messages.MailToAThing(fields.KeySpan(Mail), Told(kind)));
        }
    }

    private static ImmutableArray<string> Distinct(ImmutableArray<Located<string>> names, string what, DiagnosticBag bag)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.TryAdd(name.Value, name.Span))
            {
                bag.Add(Messages.ListedTwice(name.Span, what, name.Value));
            }
        }

        return [.. names.Select(n => n.Value).Distinct(StringComparer.Ordinal)];
    }

    private static string Told(ResourceKind kind) => kind.ToString().ToLowerInvariant();
}
