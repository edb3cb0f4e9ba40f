using NodaTime.Text;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Core.Tests.Planning.Explanation.Places;

/// <summary>Visits of the shipped protocols are picked up in the busy clinic.</summary>
public sealed class ShippedPlacesTests
{
    public static TheoryData<string, string, DeviationLimit> Cases => new()
    {
        { "feder-2025-ketamine-wet", "2027-01-04", DeviationLimit.None },
        { "feder-2025-ketamine-wet", "2027-01-04", DeviationLimit.Major },
        { "macconnel-2025-ketamine", "2026-12-01", DeviationLimit.None },
        { "ketamine-assisted-psychotherapy", "2027-02-01", DeviationLimit.Minor },
        { "maintenance-after-response", "2027-02-01", DeviationLimit.None },
        { "ect-acute", "2026-12-01", DeviationLimit.None },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_place_is_legal_at_its_cost_and_each_other_start_is_refused_for_what_is_said(string protocol, string from, DeviationLimit deviations)
    {
        var request = new PlanningRequest(
            Repository.Protocol($"{protocol}.yaml"), Repository.Clinic("clinic-busy.yaml"), Repository.Patient("patient-any.yaml"), LocalDatePattern.Iso.Parse(from).Value) { Deviations = deviations };
        var calendar = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar;
        var (prepared, found) = (new PreparedClinic(request.Clinic), 0);
        foreach (var visit in calendar.Visits.GroupBy(v => v.Id.Type).Select(series => series.ElementAt(series.Count() / 2)))
        {
            var judged = new JudgedPlaces(request, calendar, visit.Id);
            foreach (var days in new[] { -7, -1, 0, 3 })
            {
                var date = visit.Date.PlusDays(days);
                var day = Assert.Single(VisitPlaces.Of(request, calendar, visit.Id, new(date, date), prepared).Days);
                Assert.Null(judged.WrongWith(day));
                found += day.Places.Length;
            }
        }

        Assert.True(found > 0);
    }
}
