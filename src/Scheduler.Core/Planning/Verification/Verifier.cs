using System.Collections.Immutable;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>Judges a calendar from the request and the calendar alone; it knows nothing of how calendars are found.</summary>
public static class Verifier
{
    private static readonly (string Name, Func<Evidence, IEnumerable<Breach>> Judge)[] Laws =
    [
        ("complete", CompleteLaw.Judge),
        ("shape", ShapeLaw.Judge),
        ("grid", GridLaw.Judge),
        ("start-range", StartRangeLaw.Judge),
        ("series-order", SeriesOrderLaw.Judge),
        ("opening-hours", OpeningHoursLaw.Judge),
        ("working-hours", WorkingHoursLaw.Judge),
        ("role", RoleLaw.Judge),
        ("double-booking", DoubleBookingLaw.Judge),
        ("contact-hours", ContactHoursLaw.Judge),
        ("latest-start", LatestStartLaw.Judge),
        ("starts-apart", StartsApartLaw.Judge),
        ("patient-hours", PatientHoursLaw.Judge),
        ("patient-once", PatientOnceLaw.Judge),
        ("preferences", PreferencesLaw.Judge),
    ];

    /// <summary>The names of the general laws, in the order in which they are judged.</summary>
    public static ImmutableArray<string> LawNames { get; } = [.. Laws.Select(l => l.Name)];

    /// <summary>Judges <paramref name="calendar"/> as an answer to <paramref name="request"/>.</summary>
    public static Verdict Judge(PlanningRequest request, TreatmentCalendar calendar)
    {
        var evidence = new Evidence(request, calendar);
        ImmutableArray<Finding> findings =
        [
            .. request.Protocol.Rules.Select(r => new Finding(r.Id, IsLaw: false, [.. Of(r, evidence)])),
            .. Laws.Select(l => new Finding(l.Name, IsLaw: true, [.. l.Judge(evidence)])),
        ];
        var deviations = request.Protocol.Rules.OfType<Rule.Window>().SelectMany(w => WindowJudge.Deviations(w, evidence)).ToImmutableArray();
        return new(
            findings,
            deviations,
            Costing.Of(evidence, v => !request.Protocol.TypeOf(v).IsConditional || evidence.FixedVisits.Contains(v)),
            request.Protocol.VisitTypes.Any(t => t.IsConditional) ? Costing.Of(evidence, _ => true) : null);
    }

    private static IEnumerable<Breach> Of(Rule rule, Evidence evidence) => rule switch
    {
        Rule.Cadence cadence => CadenceJudge.Judge(cadence, evidence),
        Rule.Order order => OrderJudge.Judge(order, evidence),
        Rule.ApartDays apart => ApartDaysJudge.Judge(apart, evidence),
        Rule.Window window => WindowJudge.Judge(window, evidence),
        Rule.TimeOfDay times => TimeOfDayJudge.Judge(times, evidence),
        Rule.Weekdays weekdays => WeekdaysJudge.Judge(weekdays, evidence),
        Rule.SamePerson same => SamePersonJudge.Judge(same, evidence),
        Rule.DifferentPeople different => DifferentPeopleJudge.Judge(different, evidence),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a judge."),
    };
}
