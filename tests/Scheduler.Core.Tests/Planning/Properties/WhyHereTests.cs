using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Explanation.Places;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What holds a visit is what its judge finds broken elsewhere and nothing else; what comes next is the best of the places.</summary>
public class WhyHereTests
{
    private const int MostWays = 12;

    [Fact]
    public void What_holds_a_visit_alone_is_broken_where_it_would_go_at_the_stated_cost() => Seeds.Hold(50, (request, chance) =>
    {
        if (Drawn(request, chance) is not var (calendar, visit))
        {
            return null;
        }

        var (why, judged) = (WhyHere.Of(request, calendar, visit), new JudgedPlaces(request, calendar, visit));
        var now = Verifier.Judge(request, calendar);
        foreach (var hold in why.Holds)
        {
            var verdict = Verifier.Judge(request, judged.Moved(hold.Best.Visit));
            if (!IsAlone(hold.By, verdict))
            {
                return $"not alone: {hold.By} at {hold.Best.Visit.Start}, but {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
            }

            if (verdict.Cost != hold.Best.Cost || verdict.CostWithConditional != hold.Best.CostWithConditional)
            {
                return $"priced otherwise: {hold.By} at {hold.Best.Visit.Start} {hold.Best.Cost} {hold.Best.CostWithConditional}, by the judge {verdict.Cost} {verdict.CostWithConditional}";
            }

            if (hold.Pins != Compare(verdict, now) < 0)
            {
                return $"pins or not: {hold.By} at {hold.Best.Visit.Start}";
            }
        }

        return null;
    });

    [Fact]
    public void Whatever_alone_keeps_a_visit_from_a_start_is_among_what_holds_it() => Seeds.Hold(40, (request, chance) =>
    {
        if (Drawn(request, chance) is not var (calendar, visit))
        {
            return null;
        }

        var (why, judged) = (WhyHere.Of(request, calendar, visit), new JudgedPlaces(request, calendar, visit));
        foreach (var start in Starts(request, why.Now, chance))
        {
            var legal = VisitPlaces.Of(request, calendar, visit, new(start.Date, start.Date)).Days.Single().Places.SingleOrDefault(p => p.Visit.Start == start);
            foreach (var way in (judged.Ways(start) ?? []).Take(MostWays))
            {
                var verdict = Verifier.Judge(request, judged.Moved(way));
                if (AloneIn(request, judged.Moved(way), verdict) is { } by
                    && (legal is null || Compare(verdict, legal) < 0)
                    && why.Holds.FirstOrDefault(h => h.By == by) is var hold
                    && (hold is null || Compare(verdict, hold.Best) < 0))
                {
                    return $"not said: {by} keeps it from {start} at {verdict.Cost}, said is {hold}";
                }
            }
        }

        return null;
    });

    [Fact]
    public void What_comes_next_is_the_best_of_all_places() => Seeds.Hold(25, (request, chance) =>
    {
        if (Drawn(request, chance) is not var (calendar, visit))
        {
            return null;
        }

        var why = WhyHere.Of(request, calendar, visit);
        var places = VisitPlaces.Of(request, calendar, visit, new(request.From, request.From.PlusDays(700))).Days
            .SelectMany(d => d.Places)
            .Where(p => p.Visit.Start != why.Now.Start)
            .ToList();
        var best = places.OrderBy(p => p.Cost).ThenBy(p => p.CostWithConditional ?? p.Cost).ThenBy(p => p.Visit.Start).FirstOrDefault();
        return places.Count != why.Places ? $"count: {why.Places} and not {places.Count}"
            : best?.Visit.Start != why.Next?.Visit.Start || best?.Cost != why.Next?.Cost ? $"next: {why.Next?.Visit.Start} {why.Next?.Cost} and not {best?.Visit.Start} {best?.Cost}"
            : null;
    });

    [Fact]
    public void Every_kind_of_constraint_holds_some_visit()
    {
        var kinds = new HashSet<string>();
        foreach (var (request, seed) in Enumerable.Range(0, 160).SelectMany(n => new[] { (Known.Request(n), n), (Known.Request(n), n + 1) }))
        {
            if (Drawn(request, new(seed)) is var (calendar, visit))
            {
                kinds.UnionWith(WhyHere.Of(request, calendar, visit).Holds.Select(h => h.By switch
                {
                    HeldBy.OfRule rule => request.Protocol.Rules.First(r => r.Id == rule.Rule).GetType().Name,
                    HeldBy.OfLaw law => law.Law,
                    HeldBy.OfResource resource => resource.Hindrance.ToString(),
                    _ => "",
                }));
            }
        }

        Assert.All(
            [
                nameof(Rule.Cadence), nameof(Rule.Order), nameof(Rule.ApartDays), nameof(Rule.Window), nameof(Rule.TimeOfDay), nameof(Rule.Weekdays), nameof(Rule.DifferentPeople),
                "opening-hours", "patient-hours", "patient-once", "start-range", nameof(Hindrance.Hours), nameof(Hindrance.Bookings),
            ],
            kind => Assert.Contains(kind, kinds));
    }

    private static (TreatmentCalendar Calendar, VisitId Visit)? Drawn(PlanningRequest request, Chance chance)
    {
        if (Known.Proposals(Known.Outcome(request)) is not [var proposal, ..])
        {
            return null;
        }

        VisitId[] movable = [.. proposal.Calendar.Visits.Select(v => v.Id).Where(v => !request.Fixed.Any(f => f.Id == v))];
        return movable.Length == 0 ? null : (proposal.Calendar, chance.One(movable));
    }

    /// <summary>Some starts of some days around the visit.</summary>
    private static IEnumerable<LocalDateTime> Starts(PlanningRequest request, PlacedVisit now, Chance chance)
    {
        for (var i = 0; i < 30; i++)
        {
            var date = now.Date.PlusDays(chance.From(-6, 6));
            var minute = chance.From(7 * 60 / request.Clinic.GridMinutes, 18 * 60 / request.Clinic.GridMinutes) * request.Clinic.GridMinutes;
            if (date >= request.From)
            {
                yield return date.AtMidnight().PlusMinutes(minute);
            }
        }
    }

    private static bool IsAlone(HeldBy by, Verdict verdict)
    {
        Finding[] broken = [.. verdict.Findings.Where(f => !f.Holds)];
        string[] laws = by switch
        {
            HeldBy.OfRule rule => [rule.Rule],
            HeldBy.OfLaw { Law: "opening-hours" } => ["opening-hours", "working-hours"],
            HeldBy.OfLaw law => [law.Law],
            HeldBy.OfResource { Hindrance: Hindrance.Hours } => ["working-hours", "latest-start"],
            HeldBy.OfResource { Hindrance: Hindrance.Bookings or Hindrance.OtherVisits } => ["double-booking", "starts-apart"],
            HeldBy.OfResource { Hindrance: Hindrance.ContactHours } => ["contact-hours"],
            _ => [],
        };
        return broken.Length > 0
            && broken.All(f => laws.Contains(f.Rule))
            && (by is not HeldBy.OfResource resource || broken.SelectMany(f => f.Breaches).All(b => b.Resources.SequenceEqual([resource.Resource])));
    }

    /// <summary>The one constraint that a calendar breaks, as far as the judge's words tell; null where they are several.</summary>
    private static HeldBy? AloneIn(PlanningRequest request, TreatmentCalendar moved, Verdict verdict)
    {
        Finding[] broken = [.. verdict.Findings.Where(f => !f.Holds)];
        if (broken is [{ IsLaw: false } rule])
        {
            return new HeldBy.OfRule(rule.Rule);
        }

        if (broken is [{ Rule: "opening-hours" or "patient-hours" or "patient-once" or "series-order" or "start-range" or "preferences" or "authorisation" } law])
        {
            return new HeldBy.OfLaw(law.Rule);
        }

        if (broken.Length == 0 || broken.SelectMany(f => f.Breaches).SelectMany(b => b.Resources).Distinct().ToList() is not [var resource])
        {
            return null;
        }

        if (broken.All(f => f.Rule is "working-hours" or "latest-start"))
        {
            return new HeldBy.OfResource(resource, Hindrance.Hours);
        }

        var unbooked = request with { Clinic = request.Clinic with { Bookings = request.Clinic.Bookings.RemoveAll(b => b.Resource == resource) } };
        return broken.All(f => f.Rule is "double-booking" or "starts-apart" && f.Breaches.All(b => b.Visits.Length == 1)) && Verifier.Judge(unbooked, moved).Holds
            ? new HeldBy.OfResource(resource, Hindrance.Bookings)
            : null;
    }

    private static int Compare(Verdict a, Verdict b) =>
        a.Cost.CompareTo(b.Cost) is var certain and not 0 ? certain : (a.CostWithConditional ?? a.Cost).CompareTo(b.CostWithConditional ?? b.Cost);

    private static int Compare(Verdict a, VisitPlace b) =>
        a.Cost.CompareTo(b.Cost) is var certain and not 0 ? certain : (a.CostWithConditional ?? a.Cost).CompareTo(b.CostWithConditional ?? b.Cost);
}
