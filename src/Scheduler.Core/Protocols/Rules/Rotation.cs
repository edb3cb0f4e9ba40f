using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>Rotation.</content>
public abstract partial record Rule
{
    /// <summary>
    /// Nobody fills a need twice in a row along these visits. Where it only should be so, each visit with the person of the one before
    /// it is one change of person (the objective's third term).
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">Two or more visits, each once, in the order in which they follow each other; each has the need.</param>
    /// <param name="Need">The id of the need.</param>
    /// <param name="IsMust">Whether it must be so.</param>
    public sealed record Rotation(RuleHead Head, ImmutableArray<VisitId> Visits, string Need, bool IsMust) : Rule(Head)
    {
        /// <summary>
        /// The pairs in a row: two visits between which none lies that is there whenever both are. What results decide comes between certain
        /// visits for sure only once it is known, so that these differ among themselves and from it.
        /// </summary>
        /// <param name="onlyIf">The condition without which a visit is not needed; null for one that is there anyway.</param>
        /// <param name="isLeftOut">Whether the course goes without a visit.</param>
        public IEnumerable<(VisitId Before, VisitId After)> InARow(Func<VisitId, string?> onlyIf, Func<VisitId, bool> isLeftOut)
        {
            VisitId[] visits = [.. Visits.Where(v => !isLeftOut(v))];
            for (var after = 1; after < visits.Length; after++)
            {
                var (own, between) = (onlyIf(visits[after]), new HashSet<string>());
                for (var before = after - 1; before >= 0; before--)
                {
                    var condition = onlyIf(visits[before]);
                    if (condition is null || between.Add(condition))
                    {
                        yield return (visits[before], visits[after]);
                    }

                    if (condition is null || condition == own)
                    {
                        break;
                    }
                }
            }
        }
    }
}
