namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>start-range</c>: the course starts in the days that the request gives it.</summary>
internal static class StartRange
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var request = evidence.Request;
        foreach (var visit in evidence.Open)
        {
            if (visit.Date >= request.From)
            {
                continue;
            }

            yield return new([visit.Id], [], $"{Wording.OnDay(visit)}, but no visit may lie before {Wording.Of(request.From)}.");
        }

        if (request.Fixed.IsEmpty
            && evidence.Visits.Where(v => !v.Type.IsConditional).MinBy(v => v.Date) is { } first
            && first.Date > request.LastStart)
        {
            yield return new(
                [first.Id], [], $"The course begins with {first.Id} on {Wording.Of(first.Date)}, but must begin by {Wording.Of(request.LastStart)}.");
        }
    }
}
