using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What a calendar costs, computed from the calendar alone. Fixed visits count like any other.</summary>
internal static class Costing
{
    /// <summary>Free pieces shorter than this are fragments.</summary>
    private const int FragmentMinutes = 60;

    public static Cost Of(Evidence evidence)
    {
        var price = Preferences.Price(evidence);
        foreach (var rule in evidence.Protocol.Rules)
        {
            price += RuleJudge.Price(rule, evidence);
        }

        var treated = evidence.Visits.Where(v => v.Type.Purpose == VisitPurpose.Treatment).Select(v => v.Date).ToList();
        return new(
            price.Major,
            price.Minor,
            price.PersonChanges,
            price.Preferences,
            treated.Count == 0 ? 0 : Period.DaysBetween(evidence.Request.From, treated.Min()),
            treated.Count == 0 ? 0 : Period.DaysBetween(evidence.Request.From, treated.Max()),
            Fragments(evidence))
        {
            Moves = Moves(evidence),
        };
    }

    /// <summary>What the visits that may be moved change of what is booked for them.</summary>
    private static Moves Moves(Evidence evidence)
    {
        var request = evidence.Request;
        var moves = default(Moves);
        foreach (var booked in request.Booked.Where(b => !request.Fixed.Any(f => f.Id == b.Id)))
        {
            if (evidence.Visits.FirstOrDefault(v => v.Id == booked.Id) is { } visit)
            {
                var (stays, changed) = (visit.Placed.Start == booked.Start, visit.Type.Needs.Where(n => booked.ResourceFor(n.Id) is { } was && visit.ResourceFor(n.Id) != was).ToList());
                var people = changed.Count(n => n.Kind == NeedKind.Person);
                moves = new(moves.Visits + (stays ? 0 : 1), moves.People + (stays ? people : 0), moves.Others + (stays ? changed.Count - people : people));
            }
        }

        return moves;
    }

    /// <summary>
    /// Fragments with the calendar, less those with the bookings alone. Days that the calendar does not touch cancel out. Of visits that exclude each other
    /// only one will come about, so each conditional one counts beside the certain ones and those before it that it does not exclude.
    /// </summary>
    private static int Fragments(Evidence evidence)
    {
        var needs = evidence.Protocol.VisitTypes.Where(t => t.Purpose == VisitPurpose.Treatment).SelectMany(WholeVisitNeeds).ToList();
        var added = 0;
        foreach (var day in evidence.ResourceDays)
        {
            if (needs.Exists(n => Role.CanFill(day.Resource, n)))
            {
                var certain = day.Takings.Where(t => t.Visit is null || IsCertain(t.Visit)).ToList();
                added += Fragments(evidence, day, certain) - Fragments(evidence, day, day.Takings.Where(t => t.Visit is null));
                var before = new List<JudgedVisit>();
                foreach (var visit in day.Takings.Select(t => t.Visit).OfType<JudgedVisit>().Where(v => !IsCertain(v)).Distinct())
                {
                    var beside = certain.Concat(day.Takings.Where(t => t.Visit is { } other && before.Contains(other) && !evidence.ExcludeEachOther(other, visit))).ToList();
                    added += Fragments(evidence, day, beside.Concat(day.Takings.Where(t => t.Visit == visit))) - Fragments(evidence, day, beside);
                    before.Add(visit);
                }
            }
        }

        return added;
    }

    private static bool IsCertain(JudgedVisit visit) => visit.IsFixed || !visit.Type.IsConditional;

    /// <summary>The needs of a type with an exclusive segment that lasts as long as some visit of the type.</summary>
    private static IEnumerable<Need> WholeVisitNeeds(VisitType type) =>
        from need in type.Needs
        where need.Segments.Any(s => s.Use == Use.Exclusive && type.Durations.Any(d => s.In(d) == (0, d)))
        select need;

    private static int Fragments(Evidence evidence, ResourceDay day, IEnumerable<Taking> takings)
    {
        var taken = takings.Where(t => t.IsHeld).Select(t => t.Taken).OrderBy(t => t.From).ToList();
        var fragments = 0;
        foreach (var stretch in evidence.AvailableOn(day.Resource, day.Date))
        {
            var (free, end) = (Ticks.Ceiling(stretch.From), Ticks.Floor(stretch.To));
            foreach (var hole in taken.Append(new(end, Hours.MinutesPerDay)))
            {
                fragments += IsFragment(Math.Min(hole.From, end) - free) ? 1 : 0;
                free = Math.Max(free, hole.To);
            }
        }

        return fragments;
    }

    private static bool IsFragment(int minutes) => minutes is > 0 and < FragmentMinutes;
}
