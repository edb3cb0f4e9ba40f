using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>A prepared clinic changes no answer, whatever it was asked before.</summary>
public class PreparedClinicTests
{
    [Fact]
    public void Requests_get_the_same_answer_one_after_the_other_as_each_alone() => Seeds.Hold(30, (request, chance) =>
    {
        var prepared = new PreparedClinic(request.Clinic);
        foreach (var days in new[] { 0, chance.From(1, 40), -chance.From(1, 40), 400, 0 })
        {
            // Fixed visits stay where they are, so that the first day is theirs.
            var asked = request with { From = request.From.PlusDays(days), StepBudget = Math.Min(request.StepBudget, 20_000) };
            var (alone, after) = (Said(asked, Planner.Plan(asked)), Said(asked, Planner.Plan(asked, prepared)));
            if (alone != after)
            {
                return $"different {days} days on: {alone}\nand {after}";
            }
        }

        return null;
    });

    [Fact]
    public void What_is_known_of_a_clinic_serves_it_after_hours_and_bookings_of_some_have_changed() => Seeds.Hold(60, (request, chance) =>
    {
        var asked = request with { StepBudget = Math.Min(request.StepBudget, 20_000) };
        var prepared = new PreparedClinic(request.Clinic);
        Planner.Plan(asked, prepared);
        for (var times = 0; times < 3; times++)
        {
            var clinic = request.Clinic;
            var changed = chance.Some(clinic.Resources.Select(r => r.Id), chance.From(1, 2)).ToHashSet();
            var date = request.From.PlusDays(chance.From(0, 9));
            clinic = clinic with
            {
                Resources = [.. clinic.Resources.Select(r => changed.Contains(r.Id) && chance.Percent(50) ? r with { Exceptions = r.Exceptions.Add(new(date, date.PlusDays(chance.From(0, 4)), [])) } : r)],
                Bookings = [.. clinic.Bookings.Where(b => !changed.Contains(b.Resource) || chance.Percent(60)), .. changed.Select(r => new Booking(r, date.PlusDays(1), new(9 * 60, 10 * 60), Use.Exclusive))],
            };
            var now = asked with { Clinic = clinic };
            var (alone, after) = (Said(now, Planner.Plan(now)), Said(now, Planner.Plan(now, prepared.After(clinic, changed))));
            if (alone != after)
            {
                return $"different after a change of {string.Join(", ", changed)}: {alone}\nand {after}";
            }
        }

        return Said(asked, Planner.Plan(asked)) == Said(asked, Planner.Plan(asked, prepared)) ? null : "the clinic as it was is no longer known";
    });

    [Fact]
    public void A_patient_is_told_nothing_of_the_patient_before()
    {
        var (request, other) = (RandomRequest.Large(3), RandomRequest.Large(4).Patient);
        var (asked, prepared) = (request with { Patient = other }, new PreparedClinic(request.Clinic));
        Planner.Plan(request, prepared);
        Assert.Equal(Said(asked, Planner.Plan(asked)), Said(asked, Planner.Plan(asked, prepared)));
    }

    [Fact]
    public void A_clinic_that_has_changed_is_refused()
    {
        var request = RandomRequest.Large(3);
        var changed = request with { Clinic = request.Clinic with { Bookings = [] } };
        Assert.Throws<ArgumentException>(() => Planner.Plan(changed, new PreparedClinic(request.Clinic)));
    }

    private static string Said(PlanningRequest request, Outcome outcome) =>
        $"{outcome.Steps} steps\n" + System.Text.Encoding.UTF8.GetString(CalendarJson.Write(new(request, outcome, HasPatient: true)));
}
