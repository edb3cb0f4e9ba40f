using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Planning.Together;

/// <summary>Courses that cannot have what each of them has: one of its sides has to go without the resource at its time.</summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="Date">The date.</param>
/// <param name="Sides">The courses, by index, each with the start in minutes of a tick in which it uses the resource.</param>
/// <param name="IsExact">Whether in any calendars that go together one of the courses does not use the resource in its tick.</param>
internal sealed record Collision(string Resource, LocalDate Date, ImmutableArray<(int Course, int From)> Sides, bool IsExact)
{
    /// <summary>Minutes of a tick.</summary>
    public const int Tick = 5;

    /// <summary>How many of the two visits behind it are where they are booked: where both are, one of them will have to move, whichever it is.</summary>
    private int Staying { get; init; }

    /// <summary>A collision between courses, that of the most visits which are where they are booked, and how many visits break a law because of others; null where all go together.</summary>
    /// <param name="requests">What each asked, the visits of all others among the clinic's bookings.</param>
    /// <param name="calendars">The calendars; null for a course that has none.</param>
    public static (Collision First, int Count)? Find(ImmutableArray<PlanningRequest> requests, ImmutableArray<TreatmentCalendar?> calendars)
    {
        Collision? first = null;
        var count = 0;
        for (var i = 0; i < requests.Length; i++)
        {
            if (calendars[i] is { } calendar)
            {
                var findings = Verifier.Judge(requests[i], calendar).Findings.Where(f => !f.Holds).ToList();
                count += findings.Sum(f => f.Breaches.Length);
                var collisions = findings.SelectMany(f => f.Breaches.Select(b => Of(b, f is { IsLaw: true, Rule: "double-booking" }, i, requests, calendars)));
                first = collisions.Prepend(first).OfType<Collision>().MaxBy(c => (c.IsExact, c.Staying));
            }
        }

        // What breaks a law for a reason that is not found here leads nowhere.
        return count == 0 ? null : (first ?? new Collision("", requests[0].From, [], IsExact: false), count);
    }

    /// <summary>
    /// What is behind a breach: where courses use a resource at once, the last tick in which it is too much for it; else two uses that lie too near to each other. That one of the courses cannot
    /// use the resource at all in that tick is sure only if any two uses exclude each other, or more courses use it than it bears in any way.
    /// </summary>
    private static Collision? Of(Breach breach, bool isOfUses, int course, ImmutableArray<PlanningRequest> requests, ImmutableArray<TreatmentCalendar?> calendars)
    {
        var mine = Uses(course, requests, calendars).Where(u => breach.Visits.Contains(u.Visit) && breach.Resources.Contains(u.Use.Resource)).ToList();
        var others = Enumerable.Range(0, requests.Length).Where(c => c != course).SelectMany(c => Uses(c, requests, calendars)).ToList();
        var pairs =
            (from own in mine
             from other in others
             where own.Use.Resource == other.Use.Resource && own.Date == other.Date
             orderby Math.Max(other.Ticks.From - own.Ticks.To, own.Ticks.From - other.Ticks.To)
             select (Own: own, Other: other)).ToList();
        foreach (var (own, other) in pairs.Where(p => isOfUses && p.Own.Ticks.Overlaps(p.Other.Ticks)))
        {
            var who = requests[course].Clinic.Find(own.Use.Resource)!;
            for (var tick = Math.Min(own.Ticks.To, other.Ticks.To) - Tick; tick >= Math.Max(own.Ticks.From, other.Ticks.From); tick -= Tick)
            {
                var at = new Hours(tick, tick + Tick);
                var uses = Uses(course, requests, calendars).Concat(others).Where(u => u.Use.Resource == who.Id && u.Date == own.Date && u.Ticks.Overlaps(at)).ToList();
                int[] sides = [.. uses.Select(u => u.Course).Distinct().Order()];
                if (IsTooMuch(who, [.. uses.Select(u => u.Use.Use)]))
                {
                    var isExact = who is { Capacity: <= 1, Supervises: 0 } || sides.Length > Math.Max(1, who.Capacity) + who.Supervises;
                    return new(who.Id, own.Date, [.. sides.Select(c => (c, tick))], isExact) { Staying = (own.Stays ? 1 : 0) + (other.Stays ? 1 : 0) };
                }
            }
        }

        return pairs.Count == 0 ? null
            : pairs[0] is var (near, by) && near.Ticks.To <= by.Ticks.From ? new(near.Use.Resource, near.Date, [(course, near.Ticks.To - Tick), (by.Course, by.Ticks.From)], IsExact: false)
            : new(near.Use.Resource, near.Date, [(course, near.Ticks.From), (by.Course, by.Ticks.To - Tick)], IsExact: false);
    }

    /// <summary>Whether uses are more than a resource bears at once, bookings of others apart.</summary>
    private static bool IsTooMuch(Resource who, IReadOnlyCollection<Use> uses)
    {
        var (exclusive, shares, supervisions) = (uses.Count(u => u == Use.Exclusive), uses.Count(u => u == Use.Share), uses.Count(u => u == Use.Supervision));
        return (exclusive > 0 && exclusive + shares > 1) || shares > who.Capacity || supervisions > who.Supervises;
    }

    /// <summary>What a course uses that it may still give up.</summary>
    private static IEnumerable<Used> Uses(int course, ImmutableArray<PlanningRequest> requests, ImmutableArray<TreatmentCalendar?> calendars) =>
        from visit in calendars[course]?.Visits ?? []
        where !requests[course].Fixed.Any(f => f.Id == visit.Id)
        from use in visit.Uses
        select new Used(course, visit.Id, use, requests[course].Booked.Any(b => b.Id == visit.Id && b.Start == visit.Start));

    private sealed record Used(int Course, Protocols.VisitId Visit, ResourceUse Use, bool Stays)
    {
        public LocalDate Date => Use.Start.Date;

        public Hours Ticks { get; } = WholeTicks(VisitBookings.HoursOf(Use));

        private static Hours WholeTicks(Hours hours) => new(hours.From / Tick * Tick, (hours.To + Tick - 1) / Tick * Tick);
    }
}
