using System.Text;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Requests and calendars as readable text, for failure messages.</summary>
internal static class Description
{
    public static string Describe(PlanningRequest request)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"from {request.From} ({request.From.DayOfWeek}), start within {request.StartWithinDays} days, enrolled {request.Enrolled}, deviations {request.Deviations}");
        foreach (var visit in request.Fixed)
        {
            text.AppendLine($"fixed {Describe(visit)}");
        }

        foreach (var visit in request.Booked)
        {
            text.AppendLine($"booked {Describe(visit)}");
        }

        if (!request.LeftOut.IsEmpty)
        {
            text.AppendLine($"left out {Describe(request.LeftOut)}");
        }

        var protocol = request.Protocol;
        foreach (var condition in protocol.Conditions.Where(c => protocol.VisitTypes.Any(t => t.OnlyIf == c.Id)))
        {
            text.AppendLine($"condition {condition.Id} excludes [{string.Join(", ", condition.Excludes)}]");
        }

        foreach (var type in protocol.VisitTypes)
        {
            text.AppendLine($"visits {type.Id} x{type.Count} {type.Purpose} {type.Mode}, minutes [{string.Join(", ", type.Durations)}], only if {type.OnlyIf ?? "-"}{(type.NeedsAuthorisation ? ", needs authorisation" : "")}");
            foreach (var need in type.Needs)
            {
                var segments = need.Segments.Select(s => $"{s.Use} {Describe(s.From)} to {Describe(s.To)}");
                text.AppendLine(
                    $"  need {need.Id} as {need.Role} [{string.Join(", ", need.Skills)}] {string.Join(" + ", segments)}, clean-up {need.CleanUpMinutes}, apart {need.StartsApartMinutes}");
            }
        }

        foreach (var rule in protocol.Rules)
        {
            text.AppendLine($"rule {Describe(rule)}");
        }

        Describe(text, request.Clinic);
        Describe(text, request.Patient);
        return text.ToString();
    }

    public static string Describe(TreatmentCalendar? calendar) => calendar is null
        ? "no calendar"
        : string.Join("\n", calendar.Visits.Select(Describe).Concat(calendar.Unplaced.Select(v => $"{v} unplaced")));

    public static string Describe(PlacedVisit visit) =>
        $"{visit.Id} {visit.Start:uuuu-MM-dd ddd HH:mm} to {visit.End:HH:mm} "
        + string.Join(", ", visit.Uses.Select(u => $"{u.Need}={u.Resource} {u.Use} {u.Start:HH:mm}-{u.End:HH:mm}"));

    /// <summary>An outcome with everything in it; equal outcomes give equal text.</summary>
    public static string Describe(Outcome outcome) => outcome switch
    {
        Outcome.Placed placed => $"placed, {outcome.Steps} steps\n" + string.Join("\n", placed.Proposals.Select(Describe)),
        Outcome.Infeasible infeasible => $"infeasible, {outcome.Steps} steps\n" + string.Join("\n", infeasible.Conflicts.Select(c =>
            $"[{string.Join(", ", c.Rules)}] [{string.Join(", ", c.Hours)}] [{string.Join(", ", c.Bookings)}] [{string.Join(", ", c.Capacities)}] [{string.Join(", ", c.Limits)}] {c.Message}")),
        Outcome.Unproved unproved => $"unproved, bound {unproved.Bound}, {outcome.Steps} steps\n" + string.Join("\n", unproved.Proposals.Select(Describe)),
        _ => throw new InvalidOperationException($"No such outcome: {outcome}."),
    };

    private static string Describe(Proposal proposal) =>
        $"proposal {proposal.Rank}, cost {proposal.Cost}, with conditional {proposal.CostWithConditional}, proved {proposal.Proved}\n{Describe(proposal.Calendar)}";

    private static string Describe(Rule rule) => rule switch
    {
        Rule.Cadence c =>
            $"{c.Id}: {Describe(c.Series)} per day {c.PerDay}, per week {Describe(c.PerWeek)}, every {c.Every}, free {c.FreeDaysAtLeast} to {c.FreeDaysAtMost}, within {c.Within}",
        Rule.Order o => $"{o.Id}: {string.Join(" before ", o.Groups.Select(g => Describe(g)))} at least {o.AtLeast} at most {o.AtMost}",
        Rule.ApartDays a => $"{a.Id}: {string.Join(" apart from ", a.Groups.Select(g => Describe(g)))}",
        Rule.Window w => $"{w.Id}: {Describe(w.Visits)} from {w.Anchor}, target {w.Target}, ideal {w.Ideal}, allowed {w.Allowed}, weight {w.Weight}, or from {w.Fallback}",
        Rule.HourWindow h =>
            $"{h.Id}: {Describe(h.Visits)} from {h.Anchor}, target {h.TargetMinutes} min, ideal {h.Ideal}, allowed {h.Allowed}, weight {h.Weight}, or from {h.Fallback}",
        Rule.SameDay s => $"{s.Id}: {string.Join(", ", s.Pairs.Select(p => $"{p.Visit} with {p.Partner}"))}, {s.Place}",
        Rule.AllOrNone a => $"{a.Id}: all or none of {string.Join(" and of ", a.Sets.Select(s => Describe(s)))}",
        Rule.TimeOfDay t => $"{t.Id}: {Describe(t.Visits)} starts {t.StartsFrom} to {t.StartsTo}, ends by {t.EndsBy}, {t.Strength}",
        Rule.Weekdays w => $"{w.Id}: {Describe(w.Visits)} on {string.Join(", ", w.Days)}, {w.Strength}",
        Rule.SamePerson s => $"{s.Id}: {Describe(s.Visits)} as {s.Need}, must {s.IsMust}",
        Rule.Rotation r => $"{r.Id}: {string.Join(", ", r.Visits)} in a row as {r.Need}, must {r.IsMust}",
        Rule.DifferentPeople d => $"{d.Id}: {string.Join(", ", d.These)} from {string.Join(", ", d.Those)}, must {d.IsMust}",
        _ => throw new InvalidOperationException($"No such rule: {rule}."),
    };

    private static void Describe(StringBuilder text, Clinic clinic)
    {
        text.AppendLine($"clinic in {clinic.Zone.Id}, grid {clinic.GridMinutes}, open {Describe(clinic.Opening)}");
        foreach (var closure in clinic.Closures)
        {
            text.AppendLine($"closed {closure.From} to {closure.To}, {closure.Hours}{(closure.Yearly ? ", yearly" : "")}");
        }

        foreach (var r in clinic.Resources)
        {
            text.AppendLine(
                $"{r.Id} {r.Kind} {r.Sex} roles [{string.Join(", ", r.Roles)}] skills [{string.Join(", ", r.Skills)}] capacity {r.Capacity}, supervises {r.Supervises}, "
                + $"hands-on {r.HandsOnMinutes}, clean-up {r.CleanUpMinutes}, contact {r.MaxContactMinutes}, latest {r.LatestStart}, "
                + $"hours {(r.Hours is null ? "-" : Describe(r.Hours))}, exceptions {Describe(r.Exceptions)}");
        }

        foreach (var b in clinic.Bookings)
        {
            text.AppendLine($"booked {b.Resource} {b.Date} {b.Hours} {b.Use}");
        }
    }

    private static void Describe(StringBuilder text, Patient patient)
    {
        text.AppendLine($"patient travels {patient.TravelMinutes}, weekly {Describe(patient.Weekly)}, dates {Describe(patient.Dates)}");
        foreach (var authorisation in patient.Authorisations)
        {
            text.AppendLine($"authorised {authorisation.AtMost} of [{string.Join(", ", authorisation.VisitTypes)}] from {authorisation.From} to {authorisation.To}");
        }

        foreach (var preference in patient.Preferences)
        {
            var what = preference switch
            {
                Preference.Times times => $"{times.Hours}",
                Preference.Days days => string.Join(", ", days.Weekdays),
                Preference.Person person => $"{person.Resource} as {person.Role}",
                Preference.OfSex sex => $"{sex.Sex} as {sex.Role}",
                _ => throw new InvalidOperationException($"No such preference: {preference}."),
            };
            text.AppendLine($"prefers {what} for [{string.Join(", ", preference.VisitTypes)}], weight {preference.Weight?.ToString() ?? "must"}");
        }
    }

    private static string Describe(WeeklyRhythm? rhythm) => rhythm is null
        ? "-"
        : $"{rhythm.Week} " + string.Join(", ", rhythm.Phases.Select(p => $"{p.Times} in {p.EveryWeeks} for {p.Weeks}{(p.FewerWhereClosed ? " fewer where closed" : "")}"));

    private static string Describe(Moment moment) => moment.BeforeEnd ? $"end-{moment.Minutes}" : $"{moment.Minutes}";

    private static string Describe(IEnumerable<VisitId> visits) => string.Join(" ", visits);

    private static string Describe(IEnumerable<DatedHours> dates) =>
        $"[{string.Join("; ", dates.Select(d => $"{d.From} to {d.To}: {string.Join(", ", d.Hours)}"))}]";

    private static string Describe(WeeklyHours weekly) => ReferenceEquals(weekly, WeeklyHours.Always)
        ? "always"
        : string.Join("; ", weekly.Days.Select(d => $"{d.Day} {d.Turn}: {string.Join(", ", d.Hours)}")) + $" (A from {weekly.WeekABegins})";
}
