using System.Collections.Immutable;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>What rules about people say of somebody who fills a need of the visit, given whom the other visits have.</summary>
/// <param name="around">The calendar.</param>
/// <param name="ties">What rules say.</param>
internal sealed class PeoplePrices(CalendarAround around, IReadOnlyList<Tie> ties)
{
    /// <summary>The must-rules that somebody would break.</summary>
    public ImmutableArray<string> Broken(Need need, string who) =>
        [.. ties.Where(t => t.Ties.People.Any(p => p.IsMust && Breaks(p, need.Id, who, certainOnly: false))).Select(t => t.Rule!).Distinct()];

    /// <summary>Changes of person where continuity and independence only should be.</summary>
    public PackedCost Price(Need need, string who, bool certainOnly)
    {
        var changes = 0;
        foreach (var tie in ties)
        {
            changes += tie.Ties.People.Count(p => !p.IsMust && Breaks(p, need.Id, who, certainOnly));
            changes += tie.Ties.Chains.Where(c => c.Need == need.Id).Sum(c => ChangesAlong(c.Visits, need.Id, who, certainOnly));
        }

        return PackedCost.PersonChanges(changes);
    }

    /// <summary>The rules about two needs of the visit itself.</summary>
    public IEnumerable<(string Rule, string First, string Second, bool Same, bool IsMust)> Inside() =>
        from tie in ties
        from relation in tie.Ties.People
        where relation.First.Visit == relation.Second.Visit
        select (tie.Rule!, relation.First.Need, relation.Second.Need, relation.Same, relation.IsMust);

    private bool Breaks((VisitNeed First, VisitNeed Second, bool Same, bool IsMust) relation, string need, string who, bool certainOnly)
    {
        var (mine, other) = relation.First.Visit == around.Id ? (relation.First, relation.Second) : (relation.Second, relation.First);
        return mine.Need == need && other.Visit != around.Id && PersonIn(other, certainOnly) is { } person && (person == who) != relation.Same;
    }

    /// <summary>Changes along visits, each seen beside the nearest one before it that can be needed as well.</summary>
    private int ChangesAlong(IReadOnlyList<VisitId> visits, string need, string who, bool certainOnly)
    {
        var changes = 0;
        for (var i = 1; i < visits.Count; i++)
        {
            if (PersonAt(visits[i]) is not { } person)
            {
                continue;
            }

            for (var before = i - 1; before >= 0; before--)
            {
                if (PersonAt(visits[before]) is { } other && !around.Visits.Exclusive.Contains((around.Visits.IndexOf(visits[before]), around.Visits.IndexOf(visits[i]))))
                {
                    changes += other == person ? 0 : 1;
                    break;
                }
            }
        }

        return changes;

        string? PersonAt(VisitId visit) => visit == around.Id ? who : PersonIn(new(visit, need), certainOnly);
    }

    private string? PersonIn(VisitNeed need, bool certainOnly)
    {
        var other = around.Visits.IndexOf(need.Visit);
        return around.Counts(other, certainOnly) ? around.Other(other)!.ResourceFor(need.Need) : null;
    }
}
