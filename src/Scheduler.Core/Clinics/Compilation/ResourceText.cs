using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A resource as written, complete but for its id.</summary>
internal sealed record ResourceText(Func<string, DiagnosticBag, Resource> Bind)
{
    private static readonly Key<string> Title = Keys.Optional("title", Scalars.Text, "What people call it; its id unless stated.");

    private static readonly Key<ResourceKind> Kind = Keys.Required(
        "kind",
        Scalars.OneOf("'person', 'room', 'chair' or 'device'", ("person", ResourceKind.Person), ("room", ResourceKind.Room), ("chair", ResourceKind.Chair), ("device", ResourceKind.Device)),
        "What it is.");

    private static readonly Key<ImmutableArray<Located<string>>> Roles = Keys.Required("roles", new ListShape<string>(Scalars.Id), "What it can be used as.");

    private static readonly Key<ImmutableArray<Located<string>>> Skills = Keys.Optional("skills", new ListShape<string>(Scalars.Id), "What it can do besides.");

    private static readonly Key<Sex> SexKey = Keys.Optional(
        "sex", Scalars.OneOf("'female' or 'male'", ("female", Sex.Female), ("male", Sex.Male)), "The sex of a person, where patients may ask for it.");

    private static readonly Key<int> Capacity = Keys.Optional("capacity", Scalars.Number(1, 100), "How many shares it bears at once; 1 unless stated.");

    private static readonly Key<int> Supervises = Keys.Optional("supervises", Scalars.Number(1, 100), "How many it supervises at once; none unless stated.");

    private static readonly Key<int> HandsOn = Keys.Optional(
        "hands-on",
        new ScalarShape<int>("a duration such as 'up to 15 min'", (Phrase phrase, out int value) =>
        {
            value = 0;
            return phrase.TryWords("up", "to") && Scalars.TryMinutes(phrase, out value);
        }),
        "The longest use elsewhere that leaves its supervision unbroken.");

    private static readonly Key<NamedEntries<(ImmutableArray<IsoDayOfWeek>, WeekTurn), ImmutableArray<Hours>>> HoursKey = Keys.Optional(
        "hours", HoursText.WeeklyShape, "Its weekly hours; the clinic's opening hours unless stated.");

    private static readonly Key<NamedEntries<(LocalDate, LocalDate), ImmutableArray<Hours>>> Exceptions = Keys.Optional(
        "exceptions", HoursText.DatedShape, "Dates with other hours: leave, or an extra day.");

    private static readonly Key<int> CleanUp = Keys.Optional("clean-up", Scalars.Minutes, "How long after each use nothing else may use it.");

    private static readonly Key<int> AtMostADay = Keys.Optional("at most a day", Scalars.Minutes, "The longest time a day in use, supervision apart.");

    private static readonly Key<int> LatestStart = Keys.Optional(
        "latest start", new ScalarShape<int>("a time such as '16:00'", (Phrase phrase, out int value) => phrase.TryTime(out value)), "The latest time at which a use may start.");

    /// <summary>The shape of a resource.</summary>
    public static MappingShape<ResourceText> Shape { get; } = new(
        "a resource",
        [Kind, Title, Roles, Skills, SexKey, Capacity, Supervises, HandsOn, HoursText.WeekABegins, HoursKey, Exceptions, CleanUp, AtMostADay, LatestStart],
        (fields, _) => new((id, bag) => Make(fields, id, bag)));

    private static Resource Make(Fields fields, string id, DiagnosticBag bag)
    {
        var kind = fields.Get(Kind).Value;
        var kindName = kind.ToString().ToLowerInvariant();
        if (kind != ResourceKind.Person && fields.Find(SexKey) is not null)
        {
            bag.Add(Messages.SexOfThing(fields.KeySpan(SexKey), kindName));
        }

        if (kind != ResourceKind.Person && fields.Find(Supervises) is not null)
        {
            bag.Add(Messages.SupervisionByThing(fields.KeySpan(Supervises), kindName));
        }

        if (fields.Find(HandsOn) is not null && fields.Find(Supervises) is null)
        {
            bag.Add(Messages.HandsOnWithoutSupervision(fields.KeySpan(HandsOn)));
        }

        return new(
            id,
            fields.Find(Title)?.Value ?? id,
            kind,
            [.. fields.Get(Roles).Value.Select(r => r.Value)],
            [.. (fields.Find(Skills)?.Value ?? []).Select(s => s.Value)],
            fields.Or(SexKey, Sex.Unstated),
            fields.Or(Capacity, 1),
            fields.Or(Supervises, 0),
            fields.Or(HandsOn, 0),
            fields.Find(HoursKey) is { } hours ? HoursText.Weekly(hours.Value, fields.Find(HoursText.WeekABegins), bag) : null,
            HoursText.Dated(fields.Find(Exceptions)?.Value, bag),
            fields.Or(CleanUp, 0),
            fields.Find(AtMostADay)?.Value,
            fields.Find(LatestStart)?.Value);
    }
}
