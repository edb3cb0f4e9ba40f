using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>shape</c>: a visit is as long as its type says and takes what its needs say.</summary>
internal static class Shape
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            var duration = visit.Type.DurationOf(visit.Id.Ordinal);
            if (visit.Placed.End == visit.Placed.Start.PlusMinutes(duration) && IsAsNeeded(visit, duration, visit.Placed.Start))
            {
                continue;
            }

            foreach (var breach in Breaches(evidence, visit, duration))
            {
                yield return breach;
            }
        }
    }

    private static IEnumerable<Breach> Breaches(Evidence evidence, JudgedVisit visit, int duration)
    {
        var end = visit.Placed.Start.PlusMinutes(duration);
        if (visit.Placed.End != end)
        {
            yield return new([visit.Id], [], $"{Wording.Of(visit)} must last {duration} min, until {Wording.Of(end)}.");
        }

        if (IsAsNeeded(visit, duration, visit.Placed.Start))
        {
            yield break;
        }

        // Whoever moves a visit by hand easily forgets its resources: that is one mistake, not one for each of them.
        if (visit.Uses.Length > 0 && MeantStart(visit, duration) is var meant && meant != visit.Placed.Start && IsAsNeeded(visit, duration, meant))
        {
            yield return new(
                [visit.Id],
                [],
                $"{Wording.Of(visit)} has the times of its resources as for a start on {Wording.Of(meant)}. Move the start and end of its resources with it.");
            yield break;
        }

        var unexplained = visit.Uses.ToList();
        foreach (var need in visit.Type.Needs)
        {
            foreach (var segment in need.Segments)
            {
                var (from, to) = segment.In(duration);
                var (start, stop) = (visit.Placed.Start.PlusMinutes(from), visit.Placed.Start.PlusMinutes(to));
                var use = unexplained.Find(u => IsFor(u, need, segment, visit.Placed.Start, from, to));
                if (use is null)
                {
                    yield return new([visit.Id], [], $"{visit.Id} takes no {need.Id} {Wording.Of(segment.Use)} on {Wording.Of(start, stop)}, but must.");
                }
                else
                {
                    unexplained.Remove(use);
                }
            }
        }

        foreach (var use in unexplained)
        {
            yield return new(
                [visit.Id],
                [use.Resource],
                $"{visit.Id} takes {Wording.ResourceOf(evidence, use.Resource)} as {use.Need} {Wording.Of(use.Use)} on {Wording.Of(use.Start, use.End)}, "
                + "but has no such need then.");
        }

        foreach (var breach in Fillings(evidence, visit))
        {
            yield return breach;
        }
    }

    /// <summary>Whether the uses are the needs' segments one by one, each need with a resource of its own: the usual case, told quickly.</summary>
    private static bool IsAsNeeded(JudgedVisit visit, int duration, LocalDateTime start)
    {
        var next = 0;
        foreach (var need in visit.Type.Needs)
        {
            var filler = next < visit.Uses.Length ? visit.Uses[next].Resource : "";
            if (need.Segments.IsEmpty || IsTaken(visit, next, filler))
            {
                return false;
            }

            foreach (var segment in need.Segments)
            {
                var (from, to) = segment.In(duration);
                if (next == visit.Uses.Length || visit.Uses[next].Resource != filler || !IsFor(visit.Uses[next], need, segment, start, from, to))
                {
                    return false;
                }

                next++;
            }
        }

        return next == visit.Uses.Length;
    }

    private static bool IsTaken(JudgedVisit visit, int uses, string filler)
    {
        for (var i = 0; i < uses; i++)
        {
            if (visit.Uses[i].Resource == filler)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the visit would have to start for its first resource to be right.</summary>
    private static LocalDateTime MeantStart(JudgedVisit visit, int duration) =>
        visit.Type.Needs.FirstOrDefault(n => !n.Segments.IsEmpty) is { } first
            ? visit.Uses[0].Start.PlusMinutes(-first.Segments[0].In(duration).From)
            : visit.Placed.Start;

    private static bool IsFor(ResourceUse use, Need need, Segment segment, LocalDateTime start, int from, int to) =>
        use.Need == need.Id && use.Role == need.Role && use.Use == segment.Use && use.Start == start.PlusMinutes(from) && use.End == start.PlusMinutes(to);

    /// <summary>One resource for a need, and another for another need.</summary>
    private static IEnumerable<Breach> Fillings(Evidence evidence, JudgedVisit visit)
    {
        foreach (var need in visit.Type.Needs)
        {
            var fillers = visit.Uses.Where(u => u.Need == need.Id).Select(u => u.Resource).Distinct().ToArray();
            if (fillers.Length > 1)
            {
                yield return new(
                    [visit.Id],
                    [.. fillers],
                    $"{Wording.Of(visit)} has {Names(evidence, fillers)} as {need.Id}, but one must fill the need throughout.");
            }
        }

        foreach (var uses in visit.Uses.GroupBy(u => u.Resource))
        {
            var needs = uses.Where(u => visit.NeedOf(u) is not null).Select(u => u.Need).Distinct().ToList();
            if (needs.Count > 1)
            {
                yield return new(
                    [visit.Id],
                    [uses.Key],
                    $"{Wording.Of(visit)} has {Wording.ResourceOf(evidence, uses.Key)} as {string.Join(" and ", needs)}, but each need must have its own.");
            }
        }
    }

    private static string Names(Evidence evidence, IEnumerable<string> resources) =>
        string.Join(" and ", resources.Select(r => Wording.ResourceOf(evidence, r)));
}
