using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Random requests, each decided by its seed.</summary>
internal static class RandomRequest
{
    private const int MostDraws = 25;
    private const int StepsToDraw = 2_000;
    private const int StepsToPlan = 40_000;

    /// <summary>A request so small that <see cref="Enumeration"/> can usually answer it in well under a second.</summary>
    public static PlanningRequest Small(int seed)
    {
        var chance = new Chance(seed);
        var request = Draw(chance, InstanceSize.Small(chance));
        return chance.Percent(15) ? WithFixedVisits(chance, request) : request;
    }

    /// <summary>A request as small with several visits a day, tapers, visits beside others, windows in hours, authorisations and visits left out.</summary>
    public static PlanningRequest Wide(int seed)
    {
        var chance = new Chance(seed);
        var size = InstanceSize.Wide(chance);
        return WideRequest.Draw(chance, size, (deviations, protocol) => Draw(chance, size, deviations, protocol));
    }

    /// <summary>
    /// A request of the size of real ones: some first, some of courses that have begun. Most rules drawn at random contradict each other, so
    /// three of four seeds draw again until the planner finds some calendar; its verdicts decide what a seed means, and a test that
    /// keeps a request which went wrong writes it down instead of its seed.
    /// </summary>
    public static PlanningRequest Large(int seed)
    {
        var chance = new Chance(seed);
        var (isHopeful, hasBegun) = (chance.Percent(75), chance.Percent(35));
        for (var tries = 1; ; tries++)
        {
            var request = Draw(chance, InstanceSize.Large(chance)) with { Proposals = chance.One(1, 1, 1, 2, 4), StepBudget = StepsToPlan };
            var calendar = isHopeful || hasBegun ? Some(request) : null;
            if (isHopeful && calendar is null && tries < MostDraws)
            {
                continue;
            }

            return !hasBegun ? request : calendar is null ? WithPast(chance, request) : Begun(chance, request, calendar.Value);
        }
    }

    // Any calendar at all, without asking why there is none.
    private static ImmutableArray<PlacedVisit>? Some(PlanningRequest request)
    {
        var problem = Planner.Problem(request);
        return new DaySearch(problem, StepsToDraw).First().Best is { } solution ? Planner.Places(problem, solution) : null;
    }

    // A course that has begun as planned: what lies before some day has happened, mostly so; some of the rest is frozen.
    private static PlanningRequest Begun(Chance chance, PlanningRequest request, ImmutableArray<PlacedVisit> calendar)
    {
        var dates = calendar.Select(v => v.Date).Distinct().Order().ToImmutableArray();
        var today = chance.One(dates);
        var frozen = calendar.Where(v => v.Date >= today && chance.Percent(20));
        var past = calendar.Where(v => v.Date < today).Select(v => chance.Percent(10) ? Later(v, chance.One(5, 30)) : v);
        return request with { From = today, Enrolled = request.Enrolled ?? request.From, Fixed = [.. past, .. frozen] };
    }

    // It began later than planned, and so did all that was in use.
    private static PlacedVisit Later(PlacedVisit visit, int minutes) => visit.End.TimeOfDay.PlusMinutes(minutes) < visit.End.TimeOfDay
        ? visit
        : visit with
        {
            Start = visit.Start.PlusMinutes(minutes),
            End = visit.End.PlusMinutes(minutes),
            Uses = [.. visit.Uses.Select(u => u with { Start = u.Start.PlusMinutes(minutes), End = u.End.PlusMinutes(minutes) })],
        };

    // Some visits of some series have happened, wherever that was.
    private static PlanningRequest WithPast(Chance chance, PlanningRequest request)
    {
        var past = ImmutableArray.CreateBuilder<PlacedVisit>();
        foreach (var type in request.Protocol.VisitTypes)
        {
            var happened = past.Count == 0 && !type.IsConditional ? 1 : chance.One(0, 0, 0, 1, 2);
            var date = request.From.PlusDays(-chance.From(happened, 12));
            for (var k = 1; k <= Math.Min(happened, type.Count) && date < request.From; k++)
            {
                past.Add(Placement.Put(type, k, date, chance.From(16, 60) * 15, SomeResources(chance, request.Clinic, type)));
                date = date.PlusDays(chance.From(1, 7));
            }
        }

        return request with { Fixed = past.ToImmutable() };
    }

    private static List<string> SomeResources(Chance chance, Clinic clinic, VisitType type)
    {
        var used = new List<string>();
        foreach (var need in type.Needs)
        {
            used.Add(chance.One(clinic.Resources.Where(r => r.Roles.Contains(need.Role) && !used.Contains(r.Id)).ToImmutableArray()).Id);
        }

        return used;
    }

    private static PlanningRequest Draw(Chance chance, InstanceSize size)
    {
        var deviations = chance.One(DeviationLimit.None, DeviationLimit.None, DeviationLimit.Minor, DeviationLimit.Minor, DeviationLimit.Major);
        return Draw(chance, size, deviations, new RandomProtocol(chance, size, deviations).Draw());
    }

    private static PlanningRequest Draw(Chance chance, InstanceSize size, DeviationLimit deviations, Protocol protocol)
    {
        var clinic = new RandomClinic(chance, size).Draw();
        return new(SomeKnown(protocol, size.From), clinic, RandomPatient.Draw(chance, size, protocol, clinic), size.From)
        {
            StartWithinDays = size.StartWithin,
            Enrolled = chance.Percent(50) ? size.From.PlusDays(-chance.From(0, 3)) : null,
            Deviations = deviations,
        };
    }

    // Some windows count from the day on which a condition came true: a day at which nothing else is.
    private static Protocol SomeKnown(Protocol protocol, NodaTime.LocalDate from) => protocol with
    {
        Rules = [.. protocol.Rules.Select(r => r is Rule.Window { Anchor: Anchor.Enrolment, Target.Days: var days } window && days % 3 != 0
            ? Wished(window with { Anchor = new Anchor.CameTrueOn("responder", from.PlusDays(-(days % 3))) })
            : r)],
    };

    // As of a visit that is made up, where the target is odd.
    private static Rule.Window Wished(Rule.Window window) => window.Target.Days % 2 == 0 ? window : window with { Ideal = window.Allowed, Nearest = window.Ideal };

    // The first visit has happened, wherever that was; or it is frozen in a place that it could have had.
    private static PlanningRequest WithFixedVisits(Chance chance, PlanningRequest request)
    {
        var first = request.Protocol.Visits.First(v => !request.Protocol.TypeOf(v).IsConditional);
        var type = request.Protocol.TypeOf(first);
        var places = Enumeration.PlacesOf(request, first);
        if (chance.Percent(40) && !places.IsEmpty)
        {
            return request with { Fixed = [chance.One(places)] };
        }

        var used = new List<string>();
        foreach (var need in type.Needs)
        {
            used.Add(request.Clinic.Resources.First(r => r.Roles.Contains(need.Role) && !used.Contains(r.Id)).Id);
        }

        var date = request.From.PlusDays(-chance.From(1, 7));
        return request with { Fixed = [Placement.Put(type, 1, date, 10 * 60, used)] };
    }
}
