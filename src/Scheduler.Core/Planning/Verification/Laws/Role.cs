using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>role</c>: who or what fills a need can.</summary>
internal static class Role
{
    /// <summary>Whether a resource has what a need asks for.</summary>
    public static bool CanFill(Resource resource, Need need)
    {
        if (!IsOf(resource, need.Kind) || !resource.Roles.Contains(need.Role))
        {
            return false;
        }

        foreach (var skill in need.Skills)
        {
            if (!resource.Skills.Contains(skill))
            {
                return false;
            }
        }

        return true;
    }

    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            for (var i = 0; i < visit.Uses.Length; i++)
            {
                var filler = visit.Uses[i].Resource;
                if (visit.NeedOf(visit.Uses[i]) is { } need
                    && Message(evidence.Resource(filler), filler, need) is { } message
                    && !IsSaid(visit, i))
                {
                    yield return new([visit.Id], [filler], $"{Wording.Of(visit)} {message}");
                }
            }
        }
    }

    /// <summary>Whether an earlier use has the same filler for the same need.</summary>
    private static bool IsSaid(JudgedVisit visit, int use) => visit.Uses.Take(use).Any(u => u.Resource == visit.Uses[use].Resource && u.Need == visit.Uses[use].Need);

    private static string? Message(Resource? resource, string id, Need need)
    {
        if (resource is null)
        {
            return $"has {id} as {need.Id}, but the clinic has no such resource.";
        }

        if (CanFill(resource, need))
        {
            return null;
        }

        if (!IsOf(resource, need.Kind))
        {
            return $"has {Wording.Of(resource)} as {need.Id}, which is {(resource.Kind == ResourceKind.Person ? "a person, not a place" : "no person")}.";
        }

        if (!resource.Roles.Contains(need.Role))
        {
            return $"has {Wording.Of(resource)} as {need.Id}, which has the role {string.Join(", ", resource.Roles.DefaultIfEmpty("none"))}, not {need.Role}.";
        }

        return $"has {Wording.Of(resource)} as {need.Id}, which lacks {string.Join(", ", need.Skills.Where(s => !resource.Skills.Contains(s)))}.";
    }

    private static bool IsOf(Resource resource, NeedKind kind) => (resource.Kind == ResourceKind.Person) == (kind == NeedKind.Person);
}
