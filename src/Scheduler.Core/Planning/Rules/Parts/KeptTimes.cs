using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>When clinic, patient and resources can, with some of the constraints about that.</summary>
internal sealed class KeptTimes
{
    private static readonly ResourceParts[] Each = [ResourceParts.Hours, ResourceParts.Bookings, ResourceParts.Capacity];

    private readonly int words;
    private readonly int openingHours;
    private readonly int patientHours;
    private readonly int[][] ofResource;
    private readonly int[] ofLimits;

    /// <summary>Looks the constraints up.</summary>
    /// <param name="constraints">All constraints; elsewhere each goes by its index here.</param>
    /// <param name="dates">What is known of the days.</param>
    /// <param name="patient">The patient.</param>
    public KeptTimes(ImmutableArray<Waiver> constraints, Almanac dates, Patient patient)
    {
        Availability = new(dates, patient, [], new(OpeningHours: false, PatientHours: false, _ => ResourceParts.None));
        words = DaySet.Words(constraints.Length);
        var numbers = constraints.Select((c, n) => (c, n)).Where(c => c.c.IsOfTimes).ToDictionary(c => c.c, c => c.n);
        (openingHours, patientHours) = (numbers[new Waiver.OpeningHours()], numbers[new Waiver.PatientHours()]);
        ofResource = [.. Availability.Resources.Select(r => Each.Select(part => numbers[new Waiver.OfResource(r.Id, part)]).ToArray())];
        ofLimits = new int[TimeLimits.Count(ofResource.Length)];
        (ofLimits[TimeLimits.OpeningHours], ofLimits[TimeLimits.PatientHours]) = (openingHours, patientHours);
        for (var r = 0; r < ofResource.Length; r++)
        {
            for (var p = 0; p < Each.Length; p++)
            {
                ofLimits[TimeLimits.Of(r, Each[p])] = ofResource[r][p];
            }
        }
    }

    /// <summary>When they can with all constraints.</summary>
    public Availability Availability { get; }

    /// <summary>When they can with some constraints, as bits.</summary>
    public Availability With(ulong[] kept)
    {
        var without = new ResourceParts[ofResource.Length];
        for (var r = 0; r < without.Length; r++)
        {
            for (var p = 0; p < Each.Length; p++)
            {
                without[r] |= DaySet.Contains(kept, ofResource[r][p]) ? ResourceParts.None : Each[p];
            }
        }

        return Availability.Without(!DaySet.Contains(kept, openingHours), !DaySet.Contains(kept, patientHours), without);
    }

    /// <summary>The constraints that visits with some needs can notice, as bits.</summary>
    public ulong[] Of(IEnumerable<Need> needs) => Of(presence: true, needs.SelectMany(Availability.CandidatesFor));

    /// <summary>The constraints that a class of visits can notice, as bits.</summary>
    public ulong[] Of(VisitClass visits) => Of(visits, Decisions.AnyCrew, ulong.MaxValue);

    /// <summary>The constraints of what is in the way (<see cref="KnownDays"/>) of a crew of a class, or of all, as bits.</summary>
    public ulong[] Of(VisitClass visits, int crew, ulong those) => Of(
        (those & KnownDays.ByPresence) != 0,
        from need in Enumerable.Range(0, visits.Needs.Length)
        where (those & KnownDays.ByNeed(need)) != 0
        from resource in visits.Tied[need] && crew != Decisions.AnyCrew ? [visits.Crews[crew].Resources[need]] : visits.Needs[need].Candidates
        select resource);

    /// <summary>The constraints of some <see cref="TimeLimits"/>, as bits.</summary>
    public ulong[] Constraints(ulong[] limits)
    {
        var constraints = new ulong[words];
        for (var limit = DaySet.Next(limits, 0); limit >= 0; limit = DaySet.Next(limits, limit + 1))
        {
            DaySet.Add(constraints, ofLimits[limit]);
        }

        return constraints;
    }

    private ulong[] Of(bool presence, IEnumerable<int> resources)
    {
        var noticed = DaySet.Of(presence ? [openingHours, patientHours] : [], words * 64);
        foreach (var constraint in resources.SelectMany(r => ofResource[r]))
        {
            DaySet.Add(noticed, constraint);
        }

        return noticed;
    }
}
