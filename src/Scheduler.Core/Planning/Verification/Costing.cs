using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What a calendar costs, computed from the calendar alone.</summary>
internal static class Costing
{
    private const int Fragment = 60;

    /// <summary>The cost of the visits that count.</summary>
    public static Cost Of(Evidence evidence, Func<VisitId, bool> counts)
    {
        var visits = evidence.Known.Where(v => counts(v.Id)).ToList();
        var deviations = evidence.Protocol.Rules.OfType<Rule.Window>().SelectMany(w => WindowJudge.Deviations(w, evidence)).Where(d => counts(d.Visit)).ToList();
        var treatment = visits.Where(v => evidence.Protocol.TypeOf(v.Id).Purpose == VisitPurpose.Treatment).Select(v => Period.DaysBetween(evidence.Request.From, v.Date)).ToList();
        return new(
            deviations.Count(d => d.IsMajor),
            deviations.Count(d => !d.IsMajor),
            evidence.Protocol.Rules.Sum(r => PersonChanges(r, evidence, counts)),
            evidence.Protocol.Rules.Sum(r => Points(r, evidence, visits)) + visits.Sum(v => evidence.Request.Patient.Preferences.Sum(w => (w.Weight ?? 0) * Wishes.Breaks(evidence, w, v))),
            treatment.DefaultIfEmpty(0).Min(),
            treatment.DefaultIfEmpty(0).Max(),
            Fragments(evidence, visits));
    }

    private static int PersonChanges(Rule rule, Evidence evidence, Func<VisitId, bool> counts) => rule switch
    {
        Rule.SamePerson { IsMust: false } same => SamePersonJudge.Changes(same, [.. evidence.Find(same.Visits.Where(counts))]),
        Rule.DifferentPeople { IsMust: false } different => DifferentPeopleJudge.Meetings(different, evidence, counts).Count(),
        _ => 0,
    };

    private static int Points(Rule rule, Evidence evidence, List<PlacedVisit> visits) => rule switch
    {
        Rule.TimeOfDay { Strength.Weight: { } weight } times => weight * visits.Count(v => times.Visits.Contains(v.Id) && !TimeOfDayJudge.Keeps(times, v)),
        Rule.Weekdays { Strength.Weight: { } weight } weekdays => weight * visits.Count(v => weekdays.Visits.Contains(v.Id) && !weekdays.Days.Contains(v.Date.DayOfWeek)),
        Rule.Window { Weight: > 0 } window when WindowJudge.Anchor(window, evidence).Date is { } anchor =>
            window.Weight * visits.Where(v => window.Visits.Contains(v.Id)).Sum(v => Math.Abs(WindowJudge.Off(window, anchor, v))),
        _ => 0,
    };

    private static int Fragments(Evidence evidence, List<PlacedVisit> visits)
    {
        var wholeVisit = evidence.Protocol.VisitTypes
            .Where(t => t.Purpose == VisitPurpose.Treatment)
            .SelectMany(t => t.Needs.Where(n => n.Segments.Any(s => s.Use == Use.Exclusive && t.Durations.Any(d => s.In(d) == (0, d)))))
            .ToList();
        var fragments = 0;
        foreach (var day in visits.SelectMany(v => v.Uses.Select(u => (Visit: v, Use: u))).GroupBy(x => (x.Use.Resource, x.Visit.Date)))
        {
            if (evidence.Clinic.Find(day.Key.Resource) is not { } resource || !wholeVisit.Exists(n => Fills(resource, n)))
            {
                continue;
            }

            var date = day.Key.Date;
            var worked = Hours.Intersect(evidence.Clinic.WorkingHours(resource, date), evidence.Clinic.OpenOn(date)).SelectMany(Inside).ToHashSet();
            worked.ExceptWith(evidence.Booked(resource.Id, date).Where(b => b.Use != Use.Supervision).SelectMany(b => Ticks.Of(b.Hours.From, b.Hours.To + resource.CleanUpMinutes)));
            var before = Count(worked);
            worked.ExceptWith(day.Where(x => x.Use.Use != Use.Supervision).SelectMany(x => Ticks.Of(Say.Minute(x.Use.Start, date), Say.Minute(x.Use.End, date) + evidence.CleanUp(x.Visit, x.Use))));
            fragments += Count(worked) - before;
        }

        return fragments;
    }

    private static bool Fills(Resource resource, Need need) =>
        (need.Kind == NeedKind.Person) == (resource.Kind == ResourceKind.Person) && resource.Roles.Contains(need.Role) && need.Skills.All(s => resource.Skills.Contains(s));

    /// <summary>The ticks that lie wholly in working time.</summary>
    private static IEnumerable<int> Inside(Hours hours)
    {
        var (first, end) = ((hours.From + 4) / 5, hours.To / 5);
        return end > first ? Enumerable.Range(first, end - first) : [];
    }

    private static int Count(HashSet<int> free)
    {
        var (count, length) = (0, 0);
        for (var tick = 0; tick <= Hours.MinutesPerDay / 5; tick++)
        {
            if (free.Contains(tick))
            {
                length++;
                continue;
            }

            count += length > 0 && length * 5 < Fragment ? 1 : 0;
            length = 0;
        }

        return count;
    }
}
