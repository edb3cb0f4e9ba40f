
namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>A visit lasts as long as its type says, and its uses are its needs' segments, each need filled by a resource of its own.</summary>
internal static class ShapeLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var visit in evidence.Free)
        {
            var type = evidence.Protocol.TypeOf(visit.Id);
            var duration = type.DurationOf(visit.Id.Ordinal);
            if (visit.End != visit.Start.PlusMinutes(duration))
            {
                yield return new([visit.Id], [], $"{Say.Visit(visit)} must last {duration} min.");
            }

            foreach (var need in type.Needs)
            {
                var uses = visit.Uses.Where(u => u.Need == need.Id).ToList();
                var expected = need.Segments.Select(s => (s.Use, Start: visit.Start.PlusMinutes(s.In(duration).From), End: visit.Start.PlusMinutes(s.In(duration).To))).Order().ToList();
                if (!uses.Select(u => (u.Use, u.Start, u.End)).Order().SequenceEqual(expected))
                {
                    yield return new([visit.Id], [.. uses.Select(u => u.Resource).Distinct()], $"The uses of '{need.Id}' in {Say.Visit(visit)} are not those that the protocol asks for.");
                }

                if (uses.Select(u => u.Resource).Distinct().Count() > 1)
                {
                    yield return new([visit.Id], [.. uses.Select(u => u.Resource).Distinct()], $"'{need.Id}' of {Say.Visit(visit)} is filled by two resources; one must fill all of it.");
                }
            }

            foreach (var use in visit.Uses.Where(u => type.Needs.All(n => n.Id != u.Need)))
            {
                yield return new([visit.Id], [use.Resource], $"{visit.Id} needs nobody and nothing as '{use.Need}'.");
            }

            foreach (var twice in visit.Uses.GroupBy(u => u.Resource).Where(g => g.Select(u => u.Need).Distinct().Count() > 1))
            {
                yield return new([visit.Id], [twice.Key], $"{Say.Resource(evidence.Clinic, twice.Key)} fills two needs of {Say.Visit(visit)}.");
            }
        }
    }
}
