using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What would help does: there is a legal calendar with it. Nothing of it can be spared.</summary>
public class RelaxationsTests
{
    /// <summary>Ten times what a trial may take.</summary>
    private const long Steps = 20_000;

    [Fact]
    public void With_each_there_is_a_legal_calendar() => Seeds.Hold(80, (request, _) =>
    {
        foreach (var relaxation in Of(request))
        {
            var verdict = Verifier.Judge(relaxation.Eased, relaxation.Proposal.Calendar);
            if (!verdict.Holds || verdict.Cost != relaxation.Proposal.Cost)
            {
                return $"no help: {Said(request, relaxation)}: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
            }
        }

        return null;
    });

    [Fact]
    public void Less_than_each_is_not_enough() => Seeds.Hold(80, (request, _) =>
    {
        foreach (var relaxation in Of(request))
        {
            foreach (var one in relaxation.Easings)
            {
                var others = relaxation.Easings.Remove(one);
                if (HasCalendar(Relaxations.After(request, others)))
                {
                    return $"more than needed: {EasingWords.Say(request, one)} in {Said(request, relaxation)}";
                }

                if (Less(request, one) is { } less && HasCalendar(Relaxations.After(request, [.. others, less])))
                {
                    return $"larger than needed: {EasingWords.Say(request, one)}";
                }
            }
        }

        return null;
    });

    private static bool HasCalendar(PlanningRequest request) => Planner.HasCalendar(request, new(request.Clinic), Steps).IsFound;

    [Fact]
    public void Help_is_found_often_and_of_every_kind()
    {
        var kinds = Enumerable.Range(0, 240).Select(Known.Request).SelectMany(Of).SelectMany(r => r.Easings).Select(e => e.GetType().Name).ToHashSet();

        Assert.All(
            [nameof(Easing.LongerStart), nameof(Easing.Deviations), nameof(Easing.WiderWindow), nameof(Easing.ExtraHours), nameof(Easing.MovedBooking), nameof(Easing.PatientComes)],
            kind => Assert.Contains(kind, kinds));
    }

    private static IEnumerable<Relaxation> Of(PlanningRequest request) =>
        Known.Outcome(request) is Outcome.Infeasible infeasible ? Relaxations.Of(request, infeasible.Conflicts) : [];

    private static Easing? Less(PlanningRequest request, Easing easing) => easing switch
    {
        Easing.LongerStart longer when longer.StartWithinDays > request.StartWithinDays + 1 => longer with { StartWithinDays = longer.StartWithinDays - 1 },
        Easing.WiderWindow { Earlier: > 1 } wider => wider with { Earlier = wider.Earlier - 1, Later = Math.Max(0, wider.Later - 1) },
        Easing.WiderWindow { Later: > 1 } wider => wider with { Later = wider.Later - 1 },
        _ => null,
    };

    private static string Said(PlanningRequest request, Relaxation relaxation) => EasingWords.Say(request, relaxation.Easings);
}
