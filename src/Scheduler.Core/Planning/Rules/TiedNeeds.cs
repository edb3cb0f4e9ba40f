using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The needs whose person matters to other visits: those of chains, and of relations that somebody could break. A set of them is one of bits.</summary>
internal sealed class TiedNeeds
{
    private readonly CourseVisits visits;
    private readonly Availability availability;
    private readonly List<(string Type, Need Need)> needs = [];
    private readonly int[] firstOf;
    private readonly Dictionary<(int, int), bool> canMeet = [];
    private readonly Dictionary<(int Visit, int Need), int[]> given = [];

    /// <summary>Numbers the needs of a protocol's visit types.</summary>
    public TiedNeeds(Protocol protocol, CourseVisits visits, Availability availability)
    {
        (this.visits, this.availability) = (visits, availability);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in protocol.VisitTypes)
        {
            first.Add(type.Id, needs.Count);
            needs.AddRange(type.Needs.Select(n => (type.Id, n)));
        }

        firstOf = [.. visits.Ids.Select(v => first[v.Type])];
    }

    /// <summary>How many needs there are.</summary>
    public int Count => needs.Count;

    /// <summary>Whether a relation of people says anything: of two people who are never one it need not say that they differ.</summary>
    public bool Binds(PersonRelation relation) => relation.Same || CanMeet((relation.First, relation.FirstNeed), (relation.Second, relation.SecondNeed));

    /// <summary>Ties a need of a visit.</summary>
    public void Tie(ulong[] tied, int visit, int need) => DaySet.Add(tied, firstOf[visit] + need);

    /// <summary>The numbers of all needs of a visit's type.</summary>
    public IEnumerable<int> Of(string type) => Enumerable.Range(0, needs.Count).Where(n => needs[n].Type == type);

    /// <summary>Tied needs by their names.</summary>
    public HashSet<(string Type, string Need)> Named(ulong[] tied) =>
        [.. DaySet.All(tied).Where(n => n < needs.Count).Select(n => (needs[n].Type, needs[n].Need.Id))];

    /// <summary>Whether anybody could fill needs of two visits.</summary>
    private bool CanMeet((int Visit, int Need) one, (int Visit, int Need) other)
    {
        if (visits.FixedAt[one.Visit] is not null || visits.FixedAt[other.Visit] is not null)
        {
            return Candidates(one).Intersect(Candidates(other)).Any();
        }

        var pair = (firstOf[one.Visit] + one.Need, firstOf[other.Visit] + other.Need);
        if (!canMeet.TryGetValue(pair, out var can))
        {
            canMeet.Add(pair, can = Candidates(one).Intersect(Candidates(other)).Any());
        }

        return can;
    }

    /// <summary>Who can fill a need of a visit. Who filled it where the visit is fixed may not be one who could be chosen any more.</summary>
    private int[] Candidates((int Visit, int Need) of)
    {
        var need = needs[firstOf[of.Visit] + of.Need].Need;
        if (visits.FixedAt[of.Visit] is not { } place)
        {
            return availability.CandidatesFor(need);
        }

        if (!given.TryGetValue(of, out var whom))
        {
            var id = place.ResourceFor(need.Id);
            given.Add(of, whom = [.. Enumerable.Range(0, availability.Resources.Count).Where(r => availability.Resources[r].Id == id)]);
        }

        return whom;
    }
}
