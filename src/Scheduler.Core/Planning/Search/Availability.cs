using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>Answers when visits can start on a day, from hours and bookings, some of them left out of account where that is asked for.</summary>
internal sealed class Availability
{
    private readonly Almanac almanac;
    private readonly Patient patient;
    private readonly bool isOpenAlways;
    private readonly bool isPatientFree;
    private readonly ResourceParts[] waivedParts;
    private readonly bool[] isTreatmentResource;

    /// <summary>Looks at the days of an almanac.</summary>
    /// <param name="almanac">What each day brings.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="treatmentTypes">The visit types whose exclusive resources are kept free of fragments.</param>
    /// <param name="waived">What is left out of account.</param>
    public Availability(Almanac almanac, Patient patient, IEnumerable<VisitType> treatmentTypes, Waived waived)
    {
        (this.almanac, this.patient, isOpenAlways, isPatientFree) = (almanac, patient, waived.OpeningHours, waived.PatientHours);
        var wholeVisit = treatmentTypes
            .SelectMany(t => t.Needs.Where(n => n.Segments.Any(s => s.Use == Use.Exclusive && t.Durations.Any(d => s.In(d) == (0, d)))))
            .ToList();
        waivedParts = [.. almanac.Resources.Select(r => waived.Resource(r.Id))];
        isTreatmentResource = new bool[almanac.Resources.Count];
        foreach (var resource in wholeVisit.SelectMany(almanac.CandidatesFor))
        {
            isTreatmentResource[resource] = true;
        }
    }

    private Availability(Availability other, bool openingHours, bool patientHours, ResourceParts[] resources)
    {
        (almanac, patient, isTreatmentResource) = (other.almanac, other.patient, other.isTreatmentResource);
        (isOpenAlways, isPatientFree, waivedParts) = (openingHours, patientHours, resources);
    }

    /// <summary>The same with other limits left out of account.</summary>
    /// <param name="openingHours">Whether the clinic's opening hours are.</param>
    /// <param name="patientHours">Whether the patient's hours and way are.</param>
    /// <param name="resources">What is of each resource, by its index.</param>
    public Availability Without(bool openingHours, bool patientHours, ResourceParts[] resources) => new(this, openingHours, patientHours, resources);

    /// <summary>The way between home and clinic, in minutes; nobody asks where the patient is left out of account.</summary>
    public int TravelMinutes => isPatientFree ? 0 : patient.TravelMinutes;

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => almanac.Resources;

    /// <summary>Whether a resource can fill a need as such, whatever its hours.</summary>
    public static bool CanFill(Resource resource, Need need) =>
        (resource.Kind == ResourceKind.Person) == (need.Kind == NeedKind.Person)
        && resource.Roles.Contains(need.Role)
        && need.Skills.All(s => resource.Skills.Contains(s));

    /// <summary>The resources that can fill a need as such, in their order.</summary>
    public int[] CandidatesFor(Need need) => almanac.CandidatesFor(need);

    /// <summary>Whether two resources can fill a need at the same times, on each day; where that is not known, no.</summary>
    public bool AreLike(int resource, int other) => almanac.AreLike(resource, other) && waivedParts[resource] == waivedParts[other];

    /// <summary>The hours of clinic and patient on a day.</summary>
    public DateHours HoursOn(int day) => almanac.On(day);

    /// <summary>The starts at which patient and clinic are there for the whole visit, resources apart, on a day with some hours.</summary>
    /// <param name="visits">The class of the visit.</param>
    /// <param name="hours">The hours.</param>
    /// <param name="openingHours">Whether opening hours count.</param>
    /// <param name="patientHours">Whether the patient's hours and way count.</param>
    public TickSet PresenceStarts(VisitClass visits, DateHours hours, bool openingHours, bool patientHours)
    {
        var (open, free, steady) = hours;
        open = openingHours ? open : TickSet.All;
        var mode = visits.Type.Mode;
        if (mode == Mode.SelfReport)
        {
            return visits.Starts & (steady & TickSet.Inside(8 * 60, 20 * 60)).StartsOf(visits.Ticks);
        }

        var starts = visits.Starts & (open & steady).StartsOf(visits.Ticks);
        var travel = mode == Mode.InPerson ? patient.TravelMinutes : 0;
        if (!patientHours || starts.IsEmpty)
        {
            return starts;
        }

        var before = TickSet.CeilingTick(travel);
        var length = before + TickSet.CeilingTick(visits.Duration + travel);
        return starts & free.StartsOf(length).Up(before);
    }

    /// <summary>The starts at which one resource can fill one need, its bookings counted, by day.</summary>
    public RequestDays<TickSet> StartsOf(NeedModel need, int resource) => almanac.StartsOf(need, resource, waivedParts[resource]);

    /// <summary>The same with some of what keeps visits from it left out of account, whatever is elsewhere.</summary>
    public RequestDays<TickSet> StartsOf(NeedModel need, int resource, ResourceParts without) => almanac.StartsOf(need, resource, without);

    /// <summary>The uses of a need by a resource from a start, in ticks.</summary>
    public TickUse[] Uses(NeedModel need, int resource, int minute)
    {
        var who = Resources[resource];
        var uses = new TickUse[need.Segments.Length];
        for (var i = 0; i < uses.Length; i++)
        {
            var (use, from, to) = need.Segments[i];
            var during = TickSet.Touched(minute + from, minute + to);
            var cleanUp = use == Use.Supervision ? TickSet.Empty : TickSet.Touched(minute + to, minute + to + CleanUp(need.Need, who)) & ~during;
            uses[i] = new(use, during, cleanUp, to - from > who.HandsOnMinutes);
        }

        return uses;
    }

    /// <summary>
    /// The most fragments that a need can fill on any day from one to another: each use lies in one free stretch and fills one, but a share may lie over several that
    /// others' shares leave, and clean-up may reach over a short break into the next.
    /// </summary>
    public int MostFragmentsFilled(NeedModel need, int resource, int first, int last)
    {
        var most = 0;
        foreach (var (use, from, to) in need.Segments)
        {
            var cleanUp = TickSet.CeilingTick(CleanUp(need.Need, Resources[resource]));
            if (use == Use.Share && Resources[resource].Capacity > 1)
            {
                most += (TickSet.CeilingTick(to) - TickSet.FloorTick(from) + cleanUp + 1) / 2;
            }
            else if (use != Use.Supervision)
            {
                most += 1 + (cleanUp > 1 && HasBreakShorterThan(resource, cleanUp, first, last) ? cleanUp / 2 : 0);
            }
        }

        return most;
    }

    private bool HasBreakShorterThan(int resource, int ticks, int first, int last)
    {
        for (var day = first; day <= last; day++)
        {
            // A break shorter than that is gone when each stretch of work is drawn out by as much.
            var worked = almanac.On(resource, day).Worked;
            if (!worked.IsEmpty && worked.StartsTouching(0, ticks).Runs < worked.Runs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The ticks of a day in which a resource works and is not taken.</summary>
    public TickSet FreeTicks(int resource, int day) => almanac.On(resource, day).Free;

    /// <summary>Elapsed minutes from one wall time to another, clock changes in between counted; minutes are from midnight of each day.</summary>
    public int Elapsed(int day, int minute, int laterDay, int laterMinute) =>
        ((laterDay - day) * Hours.MinutesPerDay) + laterMinute - minute - (almanac.OffsetAt(laterDay, laterMinute) - almanac.OffsetAt(day, minute));

    /// <summary>What a resource bears on a day by its bookings.</summary>
    public Load LoadOf(int resource, int day) => waivedParts[resource].HasFlag(ResourceParts.Bookings)
        ? Load.Of(Resources[resource].Capacity, Resources[resource].Supervises)
        : almanac.On(resource, day).Load;

    /// <summary>Whether the uses of a resource on a day keep to its longest time of contact.</summary>
    public bool KeepsContactHours(int resource, Load load) =>
        !CountsCapacityOf(resource)
        || Resources[resource].MaxContactMinutes is not { } most
        || load.Contact.Size * TickSet.Minutes <= most;

    /// <summary>Whether it is asked what a resource bears of the course's own visits.</summary>
    public bool CountsCapacityOf(int resource) => !waivedParts[resource].HasFlag(ResourceParts.Capacity);

    /// <summary>Whether opening hours count.</summary>
    public bool CountsOpeningHours => !isOpenAlways;

    /// <summary>Whether the patient's hours and way count.</summary>
    public bool CountsPatientHours => !isPatientFree;

    /// <summary>What counts of a resource.</summary>
    public ResourceParts PartsOf(int resource) => ResourceParts.All & ~waivedParts[resource];

    /// <summary>Whether everything about a resource counts.</summary>
    public bool IsWhole(int resource) => waivedParts[resource] == ResourceParts.None;

    /// <summary>Whether a resource is kept free of fragments.</summary>
    public bool IsTreatmentResource(int resource) => isTreatmentResource[resource];

    /// <summary>The fragments that ticks taken on a resource's day would make more than there are.</summary>
    public int FragmentsMore(int resource, int day, TickSet taken) => almanac.On(resource, day).FragmentsMore(taken);

    /// <summary>The same for one stretch of ticks [from, to) that begins in free time.</summary>
    public int FragmentsMore(int resource, int day, int from, int to) => almanac.On(resource, day).FragmentsMore(from, to);

    /// <summary>The starts of a need that uses a resource alone, in one stretch, by the fragments that they make more, by day; null where some change more than <see cref="FragmentLevels"/> tells.</summary>
    public RequestDays<DayFragments> LevelsOf(NeedModel need, int resource) => almanac.LevelsOf(need, resource);

    /// <summary>The same for some of the starts of a day.</summary>
    public FragmentLevels? LevelsOf(NeedModel need, int resource, int day, TickSet starts) => almanac.On(resource, day).LevelsOf(starts, need.Taken(Resources[resource]));

    /// <summary>How long a resource stays taken after a use of a need, in minutes.</summary>
    public static int CleanUp(Need need, Resource who) => Math.Max(need.CleanUpMinutes, who.CleanUpMinutes);
}
