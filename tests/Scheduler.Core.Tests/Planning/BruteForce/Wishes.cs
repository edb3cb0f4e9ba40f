using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>The patient's preferences.</summary>
internal static class Wishes
{
    /// <summary>How often a visit is otherwise than the patient prefers: once, or once for each need of the role.</summary>
    public static int Missed(PlanningRequest request, Preference preference, Placement visit)
    {
        if (!preference.VisitTypes.IsEmpty && !preference.VisitTypes.Contains(visit.Type.Id))
        {
            return 0;
        }

        return preference switch
        {
            Preference.Times times => visit.Start >= times.Hours.From && visit.End <= times.Hours.To ? 0 : 1,
            Preference.Days days => days.Weekdays.Contains(visit.Date.DayOfWeek) ? 0 : 1,
            Preference.Person person => NeedsOf(visit, person.Role).Count(n => visit.Visit.ResourceFor(n.Id) != person.Resource),
            Preference.OfSex sex => NeedsOf(visit, sex.Role).Count(n => request.Clinic.Find(visit.Visit.ResourceFor(n.Id)!)!.Sex != sex.Sex),
            _ => throw new InvalidOperationException($"No such preference: {preference}."),
        };
    }

    private static IEnumerable<Need> NeedsOf(Placement visit, string role) =>
        visit.Type.Needs.Where(n => n.Role == role && n.Kind == NeedKind.Person);
}
