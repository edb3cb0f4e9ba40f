using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>
/// What the judge looks at: the request and the calendar's visits, indexed once. Visits that the protocol does not know, second
/// copies of a visit, visits that the course goes without and visits decades away are the business of the laws <c>complete</c> and
/// <c>horizon</c> and are no evidence for others.
/// </summary>
internal sealed class Evidence
{
    /// <summary>Farther away from the request than this, a visit is nonsense, and date arithmetic with it might overflow.</summary>
    private const int FarDays = 20 * 366;

    private readonly Dictionary<VisitId, JudgedVisit> byId;
    private readonly HashSet<VisitId> leftOut;
    private readonly Dictionary<string, Resource> resources;
    private readonly Dictionary<LocalDate, ImmutableArray<Hours>> open;
    private readonly Dictionary<(string Resource, LocalDate Date), ImmutableArray<Hours>> available;
    private readonly ILookup<(string Resource, LocalDate Date), Booking> bookings;
    private IReadOnlyList<ResourceDay>? resourceDays;

    public Evidence(PlanningRequest request, TreatmentCalendar calendar)
    {
        Request = request;
        Calendar = calendar;
        var types = request.Protocol.VisitTypes.ToDictionary(t => t.Id);
        leftOut = [.. request.LeftOut];
        var fixedIds = request.Fixed.Select(f => f.Id).ToHashSet();
        byId = [];
        foreach (var placed in calendar.Visits)
        {
            if (types.TryGetValue(placed.Id.Type, out var type) && placed.Id.Ordinal >= 1 && placed.Id.Ordinal <= type.Count && !IsLeftOut(placed.Id) && !IsFar(placed.Date))
            {
                byId.TryAdd(placed.Id, new(placed, type, fixedIds.Contains(placed.Id)));
            }
        }

        Visits = [.. request.Protocol.Visits.Select(Find).OfType<JudgedVisit>()];
        resources = request.Clinic.Resources.ToDictionary(r => r.Id);
        open = [];
        available = [];

        // A clinic holds thousands of bookings and a calendar few days: everything else is left out of account at once.
        var dates = Visits.SelectMany(v => v.Uses).Select(u => u.Start.Date).ToHashSet();
        bookings = request.Clinic.Bookings.Where(b => dates.Contains(b.Date)).ToLookup(b => (b.Resource, b.Date));
    }

    private Evidence(Evidence whole, ImmutableArray<JudgedVisit> visits)
    {
        (Request, Calendar, Visits) = (whole.Request, whole.Calendar, visits);
        (leftOut, resources, open, available, bookings) = (whole.leftOut, whole.resources, whole.open, whole.available, whole.bookings);
        byId = visits.ToDictionary(v => v.Id);
    }

    public PlanningRequest Request { get; }

    public TreatmentCalendar Calendar { get; }

    public Protocol Protocol => Request.Protocol;

    public Clinic Clinic => Request.Clinic;

    public Patient Patient => Request.Patient;

    /// <summary>The visits to judge, in the protocol's order.</summary>
    public ImmutableArray<JudgedVisit> Visits { get; }

    /// <summary>The visits that are not fixed: laws about a single visit ask only about them.</summary>
    public IEnumerable<JudgedVisit> Open => Visits.Where(v => !v.IsFixed);

    /// <summary>The days of all resources that the visits use.</summary>
    public IReadOnlyList<ResourceDay> ResourceDays => resourceDays ??= ResourceDay.Of(this);

    /// <summary>The same evidence without the conditional visits; one that is fixed has happened or is frozen, and is certain enough.</summary>
    public Evidence CertainOnly() => new(this, [.. Visits.Where(v => !v.Type.IsConditional || v.IsFixed)]);

    public bool IsFar(LocalDate date) => Math.Abs(Period.DaysBetween(Request.From, date)) > FarDays;

    /// <summary>Whether the course goes without a visit.</summary>
    public bool IsLeftOut(VisitId id) => leftOut.Contains(id);

    /// <summary>
    /// Whether a visit that hangs on another one cannot be kept, because that one is not placed and need not be. That a certain visit
    /// is missing is the business of the law <c>complete</c>.
    /// </summary>
    public bool IsGone(VisitId id) => Find(id) is null && (IsLeftOut(id) || Protocol.TypeOf(id).IsConditional);

    /// <summary>What a window counts from: its fallback, where it has one and the course goes without the anchor's visit.</summary>
    public Anchor AnchorOf(Anchor anchor, Anchor? fallback) =>
        fallback is not null && anchor.VisitOrNone is { } visit && IsLeftOut(visit) ? fallback : anchor;

    public JudgedVisit? Find(VisitId id) => byId.GetValueOrDefault(id);

    /// <summary>Those of some visits that are placed.</summary>
    public IEnumerable<JudgedVisit> Placed(IEnumerable<VisitId> ids) => ids.Select(Find).OfType<JudgedVisit>();

    public Resource? Resource(string id) => resources.GetValueOrDefault(id);

    public ImmutableArray<Hours> OpenOn(LocalDate date)
    {
        if (!open.TryGetValue(date, out var hours))
        {
            open[date] = hours = Clinic.OpenOn(date);
        }

        return hours;
    }

    /// <summary>When a resource works while the clinic is open.</summary>
    public ImmutableArray<Hours> AvailableOn(Resource resource, LocalDate date)
    {
        if (!available.TryGetValue((resource.Id, date), out var hours))
        {
            available[(resource.Id, date)] = hours = Hours.Intersect(Clinic.WorkingHours(resource, date), OpenOn(date));
        }

        return hours;
    }

    public IEnumerable<Booking> BookingsOf(string resource, LocalDate date) => bookings[(resource, date)];

    /// <summary>
    /// Whether what a rule or law says of two visits is asked: not between two fixed ones, which nobody can move, nor between two
    /// conditional ones of which at most one will be needed.
    /// </summary>
    public bool AreCompared(JudgedVisit a, JudgedVisit b) => !(a.IsFixed && b.IsFixed) && !ExcludeEachOther(a, b);

    public bool ExcludeEachOther(JudgedVisit a, JudgedVisit b) => Exclude(a.Type.OnlyIf, b.Type.OnlyIf);

    /// <summary>The visits of all of <paramref name="visits"/> that can be needed together: one list where no conditions exclude each other.</summary>
    public IEnumerable<ImmutableArray<JudgedVisit>> Worlds(ImmutableArray<JudgedVisit> visits)
    {
        var conditions = visits.Select(v => v.Type.OnlyIf).OfType<string>().Distinct().ToList();
        var clash = conditions.SelectMany(a => conditions.Where(b => Exclude(a, b)).Select(b => (A: a, B: b))).FirstOrDefault();
        return clash.A is null
            ? [visits]
            : Worlds([.. visits.Where(v => v.Type.OnlyIf != clash.A)]).Concat(Worlds([.. visits.Where(v => v.Type.OnlyIf != clash.B)]));
    }

    /// <summary>The person who fills a need of a visit; null where nobody does or the need is for a place.</summary>
    public string? PersonIn(VisitNeed need) =>
        Find(need.Visit) is { } visit && visit.Type.Needs.Any(n => n.Id == need.Need && n.Kind == NeedKind.Person)
            ? visit.ResourceFor(need.Need)
            : null;

    private bool Exclude(string? a, string? b) =>
        a is not null
        && b is not null
        && a != b
        && Protocol.Conditions.Any(c => (c.Id == a && c.Excludes.Contains(b)) || (c.Id == b && c.Excludes.Contains(a)));
}
