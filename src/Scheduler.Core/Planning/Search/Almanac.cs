using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>What each day of a request brings, counted from its first: that of the clinic, and when the patient is free. Shared by all searches of the request.</summary>
/// <param name="clinic">The clinic's days.</param>
/// <param name="patient">The patient.</param>
/// <param name="origin">The date of day 0.</param>
internal sealed class Almanac(ClinicDays clinic, Patient patient, LocalDate origin)
{
    private readonly int first = ClinicDays.NumberOf(origin);
    private readonly ByDay<LocalDate?> dates = new();
    private readonly ByDay<DateHours?> hours = new();
    private readonly DateHours?[] ofWeekday = new DateHours?[Week];

    /// <summary>The days of a request at a clinic of which nothing is known yet.</summary>
    public static Almanac Of(PlanningRequest request) => new(new(request.Clinic), request.Patient, request.FirstDay);

    /// <summary>Days of a week.</summary>
    public const int Week = 7;

    /// <summary>The date of day 0.</summary>
    public LocalDate Origin => origin;

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => clinic.Resources;

    /// <summary>The resources that can fill a need as such, whatever their hours, in their order.</summary>
    public int[] CandidatesFor(Need need) => clinic.CandidatesFor(need);

    /// <summary>Whether the days of two resources are known to be the same.</summary>
    public bool AreLike(int resource, int other) => clinic.Like(resource) == clinic.Like(other);

    /// <summary>A number below <see cref="Week"/>, the same for all days that are whole weeks apart.</summary>
    public static int Weekday(int day) => ((day % Week) + Week) % Week;

    /// <summary>The date of a day.</summary>
    public LocalDate DateOf(int day) => dates[day] ??= origin.PlusDays(day);

    /// <summary>The hours of clinic and patient on a day; one object for equal days of one weekday that are asked for one after the other.</summary>
    public DateHours On(int day) => hours[day] ??= HoursOf(day);

    /// <summary>A resource on a day.</summary>
    public ResourceDay On(int resource, int day) => clinic.On(resource, first + day);

    /// <summary>When a resource can fill a need, some of what keeps visits from it left out of account.</summary>
    public RequestDays<TickSet> StartsOf(NeedModel need, int resource, ResourceParts without) => new(clinic.Starts.Of(need, resource, without), first);

    /// <summary>The starts of a need that uses a resource alone, in one stretch, by the fragments that they make more; null where some change still more.</summary>
    public RequestDays<DayFragments> LevelsOf(NeedModel need, int resource) => new(clinic.Starts.LevelsOf(need, resource), first);

    /// <summary>The offset from UTC in minutes (eastward) at a minute of a day, whole minutes; for minutes that a change of clocks skips, that before it.</summary>
    public int OffsetAt(int day, int minute) => clinic.OffsetAt(first + day, minute);

    private DateHours HoursOf(int day)
    {
        var (open, steady) = clinic.On(first + day);
        var found = new DateHours(open, TickSet.Inside(patient.FreeOn(DateOf(day))), steady);
        ref var before = ref ofWeekday[Weekday(day)];
        return before == found ? before : before = found;
    }
}

/// <summary>A date in ticks.</summary>
/// <param name="Open">The clinic is open.</param>
/// <param name="Free">The patient is free, travel included.</param>
/// <param name="Steady">No clock changes.</param>
internal sealed record DateHours(TickSet Open, TickSet Free, TickSet Steady);
