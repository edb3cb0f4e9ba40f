using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Explanation.Places;

/// <summary>Holds what is said of places against the judge, who sees each calendar with the visit moved there.</summary>
internal sealed class JudgedPlaces
{
    /// <summary>More ways to fill the needs of a visit are not tried one by one.</summary>
    private const int MostStaffs = 60;

    private static readonly string[] LawsOfResources = ["working-hours", "role", "double-booking", "contact-hours", "latest-start", "starts-apart"];

    private readonly PlanningRequest request;
    private readonly TreatmentCalendar calendar;
    private readonly VisitType type;
    private readonly List<string[]> staffs;
    private readonly HashSet<(string, VisitId, bool)> deviationsApart;

    public JudgedPlaces(PlanningRequest request, TreatmentCalendar calendar, VisitId visit)
    {
        (this.request, this.calendar, Visit) = (request, calendar, visit);
        type = request.Protocol.TypeOf(visit);
        staffs = [.. Staffs([.. type.Needs.Select(n => request.Clinic.Resources.Where(r => CanFill(r, n)).Select(r => r.Id).ToArray())]).Take(MostStaffs + 1)];
        deviationsApart = [.. Verifier.Judge(request, Without()).Deviations.Select(d => (d.Rule, d.Visit, d.IsMajor))];
    }

    /// <summary>The visit that moves.</summary>
    public VisitId Visit { get; }

    /// <summary>What is wrong with the places of a day; null for nothing.</summary>
    public string? WrongWith(DayPlaces day)
    {
        foreach (var place in day.Places)
        {
            if (WrongWith(place) is { } wrong)
            {
                return $"{wrong} ({Visit} {place.Visit.Start})";
            }
        }

        foreach (var run in day.Refused)
        {
            foreach (var time in new[] { run.First, run.Last }.Distinct())
            {
                if (WrongWith(day.Date.At(time), run) is { } wrong)
                {
                    return $"{wrong} ({Visit} {day.Date.At(time)}: {string.Join(", ", run.Obstacles)})";
                }
            }
        }

        return null;
    }

    /// <summary>The calendar with the visit elsewhere.</summary>
    public TreatmentCalendar Moved(PlacedVisit place) => calendar with { Visits = [.. calendar.Visits.Select(v => v.Id == Visit ? place : v)] };

    /// <summary>All ways to have the visit at a start; null where they are too many.</summary>
    public IReadOnlyList<PlacedVisit>? Ways(LocalDateTime start) => staffs.Count > MostStaffs ? null : [.. staffs.Select(s => Put(start, s))];

    private string? WrongWith(VisitPlace place)
    {
        var verdict = Verifier.Judge(request, Moved(place.Visit));
        if (!verdict.Holds)
        {
            return $"illegal: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
        }

        if (verdict.Cost != place.Cost || verdict.CostWithConditional != place.CostWithConditional)
        {
            return $"priced otherwise: {place.Cost} {place.CostWithConditional}, by the judge {verdict.Cost} {verdict.CostWithConditional}";
        }

        var deviations = verdict.Deviations.Select(d => (d.Rule, d.Visit, d.IsMajor)).Where(d => !deviationsApart.Contains(d)).ToHashSet();
        if (!deviations.SetEquals(place.Deviations.Select(d => (d.Rule, d.Visit, d.IsMajor))))
        {
            return $"other deviations: {string.Join(", ", place.Deviations)}, by the judge {string.Join(", ", deviations)}";
        }

        // No other way to fill the needs is better, and of equals none comes first.
        foreach (var way in Ways(place.Visit.Start) ?? [])
        {
            var other = Verifier.Judge(request, Moved(way));
            if (other.Holds && Compare(other, verdict) is var order && (order < 0 || (order == 0 && ComesFirst(way, place.Visit))))
            {
                return $"not the best: {Names(place.Visit)} at {verdict.Cost}, but {Names(way)} at {other.Cost} {other.CostWithConditional}";
            }
        }

        return null;
    }

    private string? WrongWith(LocalDateTime start, RefusedStarts run)
    {
        if (run.Obstacles.IsEmpty)
        {
            return "no obstacle: refused all the same";
        }

        foreach (var way in staffs.Take(MostStaffs).Select(s => Put(start, s)))
        {
            var verdict = Verifier.Judge(request, Moved(way));
            if (verdict.Holds)
            {
                return $"legal: {Names(way)}";
            }

            var broken = verdict.Findings.Where(f => !f.Holds).Select(f => f.Rule).ToHashSet();
            var said = run.Obstacles.Select(o => o switch { Obstacle.OfRule rule => rule.Rule, Obstacle.OfLaw law => law.Law, _ => null }).OfType<string>().ToHashSet();
            if (!said.IsSubsetOf(broken))
            {
                return $"not broken: {string.Join(", ", said.Except(broken))}";
            }

            // Whoever comes, what is broken about time has been said; but outside the days of the course nothing else is.
            var ofTime = broken.Where(b => !LawsOfResources.Contains(b) && !AboutPeople(b) && b != "preferences").Except(said).ToList();
            if (ofTime.Count > 0 && start.Date >= request.From && !said.Contains("horizon"))
            {
                return $"not said: {string.Join(", ", ofTime)}: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
            }

            foreach (var need in run.Obstacles.OfType<Obstacle.OfNeed>())
            {
                if (WrongWith(need, way, verdict) is { } wrong)
                {
                    return wrong;
                }
            }

            if (run.Obstacles.OfType<Obstacle.OfNeedsTogether>().SingleOrDefault() is { Rules: { IsEmpty: false } rules } && Free(way, verdict) && !rules.Any(broken.Contains))
            {
                return $"not broken together: {string.Join(", ", rules)}";
            }
        }

        return staffs.Count == 0 && !run.Obstacles.Any(o => o is Obstacle.OfNeed { Candidates.IsEmpty: true } or Obstacle.OfNeedsTogether or Obstacle.OfRule or Obstacle.OfLaw) ? "nobody: but not said" : null;
    }

    /// <summary>Whoever is chosen for a need that nobody can fill is refused for what is said of them.</summary>
    private static string? WrongWith(Obstacle.OfNeed need, PlacedVisit way, Verdict verdict)
    {
        var who = need.Candidates.Single(c => c.Resource == way.ResourceFor(need.Need));
        if (who.Hindrance == Hindrance.None)
        {
            return $"no hindrance: {who}";
        }

        foreach (var (hindrance, laws) in new[]
        {
            (Hindrance.Hours, new[] { "working-hours", "latest-start" }),
            (Hindrance.Bookings, ["double-booking", "starts-apart"]),
            (Hindrance.OtherVisits, ["double-booking", "starts-apart"]),
            (Hindrance.ContactHours, ["contact-hours"]),
            (Hindrance.Wish, ["preferences"]),
            (Hindrance.Unable, ["double-booking", "contact-hours"]),
        })
        {
            if (who.Hindrance.HasFlag(hindrance) && !verdict.Findings.Any(f => laws.Contains(f.Rule) && f.Breaches.Any(b => b.Resources.Contains(who.Resource))))
            {
                return $"not hindered by {hindrance}: {who.Resource}";
            }
        }

        return who.Rules.FirstOrDefault(r => verdict.Findings.Any(f => f.Rule == r && f.Holds)) is { } kept ? $"rule kept: {kept} with {who.Resource}" : null;
    }

    private static bool Free(PlacedVisit way, Verdict verdict) =>
        !verdict.Findings.Any(f => LawsOfResources.Contains(f.Rule) && !f.Holds) && way.Uses.Select(u => u.Resource).Distinct().Count() == way.Uses.Select(u => u.Need).Distinct().Count();

    private bool AboutPeople(string rule) =>
        request.Protocol.Rules.FirstOrDefault(r => r.Id == rule) is Rule.SamePerson or Rule.DifferentPeople or Rule.Rotation;

    private static int Compare(Verdict a, Verdict b) =>
        a.Cost.CompareTo(b.Cost) is var certain and not 0 ? certain : (a.CostWithConditional ?? a.Cost).CompareTo(b.CostWithConditional ?? b.Cost);

    private bool ComesFirst(PlacedVisit a, PlacedVisit b)
    {
        foreach (var need in type.Needs)
        {
            if (string.CompareOrdinal(a.ResourceFor(need.Id), b.ResourceFor(need.Id)) is var order and not 0)
            {
                return order < 0;
            }
        }

        return false;
    }

    private static string Names(PlacedVisit visit) => string.Join(" ", visit.Uses.Select(u => u.Resource).Distinct());

    private static bool CanFill(Core.Clinics.Resource resource, Need need) =>
        (resource.Kind == Core.Clinics.ResourceKind.Person) == (need.Kind == NeedKind.Person) && resource.Roles.Contains(need.Role) && need.Skills.All(resource.Skills.Contains);

    private static IEnumerable<string[]> Staffs(string[][] candidates) => candidates.Aggregate(
        (IEnumerable<string[]>)[[]], (staffs, next) => staffs.SelectMany(s => next.Where(r => !s.Contains(r)).Select(r => (string[])[.. s, r])));

    private PlacedVisit Put(LocalDateTime start, string[] staff) =>
        Placement.Put(type, Visit.Ordinal, start.Date, (start.Hour * 60) + start.Minute, staff);

    private TreatmentCalendar Without() => calendar with { Visits = [.. calendar.Visits.Where(v => v.Id != Visit)] };
}
