using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>What placed visits cost, term by term as the contract says.</summary>
internal sealed class Costs(PlanningRequest request, Laws laws)
{
    private const int FragmentTicks = 60 / Ticks.Minutes;
    private readonly Protocol protocol = request.Protocol;
    private readonly Dictionary<VisitId, int> indexes = request.Protocol.Visits.Select((v, i) => (v, i)).ToDictionary();
    private readonly Dictionary<(string, LocalDate), bool[]> freeTicks = [];
    private readonly HashSet<string> treatment =
    [
        .. from type in request.Protocol.VisitTypes
           where type.Purpose == VisitPurpose.Treatment
           from need in type.Needs
           where need.Segments.Any(s => s.Use == Use.Exclusive && s.From == Moment.Start && s.To == Moment.End)
           from resource in request.Clinic.Resources
           where Laws.CanFill(resource, need)
           select resource.Id,
    ];

    /// <summary>The first six terms; with some visits missing, those that the placed ones cost already, the days left out.</summary>
    public Cost Points(IReadOnlyList<Placement?> placed)
    {
        var (major, minor, changes, points) = (0, 0, 0, 0);
        foreach (var rule in protocol.Rules)
        {
            switch (rule)
            {
                case Rule.Window window:
                    var (outside, notIdeal, days) = Deviations(window, placed);
                    (major, minor, points) = (major + outside, minor + notIdeal, points + days);
                    break;
                case Rule.HourWindow window:
                    var (far, notAsPlanned, hours) = Deviations(window, placed);
                    (major, minor, points) = (major + far, minor + notAsPlanned, points + hours);
                    break;
                case Rule.TimeOfDay { Strength.Weight: { } weight } time:
                    points += weight * Those(time.Visits, placed).Count(v => !Rules.IsAtTime(time, v));
                    break;
                case Rule.Weekdays { Strength.Weight: { } weight } weekdays:
                    points += weight * Those(weekdays.Visits, placed).Count(v => !weekdays.Days.Contains(v.Date.DayOfWeek));
                    break;
                case Rule.SamePerson { IsMust: false } same:
                    changes += Changes(same, placed);
                    break;
                case Rule.DifferentPeople { IsMust: false } different:
                    changes += Coincidences(different, placed);
                    break;
                case Rule.Rotation { IsMust: false } rotation:
                    changes += Repetitions(rotation, placed);
                    break;
                default:
                    break;
            }
        }

        foreach (var preference in request.Patient.Preferences)
        {
            if (preference.Weight is { } weight)
            {
                points += weight * placed.OfType<Placement>().Sum(v => Wishes.Missed(request, preference, v));
            }
        }

        return new(major, minor, changes, points, 0, 0, 0) { Moves = Moves(placed) };
    }

    private Moves Moves(IReadOnlyList<Placement?> placed)
    {
        var (visits, people, others) = (0, 0, 0);
        foreach (var (place, booked) in placed.OfType<Placement>().Where(p => !p.IsFixed).Join(request.Booked, p => p.Visit.Id, b => b.Id, (p, b) => (p, b)))
        {
            visits += place.Visit.Start != booked.Start ? 1 : 0;
            foreach (var need in place.Type.Needs)
            {
                var then = booked.Uses.Where(u => u.Need == need.Id).Select(u => u.Resource).FirstOrDefault();
                var another = then is not null && place.Visit.Uses.Any(u => u.Need == need.Id && u.Resource != then) ? 1 : 0;
                var isAtItsTime = place.Visit.Start == booked.Start;
                people += need.Kind == NeedKind.Person && isAtItsTime ? another : 0;
                others += (need.Kind == NeedKind.Place) == isAtItsTime ? another : 0;
            }
        }

        return new(visits, people, others);
    }

    /// <summary>All seven terms of visits that are all placed, or stay unplaced.</summary>
    public Cost Of(IReadOnlyList<Placement?> placed)
    {
        var days = placed.Where(v => v?.Type.Purpose == VisitPurpose.Treatment).Select(v => v!.Day).ToList();
        return Points(placed) with
        {
            DaysToFirst = days.Count == 0 ? 0 : days.Min(),
            DaysToLast = days.Count == 0 ? 0 : days.Max(),
            Fragments = Fragments(placed),
        };
    }

    private IEnumerable<Placement> Those(IEnumerable<VisitId> visits, IReadOnlyList<Placement?> placed) =>
        visits.Select(v => placed[indexes[v]]).OfType<Placement>();

    private (int Major, int Minor, int Points) Deviations(Rule.Window window, IReadOnlyList<Placement?> placed)
    {
        var (major, minor, points) = (0, 0, 0);
        var counted = Rules.AnchorOf(request, window.Anchor, window.Fallback);
        var anchor = counted.VisitOrNone is { } visitOfAnchor ? placed[indexes[visitOfAnchor]] : null;
        if ((anchor?.Date ?? Rules.FromDay(request, counted)) is not { } day)
        {
            return default;
        }

        foreach (var visit in Those(window.Visits, placed))
        {
            var off = Rules.DaysOff(window, day, visit.Date);
            major += window.Allowed.Contains(off) ? 0 : 1;
            minor += window.Allowed.Contains(off) && !window.Ideal.Contains(off) ? 1 : 0;
            points += (window.Weight * Math.Abs(off)) + FromIdeal(window.Nearest ?? window.Ideal, off);
        }

        return (major, minor, points);
    }

    private (int Major, int Minor, int Points) Deviations(Rule.HourWindow window, IReadOnlyList<Placement?> placed)
    {
        var (major, minor, points) = (0, 0, 0);
        var counted = Rules.AnchorOf(request, window.Anchor, window.Fallback);
        if (counted.VisitOrNone is not { } visitOfAnchor || placed[indexes[visitOfAnchor]] is not { } anchor)
        {
            return default;
        }

        foreach (var visit in Those(window.Visits, placed))
        {
            var off = Rules.MinutesOff(window, counted, anchor, visit);
            major += window.Allowed.Contains(off) ? 0 : 1;
            minor += window.Allowed.Contains(off) && !window.Ideal.Contains(off) ? 1 : 0;
            points += (window.Weight * (Math.Abs(off) / 60)) + (FromIdeal(window.Ideal, off) / 60);
        }

        return (major, minor, points);
    }

    private static int FromIdeal(Leeway ideal, int off) => Math.Abs(off - Math.Clamp(off, ideal.From, ideal.To));

    private int Changes(Rule.SamePerson rule, IReadOnlyList<Placement?> placed)
    {
        var visits = Those(rule.Visits, placed).ToList();
        var changes = 0;
        for (var i = 1; i < visits.Count; i++)
        {
            var before = visits.Take(i).LastOrDefault(v => !protocol.ExcludeEachOther(v.Visit.Id, visits[i].Visit.Id));
            changes += before is not null && before.PersonFor(rule.Need) != visits[i].PersonFor(rule.Need) ? 1 : 0;
        }

        return changes;
    }

    private int Coincidences(Rule.DifferentPeople rule, IReadOnlyList<Placement?> placed) => (
        from one in rule.These
        from other in rule.Those
        let a = placed[indexes[one.Visit]]
        let b = placed[indexes[other.Visit]]
        where a is not null && b is not null && a != b
        where !protocol.ExcludeEachOther(one.Visit, other.Visit)
        where a.PersonFor(one.Need) is { } person && person == b.PersonFor(other.Need)
        select (a, b)).Distinct().Count();

    private int Repetitions(Rule.Rotation rule, IReadOnlyList<Placement?> placed) => (
        from pair in Rules.InARow(request, rule)
        where !protocol.ExcludeEachOther(pair.One, pair.Next)
        let a = placed[indexes[pair.One]]
        let b = placed[indexes[pair.Next]]
        where a is not null && b is not null && a.PersonFor(rule.Need) is { } person && person == b.PersonFor(rule.Need)
        select pair).Count();

    private int Fragments(IReadOnlyList<Placement?> placed)
    {
        var all = placed.OfType<Placement>().ToList();
        var surely = all.Where(v => v.IsFixed || !v.Type.IsConditional).ToList();
        var total = FragmentsOf(surely);
        for (var i = 0; i < all.Count; i++)
        {
            if (!surely.Contains(all[i]))
            {
                var beside = surely.Concat(all.Take(i).Where(v => !surely.Contains(v) && !protocol.ExcludeEachOther(v.Visit.Id, all[i].Visit.Id))).ToList();
                total += FragmentsOf([.. beside, all[i]]) - FragmentsOf(beside);
            }
        }

        return total;
    }

    private int FragmentsOf(IReadOnlyList<Placement> placed)
    {
        var taken = placed
            .SelectMany(v => v.Holdings)
            .Where(h => h.Use != Use.Supervision && treatment.Contains(h.Resource.Id))
            .GroupBy(h => (h.Resource.Id, h.Date));
        var more = 0;
        foreach (var day in taken)
        {
            var free = FreeTicks(day.First().Resource, day.First().Date);
            var left = (bool[])free.Clone();
            foreach (var holding in day)
            {
                Array.Fill(left, false, holding.From, holding.To - holding.From);
            }

            more += CountFragments(left) - CountFragments(free);
        }

        return more;
    }

    private bool[] FreeTicks(Resource resource, LocalDate date)
    {
        if (!freeTicks.TryGetValue((resource.Id, date), out var free))
        {
            var works = request.Clinic.WorkingHours(resource, date).Select(Ticks.Inside).ToList();
            var open = request.Clinic.OpenOn(date).Select(Ticks.Inside).ToList();
            var held = laws.Booked(resource.Id, date).Where(h => h.Use != Use.Supervision).ToList();
            free =
            [
                .. Enumerable.Range(0, Ticks.PerDay).Select(t =>
                    works.Any(h => t >= h.From && t < h.To) && open.Any(h => t >= h.From && t < h.To) && !held.Any(h => h.Covers(t))),
            ];
            freeTicks.Add((resource.Id, date), free);
        }

        return free;
    }

    private static int CountFragments(bool[] free)
    {
        var (fragments, run) = (0, 0);
        for (var tick = 0; tick <= free.Length; tick++)
        {
            if (tick < free.Length && free[tick])
            {
                run++;
                continue;
            }

            fragments += run is > 0 and < FragmentTicks ? 1 : 0;
            run = 0;
        }

        return fragments;
    }
}
