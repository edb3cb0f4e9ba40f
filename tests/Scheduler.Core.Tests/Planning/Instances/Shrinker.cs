using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Makes a failing request smaller while it keeps failing.</summary>
internal static class Shrinker
{
    private const int MostTries = 600;

    /// <summary>A request that still fails and of which nothing more can be left out, as far as the tries reach.</summary>
    public static PlanningRequest Shrink(PlanningRequest request, Func<PlanningRequest, bool> fails)
    {
        var tries = 0;
        for (var smaller = request; smaller is not null;)
        {
            request = smaller;
            smaller = Smaller(request).FirstOrDefault(r => tries++ < MostTries && fails(r));
        }

        return request;
    }

    private static IEnumerable<PlanningRequest> Smaller(PlanningRequest request)
    {
        var (protocol, clinic, patient) = (request.Protocol, request.Clinic, request.Patient);
        foreach (var type in protocol.VisitTypes.Where(t =>
            request.Fixed.All(f => f.Id.Type != t.Id) && protocol.VisitTypes.Any(other => other != t && !other.IsConditional && !other.Visits.All(request.LeftOut.Contains))))
        {
            yield return request with { Protocol = Without(protocol, type), LeftOut = request.LeftOut.RemoveAll(v => v.Type == type.Id) };
        }

        foreach (var rule in protocol.Rules)
        {
            yield return request with { Protocol = protocol with { Rules = protocol.Rules.Remove(rule) } };
        }

        foreach (var type in protocol.VisitTypes)
        {
            foreach (var need in type.Needs.Where(_ => request.Fixed.IsEmpty))
            {
                var less = type with { Needs = type.Needs.Remove(need) };
                var rules = protocol.Rules.Where(r => r is not (Rule.SamePerson or Rule.DifferentPeople or Rule.Rotation));
                yield return request with { Protocol = protocol with { VisitTypes = protocol.VisitTypes.Replace(type, less), Rules = [.. rules] } };
            }
        }

        foreach (var resource in clinic.Resources.Where(r => request.Fixed.All(f => f.Uses.All(u => u.Resource != r.Id))))
        {
            yield return request with
            {
                Clinic = clinic with { Resources = clinic.Resources.Remove(resource), Bookings = clinic.Bookings.RemoveAll(b => b.Resource == resource.Id) },
            };
        }

        foreach (var fewer in Halves(clinic.Bookings))
        {
            yield return request with { Clinic = clinic with { Bookings = fewer } };
        }

        foreach (var fewer in Halves(clinic.Closures))
        {
            yield return request with { Clinic = clinic with { Closures = fewer } };
        }

        foreach (var fewer in Halves(request.LeftOut))
        {
            yield return request with { LeftOut = fewer };
        }

        foreach (var type in protocol.VisitTypes.Where(t => t.NeedsAuthorisation))
        {
            yield return request with { Protocol = protocol with { VisitTypes = protocol.VisitTypes.Replace(type, type with { NeedsAuthorisation = false }) } };
        }

        foreach (var fewer in Halves(patient.Authorisations))
        {
            yield return request with { Patient = patient with { Authorisations = fewer } };
        }

        foreach (var fewer in Halves(patient.Preferences))
        {
            yield return request with { Patient = patient with { Preferences = fewer } };
        }

        if (!ReferenceEquals(patient.Weekly, WeeklyHours.Always) || !patient.Dates.IsEmpty || patient.TravelMinutes > 0)
        {
            yield return request with { Patient = patient with { Weekly = WeeklyHours.Always, Dates = [], TravelMinutes = 0 } };
        }

        for (var i = 0; i < clinic.Resources.Length; i++)
        {
            var resource = clinic.Resources[i];
            foreach (var plainer in new[]
            {
                resource with { Hours = null },
                resource with { Exceptions = [] },
                resource with { MaxContactMinutes = null },
                resource with { LatestStart = null },
                resource with { CleanUpMinutes = 0 },
            })
            {
                // The immutable arrays of a record are equal only if they are the same, which is what is asked here.
                if (plainer != resource && !(resource.Exceptions.IsEmpty && plainer.Exceptions != resource.Exceptions))
                {
                    yield return request with { Clinic = clinic with { Resources = clinic.Resources.SetItem(i, plainer) } };
                }
            }
        }
    }

    private static IEnumerable<ImmutableArray<T>> Halves<T>(ImmutableArray<T> items)
    {
        if (items.Length > 2)
        {
            yield return items[..(items.Length / 2)];
            yield return items[(items.Length / 2)..];
        }

        for (var i = 0; i < items.Length; i++)
        {
            yield return items.RemoveAt(i);
        }
    }

    private static Protocol Without(Protocol protocol, VisitType type)
    {
        var gone = type.Visits.ToImmutableHashSet();
        var types = protocol.VisitTypes.Remove(type);
        var rules = protocol.Rules.Where(r => !Mentions(r).Any(gone.Contains));
        return protocol with { VisitTypes = types, Rules = [.. rules] };
    }

    private static IEnumerable<VisitId> Mentions(Rule rule) => rule switch
    {
        Rule.Cadence cadence => cadence.Series,
        Rule.Order order => order.Groups.SelectMany(g => g),
        Rule.ApartDays apart => apart.Groups.SelectMany(g => g),
        Rule.Window window => window.Visits.Concat(Counted(window.Anchor, window.Fallback)),
        Rule.HourWindow window => window.Visits.Concat(Counted(window.Anchor, window.Fallback)),
        Rule.SameDay same => same.Pairs.SelectMany(p => new[] { p.Visit, p.Partner }),
        Rule.AllOrNone sets => sets.Sets.SelectMany(s => s),
        Rule.TimeOfDay time => time.Visits,
        Rule.Weekdays weekdays => weekdays.Visits,
        Rule.SamePerson same => same.Visits,
        Rule.Rotation rotation => rotation.Visits,
        Rule.DifferentPeople different => different.These.Concat(different.Those).Select(n => n.Visit),
        _ => throw new InvalidOperationException($"No such rule: {rule}."),
    };

    private static IEnumerable<VisitId> Counted(Anchor anchor, Anchor? fallback) => new[] { anchor.VisitOrNone, fallback?.VisitOrNone }.OfType<VisitId>();
}
