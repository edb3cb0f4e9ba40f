using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Small requests with everything that bundles visits: <see cref="RandomRequest.Wide"/> draws them.</summary>
internal static class WideRequest
{
    /// <summary>A request made of a wide protocol, with authorisations, and in parts left out, held or frozen.</summary>
    public static PlanningRequest Draw(Chance chance, InstanceSize size, Func<DeviationLimit, Protocol, PlanningRequest> draw)
    {
        var deviations = chance.One(DeviationLimit.None, DeviationLimit.None, DeviationLimit.Minor, DeviationLimit.Minor, DeviationLimit.Major);
        var request = draw(deviations, new RandomProtocol(chance, size, deviations).DrawWide());
        request = request with { Patient = request.Patient with { Authorisations = Authorisations(chance, size, request.Protocol) } };
        request = chance.Percent(25) ? WithoutSome(chance, request) : request;
        return chance.Percent(25) ? WithOneHeld(chance, request) : request;
    }

    // Mostly enough for all visits, in one stretch or two.
    private static ImmutableArray<Authorisation> Authorisations(Chance chance, InstanceSize size, Protocol protocol)
    {
        var all = ImmutableArray.CreateBuilder<Authorisation>();
        var types = protocol.VisitTypes.Where(t => t.NeedsAuthorisation).ToList();
        var groups = types.Count > 1 && chance.Percent(40) ? [[.. types]] : types.Select(t => new[] { t }).ToList();
        foreach (var group in groups)
        {
            ImmutableArray<string> names = [.. group.Select(t => t.Id), .. chance.Percent(20) ? [chance.One(protocol.VisitTypes).Id] : Array.Empty<string>()];
            names = all.Any(a => a.VisitTypes.Intersect(names).Any()) ? [.. group.Select(t => t.Id)] : [.. names.Distinct()];
            if (all.Any(a => a.VisitTypes.Intersect(names).Any()))
            {
                continue;
            }

            var count = group.Sum(t => t.Count) + chance.One(0, 0, 1, -1);
            var from = size.From.PlusDays(chance.From(-3, 3));
            var end = from.PlusDays(size.Length + 7);
            if (chance.Percent(40))
            {
                var middle = from.PlusDays(chance.From(1, size.Length));
                all.Add(new(names, Math.Max(0, count - chance.From(0, 2)), from, middle));
                all.Add(new(names, Math.Max(1, count - chance.From(0, 2)), middle.PlusDays(chance.One(1, 1, 3)), end));
            }
            else
            {
                all.Add(new(names, Math.Max(0, count), from, end));
            }
        }

        return all.ToImmutable();
    }

    // Some visit is left out, and with it the certain ones that hang on it.
    private static PlanningRequest WithoutSome(Chance chance, PlanningRequest request)
    {
        var protocol = request.Protocol;
        var without = request with { LeftOut = [chance.One(protocol.Visits)] };
        while (protocol.Rules.SelectMany(r => Rules.Hanging(without, r)).FirstOrDefault(h => IsLost(without, h.Visit, h.On)) is { Visit.Type: not null } lost)
        {
            without = without with { LeftOut = without.LeftOut.Add(lost.Visit) };
        }

        return protocol.Visits.Any(v => !protocol.TypeOf(v).IsConditional && !without.LeftOut.Contains(v)) ? without : request;
    }

    private static bool IsLost(PlanningRequest request, VisitId visit, VisitId on) =>
        !request.Protocol.TypeOf(visit).IsConditional && request.LeftOut.Contains(on) && !request.LeftOut.Contains(visit);

    // A visit was held, or is being held, where it could have been, but mostly not at the minute that was planned.
    private static PlanningRequest WithOneHeld(Chance chance, PlanningRequest request)
    {
        var visits = request.Protocol.Visits.Where(v => !request.Protocol.TypeOf(v).IsConditional && !request.LeftOut.Contains(v)).ToImmutableArray();
        var places = Enumeration.PlacesOf(request, chance.One(visits));
        if (places.IsEmpty)
        {
            return request;
        }

        var (place, late) = (chance.One(places[..Math.Min(places.Length, 20)]), chance.From(0, 6));
        return request with { Fixed = [Later(place, place.End.TimeOfDay.PlusMinutes(late) > place.End.TimeOfDay ? late : 0)] };
    }

    private static PlacedVisit Later(PlacedVisit visit, int minutes) => visit with
    {
        Start = visit.Start.PlusMinutes(minutes),
        End = visit.End.PlusMinutes(minutes),
        Uses = [.. visit.Uses.Select(u => u with { Start = u.Start.PlusMinutes(minutes), End = u.End.PlusMinutes(minutes) })],
    };
}
