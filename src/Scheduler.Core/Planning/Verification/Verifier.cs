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
            [.. request.Protocol.Rules.SelectMany(r => RuleJudge.Deviations(r, evidence))],
            Costing.Of(hasConditional ? evidence.CertainOnly() : evidence),
            hasConditional ? Costing.Of(evidence) : null);
    }
}
