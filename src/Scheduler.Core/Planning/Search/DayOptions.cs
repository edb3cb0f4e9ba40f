using System.Numerics;

namespace Scheduler.Core.Planning.Search;

/// <summary>The options of a class of visits on each day: which starts and resources there are, and the best of them. Computed when asked.</summary>
/// <param name="visits">The class.</param>
/// <param name="availability">When resources and patient can.</param>
/// <param name="first">The first day that anybody asks about.</param>
/// <param name="last">The last such day.</param>
/// <param name="known">What is known of days before anybody looks; null where nothing is.</param>
internal sealed class DayOptions(VisitClass visits, Availability availability, int first, int last, KnownDays? known = null)
{
    /// <summary>Options of a day that cost no step; a clinic has some hundred.</summary>
    private const int UsualOptions = 4_096;

    /// <summary>With more candidates, what each makes of fragments on each day takes longer to count than it saves.</summary>
    private const int MostToCount = 128;

    /// <summary>With more crews, what is known of all of them takes longer to compare than it saves.</summary>
    private const int MostCrews = 64;

    /// <summary>Candidates of a need that are asked for nothing; of each of as many more, a piece of work.</summary>
    private const int UsualCandidates = 16;

    private readonly RequestDays<TickSet>?[] starts = new RequestDays<TickSet>?[visits.Needs.Length * availability.Resources.Count];
    private readonly ByDay<(bool IsKnown, Option? Option)>[] best = new ByDay<(bool, Option?)>[visits.Crews.Length];
    private readonly Dictionary<(int Crew, int Day, ulong Met), Option[]> all = [];
    private readonly ByDay<int?>[] leastFragments = new ByDay<int?>[visits.Crews.Length];
    private readonly ByDay<Option?> firstPlaces = new();
    private readonly ByDay<TickSet?> ofAnyCrew = new();
    private readonly FragmentSums sums = new();
    private readonly Presence presence = new(visits, availability);
    private readonly int candidates = visits.Needs.Sum(n => n.Candidates.Length);

    /// <summary>Whether no option costs anything, so that the first is the best.</summary>
    private readonly bool isFree = visits is { StartPoints: null, DayPoints: null, Booked: null }
        && Array.TrueForAll(visits.Needs, n => Array.TrueForAll(n.Points, p => p == 0) && !Array.Exists(n.Candidates, availability.IsTreatmentResource));

    /// <summary>Whether it matters who takes part in a visit that is moved.</summary>
    private readonly bool asksWhereMoved = visits.Booked is { } booked && Enumerable.Range(0, visits.Needs.Length).Any(booked.CountsWhereMoved);

    /// <summary>Whether it matters who the crew is.</summary>
    private readonly bool isTied = Array.Exists(visits.Tied, tied => tied);

    private StepBudget budget = new(long.MaxValue);
    private int? fewestFragments;
    private bool? canStay;

    // Whether there is any option, and nothing else, is asked of most that are made to look for reasons.
    private InTheWay InTheWay => field ??= new(visits, availability, known!, presence, Starts);

    private Fragmentation Fragmentation => field ??= new(visits, availability);

    private CandidateMatching Matching => field ??= new(Array.ConvertAll(visits.Needs, n => n.Candidates), availability.Resources.Count);

    /// <summary>The class.</summary>
    public VisitClass Visits => visits;

    /// <summary>Takes the steps where a day has very many options from a search. What others asked before is known.</summary>
    public DayOptions For(StepBudget search)
    {
        budget = search;
        return this;
    }

    /// <summary>Whether a visit can take place on a day with a crew, the rest of the course apart.</summary>
    public bool Exists(int crew, int day)
    {
        budget.Charge(1 + visits.Needs.Length);
        if (known is null)
        {
            return Finds(crew, day);
        }

        var (all, of) = (known.Of(Decisions.AnyCrew), known.Of(isTied ? crew : Decisions.AnyCrew));
        if (DaySet.Contains(of.Possible, day))
        {
            return true;
        }

        var found = !DaySet.Contains(all.Shut, day) && !DaySet.Contains(of.Shut, day) && Finds(crew, day);
        if (found && !budget.IsUsedUp)
        {
            DaySet.Add(of.Possible, day);
        }

        return found;
    }

    private bool Finds(int crew, int day)
    {
        var common = CommonStarts(crew, day);
        if (!visits.NeedsCompete)
        {
            return !common.IsEmpty;
        }

        // Who can fill each need is not enough: it takes somebody for each, and that is sooner found than the best.
        for (var tick = common.Next(0); tick >= 0; tick = common.Next(tick + 1))
        {
            budget.Charge(1 + (candidates / 4));
            var at = tick;
            if (budget.IsUsedUp || Matching.Exists((need, resource) => MayFill(need, crew, resource) && Starts(need, resource, day).Contains(at)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the days of some on which a visit can take place with a crew, the rest of the course apart; when the budget is used up, those that nobody looked at.</summary>
    public void AddPossible(int crew, ReadOnlySpan<ulong> asked, Span<ulong> possible)
    {
        budget.Charge(1);
        var (all, of) = (known?.Of(Decisions.AnyCrew), known?.Of(isTied ? crew : Decisions.AnyCrew));
        for (var i = 0; i < asked.Length; i++)
        {
            var open = asked[i];
            if (of is not null)
            {
                possible[i] |= open & of.Possible[i];
                open &= ~(of.Possible[i] | of.Shut[i] | all!.Shut[i]);
            }

            for (; open != 0; open &= open - 1)
            {
                var day = (i << 6) + BitOperations.TrailingZeroCount(open);
                if (budget.IsUsedUp || Exists(crew, day))
                {
                    DaySet.Add(possible, day);
                }
            }
        }
    }

    /// <summary>The days that are known to be shut to every crew, before anybody looks; null where nothing is known.</summary>
    public ulong[]? KnownShut()
    {
        if (known is null || !isTied || visits.Crews.Length is 0 or > MostCrews)
        {
            return known?.Of(Decisions.AnyCrew).Shut;
        }

        ulong[] shut = [.. known.Of(0).Shut];
        for (var crew = 1; crew < visits.Crews.Length; crew++)
        {
            DaySet.Intersect(shut, known.Of(crew).Shut);
        }

        DaySet.Unite(shut, known.Of(Decisions.AnyCrew).Shut);
        return shut;
    }

    /// <summary>The least that the start of a visit and a crew cost on a day.</summary>
    public PackedCost LeastPrice(int crew, int day)
    {
        var price = PackedCost.Preference(visits.DayPoints?[day] ?? 0);
        if (visits.Booked is null)
        {
            return price;
        }

        var others = OtherPeople(crew);
        return price + (CanStay && visits.Booked.Day == day ? PackedCost.OfPlace(others * PlacePoints.AnotherPerson) : PackedCost.Moved + PackedCost.Others(others));
    }

    /// <summary>Whether a visit can stay where it is booked, the rest of the course apart.</summary>
    public bool CanStay => canStay ??= visits.Booked is { } booked && booked.Day >= first && booked.Day <= last
        && IsBookedOn(booked.Day, CommonStarts(Decisions.AnyCrew, booked.Day)) is not null;

    /// <summary>The best option of a day with a crew; the first of equals. Null where there is none.</summary>
    public Option? Best(int crew, int day)
    {
        ref var latest = ref (best[crew] ??= new())[day];
        if (!latest.IsKnown)
        {
            latest = (true, FindBest(crew, day));
        }

        return latest.Option;
    }

    /// <summary>Whether it takes little to say how many fragments each day has at least.</summary>
    public bool AreFragmentsSoonCounted => candidates <= MostToCount;

    /// <summary>The fragments of the best option of a day with a crew, where they are fewer than some; else null.</summary>
    public int? FragmentsOfBest(int crew, int day, int fewerThan)
    {
        // Who takes part is not asked where starts tell enough.
        var asked = visits.NeedsCompete || isFree || !Fragmentation.IsPlain || asksWhereMoved ? Best(crew, day)?.Fragments
            : ((leastFragments[crew] ??= new())[day] ??= LeastFragments(crew, day)) >= fewerThan || CommonStarts(crew, day) is var common && common.IsEmpty ? null
            : FewestFragmentsOf(crew, day, FewestPoints(day, common)) is var (fragments, _) ? fragments
            : Best(crew, day)?.Fragments;
        return asked < fewerThan ? asked : null;
    }

    /// <summary>No option of a day with a crew makes fewer fragments.</summary>
    private int LeastFragments(int crew, int day)
    {
        var sum = 0;
        for (var n = 0; n < visits.Needs.Length; n++)
        {
            var least = Fragmentation.Makes(n) ? int.MaxValue : 0;
            foreach (var resource in Fragmentation.Makes(n) ? visits.Needs[n].Candidates : [])
            {
                least = MayFill(n, crew, resource) ? Math.Min(least, Fragmentation.FewestOf(n, resource, day)) : least;
            }

            sum += least == int.MaxValue ? 0 : least;
        }

        return sum;
    }

    /// <summary>The options of a day with a crew, best first, ties in their order.</summary>
    /// <param name="crew">The crew, or <see cref="Decisions.AnyCrew"/>.</param>
    /// <param name="day">The day.</param>
    /// <param name="met">
    /// The needs, as bits, whose candidates another visit may use as well: only these are filled in every way. Of the others the best candidate will do, whatever
    /// the other visits take.
    /// </param>
    public Option[] All(int crew, int day, ulong met = ulong.MaxValue)
    {
        if (!all.TryGetValue((crew, day, met), out var options))
        {
            var found = new List<Option>();
            Enumerate(crew, day, met, found.Add);
            found.Sort((a, b) => a.Cost.CompareTo(b.Cost) is var byCost and not 0 ? byCost : a.ComparePlace(b));
            all[(crew, day, met)] = options = [.. found];
        }

        return options;
    }

    /// <summary>No option of a day comes before this place in the order of ties, whatever crew takes it.</summary>
    public Option First(int day)
    {
        ref var place = ref firstPlaces[day];
        if (place is null)
        {
            place = At(Decisions.AnyCrew, day, CommonStarts(Decisions.AnyCrew, day).Next(0));
        }

        return place;
    }

    /// <summary>The needs, as bits, that a candidate of another class can be met in; all of them where a visit's own needs compete, or are too many for a word.</summary>
    public ulong NeedsMetBy(DayOptions other)
    {
        if (visits.NeedsCompete || visits.Needs.Length > 64)
        {
            return ulong.MaxValue;
        }

        var met = 0UL;
        for (var n = 0; n < visits.Needs.Length; n++)
        {
            met |= Array.Exists(other.Visits.Needs, o => o.Candidates.Intersect(visits.Needs[n].Candidates).Any()) ? 1UL << n : 0;
        }

        return met;
    }

    /// <summary>The smallest number of fragments that a visit can add on a day, whatever else the course does there.</summary>
    public int FewestFragments => fewestFragments ??= Fragmentation.Fewest(first, last);

    /// <summary>The resources that can fill a need and are kept free of fragments, as bits.</summary>
    public ulong[] TreatmentResources => Fragmentation.Resources;

    private Option? FindBest(int crew, int day)
    {
        Option? found = null;
        if (visits.NeedsCompete)
        {
            Enumerate(crew, day, ulong.MaxValue, option => found = found is null || Better(option, found) ? option : found);
            return found;
        }

        var common = CommonStarts(crew, day);
        if (isFree)
        {
            return common.IsEmpty ? null : At(crew, day, common.Next(0));
        }

        // All starts at once where that can be: those at the fewest points, and of these the first that makes the fewest fragments.
        if (Fragmentation.IsPlain && !asksWhereMoved && !common.IsEmpty && FewestFragmentsOf(crew, day, FewestPoints(day, common)) is var (_, fewest))
        {
            return BestAt(crew, day, fewest.Next(0));
        }

        for (var tick = common.Next(0); tick >= 0; tick = common.Next(tick + 1))
        {
            if ((found is null || PointsAt(day, tick) <= found.Points) && BestAt(crew, day, tick) is var option && (found is null || option.Cost < found.Cost))
            {
                found = option;
            }
        }

        return found;
    }

    /// <summary>The best option of a start.</summary>
    private Option BestAt(int crew, int day, int tick)
    {
        var (points, fragments, resources) = (PointsAt(day, tick), 0, new int[visits.Needs.Length]);
        for (var n = 0; n < resources.Length; n++)
        {
            (resources[n], var own, var more) = BestFor(n, crew, day, tick);
            points += own;
            fragments += more;
        }

        return OptionOf(day, tick, resources, points, fragments);
    }

    private TickSet FewestPoints(int day, TickSet starts)
    {
        if (IsBookedOn(day, starts) is { } stay)
        {
            return TickSet.Range(stay, stay + 1);
        }

        if (visits.StartPoints is not { } points)
        {
            return starts;
        }

        var (fewest, found) = (int.MaxValue, TickSet.Empty);
        for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
        {
            if (points[tick] <= fewest)
            {
                found = (points[tick] < fewest ? TickSet.Empty : found) | TickSet.Range(tick, tick + 1);
                fewest = points[tick];
            }
        }

        return found;
    }

    private (int Fragments, TickSet Starts)? FewestFragmentsOf(int crew, int day, TickSet starts)
    {
        sums.Begin(starts);
        for (var n = 0; n < visits.Needs.Length; n++)
        {
            if (!Fragmentation.Makes(n))
            {
                continue;
            }

            var (levels, before) = (default(FragmentLevels), -1);
            foreach (var resource in visits.Needs[n].Candidates)
            {
                // One like that before it adds nothing.
                if (MayFill(n, crew, resource) && (before < 0 || !Fragmentation.AreLike(before, resource)))
                {
                    before = resource;
                    if (Fragmentation.Of(n, resource, day, Starts(n, resource, day) & starts) is not { } own)
                    {
                        return null;
                    }

                    levels |= own;
                }
            }

            sums.Add(levels);
        }

        return sums.Fewest();
    }

    /// <summary>The first resources that can fill each need from a tick on, at no price.</summary>
    private Option At(int crew, int day, int tick)
    {
        var resources = new int[visits.Needs.Length];
        for (var n = 0; n < resources.Length; n++)
        {
            resources[n] = Array.Find(visits.Needs[n].Candidates, r => MayFill(n, crew, r) && Starts(n, r, day).Contains(tick));
        }

        return new(tick * TickSet.Minutes, resources, Points: 0, Fragments: 0);
    }

    private static bool Better(Option a, Option b) =>
        a.Cost.CompareTo(b.Cost) is var byCost and not 0 ? byCost < 0 : a.ComparePlace(b) < 0;

    private (int Resource, long Points, int Fragments) BestFor(int need, int crew, int day, int tick)
    {
        var model = visits.Needs[need];
        var (chosen, points, fragments, others) = (-1, long.MaxValue, int.MaxValue, int.MaxValue);
        budget.Charge(model.Candidates.Length / UsualCandidates);
        for (var c = 0; c < model.Candidates.Length; c++)
        {
            var resource = model.Candidates[c];
            if (!MayFill(need, crew, resource) || PointsOf(need, c, day, tick) is var own && own > points || !Starts(need, resource, day).Contains(tick))
            {
                continue;
            }

            var (other, more) = (OthersOf(need, resource, day, tick), Fragmentation.Of(need, resource, day, tick));
            if (own < points || other < others || (other == others && more < fragments))
            {
                (chosen, points, fragments, others) = (resource, own, more, other);
            }
        }

        return (chosen, points, fragments);
    }

    private void Enumerate(int crew, int day, ulong met, Action<Option> found)
    {
        var common = CommonStarts(crew, day);
        var resources = new int[visits.Needs.Length];
        var count = 0;
        for (var tick = common.Next(0); tick >= 0 && !budget.IsUsedUp; tick = common.Next(tick + 1))
        {
            Fill(0, PointsAt(day, tick), 0);

            void Fill(int need, long points, int fragments)
            {
                if (need == resources.Length)
                {
                    budget.Charge(1);
                    if (++count > UsualOptions && !budget.Spend())
                    {
                        return;
                    }

                    found(OptionOf(day, tick, [.. resources], points, fragments));
                    return;
                }

                if (need < 64 && (met >> need & 1) == 0)
                {
                    (resources[need], var own, var more) = BestFor(need, crew, day, tick);
                    Fill(need + 1, points + own, fragments + more);
                    return;
                }

                var model = visits.Needs[need];
                for (var c = 0; c < model.Candidates.Length && !budget.IsUsedUp; c++)
                {
                    var resource = model.Candidates[c];
                    if (MayFill(need, crew, resource)
                        && resources.AsSpan(0, need).IndexOf(resource) < 0
                        && Starts(need, resource, day).Contains(tick))
                    {
                        resources[need] = resource;
                        Fill(need + 1, points + PointsOf(need, c, day, tick), fragments + Fragmentation.Of(need, resource, day, tick));
                    }
                }
            }
        }
    }

    private bool MayFill(int need, int crew, int resource) => !visits.Tied[need] || crew == Decisions.AnyCrew || visits.Crews[crew].Resources[need] == resource;

    private long PointsAt(int day, int tick) =>
        (visits.DayPoints?[day] ?? 0) + (visits.StartPoints?[tick] ?? 0) + (visits.Booked is null || IsBookedAt(day, tick) ? 0 : PlacePoints.Moved);

    private bool IsBookedAt(int day, int tick) => visits.Booked is { } booked && booked.Day == day && booked.Minute == tick * TickSet.Minutes;

    /// <summary>What a candidate costs; where the visit stays at its time, another person than the booked one costs that besides.</summary>
    private long PointsOf(int need, int candidate, int day, int tick) =>
        visits.Needs[need].Points[candidate]
        + (visits.Booked is { } booked && booked.IsPerson[need] && IsBookedAt(day, tick) && booked.IsOther(need, visits.Needs[need].Candidates[candidate]) ? PlacePoints.AnotherPerson : 0);

    /// <summary>Whether a need has another room although the visit stays at its time, or another person although it moves: 1, else 0.</summary>
    private int OthersOf(int need, int resource, int day, int tick) =>
        visits.Booked is { } booked && booked.IsPerson[need] != IsBookedAt(day, tick) && booked.IsOther(need, resource) ? 1 : 0;

    private Option OptionOf(int day, int tick, int[] resources, long points, int fragments)
    {
        var others = 0;
        for (var n = 0; visits.Booked is not null && n < resources.Length; n++)
        {
            others += OthersOf(n, resources[n], day, tick);
        }

        return new(tick * TickSet.Minutes, resources, points, fragments) { Others = others };
    }

    /// <summary>The tick of the booked start where it is one of these on a day; else null.</summary>
    private int? IsBookedOn(int day, TickSet starts) =>
        visits.Booked is { } booked && booked.Day == day && booked.Minute % TickSet.Minutes == 0 && starts.Contains(booked.Minute / TickSet.Minutes)
            ? booked.Minute / TickSet.Minutes
            : null;

    /// <summary>How many people of a crew are not the booked ones.</summary>
    private int OtherPeople(int crew)
    {
        var others = 0;
        for (var n = 0; n < visits.Needs.Length; n++)
        {
            others += visits.Tied[n] && visits.Booked!.CountsWhereMoved(n) && visits.Booked.IsOther(n, visits.Crews[crew].Resources[n]) ? 1 : 0;
        }

        return others;
    }

    private TickSet CommonStarts(int crew, int day)
    {
        var common = ofAnyCrew[day] ??= StartsOfAnyCrew(day);
        for (var need = 0; need < visits.Needs.Length && !common.IsEmpty; need++)
        {
            if (visits.Tied[need])
            {
                common = crew == Decisions.AnyCrew ? StartsOfAnybody(need, day, common) : common & Starts(need, visits.Crews[crew].Resources[need], day);
                if (known is not null && common.IsEmpty)
                {
                    InTheWay.Note(crew, need, day, budget);
                }
            }
        }

        return common;
    }

    /// <summary>The starts at which clinic, patient and somebody for each need that is not the crew's are there.</summary>
    private TickSet StartsOfAnyCrew(int day)
    {
        var common = presence.On(day);
        if (known is not null && common.IsEmpty)
        {
            InTheWay.NotePresence(day);
        }

        for (var need = 0; need < visits.Needs.Length && !common.IsEmpty; need++)
        {
            if (!visits.Tied[need])
            {
                common = StartsOfAnybody(need, day, common);
                if (known is not null && common.IsEmpty)
                {
                    InTheWay.Note(Decisions.AnyCrew, need, day, budget);
                }
            }
        }

        return common;
    }

    /// <summary>Those of some starts at which anybody can fill a need; where a few can at all of them, nobody asks the others.</summary>
    private TickSet StartsOfAnybody(int need, int day, TickSet starts)
    {
        var left = starts;
        budget.Charge(visits.Needs[need].Candidates.Length / UsualCandidates);
        var before = -1;
        foreach (var resource in visits.Needs[need].Candidates)
        {
            left &= before >= 0 && availability.AreLike(before, resource) ? left : ~Starts(need, resource, day);
            before = resource;
            if (left.IsEmpty)
            {
                break;
            }
        }

        return starts & ~left;
    }

    private TickSet Starts(int need, int resource, int day) =>
        (starts[(need * availability.Resources.Count) + resource] ??= availability.StartsOf(visits.Needs[need], resource))[day];
}
