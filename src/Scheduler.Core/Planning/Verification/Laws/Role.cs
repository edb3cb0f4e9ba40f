using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>role</c>: who or what fills a need can.</summary>
internal static class Role
{
    /// <summary>Whether a resource has what a need asks for.</summary>
    public static bool CanFill(Resource resource, Need need) =>
        IsOf(resource, need.Kind) && resource.Roles.Contains(need.Role) && need.Skills.All(s => resource.Skills.Contains(s));

    public static IEnumerable<Breach> Breaches(Evidence evidence) =>
        from visit in evidence.Open
        from filling in visit.Uses.Select(u => (u.Resource, Need: visit.NeedOf(u))).Distinct()
        where filling.Need is not null
        let message = Message(evidence.Resource(filling.Resource), filling.Resource, filling.Need!)
        where message is not null
        select new Breach([visit.Id], [filling.Resource], $"{Wording.Of(visit)} {message}");

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
