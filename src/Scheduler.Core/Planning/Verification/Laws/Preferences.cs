using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>preferences</c>: what the patient insists on holds. What the patient only would like has a price.</summary>
internal static class Preferences
{
    public static IEnumerable<Breach> Breaches(Evidence evidence) =>
        from preference in evidence.Patient.Preferences
        where preference.Weight is null
        from visit in Concerned(preference, evidence)
        where !visit.IsFixed
        from otherwise in Otherwise(preference, visit, evidence)
        select otherwise;

    public static Price Price(Evidence evidence)
    {
        var points = 0;
        foreach (var preference in evidence.Patient.Preferences)
        {
            if (preference.Weight is { } weight)
            {
                points += weight * Concerned(preference, evidence).Sum(v => Otherwise(preference, v, evidence).Count());
            }
        }

        return Verification.Price.Points(points);
    }

    private static IEnumerable<JudgedVisit> Concerned(Preference preference, Evidence evidence) =>
        evidence.Visits.Where(v => preference.VisitTypes.IsEmpty || preference.VisitTypes.Contains(v.Type.Id));

    private static IEnumerable<Breach> Otherwise(Preference preference, JudgedVisit visit, Evidence evidence) => preference switch
    {
        Preference.Times times => times.Hours.Contains(visit.Hours)
            ? []
            : [new([visit.Id], [], $"{Wording.Of(visit)} does not lie in {times.Hours}, which the patient insists on.")],
        Preference.Days days => days.Weekdays.Contains(visit.Date.DayOfWeek)
            ? []
            : [new([visit.Id], [], $"{Wording.OnDay(visit)}, but the patient insists on {Wording.Of(days.Weekdays)}.")],
        Preference.Person person =>
            from filler in Fillers(visit, person.Role)
            where filler != person.Resource
            select new Breach(
                [visit.Id],
                [filler],
                $"{Wording.Of(visit)} has {Wording.ResourceOf(evidence, filler)} as {person.Role}, but the patient insists on "
                + $"{Wording.ResourceOf(evidence, person.Resource)}."),
        Preference.OfSex sex =>
            from filler in Fillers(visit, sex.Role)
            where evidence.Resource(filler)?.Sex != sex.Sex
            select new Breach(
                [visit.Id],
                [filler],
                $"{Wording.Of(visit)} has {Wording.ResourceOf(evidence, filler)} as {sex.Role}, but the patient insists on a {sex.Sex.ToString().ToLowerInvariant()} {sex.Role}."),
        _ => throw new ArgumentOutOfRangeException(nameof(preference), preference, "A kind of preference without a case here."),
    };

    /// <summary>Who fills the needs of a role, once a need.</summary>
    private static IEnumerable<string> Fillers(JudgedVisit visit, string role) =>
        from need in visit.Type.Needs
        where need.Kind == NeedKind.Person && need.Role == role
        let filler = visit.ResourceFor(need.Id)
        where filler is not null
        select filler;
}
