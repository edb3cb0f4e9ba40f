using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>Several proposals are a choice: the best first, and each one a patient would tell from the others.</summary>
public class ProposalsTests
{
    [Fact]
    public void Proposals_come_best_first_and_are_told_apart_by_a_patient() => Seeds.Hold(80, (request, _) =>
    {
        var several = request with { Proposals = 4 };
        var outcome = Known.Outcome(several);
        var proposals = Known.Proposals(outcome);
        var costs = proposals.Select(p => p.Cost).ToList();
        var noticed = proposals.Select(p => Noticed(request, p.Calendar)).ToList();
        return !costs.SequenceEqual(costs.Order()) ? $"not best first: {string.Join(", ", costs)}"
            : noticed.Distinct().Count() != noticed.Count ? $"alike: {string.Join(" and ", noticed)}\n{Description.Describe(outcome)}"
            : Known.Breach(several, outcome);
    });

    [Fact]
    public void The_first_of_several_is_the_only_one_of_one() => Seeds.Hold(80, (request, _) =>
    {
        var (one, several) = (Known.Outcome(request with { Proposals = 1 }), Known.Outcome(request with { Proposals = 4 }));
        var first = several is Outcome.Placed placed ? placed with { Proposals = placed.Proposals[..1] } : several;
        return Description.Describe(first with { Steps = 0 }) == Description.Describe(one with { Steps = 0 })
            ? null
            : $"different: {Description.Describe(one)}\nand {Description.Describe(several)}";
    });

    [Fact]
    public void Fewer_proposals_are_the_first_of_more() => Seeds.Hold(60, (request, _) =>
        Known.Outcome(request with { Proposals = 4 }) is Outcome.Placed { Proposals: { Length: > 2 } four }
        && Known.Proposals(Planner.Plan(request with { Proposals = 2 })) is var two
        && Text([.. four.Take(2)]) != Text([.. two])
            ? $"different: {Text([.. two])}\nand {Text([.. four])}"
            : null);

    // That a proposal says all it can: what the second one forgoes is not to be had at all, or the first would have been another.
    [Fact]
    public void Many_courses_have_several_proposals() =>
        Assert.InRange(Enumerable.Range(0, 60).Count(s => Known.Proposals(Known.Outcome(Known.Request(s) with { Proposals = 4 })).Length > 1), 20, 60);

    private static string Text(Proposal[] proposals) => Description.Describe(new Outcome.Placed([.. proposals]));

    /// <summary>The first day of treatment, the weekdays of each treatment, the people; of a course without treatment, of all that is certain.</summary>
    private static string Noticed(PlanningRequest request, TreatmentCalendar calendar)
    {
        var certain = calendar.Visits.Where(v => !request.Protocol.TypeOf(v.Id).IsConditional || request.Fixed.Any(f => f.Id == v.Id)).ToList();
        var treatment = certain.Where(v => request.Protocol.TypeOf(v.Id).Purpose == VisitPurpose.Treatment).ToList();
        var noticed = treatment.Count > 0 ? treatment : certain;
        var weekdays = noticed.GroupBy(v => v.Id.Type).Select(s => string.Join(' ', s.Select(v => v.Date.DayOfWeek).Order()));
        var people = noticed.SelectMany(v => request.Protocol.TypeOf(v.Id).Needs.Where(n => n.Kind == NeedKind.Person).Select(n => $"{v.Id} {v.ResourceFor(n.Id)}"));
        return $"{noticed.Min(v => v.Date)}; {string.Join("; ", weekdays)}; {string.Join(", ", people)}";
    }
}
