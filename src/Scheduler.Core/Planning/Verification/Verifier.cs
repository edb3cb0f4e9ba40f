using System.Collections.Immutable;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Planning.Verification.Rules;

namespace Scheduler.Core.Planning.Verification;

/// <summary>Judges a calendar from the request and the calendar alone; it knows nothing of how calendars are found.</summary>
public static class Verifier
{
    /// <summary>The laws in the order of docs/planning.md.</summary>
    private static readonly ImmutableArray<(string Name, Func<Evidence, IEnumerable<Breach>> Breaches)> Laws =
    [
        ("complete", Complete.Breaches),
        ("shape", Shape.Breaches),
        ("grid", Grid.Breaches),
        ("start-range", StartRange.Breaches),
        ("horizon", WithinHorizon.Breaches),
        ("series-order", SeriesOrder.Breaches),
        ("authorisation", AuthorisationLaw.Breaches),
        ("opening-hours", OpeningHours.Breaches),
        ("working-hours", WorkingHours.Breaches),
        ("role", Role.Breaches),
        ("double-booking", DoubleBooking.Breaches),
        ("contact-hours", ContactHours.Breaches),
        ("latest-start", LatestStart.Breaches),
        ("starts-apart", StartsApart.Breaches),
        ("patient-hours", PatientHours.Breaches),
        ("patient-once", PatientOnce.Breaches),
        ("preferences", Preferences.Breaches),
    ];

    /// <summary>Laws that are about a course as a whole.</summary>
    private static readonly ImmutableArray<string> OfCourses = ["complete", "start-range", "horizon", "series-order", "authorisation"];

    /// <summary>
    /// Judges <paramref name="calendar"/> as an answer to <paramref name="request"/>. Any calendar can be judged, however little it
    /// has to do with the request.
    /// </summary>
    public static Verdict Judge(PlanningRequest request, TreatmentCalendar calendar) => Judge(new Evidence(request, calendar));

    /// <summary>The same for one of several calendars at a clinic, so that its bookings are sorted once. Nothing that is known there for finding calendars is used.</summary>
    /// <exception cref="ArgumentException">Another clinic is prepared than the request's.</exception>
    public static Verdict Judge(PlanningRequest request, TreatmentCalendar calendar, PreparedClinic clinic) => ReferenceEquals(clinic.Clinic, request.Clinic)
        ? Judge(new Evidence(request, calendar, clinic.Judged))
        : throw new ArgumentException($"Prepared is '{clinic.Clinic.Id}', and not the clinic of the request as it is now.", nameof(clinic));

    /// <summary>What keeps one visit from being held where it is, whatever else there is of its course: hours, resources, bookings. No rule is asked.</summary>
    /// <param name="request">The request; what it fixes and where it begins does not matter.</param>
    /// <param name="place">The visit.</param>
    public static IEnumerable<Breach> Hindrances(PlanningRequest request, PlacedVisit place)
    {
        var alone = new Evidence(request with { Fixed = [], Booked = [], LeftOut = [] }, new([place], []));
        return Laws.Where(l => !OfCourses.Contains(l.Name)).SelectMany(l => l.Breaches(alone));
    }

    private static Verdict Judge(Evidence evidence)
    {
        var request = evidence.Request;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var rule in request.Protocol.Rules)
        {
            findings.Add(new(rule.Id, IsLaw: false, [.. RuleJudge.Breaches(rule, evidence)]));
        }

        foreach (var (name, breaches) in Laws)
        {
            findings.Add(new(name, IsLaw: true, [.. breaches(evidence)]));
        }

        var hasConditional = request.Protocol.VisitTypes.Any(t => t.IsConditional);
        return new(
            findings.ToImmutable(),
            [.. request.Protocol.Rules.SelectMany(r => RuleJudge.Deviations(r, evidence)), .. ByExcuse(evidence)],
            Costing.Of(hasConditional ? evidence.CertainOnly() : evidence),
            hasConditional ? Costing.Of(evidence) : null);
    }

    /// <summary>What excused visits break: each is a major deviation, as somebody has decided.</summary>
    private static IEnumerable<Deviation> ByExcuse(Evidence evidence)
    {
        if (evidence.Request.Excused.IsEmpty)
        {
            yield break;
        }

        var all = evidence.AskingAll();
        foreach (var rule in evidence.Protocol.Rules)
        {
            var excused = evidence.Request.ExcusedFrom(rule).ToHashSet();
            var breaches = excused.Count == 0 ? [] : RuleJudge.Breaches(rule, all).ToList();
            foreach (var visit in excused.Where(v => breaches.Exists(b => b.Visits.Contains(v))))
            {
                yield return new(rule.Id, visit, IsMajor: true, string.Join(' ', breaches.Where(b => b.Visits.Contains(visit)).Select(b => b.Message)));
            }
        }
    }
}
