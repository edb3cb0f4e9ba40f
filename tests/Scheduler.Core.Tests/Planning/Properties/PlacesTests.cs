using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Explanation.Places;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>Where a visit may lie while the others stay, the judge accepts it at the stated cost; elsewhere it is refused for the stated reasons.</summary>
public class PlacesTests
{
    [Fact]
    public void Each_place_is_legal_at_its_cost_and_each_other_start_is_refused_for_what_is_said() => Seeds.Hold(60, (request, chance) =>
    {
        if (Known.Proposals(Known.Outcome(request)) is not [var proposal, ..] || Movable(request, proposal.Calendar, chance) is not { } visit)
        {
            return null;
        }

        var judged = new JudgedPlaces(request, proposal.Calendar, visit);
        var now = proposal.Calendar.Find(visit)!.Date;
        LocalDate[] days = [now.PlusDays(chance.From(-40, 200)), now, .. Enumerable.Range(0, 5).Select(_ => now.PlusDays(chance.From(-9, 9)))];
        var places = days.Distinct().Select(day => VisitPlaces.Of(request, proposal.Calendar, visit, new(day, day)).Days.Single());
        return places.Select(judged.WrongWith).FirstOrDefault(wrong => wrong is not null);
    });

    [Fact]
    public void What_is_booked_counts_in_the_cost_of_a_place() => Seeds.Hold(30, (request, chance) =>
    {
        if (Known.Proposals(Known.Outcome(request)) is not [var proposal, ..] || Movable(request, proposal.Calendar, chance) is not { } visit)
        {
            return null;
        }

        var date = proposal.Calendar.Find(visit)!.Date;
        var booked = request with { Booked = [.. proposal.Calendar.Visits.Select(v => chance.Percent(70) ? v : v with { Start = v.Start.PlusMinutes(60) })] };
        var judged = new JudgedPlaces(booked, proposal.Calendar, visit);
        return VisitPlaces.Of(booked, proposal.Calendar, visit, new(date, date.PlusDays(1))).Days.Select(judged.WrongWith).FirstOrDefault(wrong => wrong is not null);
    });

    private static VisitId? Movable(PlanningRequest request, TreatmentCalendar calendar, Chance chance)
    {
        VisitId[] movable = [.. calendar.Visits.Select(v => v.Id).Where(v => !request.Fixed.Any(f => f.Id == v))];
        return movable.Length == 0 ? null : chance.One(movable);
    }
}
