using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Random requests, each decided by its seed.</summary>
internal static class RandomRequest
{
    /// <summary>A request so small that <see cref="Enumeration"/> can usually answer it in well under a second.</summary>
    public static PlanningRequest Small(int seed)
    {
        var chance = new Chance(seed);
        var request = Draw(chance, InstanceSize.Small(chance));
        return chance.Percent(15) ? WithFixedVisits(chance, request) : request;
    }

    /// <summary>A request of the size of real ones.</summary>
    public static PlanningRequest Large(int seed)
    {
        var chance = new Chance(seed);
        return Draw(chance, InstanceSize.Large(chance));
    }

    private static PlanningRequest Draw(Chance chance, InstanceSize size)
    {
        var deviations = chance.One(DeviationLimit.None, DeviationLimit.None, DeviationLimit.Minor, DeviationLimit.Minor, DeviationLimit.Major);
        var protocol = new RandomProtocol(chance, size, deviations).Draw();
        var clinic = new RandomClinic(chance, size).Draw();
        return new(protocol, clinic, RandomPatient.Draw(chance, size, protocol, clinic), size.From)
        {
            StartWithinDays = size.StartWithin,
            Enrolled = chance.Percent(50) ? size.From.PlusDays(-chance.From(0, 3)) : null,
            Deviations = deviations,
        };
    }

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
