using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>What a calendar costs, computed from the calendar alone. Fixed visits count like any other.</summary>
internal static class Costing
{
    public static Cost Of(Evidence evidence)
    {
        var price = Preferences.Price(evidence);
        foreach (var rule in evidence.Protocol.Rules)
        {
            price += RuleJudge.Price(rule, evidence);
        }

        var (first, last) = Treatment(evidence);
        return new(
            price.Major,
            price.Minor,
            price.PersonChanges,
            price.Preferences,
            first,
            last,
            Fragments(evidence))
        {
            Moves = Moves(evidence),
        };
    }

    /// <summary>The days from the request's first to the first and the last visit of treatment.</summary>
    private static (int First, int Last) Treatment(Evidence evidence)
    {
        (LocalDate First, LocalDate Last)? treated = null;
        foreach (var visit in evidence.Visits)
        {
            if (visit.Type.Purpose == VisitPurpose.Treatment)
            {
                treated = treated is { } so ? (LocalDate.Min(so.First, visit.Date), LocalDate.Max(so.Last, visit.Date)) : (visit.Date, visit.Date);
            }
        }

        return treated is { } all ? (Period.DaysBetween(evidence.Request.From, all.First), Period.DaysBetween(evidence.Request.From, all.Last)) : (0, 0);
    }

    /// <summary>What the visits that may be moved change of what is booked for them.</summary>
    private static Moves Moves(Evidence evidence)
    {
        var request = evidence.Request;
        var moves = default(Moves);
        foreach (var booked in request.Booked)
        {
            if (!evidence.IsFixed(booked.Id) && evidence.Find(booked.Id) is { } visit)
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
        foreach (var day in evidence.UsedDays)
        {
            if (CanFillAny(day.Resource, needs))
            {
                added += AreCertain(day.Visits)
                    ? FreePieces.Fragments(day.Day, day.Visits) - day.Day.Fragments
                    : FragmentsOfEach(evidence, day);
            }
        }

        return added;
    }

    /// <summary>What the certain visits add to a day together, and then each conditional one beside those that it does not exclude.</summary>
    private static int FragmentsOfEach(Evidence evidence, UsedDay day)
    {
        var certain = day.Visits.Where(t => IsCertain(t.Visit!)).ToList();
        var added = FreePieces.Fragments(day.Day, certain) - day.Day.Fragments;
        var before = new List<JudgedVisit>();
        foreach (var visit in day.Visits.Select(t => t.Visit!).Where(v => !IsCertain(v)).Distinct())
        {
            var beside = certain.Concat(day.Visits.Where(t => before.Contains(t.Visit!) && !evidence.ExcludeEachOther(t.Visit!, visit))).ToList();
            added += FreePieces.Fragments(day.Day, [.. beside, .. day.Visits.Where(t => t.Visit == visit)]) - FreePieces.Fragments(day.Day, beside);
            before.Add(visit);
        }

        return added;
    }

    private static bool IsCertain(JudgedVisit visit) => visit.IsFixed || !visit.Type.IsConditional;

    private static bool AreCertain(IReadOnlyList<Taking> visits)
    {
        for (var i = 0; i < visits.Count; i++)
        {
            if (!IsCertain(visits[i].Visit!))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CanFillAny(Resource resource, List<Need> needs)
    {
        foreach (var need in needs)
        {
            if (Role.CanFill(resource, need))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The needs of a type with an exclusive segment that lasts as long as some visit of the type.</summary>
    private static IEnumerable<Need> WholeVisitNeeds(VisitType type) =>
        from need in type.Needs
        where need.Segments.Any(s => s.Use == Use.Exclusive && type.Durations.Any(d => s.In(d) == (0, d)))
        select need;
}
