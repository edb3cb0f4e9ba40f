using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Each resource is one of the clinic's and has the role and the skills of the need that it fills.</summary>
internal static class RoleLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var visit in evidence.Free)
        {
            foreach (var use in visit.Uses.DistinctBy(u => (u.Resource, u.Need, u.Role)))
            {
                if (evidence.Clinic.Find(use.Resource) is not { } resource)
                {
                    yield return new([visit.Id], [use.Resource], $"{use.Resource}, which {Say.Visit(visit)} takes, is no resource of {evidence.Clinic.Title}.");
                }
                else if (evidence.NeedOf(visit, use) is { } need && Lack(resource, need, use) is { } lack)
                {
                    yield return new([visit.Id], [use.Resource], $"{Say.Resource(evidence.Clinic, use.Resource)} cannot be {need.Id} of {Say.Visit(visit)}: {lack}.");
                }
            }
        }
    }

    private static string? Lack(Resource resource, Need need, ResourceUse use)
    {
        if ((need.Kind == NeedKind.Person) != (resource.Kind == ResourceKind.Person))
        {
            return need.Kind == NeedKind.Person ? "it is no person" : "it is a person";
        }

        if (use.Role != need.Role)
        {
            return $"the role is {need.Role}, not {use.Role}";
        }

        return !resource.Roles.Contains(need.Role) ? $"the role {need.Role} is missing"
            : need.Skills.FirstOrDefault(s => !resource.Skills.Contains(s)) is { } skill ? $"the skill {skill} is missing"
            : null;
    }
}
