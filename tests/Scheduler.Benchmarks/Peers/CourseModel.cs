using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Benchmarks.Peers;

/// <summary>
/// A request as a model for solvers that are not ours, made from the protocol and the clinic by code of its own: what docs/planning.md says, for those courses that it
/// can say it of. Anything else is refused, so that no comparison is about two different questions.
/// </summary>
internal sealed partial class CourseModel
{
    private const int NoSlot = -1_000_000;
    private readonly PlanningRequest request;
    private readonly Protocol protocol;
    private readonly ImmutableArray<VisitId> visits;
    private readonly int slots;
    private readonly int[] duration;
    private readonly (int Base, int Offset)[] place;
    private readonly int[] start;
    private readonly int[] day;
    private readonly Dictionary<(int Visit, string Need), (Resource Resource, int Literal)[]> candidates = [];
    private readonly Dictionary<(string Resource, int Day), TakenDay> taken = [];
    private readonly ILookup<(string, LocalDate), Booking> bookings;
    private readonly List<(int From, int To, int Least, int Most)> lags = [];
    private readonly HashSet<(int Before, int After)> ordered = [];
    private readonly HashSet<(int, int)> apart = [];
    private readonly HashSet<(int, int)> stays = [];
    private readonly CourseDays days;

    // What each term of the objective is the sum of: sets of literals, of each of which one holds, or a literal by itself.
    private readonly List<(long Weight, int Literal)[]> minor = [];
    private readonly List<(long Weight, int Literal)[]> changes = [];
    private readonly List<(long Weight, int Literal)[]> points = [];
    private readonly List<(long Weight, int Literal)[]> fragments = [];

    /// <summary>Makes the model of a request.</summary>
    /// <exception cref="NotSupportedException">The request asks for something that these models do not say.</exception>
    public CourseModel(PlanningRequest request)
    {
        (this.request, protocol, visits) = (request, request.Protocol, request.Protocol.Visits);
        Refuse(request.Deviations == DeviationLimit.Major, "major deviations");
        Refuse(protocol.VisitTypes.Any(t => t.IsConditional || t.NeedsAuthorisation || t.Mode != Mode.InPerson), "visits with conditions, authorisations or other modes");
        Refuse(!request.Fixed.IsEmpty || !request.LeftOut.IsEmpty || request.Patient.TravelMinutes > 0, "fixed visits and travel");
        Refuse(request.Clinic.Closures.Any(), "closures, which thin out the weeks of some cadences");
        bookings = request.Clinic.Bookings.ToLookup(b => (b.Resource, b.Date));
        slots = Hours.MinutesPerDay / request.Clinic.GridMinutes;
        duration = [.. visits.Select(v => protocol.TypeOf(v).DurationOf(v.Ordinal))];
        place = [.. Enumerable.Range(0, visits.Length).Select(v => (v, 0))];
        (start, day) = (new int[visits.Length], new int[visits.Length]);

        CountDays();
        days = CourseDays.Of(request, lags);
        FixExactPlaces();
        for (var v = 0; v < visits.Length; v++)
        {
            Place(v);
        }

        for (var v = 0; v < visits.Length; v++)
        {
            FillNeeds(v);
        }

        foreach (var (from, to, least, most) in lags)
        {
            Model.Bound([(1, day[to]), (-1, day[from])], Math.Max(least, -ConstraintLimits.Far), Math.Min(most, ConstraintLimits.Far));
        }

        foreach (var rule in protocol.Rules)
        {
            Say(rule);
        }

        KeepPatientOnce();
        Price();
    }

    /// <summary>The model.</summary>
    public ConstraintModel Model { get; } = new();

    /// <summary>The terms of the objective: minor deviations, changes of person, points, days to the first and to the last treatment, fragments.</summary>
    public int[] Terms { get; private set; } = [];

    /// <summary>The values of the chosen variables that say a calendar.</summary>
    public Dictionary<int, long> ChoiceOf(TreatmentCalendar calendar)
    {
        var chosen = new Dictionary<int, long>();
        for (var v = 0; v < visits.Length; v++)
        {
            var visit = calendar.Find(visits[v])!;
            var (date, minute) = (Period.DaysBetween(request.From, visit.Date), (visit.Start.Hour * 60) + visit.Start.Minute);
            var grid = minute - place[v].Offset;
            var slot = grid >= 0 && grid % request.Clinic.GridMinutes == 0 ? (date * slots) + (grid / request.Clinic.GridMinutes) : NoSlot;

            // A visit with an exact place has no time of its own: where it is elsewhere, there is no slot that says both.
            chosen[start[v]] = place[v].Base == v || chosen[start[v]] == slot ? slot : NoSlot;

            foreach (var need in protocol.TypeOf(visits[v]).Needs)
            {
                foreach (var (resource, literal) in candidates[(v, need.Id)])
                {
                    chosen[literal] = visit.ResourceFor(need.Id) == resource.Id ? 1 : 0;
                }
            }
        }

        return chosen;
    }

    /// <summary>The cost of which these are the terms.</summary>
    public static Cost CostOf(IReadOnlyList<long> terms) => new(0, (int)terms[0], (int)terms[1], (int)terms[2], (int)terms[3], (int)terms[4], (int)terms[5]);

    private static void Refuse(bool isSaid, string what)
    {
        if (isSaid)
        {
            throw new NotSupportedException($"The peers' models say nothing about {what}.");
        }
    }

    private int IndexOf(VisitId visit) => visits.IndexOf(visit);

    private int MinuteOf(int v, int slot) => (slot % slots * request.Clinic.GridMinutes) + place[v].Offset;

    private LocalDate DateOf(int slot) => request.From.PlusDays(slot / slots);

    /// <summary>A visit's time, on which days and at which times the clinic, the patient and the rules allow it at all.</summary>
    private void Place(int v)
    {
        var (first, last) = days.Of(v, request);
        var (type, own) = (protocol.TypeOf(visits[v]), place[v].Base == v);
        var possible = ValueSet.Of(Enumerable.Range(first * slots, (last - first + 1) * slots).Where(s => IsAllowed(v, s) && type.Needs.All(n => Able(n).Any(r => Bears(v, n, r, s)))));
        if (own)
        {
            // A set without values cannot be written; one that no constraint allows says the same.
            var domain = possible.IsEmpty ? ValueSet.Range(first * slots, first * slots) : possible;
            start[v] = Model.Choose($"start of {visits[v]}", domain);
            day[v] = Model.Derive($"day of {visits[v]}", ValueSet.Range(domain.Least / slots, domain.Most / slots), value => value(start[v]) / slots);
            var slot = Model.Derive($"slot of {visits[v]}", ValueSet.Range(0, slots - 1), value => value(start[v]) % slots);
            Model.Bound([(slots, day[v]), (1, slot), (-1, start[v])], 0, 0);
        }
        else
        {
            (start[v], day[v]) = (start[place[v].Base], day[place[v].Base]);
        }

        Model.Add(new Constraint.Inside(start[v], possible, []));
    }

    private bool IsAllowed(int v, int slot)
    {
        var (date, minute) = (DateOf(slot), MinuteOf(v, slot));
        var hours = new Hours(minute, minute + duration[v]);
        return hours is { From: >= 0, To: <= Hours.MinutesPerDay }
            && request.Clinic.OpenOn(date).Any(o => o.Contains(hours))
            && request.Patient.FreeOn(date).Any(f => f.Contains(hours))
            && protocol.Rules.All(r => r switch
            {
                Rule.TimeOfDay { Strength.IsMust: true } times => !times.Visits.Contains(visits[v]) || Keeps(times, hours),
                Rule.Weekdays { Strength.IsMust: true } weekdays => !weekdays.Visits.Contains(visits[v]) || weekdays.Days.Contains(date.DayOfWeek),
                _ => true,
            })
            && request.Patient.Preferences.All(w => w.Weight is not null || !Concerns(w, v) || PointsOf(w, v, slot) == 0);
    }

    private static bool Keeps(Rule.TimeOfDay rule, Hours hours) =>
        (rule.StartsFrom is not { } from || hours.From >= from) && (rule.StartsTo is not { } to || hours.From <= to) && (rule.EndsBy is not { } by || hours.To <= by);

    private bool Concerns(Preference wish, int v) => wish.VisitTypes.IsEmpty || wish.VisitTypes.Contains(visits[v].Type);

    /// <summary>What a wish costs that is about times or days; 1 for a breach of one on which the patient insists.</summary>
    private int PointsOf(Preference wish, int v, int slot)
    {
        var minute = MinuteOf(v, slot);
        var isKept = wish switch
        {
            Preference.Times times => times.Hours.Contains(new(minute, minute + duration[v])),
            Preference.Days weekdays => weekdays.Weekdays.Contains(DateOf(slot).DayOfWeek),
            _ => throw new NotSupportedException("The peers' models say nothing about wishes for people."),
        };
        return isKept ? 0 : wish.Weight ?? 1;
    }

    private IEnumerable<Resource> Able(Need need) => request.Clinic.Resources.Where(r =>
        r.Roles.Contains(need.Role) && need.Skills.All(r.Skills.Contains) && (r.Kind == ResourceKind.Person) == (need.Kind == NeedKind.Person));

    private bool Bears(int v, Need need, Resource resource, int slot) => DayOf(resource, slot / slots).Bears(need, MinuteOf(v, slot), duration[v]);

    private TakenDay DayOf(Resource resource, int onDay)
    {
        if (!taken.TryGetValue((resource.Id, onDay), out var known))
        {
            var date = request.From.PlusDays(onDay);
            taken[(resource.Id, onDay)] = known = new(request.Clinic, resource, date, bookings[(resource.Id, date)]);
        }

        return known;
    }

    /// <summary>Who and what takes part, and what that leaves in pieces.</summary>
    private void FillNeeds(int v)
    {
        var needs = protocol.TypeOf(visits[v]).Needs;
        Refuse(needs.SelectMany(Able).GroupBy(r => r.Id).Any(g => g.Count() > 1), "a resource that can fill two needs of a visit");
        var own = Model.Variables[start[v]].Domain.Values.Where(s => IsAllowed(v, s)).ToList();
        foreach (var need in needs)
        {
            var able = Able(need).Select(r => (Resource: r, Literal: Model.Choose($"{r.Id} as {need.Id} in {visits[v]}", ValueSet.Literal))).ToArray();
            candidates[(v, need.Id)] = able;
            Model.Add(new Constraint.OneOf([.. able.Select(c => c.Literal)]));
            var left = new Dictionary<(string Resource, int Slot), int>();
            foreach (var (resource, literal) in able)
            {
                var possible = own.Where(s => Bears(v, need, resource, s)).ToList();
                Model.Add(new Constraint.Inside(start[v], ValueSet.Of(possible), [literal]));
                if (IsOfTreatment(resource))
                {
                    possible.ForEach(s => left[(resource.Id, s)] = DayOf(resource, s / slots).MoreFragments(need, MinuteOf(v, s), duration[v]));
                }
            }

            CountFragments(v, able, left);
        }
    }

    /// <summary>A literal for each number of fragments that a choice can add; exactly one holds.</summary>
    private void CountFragments(int v, (Resource Resource, int Literal)[] able, Dictionary<(string Resource, int Slot), int> left)
    {
        var numbers = left.Values.Distinct().Order().ToList();
        if (numbers.Count == 0 || numbers is [0])
        {
            return;
        }

        if (!numbers.Contains(0) && able.Any(c => !IsOfTreatment(c.Resource)))
        {
            numbers.Add(0);
        }

        var literals = numbers.Select(n => Model.Derive($"{n} fragments by {visits[v]}", ValueSet.Literal, value => Of(value) == n ? 1 : 0)).ToList();
        Model.Add(new Constraint.OneOf([.. literals]));
        fragments.Add([.. numbers.Zip(literals).Select(p => ((long)p.First, p.Second))]);
        foreach (var (number, literal) in numbers.Zip(literals))
        {
            foreach (var (resource, takes) in able)
            {
                var slotsOf = IsOfTreatment(resource)
                    ? ValueSet.Of(left.Where(l => l.Key.Resource == resource.Id && l.Value == number).Select(l => l.Key.Slot))
                    : number == 0 ? Model.Variables[start[v]].Domain : ValueSet.Of([]);
                Model.Add(new Constraint.Inside(start[v], slotsOf, [takes, literal]));
            }
        }

        int Of(Func<int, long> value)
        {
            var who = able.FirstOrDefault(c => value(c.Literal) == 1).Resource;
            return who is null ? 0 : left.GetValueOrDefault((who.Id, (int)value(start[v])), 0);
        }
    }

    /// <summary>Whether free pieces of a resource count: it can fill a need of a treatment that takes it for a whole visit.</summary>
    private bool IsOfTreatment(Resource resource) => protocol.VisitTypes.Where(t => t.Purpose == VisitPurpose.Treatment).Any(t => t.Needs.Any(n =>
        Able(n).Any(r => r.Id == resource.Id) && t.Durations.Any(d => n.Segments.Any(s => s.Use == Core.Use.Exclusive && s.In(d) == (0, d)))));

    /// <summary>The terms, and their sum as one number in which the first that differs decides.</summary>
    private void Price()
    {
        var all = Enumerable.Range(0, visits.Length).ToList();
        var treatment = all.Where(v => protocol.TypeOf(visits[v]).Purpose == VisitPurpose.Treatment).Select(v => day[v]).Distinct().ToArray();
        var opening = all.Where(days.MayOpen).Select(v => day[v]).Distinct().ToArray();
        var opens = Model.Derive("first day", ValueSet.Range(0, request.StartWithinDays - 1), value => opening.Min(value));
        Model.Add(new Constraint.Lowest(opens, opening));
        foreach (var v in all)
        {
            PriceWishes(v);
        }

        var first = Model.Derive("days to the first", ValueSet.Range(treatment.Min(Lowest), treatment.Min(Highest)), value => treatment.Min(value));
        Model.Add(new Constraint.Lowest(first, treatment));
        var last = Model.Derive("days to the last", ValueSet.Range(treatment.Max(Lowest), treatment.Max(Highest)), value => treatment.Max(value));
        Model.Add(new Constraint.Highest(last, treatment));
        Terms = [Total("minor deviations", minor), Total("changes of person", changes), Total("points", points), first, last, Total("fragments", fragments)];

        var weight = 1L;
        var sum = new List<(long, int)>();
        foreach (var term in Terms.Reverse())
        {
            sum.Insert(0, (weight, term));
            weight *= Highest(term) - Lowest(term) + 1;
        }

        Refuse(weight >= int.MaxValue, $"costs as large as {weight}, which Gecode cannot count");
        Model.Objective = sum;
    }

    private int Lowest(int variable) => Model.Variables[variable].Domain.Least;

    private int Highest(int variable) => Model.Variables[variable].Domain.Most;

    private int Total(string name, List<(long Weight, int Literal)[]> parts)
    {
        var least = parts.Sum(p => p.Length == 1 ? Math.Min(0, p[0].Weight) : p.Min(t => t.Weight));
        var most = parts.Sum(p => p.Length == 1 ? Math.Max(0, p[0].Weight) : p.Max(t => t.Weight));
        var all = parts.SelectMany(p => p).ToList();
        var total = Model.Derive(name, ValueSet.Range((int)least, (int)most), value => all.Sum(p => p.Weight * value(p.Literal)));
        Model.Bound([.. all, (-1, total)], 0, 0);
        return total;
    }
}
