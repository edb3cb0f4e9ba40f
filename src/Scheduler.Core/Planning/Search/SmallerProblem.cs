namespace Scheduler.Core.Planning.Search;

/// <summary>A course of which only some visits are looked at, prices left out of account: what has no calendar so, has none as a whole.</summary>
internal static class SmallerProblem
{
    /// <summary>The course of some visits, with what must hold among them.</summary>
    /// <param name="whole">The course.</param>
    /// <param name="isKept">Which visits.</param>
    /// <param name="startCounts">Whether the visits that may be the first of the course are all among them.</param>
    public static SearchProblem Of(SearchProblem whole, Predicate<VisitModel> isKept, bool startCounts)
    {
        int[] kept = [.. Enumerable.Range(0, whole.Visits.Length).Where(v => isKept(whole.Visits[v]))];
        var at = new int[whole.Visits.Length];
        Array.Fill(at, -1);
        for (var i = 0; i < kept.Length; i++)
        {
            at[kept[i]] = i;
        }

        var apart = Pairs(whole.Apart);
        var never = new bool[kept.Length, kept.Length];
        foreach (var (a, b) in apart)
        {
            never[a, b] = true;
        }

        return new()
        {
            Origin = whole.Origin,
            Days = whole.Days,
            From = whole.From,
            LastStart = startCounts ? whole.LastStart : null,
            Visits = Array.ConvertAll(kept, v => whole.Visits[v]),
            InOrder = [.. whole.InOrder.Select(v => at[v]).Where(v => v >= 0)],
            Relations = [.. whole.Relations.Where(r => Has(r.First, r.Second)).Select(r => new DayRelation(at[r.First], at[r.Second], r.Days))],
            Apart = apart,
            Precedence = Pairs(whole.Precedence),
            Spacings = [.. whole.Spacings.Where(s => Has(s.First, s.Second)).Select(s => s with { First = at[s.First], Second = at[s.Second] })],
            Stays = Pairs(whole.Stays),
            HangsOn = Pairs(whole.HangsOn),
            HourSpans = [.. whole.HourSpans.Where(h => Has(h.Anchor, h.Visit)).Select(h => h with { Anchor = at[h.Anchor], Visit = at[h.Visit] })],
            Quotas = [.. whole.Quotas.Select(q => q with { Visits = [.. q.Visits.Where(v => at[v] >= 0).Select(v => at[v])] }).Where(q => q.Visits.Length > 0)],
            Exclusive = Pairs(whole.Exclusive),
            NeverShare = never,
            Windows = [],
            People = [.. whole.People.Where(p => p.IsMust && Has(p.First, p.Second)).Select(p => p with { First = at[p.First], Second = at[p.Second] })],
            Chains = [],
            IsCut = whole.IsCut,
            Availability = whole.Availability,
        };

        bool Has(int a, int b) => at[a] >= 0 && at[b] >= 0;

        HashSet<(int, int)> Pairs(HashSet<(int First, int Second)> pairs) => [.. pairs.Where(p => Has(p.First, p.Second)).Select(p => (at[p.First], at[p.Second]))];
    }
}
