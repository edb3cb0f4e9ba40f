namespace Scheduler.Core.Planning;

/// <summary>Places a course: from a request to the best calendar, proved, or to the reasons why there is none.</summary>
public static class Planner
{
    /// <summary>Answers a request. The same request gives the same answer, everywhere and at any time.</summary>
    public static Outcome Plan(PlanningRequest request) => throw new NotSupportedException($"No planner yet for {request.From}.");
}
