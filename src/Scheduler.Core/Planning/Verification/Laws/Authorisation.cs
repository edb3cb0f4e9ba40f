using System.Collections.Immutable;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>authorisation</c>: what needs a payer's consent lies between its dates, and no more visits do than it says.</summary>
internal static class AuthorisationLaw
{
    public static IEnumerable<Breach> Breaches(Evidence evidence) => Uncovered(evidence).Concat(evidence.Patient.Authorisations.SelectMany(a => Beyond(a, evidence)));

    private static IEnumerable<Breach> Uncovered(Evidence evidence) =>
        from visit in evidence.Open
        where visit.Type.NeedsAuthorisation && !evidence.Patient.Authorisations.Any(a => Covers(a, visit))
        select new Breach([visit.Id], [], $"{Wording.OnDay(visit)}, but {Authorised(visit, evidence.Patient)}.");

    /// <summary>Counted once for each set of conditions that can hold together.</summary>
    private static IEnumerable<Breach> Beyond(Authorisation authorisation, Evidence evidence)
    {
        ImmutableArray<JudgedVisit> covered = [.. evidence.Visits.Where(v => Covers(authorisation, v))];
        foreach (var world in evidence.Worlds(covered))
        {
            if (world.Length > authorisation.AtMost && world.Any(v => !v.IsFixed))
            {
                yield return new(
                    [.. world.Select(v => v.Id)],
                    [],
                    $"{string.Join(", ", world.Select(v => v.Id))} lie {Dates(authorisation)}: {world.Length} visits, but at most {authorisation.AtMost} "
                    + $"of {string.Join(", ", authorisation.VisitTypes)} are authorised.");
            }
        }
    }

    private static bool Covers(Authorisation authorisation, JudgedVisit visit) =>
        authorisation.VisitTypes.Contains(visit.Type.Id) && visit.Date >= authorisation.From && visit.Date <= authorisation.To;

    private static string Authorised(JudgedVisit visit, Patient patient) =>
        string.Join(" and ", patient.Authorisations.Where(a => a.VisitTypes.Contains(visit.Type.Id)).Select(Dates)) is { Length: > 0 } dates
            ? $"{visit.Type.Id} is authorised only {dates}"
            : $"{visit.Type.Id} needs an authorisation and there is none";

    private static string Dates(Authorisation authorisation) => $"from {Wording.Of(authorisation.From)} to {Wording.Of(authorisation.To)}";
}
