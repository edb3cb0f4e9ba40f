using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Verification.Rules;
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

    private readonly JudgedClinic clinic;
    private readonly Dictionary<string, (VisitType Type, int First)> series;
    private readonly JudgedVisit?[] byPlace;
    private readonly HashSet<VisitId> leftOut;
    private readonly Dictionary<VisitId, PlacedVisit> fixedVisits;
    private readonly HashSet<(string, string)> exclusions;
    private readonly Dictionary<Rule.Cadence, FilledWeeks> filledWeeks;
    private readonly HashSet<VisitId> excused = [];
    private readonly bool asksAll;
    private IReadOnlyList<UsedDay>? usedDays;
    private Bundles? bundles;

    public Evidence(PlanningRequest request, TreatmentCalendar calendar, JudgedClinic? known = null)
    {
        (Request, Calendar, series) = (request, calendar, []);
        foreach (var type in request.Protocol.VisitTypes)
        {
            series.Add(type.Id, (type, Count));
            Count += type.Count;
        }

        (leftOut, fixedVisits, exclusions, filledWeeks) = ([.. request.LeftOut], [], [], new(ReferenceEqualityComparer.Instance));
        foreach (var visit in request.Fixed)
        {
            fixedVisits.TryAdd(visit.Id, visit);
        }

        foreach (var condition in request.Protocol.Conditions)
        {
            foreach (var excluded in condition.Excludes.Where(e => e != condition.Id))
            {
                exclusions.Add((condition.Id, excluded));
                exclusions.Add((excluded, condition.Id));
            }
        }

        byPlace = new JudgedVisit?[Count];
        foreach (var placed in calendar.Visits)
        {
            if (PlaceOf(placed.Id) is { } place && byPlace[place] is null && !IsLeftOut(placed.Id) && !IsFar(placed.Date))
            {
                byPlace[place] = new(placed, series[placed.Id.Type].Type, IsFixed(placed.Id));
            }
        }

        (Visits, Open) = InOrder(byPlace);
        clinic = known ?? new JudgedClinic(request.Clinic, Visits);
    }

    private Evidence(Evidence whole, Func<JudgedVisit, bool> isPart)
    {
        (Request, Calendar, Count, clinic, series) = (whole.Request, whole.Calendar, whole.Count, whole.clinic, whole.series);
        (leftOut, fixedVisits, exclusions, filledWeeks, bundles) = (whole.leftOut, whole.fixedVisits, whole.exclusions, whole.filledWeeks, whole.bundles);
        byPlace = Array.ConvertAll(whole.byPlace, v => v is not null && isPart(v) ? v : null);
        (Visits, Open) = InOrder(byPlace);
    }

    private Evidence(Evidence whole, HashSet<VisitId> excused, bool asksAll)
        : this(whole, _ => true) => (this.excused, this.asksAll) = (excused, asksAll);

    public PlanningRequest Request { get; }

    public TreatmentCalendar Calendar { get; }

    public Protocol Protocol => Request.Protocol;

    public Clinic Clinic => Request.Clinic;

    public Patient Patient => Request.Patient;

    /// <summary>The visits to judge, in the protocol's order.</summary>
    public ImmutableArray<JudgedVisit> Visits { get; }

    /// <summary>The visits that are not fixed: laws about a single visit ask only about them.</summary>
    public ImmutableArray<JudgedVisit> Open { get; }

    /// <summary>How many visits the protocol has.</summary>
    public int Count { get; }

    /// <summary>The days of all resources that the visits use.</summary>
    public IReadOnlyList<UsedDay> UsedDays => usedDays ??= UsedDay.Of(this);

    /// <summary>Which visits belong together on a day.</summary>
    public Bundles Bundles => bundles ??= new(Protocol);

    /// <summary>Whether any two conditions exclude each other.</summary>
    public bool HasExclusions => exclusions.Count > 0;

    /// <summary>The same evidence without the conditional visits; one that is fixed has happened or is frozen, and is certain enough.</summary>
    public Evidence CertainOnly() => new(this, v => !v.Type.IsConditional || v.IsFixed);

    /// <summary>The evidence of what a rule is asked about.</summary>
    public Evidence For(Rule rule) => !Request.Excused.IsEmpty && !asksAll && Request.ExcusedFrom(rule).ToHashSet() is { Count: > 0 } some ? new(this, some, asksAll: false) : this;

    /// <summary>The same evidence for whoever asks rules about all visits, fixed and excused ones among them.</summary>
    public Evidence AskingAll() => new(this, [], asksAll: true);

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

    public JudgedVisit? Find(VisitId id) => PlaceOf(id) is { } place ? byPlace[place] : null;

    /// <summary>Where a visit stands among all of the protocol's, from 0; null where the protocol does not know it.</summary>
    public int? PlaceOf(VisitId id) =>
        id.Type is not null && series.TryGetValue(id.Type, out var known) && id.Ordinal >= 1 && id.Ordinal <= known.Type.Count ? known.First + id.Ordinal - 1 : null;

    /// <summary>The visit that stands somewhere among all of the protocol's, if it is placed.</summary>
    public JudgedVisit? At(int place) => byPlace[place];

    /// <summary>A visit as the request fixed it, or null.</summary>
    public PlacedVisit? Fixed(VisitId id) => fixedVisits.GetValueOrDefault(id);

    public bool IsFixed(VisitId id) => fixedVisits.ContainsKey(id);

    /// <summary>Those of some visits that are placed.</summary>
    public List<JudgedVisit> Placed(IReadOnlyCollection<VisitId> ids)
    {
        var placed = new List<JudgedVisit>(ids.Count);
        foreach (var id in ids)
        {
            if (Find(id) is { } visit)
            {
                placed.Add(visit);
            }
        }

        return placed;
    }

    public Resource? Resource(string id) => clinic.Find(id);

    public ImmutableArray<Hours> OpenOn(LocalDate date) => clinic.OpenOn(date);

    /// <summary>A resource's day as it is without the calendar.</summary>
    public ResourceDay DayOf(Resource resource, LocalDate date) => clinic.DayOf(resource, date);

    public IReadOnlyList<Booking> BookingsOf(string resource, LocalDate date) => clinic.BookingsOf(resource, date);

    /// <summary>The weeks of a rhythm that has fewer visits where the clinic is closed.</summary>
    public FilledWeeks WeeksOf(Rule.Cadence rule)
    {
        if (!filledWeeks.TryGetValue(rule, out var weeks))
        {
            filledWeeks[rule] = weeks = new(rule, this);
        }

        return weeks;
    }

    /// <summary>
    /// Whether what a rule or law says of two visits is asked: not between two fixed ones, which nobody can move, nor between two
    /// conditional ones of which at most one will be needed, nor where one is excused.
    /// </summary>
    public bool AreCompared(JudgedVisit a, JudgedVisit b) => (asksAll || !(a.IsFixed && b.IsFixed)) && !ExcludeEachOther(a, b) && !excused.Contains(a.Id) && !excused.Contains(b.Id);

    /// <summary>Whether what a rule says of one visit is asked: not of one that is fixed, nor of one that is excused.</summary>
    public bool IsAsked(JudgedVisit visit) => (asksAll || !visit.IsFixed) && !excused.Contains(visit.Id);

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
    public string? PersonIn(VisitNeed need)
    {
        if (Find(need.Visit) is not { } visit)
        {
            return null;
        }

        foreach (var known in visit.Type.Needs)
        {
            if (known.Id == need.Need && known.Kind == NeedKind.Person)
            {
                return visit.ResourceFor(need.Need);
            }
        }

        return null;
    }

    private static (ImmutableArray<JudgedVisit> All, ImmutableArray<JudgedVisit> Open) InOrder(JudgedVisit?[] visits)
    {
        ImmutableArray<JudgedVisit> all = [.. visits.OfType<JudgedVisit>()];
        return (all, all.Any(v => v.IsFixed) ? [.. all.Where(v => !v.IsFixed)] : all);
    }

    private bool Exclude(string? a, string? b) => a is not null && b is not null && exclusions.Contains((a, b));
}
