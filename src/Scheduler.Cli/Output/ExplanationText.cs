using System.Globalization;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Output;

/// <summary>Prints for people why a course has no calendar, and what would help.</summary>
internal sealed class ExplanationText(Surroundings around)
{
    public void Print(PlanningAnswer answer)
    {
        var request = answer.Request;
        around.Say($"{request.Protocol.Title} ({request.Protocol.Id} {request.Protocol.Version})");
        around.Say($"{request.Clinic.Title}, {request.Clinic.Zone.Id}; start from {Texts.Date(request.From)} to {Texts.Date(request.LastStart)}");
        around.Say("");
        switch (answer.Outcome)
        {
            case Outcome.Infeasible infeasible:
                Explain(request, infeasible, answer);
                break;
            case Outcome.Unproved { Proposals.IsEmpty: true }:
                around.Say($"No calendar was found within {Spoken.Count(request.StepBudget, "step")}, and none was ruled out; allow more --steps.");
                break;
            default:
                around.Say("Nothing stands in the way: there is a calendar, and 'scheduler schedule' shows it.");
                break;
        }
    }

    private void Explain(PlanningRequest request, Outcome.Infeasible infeasible, PlanningAnswer answer)
    {
        around.Say("No calendar exists.");
        foreach (var conflict in infeasible.Conflicts)
        {
            around.Say($"- {conflict.Message}");
        }

        around.Say("");
        if (answer.Relaxations.IsEmpty)
        {
            around.Say("Nothing that could be given was found to help.");
            return;
        }

        around.Say("Any one of these would help; each was planned:");
        for (var i = 0; i < answer.Relaxations.Length; i++)
        {
            var relaxation = answer.Relaxations[i];
            around.Say($"{i + 1}. {EasingWords.Say(request, relaxation.Easings)} {Then(request, relaxation)}");
        }
    }

    /// <summary>What can be booked then.</summary>
    private static string Then(PlanningRequest request, Relaxation relaxation)
    {
        var (visits, deviations) = (relaxation.Proposal.Calendar.Visits, relaxation.Proposal.Cost.Minor + relaxation.Proposal.Cost.Major);
        var treatment = visits.Where(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false }).Select(v => v.Date).ToList();
        return $"Then the first visit is on {Day(visits.Min(v => v.Date))}"
            + (treatment.Count == 0 ? "" : $", treatment from {Day(treatment.Min())} to {Day(treatment.Max())}")
            + (deviations == 0 ? "." : $", with {Spoken.Count(deviations, "deviation")}.");
    }

    private static string Day(LocalDate date) => date.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);
}
