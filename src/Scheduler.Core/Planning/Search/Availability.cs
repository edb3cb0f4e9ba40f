using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>Which limits of clinic and patient are left out of account, to see what stands in the way of a calendar.</summary>
internal sealed record Waived(bool OpeningHours, bool PatientHours, Predicate<string> Resource)
{
    /// <summary>Everything counts.</summary>
    public static Waived Nothing { get; } = new(OpeningHours: false, PatientHours: false, _ => false);
}

/// <summary>Answers when visits can start on a day, from hours and bookings; computed for the days that are asked about, once.</summary>
internal sealed class Availability
{
    private readonly Clinic clinic;
    private readonly Patient patient;
    private readonly LocalDate origin;
    private readonly Waived waived;
    private readonly Resource[] resources;
    private readonly Dictionary<(int Resource, int Day), List<Booking>> bookings = [];
    private readonly Dictionary<(int Resource, int Day), ResourceDay> days = [];
    private readonly Dictionary<int, (TickSet Open, TickSet Free, TickSet Steady)> dates = [];
    private readonly bool[] isTreatmentResource;

    /// <summary>Looks at a clinic from day 0 = <paramref name="origin"/> on.</summary>
    /// <param name="clinic">The clinic.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="origin">The date of day 0.</param>
    /// <param name="horizon">Days of the horizon.</param>
    /// <param name="treatmentTypes">The visit types whose exclusive resources are kept free of fragments.</param>
    /// <param name="waived">What is left out of account.</param>
    public Availability(
        Clinic clinic, Patient patient, LocalDate origin, int horizon, IEnumerable<VisitType> treatmentTypes, Waived waived)
    {
        (this.clinic, this.patient, this.origin, this.waived) = (clinic, patient, origin, waived);
        resources = [.. clinic.Resources.OrderBy(r => r.Id, StringComparer.Ordinal)];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++)
        {
            index[resources[i].Id] = i;
        }

        foreach (var booking in clinic.Bookings)
        {
            var day = Period.DaysBetween(origin, booking.Date);
            if (day >= 0 && day < horizon && index.TryGetValue(booking.Resource, out var resource))
            {
                if (!bookings.TryGetValue((resource, day), out var list))
                {
                    bookings.Add((resource, day), list = []);
                }

                list.Add(booking);
            }
        }

        var wholeVisit = treatmentTypes
            .SelectMany(t => t.Needs.Where(n => n.Segments.Any(s => s.Use == Use.Exclusive && t.Durations.Any(d => s.In(d) == (0, d)))))
            .ToList();
        isTreatmentResource = [.. resources.Select(r => wholeVisit.Exists(n => CanFill(r, n)))];
    }

    /// <summary>The way between home and clinic, in minutes; nobody asks where the patient is left out of account.</summary>
    public int TravelMinutes => waived.PatientHours ? 0 : patient.TravelMinutes;

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>Whether a resource can fill a need as such, whatever its hours.</summary>
    public static bool CanFill(Resource resource, Need need) =>
        (resource.Kind == ResourceKind.Person) == (need.Kind == NeedKind.Person)
        && resource.Roles.Contains(need.Role)
        && need.Skills.All(s => resource.Skills.Contains(s));

    /// <summary>The starts at which patient and clinic are there for the whole visit, resources apart.</summary>
    public TickSet PresenceStarts(VisitClass visits, int day)
    {
        var (open, free, steady) = OnDate(day);
        var mode = visits.Type.Mode;
        if (mode == Mode.SelfReport)
        {
            return visits.Starts & (steady & TickSet.Inside(8 * 60, 20 * 60)).StartsOf(visits.Ticks);
        }

        var starts = visits.Starts & (open & steady).StartsOf(visits.Ticks);
        var travel = mode == Mode.InPerson ? patient.TravelMinutes : 0;
        if (waived.PatientHours || starts.IsEmpty)
        {
            return starts;
        }

        var before = TickSet.CeilingTick(travel);
        var length = before + TickSet.CeilingTick(visits.Duration + travel);
        return starts & free.StartsOf(length).Up(before);
    }

    /// <summary>The starts at which one resource can fill one need, its bookings counted.</summary>
    public TickSet ResourceStarts(NeedModel need, int resource, int day)
    {
        if (waived.Resource(resources[resource].Id))
        {
            return TickSet.All;
        }

        var on = Day(resource, day);
        var who = resources[resource];
        if (!GoTogether(need, who))
        {
            return TickSet.Empty;
        }

        var starts = TickSet.All;
        var contactTicks = 0;
        foreach (var (use, from, to) in need.Segments)
        {
            var (first, last) = (TickSet.FloorTick(from), TickSet.CeilingTick(to));
            starts &= on.Hours.StartsOf(last - first).Down(first);
            var (during, withCleanUp) = on.Load.BlockedFor(use, to - from > who.HandsOnMinutes);
            starts &= ~during.StartsTouching(first, last - first);
            var cleaned = use == Use.Supervision ? last : TickSet.CeilingTick(to + CleanUp(need.Need, who));
            starts &= ~withCleanUp.StartsTouching(first, cleaned - first);
            if (who.LatestStart is { } latest)
            {
                starts &= latest < from ? TickSet.Empty : TickSet.Range(0, TickSet.FloorTick(latest - from) + 1);
            }

            contactTicks += use == Use.Supervision ? 0 : last - first;
        }

        if (need.Need.StartsApartMinutes > 0)
        {
            var own = need.FirstUse;
            foreach (var begin in on.BookingStarts)
            {
                var apart = need.Need.StartsApartMinutes;
                starts &= ~TickSet.Range(TickSet.FloorTick(begin - apart - own) + 1, TickSet.CeilingTick(begin + apart - own));
            }
        }

        if (who.MaxContactMinutes is { } most && (on.Load.Contact.Size + contactTicks) * TickSet.Minutes > most)
        {
            starts = WithinContact(starts, need, on.Load.Contact, most);
        }

        return starts;
    }

    /// <summary>The uses of a need by a resource from a start, in ticks.</summary>
    public TickUse[] Uses(NeedModel need, int resource, int minute)
    {
        var who = resources[resource];
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

    /// <summary>What a resource bears on a day by its bookings.</summary>
    public Load LoadOf(int resource, int day) => Day(resource, day).Load;

    /// <summary>Whether the uses of a resource on a day keep to its longest time of contact.</summary>
    public bool KeepsContactHours(int resource, Load load) =>
        waived.Resource(resources[resource].Id)
        || resources[resource].MaxContactMinutes is not { } most
        || load.Contact.Size * TickSet.Minutes <= most;

    /// <summary>Whether nobody asks what else a resource does.</summary>
    public bool IsWaived(int resource) => waived.Resource(resources[resource].Id);

    /// <summary>Whether a resource is kept free of fragments.</summary>
    public bool IsTreatmentResource(int resource) => isTreatmentResource[resource];

    /// <summary>The fragments that ticks taken on a resource's day would make more than there are.</summary>
    public int FragmentsMore(int resource, int day, TickSet taken)
    {
        var on = Day(resource, day);
        return FragmentsOf(on.Worked & ~on.Load.Taken & ~taken) - on.Fragments;
    }

    /// <summary>The same for one stretch of ticks [from, to) that begins in free time: only the free stretch around it changes.</summary>
    public int FragmentsMore(int resource, int day, int from, int to)
    {
        var on = Day(resource, day);
        var (first, end) = (on.FreeFrom(from), on.FreeTo(from));
        return IsFragment(from - first) + IsFragment(end - Math.Min(to, end)) - IsFragment(end - first);
    }

    private static int IsFragment(int ticks) => ticks is > 0 and < 60 / TickSet.Minutes ? 1 : 0;

    private static int FragmentsOf(TickSet free) => free.Runs - free.StartsOf(60 / TickSet.Minutes).Runs;

    /// <summary>How long a resource stays taken after a use of a need, in minutes.</summary>
    public int CleanUpOf(Need need, int resource) => CleanUp(need, resources[resource]);

    private static int CleanUp(Need need, Resource who) => Math.Max(need.CleanUpMinutes, who.CleanUpMinutes);

    private static TickSet WithinContact(TickSet starts, NeedModel need, TickSet booked, int most)
    {
        for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
        {
            var contact = booked;
            foreach (var (use, from, to) in need.Segments)
            {
                contact |= use == Use.Supervision ? TickSet.Empty : TickSet.Touched((tick * TickSet.Minutes) + from, (tick * TickSet.Minutes) + to);
            }

            if (contact.Size * TickSet.Minutes > most)
            {
                starts &= ~TickSet.Range(tick, tick + 1);
            }
        }

        return starts;
    }

    /// <summary>Whether one resource can bear all segments of a need at once: long hands-on minutes exclude its own supervision, too.</summary>
    private static bool GoTogether(NeedModel need, Resource who)
    {
        if (need.Segments.Length < 2)
        {
            return true;
        }

        var load = Load.Of(who.Capacity, who.Supervises);
        foreach (var (use, from, to) in need.Segments)
        {
            var ticks = new TickUse(use, TickSet.Touched(from, to), TickSet.Empty, to - from > who.HandsOnMinutes);
            if (!load.Bears(ticks))
            {
                return false;
            }

            load = load.With([ticks]);
        }

        return true;
    }

    private (TickSet Open, TickSet Free, TickSet Steady) OnDate(int day)
    {
        if (dates.TryGetValue(day, out var known))
        {
            return known;
        }

        var date = origin.PlusDays(day);
        var steady = TickSet.All;
        foreach (var change in clinic.ClockChangesOn(date))
        {
            steady &= ~TickSet.Touched(change.From, change.To);
        }

        var open = waived.OpeningHours ? TickSet.All : Inside(clinic.OpenOn(date));
        return dates[day] = (open, Inside(patient.FreeOn(date)), steady);
    }

    private ResourceDay Day(int resource, int day)
    {
        if (days.TryGetValue((resource, day), out var known))
        {
            return known;
        }

        var who = resources[resource];
        var hours = Inside(clinic.WorkingHours(who, origin.PlusDays(day)));
        var load = Load.Of(who.Capacity, who.Supervises);
        var starts = new List<int>();
        if (bookings.TryGetValue((resource, day), out var list))
        {
            foreach (var booking in list)
            {
                var (from, to) = (booking.Hours.From, booking.Hours.To);
                var during = TickSet.Touched(from, to);
                var cleanUp = booking.Use == Use.Supervision ? TickSet.Empty : TickSet.Touched(to, to + who.CleanUpMinutes) & ~during;
                load = load.With([new(booking.Use, during, cleanUp, to - from > who.HandsOnMinutes)]);
                if (booking.Use != Use.Supervision)
                {
                    starts.Add(from);
                }
            }
        }

        var worked = hours & OnDate(day).Open;
        return days[(resource, day)] = new(hours, worked, load, starts, FragmentsOf(worked & ~load.Taken));
    }

    private static TickSet Inside(IEnumerable<Hours> stretches)
    {
        var inside = TickSet.Empty;
        foreach (var stretch in stretches)
        {
            inside |= TickSet.Inside(stretch.From, stretch.To);
        }

        return inside;
    }

    private sealed record ResourceDay(TickSet Hours, TickSet Worked, Load Load, List<int> BookingStarts, int Fragments)
    {
        private readonly TickSet taken = ~(Worked & ~Load.Taken);

        /// <summary>The first tick of the free stretch in which a tick lies.</summary>
        public int FreeFrom(int tick) => taken.Before(tick) + 1;

        /// <summary>The first tick behind the free stretch in which a tick lies.</summary>
        public int FreeTo(int tick) => taken.Next(tick) is >= 0 and var end ? end : TickSet.Count;
    }
}
