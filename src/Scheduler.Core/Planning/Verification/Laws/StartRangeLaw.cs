using NodaTime;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Nothing lies before the request's <c>from</c>, and the course begins inside the start range.</summary>
internal static class StartRangeLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        var request = evidence.Request;
        foreach (var visit in evidence.Free.Where(v => v.Date < request.From))
        {
            yield return new([visit.Id], [], $"{Say.Visit(visit)} lies before {Say.Day(request.From)}.");
        }

        var certain = evidence.Known.Where(v => !evidence.Protocol.TypeOf(v.Id).IsConditional).ToList();
        if (evidence.FixedVisits.Count == 0 && certain.Count > 0 && certain.Min(v => v.Date) is LocalDate first && first > request.LastStart)
        {
            yield return new([certain.First(v => v.Date == first).Id], [], $"The course begins on {Say.Day(first)}; the last day for it is {Say.Day(request.LastStart)}.");
        }
    }
}
