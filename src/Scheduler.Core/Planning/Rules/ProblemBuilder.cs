using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>
/// Collects what rules, clinic and patient say about a course, in terms of the search. Each rule's file adds to it; nothing is computed
/// from availability before the search asks.
/// </summary>
internal sealed class ProblemBuilder
{
    /// <summary>The frame of a course: the last day of each visit, and the visits that can open it.</summary>
    internal sealed record Frame(IReadOnlyDictionary<VisitId, LocalDate> LastDays, IReadOnlySet<VisitId> Openers);

    /// <summary>How far after the last start a visit may lie that nothing ties to the others, in days.</summary>
    public const int UntiedDays = 180;

    /// <summary>How far outside its allowed window a major deviation may lie, in days.</summary>
    public const int BeyondAllowedDays = 28;

    private readonly PlanningRequest request;
    private readonly IReadOnlySet<Waiver> waived;
    private readonly Frame? frame;
    private readonly Almanac? almanac;
    private readonly Protocol wholeProtocol;
    private readonly Dictionary<VisitId, int> index;
    private readonly PlacedVisit?[] fixedAt;
    private readonly List<(int First, int Second, Lag Lag)> lags = [];
    private readonly List<(int First, int Second, Lag Lag)> reach = [];
    private readonly HashSet<(int, int)> apart = [];
    private readonly HashSet<(int, int)> precedence = [];
    private readonly List<Spacing> spacings = [];
    private readonly HashSet<(int, int)> stays = [];
    private readonly HashSet<VisitId> offGrid;
    private readonly HashSet<(int Visit, int Needed)> hangsOn = [];
    private readonly HashSet<(int, int)> exclusive = [];
    private readonly List<(int Anchor, int Visit, Rule.Window Rule)> windows = [];
    private readonly List<HourSpan> hourWindows = [];
    private readonly List<(VisitNeed First, VisitNeed Second, bool Same, bool IsMust)> people = [];
    private readonly List<(ImmutableArray<VisitId> Visits, string Need)> chains = [];
    private readonly List<Func<LocalDate, bool>>[] dateRules;
    private readonly List<(string Key, Func<int, int, bool> Allows)>[] startRules;
    private readonly List<(string Key, Func<LocalDate, int> Points)>[] datePoints;
    private readonly List<(string Key, Func<int, int, int> Points)>[] startPoints;

    /// <summary>Begins a course.</summary>
    /// <param name="request">The request.</param>
    /// <param name="waived">What is left out of account.</param>
    /// <param name="frame">The frame of the course; what the rules make it unless stated.</param>
    /// <param name="whole">The protocol with its conditional visits, where the request leaves them for later; it says what a treatment resource is.</param>
    /// <param name="almanac">What is known already of the days from the request's first on.</param>
    public ProblemBuilder(PlanningRequest request, IReadOnlySet<Waiver> waived, Frame? frame = null, Protocol? whole = null, Almanac? almanac = null)
    {
        (this.request, this.waived, this.frame, wholeProtocol, this.almanac) = (request, waived, frame, whole ?? request.Protocol, almanac);
        var n = Visits.Length;
        index = Enumerable.Range(0, n).ToDictionary(i => Visits[i]);
        fixedAt = new PlacedVisit?[n];
        foreach (var visit in request.Fixed.Where(v => index.ContainsKey(v.Id)))
        {
            fixedAt[index[visit.Id]] = visit;
        }

        dateRules = [.. Enumerable.Range(0, n).Select(_ => new List<Func<LocalDate, bool>>())];
        startRules = [.. Enumerable.Range(0, n).Select(_ => new List<(string, Func<int, int, bool>)>())];
        datePoints = [.. Enumerable.Range(0, n).Select(_ => new List<(string, Func<LocalDate, int>)>())];
        startPoints = [.. Enumerable.Range(0, n).Select(_ => new List<(string, Func<int, int, int>)>())];
        offGrid = Freedoms.OffGrid(Protocol);
        foreach (var (visit, partner) in Freedoms.Stays(Protocol))
        {
            stays.Add((index[visit], index[partner]));
            stays.Add((index[partner], index[visit]));
        }

        FindExclusivePairs();
        OrderSeries();
    }

    /// <summary>The visits in the protocol's order.</summary>
    public ImmutableArray<VisitId> Visits => request.Protocol.Visits;

    /// <summary>The protocol.</summary>
    public Protocol Protocol => request.Protocol;

    /// <summary>The weeks of a cadence that has fewer visits where the clinic is closed.</summary>
    public OpenWeeks WeeksOf(Rule.Cadence rule) => new(rule, request);

    /// <summary>Whether any visit of these is fixed or may be left out, so that what holds for neighbours need not hold for all.</summary>
    public bool HasGaps(IEnumerable<VisitId> visits) =>
        visits.Any(v => fixedAt[index[v]] is not null || IsOptional(v));

    /// <summary>The date of one visit limits the date of another.</summary>
    public void Relate(VisitId first, VisitId second, Lag lag)
    {
        if (request.LeftOut.Contains(first) || request.LeftOut.Contains(second))
        {
            return;
        }

        reach.Add((index[first], index[second], lag));
        if (AreJudged(first, second))
        {
            lags.Add((index[first], index[second], lag));
        }
    }

    /// <summary>The first visit ends before the second starts.</summary>
    public void Precede(VisitId first, VisitId second)
    {
        if (AreJudged(first, second))
        {
            precedence.Add((index[first], index[second]));
        }
    }

    /// <summary>Two visits lie on one day.</summary>
    public void ShareDay(VisitId first, VisitId second) => Relate(first, second, new Lag.OfDays(0, 0, Back: 0));

    /// <summary>Where they share a day, the second visit starts so many minutes after the start of the first (negative before it).</summary>
    public void Space(VisitId first, VisitId second, int least, int most)
    {
        if (AreJudged(first, second))
        {
            spacings.Add(new(index[first], index[second], least, most));
        }

    }

    /// <summary>A visit cannot be without another.</summary>
    public void HangOn(VisitId visit, VisitId needed) => hangsOn.Add((index[visit], index[needed]));

    /// <summary>None of these visits can be without the others; where one is placed anyway, nothing is said.</summary>
    public void PlaceTogether(ImmutableArray<VisitId> visits)
    {
        ImmutableArray<VisitId> left = [.. visits.Where(v => !request.LeftOut.Contains(v))];
        if (left.Length > 1 && left.All(v => fixedAt[index[v]] is null && IsOptional(v)))
        {
            // A circle of visits that hang on each other goes as a whole.
            for (var i = 0; i < left.Length; i++)
            {
                HangOn(left[i], left[(i + 1) % left.Length]);
            }
        }
    }

    /// <summary>Minutes from the tick in which a visit starts to the first tick behind it.</summary>
    public int LengthOf(VisitId visit)
    {
        var (start, length) = fixedAt[index[visit]] is { } place
            ? (place.Start.Minute, (int)Period.Between(place.Start, place.End, PeriodUnits.Minutes).Minutes)
            : (0, Protocol.TypeOf(visit).DurationOf(visit.Ordinal));
        return TickSet.Minutes * (TickSet.CeilingTick(start + length) - TickSet.FloorTick(start));
    }

    /// <summary>Two visits never share a day.</summary>
    public void KeepApart(VisitId first, VisitId second)
    {
        if (AreJudged(first, second))
        {
            apart.Add((index[first], index[second]));
            apart.Add((index[second], index[first]));
        }
    }

    /// <summary>A visit takes place only on some dates.</summary>
    public void LimitDates(VisitId visit, Func<LocalDate, bool> allows) => dateRules[index[visit]].Add(allows);

    /// <summary>A visit takes place only at some times: start and end in minutes from midnight.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="key">Names the limit, so that visits with the same limits are looked at together.</param>
    /// <param name="allows">Whether a start and an end are allowed.</param>
    public void LimitTimes(VisitId visit, string key, Func<int, int, bool> allows) => startRules[index[visit]].Add((key, allows));

    /// <summary>A date of a visit costs preference points.</summary>
    public void PriceDates(VisitId visit, string key, Func<LocalDate, int> points) => datePoints[index[visit]].Add((key, points));

    /// <summary>A time of a visit costs preference points: start and end in minutes from midnight.</summary>
    public void PriceTimes(VisitId visit, string key, Func<int, int, int> points) => startPoints[index[visit]].Add((key, points));

    /// <summary>A window, with its limit and its prices.</summary>
    public void AddWindow(Rule.Window rule, VisitId visit)
    {
        var anchor = AnchorOf(rule.Anchor, rule.Fallback).VisitOrNone;
        windows.Add((anchor is { } a ? index[a] : -1, index[visit], rule));
        var leeway = Limit(rule);
        if (anchor is { } counted)
        {
            HangOn(visit, counted);
            Count(counted, visit, new Lag.Around(rule.Target, leeway));
        }
        else if (fixedAt[index[visit]] is null)
        {
            var target = Enrolled + rule.Target;
            LimitDates(visit, date => leeway.Contains(Period.DaysBetween(target, date)));
        }
    }

    /// <summary>A window in hours, with its limit and its prices.</summary>
    public void AddHours(Rule.HourWindow rule, VisitId visit)
    {
        var from = AnchorOf(rule.Anchor, rule.Fallback);
        var anchor = from.VisitOrNone ?? throw new ArgumentException("Hours count from a visit.", nameof(rule));
        var limit = Limit(rule.Ideal, rule.Allowed, BeyondAllowedDays * NodaConstants.MinutesPerDay);
        HangOn(visit, anchor);
        Count(anchor, visit, new Lag.OfMinutes(rule.TargetMinutes + limit.From, rule.TargetMinutes + limit.To));
        hourWindows.Add(new(index[anchor], index[visit], from is Anchor.EndOf, rule.TargetMinutes, limit, rule.Ideal, rule.Allowed, rule.Weight));
    }

    /// <summary>Two needs have the same person, or two different ones.</summary>
    public void RelatePeople(VisitNeed first, VisitNeed second, bool same, bool isMust)
    {
        // What should hold is counted among fixed visits too.
        if (AreJudged(first.Visit, second.Visit) || (!isMust && !exclusive.Contains((index[first.Visit], index[second.Visit]))))
        {
            people.Add((first, second, same, isMust));
        }
    }

    /// <summary>One person should fill a need along these visits.</summary>
    public void ChainPeople(ImmutableArray<VisitId> visits, string need) => chains.Add((visits, need));

    /// <summary>The course as the search sees it.</summary>
    public SearchProblem Build()
    {
        InsistOnDays();
        KeepAuthorisedDates();
        var origin = request.FirstDay;
        var spans = Spans();
        var (lastDays, openers) = frame ?? FrameOf(spans);

        // What is fixed may lie after the last day of its visit: it happened, whatever the rules say.
        var fixedDays = fixedAt.Where(v => v is not null).Select(v => v!.Date);
        var days = Period.DaysBetween(origin, Visits.Select(v => lastDays[v]).Concat(fixedDays).Append(origin).Max()) + 1;
        var dates = almanac?.Origin == origin ? almanac : new Almanac(request.Clinic, request.Patient, origin);
        var availability = new Availability(
            dates,
            request.Patient,
            wholeProtocol.VisitTypes.Where(t => t.Purpose == VisitPurpose.Treatment),
            new Waived(
                waived.Contains(new Waiver.OpeningHours()),
                waived.Contains(new Waiver.PatientHours()),
                id => waived.Contains(new Waiver.OfResource(id))));
        var from = Period.DaysBetween(origin, request.From);
        var classes = new ClassBuilder(request, availability, dates, days, waived.Contains(new Waiver.PatientWishes()), people, chains);
        var known = new Dictionary<string, VisitClass>(StringComparer.Ordinal);
        var visits = Enumerable.Range(0, Visits.Length).Select(v => Model(v, classes, known, dates, from, days, openers.Contains(Visits[v]), lastDays[Visits[v]])).ToArray();
        var hasBegun = Array.Exists(fixedAt, v => v is not null);
        return new()
        {
            Origin = origin,
            Days = days,
            From = from,
            LastStart = hasBegun ? null : Period.DaysBetween(origin, request.LastStart),
            Visits = visits,
            Relations = Relations(dates, days),
            Apart = apart,
            Precedence = precedence,
            Spacings = spacings,
            Stays = stays,
            HangsOn = hangsOn,
            HourSpans = hourWindows,
            Quotas = Quotas(dates, days),
            Exclusive = exclusive,
            NeverShare = NeverShare(spans),
            Windows = Priced(dates, days),
            People = [.. people.Select(p => Person(p, visits)).OfType<PersonRelation>()],
            Chains = [.. chains.Select(c => new PersonChain([.. c.Visits.Select(v => (index[v], classes.NeedIndex(v, c.Need)))]))],
            Availability = availability,
            IsCut = classes.IsCut,
        };
    }

    /// <summary>The frame that all that was added makes.</summary>
    public Frame FindFrame() => FrameOf(Spans());

    /// <summary>What a window counts from: its fallback, where the course goes without the visit of its anchor.</summary>
    private Anchor AnchorOf(Anchor anchor, Anchor? fallback) =>
        fallback is not null && anchor.VisitOrNone is { } visit && request.LeftOut.Contains(visit) ? fallback : anchor;

    /// <summary>A window binds its visit to the anchor even where their conditions exclude each other.</summary>
    private void Count(VisitId anchor, VisitId visit, Lag lag)
    {
        if (request.LeftOut.Contains(anchor) || request.LeftOut.Contains(visit))
        {
            return;
        }

        reach.Add((index[anchor], index[visit], lag));
        if (fixedAt[index[anchor]] is null || fixedAt[index[visit]] is null)
        {
            lags.Add((index[anchor], index[visit], lag));
        }
    }

    /// <summary>Whether a calendar may do without a visit.</summary>
    private bool IsOptional(VisitId visit) => Protocol.TypeOf(visit).IsConditional || request.LeftOut.Contains(visit);

    private Frame FrameOf(long[,] spans) => new(LastDays(), Openers(spans));

    private LocalDate Enrolled => request.Enrolled ?? request.From;

    private bool AreJudged(VisitId first, VisitId second) =>
        (fixedAt[index[first]] is null || fixedAt[index[second]] is null) && !exclusive.Contains((index[first], index[second]));

    private Leeway Limit(Rule.Window rule) => Limit(rule.Ideal, rule.Allowed, BeyondAllowedDays);

    private Leeway Limit(Leeway ideal, Leeway allowed, int beyond) => request.Deviations switch
    {
        DeviationLimit.None => ideal,
        DeviationLimit.Minor => allowed,
        DeviationLimit.Major => new(allowed.From - beyond, allowed.To + beyond),
        var other => throw new ArgumentOutOfRangeException(nameof(allowed), other, "Not a limit."),
    };

    private VisitModel Model(
        int v, ClassBuilder classes, Dictionary<string, VisitClass> known, Almanac dates, int from, int days, bool mayOpen, LocalDate lastDay)
    {
        var type = Protocol.TypeOf(Visits[v]);
        var domain = new ulong[DaySet.Words(days)];
        if (fixedAt[v] is { } place)
        {
            var own = classes.ForFixed(type, Visits[v], place);
            DaySet.Add(domain, Period.DaysBetween(dates.Origin, place.Date));
            return new() { Id = Visits[v], Class = own, Days = domain, IsOptional = false, MayOpen = false, Fixed = place, FixedOption = classes.FixedOption(own, place, startPoints[v], datePoints[v]) };
        }

        var end = request.LeftOut.Contains(Visits[v]) ? 0 : Math.Min(days, Period.DaysBetween(dates.Origin, lastDay) + 1);
        for (var day = from; day < end; day++)
        {
            if (dateRules[v].TrueForAll(allows => allows(dates.DateOf(day))))
            {
                DaySet.Add(domain, day);
            }
        }

        var key = string.Join('\n', [type.Id, type.DurationOf(Visits[v].Ordinal).ToString(), offGrid.Contains(Visits[v]) ? "off" : "on", .. startRules[v].Select(r => r.Key), .. datePoints[v].Select(r => r.Key), .. startPoints[v].Select(r => r.Key)]);
        if (!known.TryGetValue(key, out var shared))
        {
            known.Add(key, shared = classes.For(type, Visits[v].Ordinal, offGrid.Contains(Visits[v]), startRules[v], datePoints[v], startPoints[v]));
        }

        return new() { Id = Visits[v], Class = shared, Days = domain, IsOptional = IsOptional(Visits[v]), MayOpen = mayOpen, Fixed = null };
    }

    /// <summary>The relations between days; what equal lags allow is worked out once.</summary>
    private List<DayRelation> Relations(Almanac dates, int days)
    {
        var known = new Dictionary<Lag, DayIntervals>();
        var relations = new List<DayRelation>(lags.Count);
        foreach (var (first, second, lag) in lags)
        {
            if (!known.TryGetValue(lag, out var intervals))
            {
                known.Add(lag, intervals = new(days, day => lag.Interval(day, dates.DateOf(day))));
            }

            relations.Add(new(first, second, intervals));
        }

        return relations;
    }

    /// <summary>The windows with their targets by the anchor's day; equal targets are worked out once.</summary>
    private List<PricedWindow> Priced(Almanac dates, int days)
    {
        var known = new Dictionary<Period, int[]>();
        return [.. windows.Select(w => new PricedWindow(w.Anchor, w.Visit, Targets(w.Anchor, w.Rule.Target), w.Rule.Ideal, w.Rule.Allowed, w.Rule.Weight))];

        int[] Targets(int anchor, Period target)
        {
            if (anchor < 0)
            {
                return [Period.DaysBetween(dates.Origin, Enrolled + target)];
            }

            if (!known.TryGetValue(target, out var targets))
            {
                known.Add(target, targets = [.. Enumerable.Range(0, days).Select(day => Period.DaysBetween(dates.Origin, dates.DateOf(day) + target))]);
            }

            return targets;
        }
    }

    /// <summary>A relation of people as the search sees it; null where nobody could break it.</summary>
    private PersonRelation? Person((VisitNeed First, VisitNeed Second, bool Same, bool IsMust) relation, VisitModel[] visits)
    {
        var (first, second) = (visits[index[relation.First.Visit]], visits[index[relation.Second.Visit]]);
        var (need, otherNeed) = (NeedAt(first, relation.First.Need), NeedAt(second, relation.Second.Need));
        if (!relation.Same && !first.Class.Needs[need].Candidates.Intersect(second.Class.Needs[otherNeed].Candidates).Any())
        {
            return null;
        }

        return new(index[relation.First.Visit], need, index[relation.Second.Visit], otherNeed, relation.Same, relation.IsMust);

        static int NeedAt(VisitModel visit, string id) => Array.FindIndex(visit.Class.Needs, n => n.Need.Id == id);
    }

    /// <summary>What payers have authorised, as limits of days and as quotas.</summary>
    private List<Quota> Quotas(Almanac dates, int days)
    {
        var quotas = new List<Quota>();
        foreach (var granted in Authorisations)
        {
            int[] counted = [.. Enumerable.Range(0, Visits.Length).Where(v => granted.VisitTypes.Contains(Visits[v].Type))];
            quotas.Add(new(
                counted,
                Math.Clamp(Period.DaysBetween(dates.Origin, granted.From), 0, days),
                Math.Clamp(Period.DaysBetween(dates.Origin, granted.To), -1, days - 1),
                granted.AtMost));
        }

        return quotas;
    }

    private IEnumerable<Authorisation> Authorisations => waived.Contains(new Waiver.Authorisations()) ? [] : request.Patient.Authorisations;

    private bool NeedsAuthorisation(int v) => Protocol.TypeOf(Visits[v]).NeedsAuthorisation;

    /// <summary>Where a payer must agree, visits lie between the dates of what was granted.</summary>
    private void KeepAuthorisedDates()
    {
        for (var v = 0; v < Visits.Length && !waived.Contains(new Waiver.Authorisations()); v++)
        {
            if (NeedsAuthorisation(v))
            {
                Authorisation[] granted = [.. Authorisations.Where(a => a.VisitTypes.Contains(Visits[v].Type))];
                LimitDates(Visits[v], date => Array.Exists(granted, a => a.From <= date && date <= a.To));
            }
        }
    }

    /// <summary>Weekdays on which the patient insists limit dates like a rule.</summary>
    private void InsistOnDays()
    {
        foreach (var wish in request.Patient.Preferences.OfType<Preference.Days>().Where(w => w.Weight is null && !waived.Contains(new Waiver.PatientWishes())))
        {
            foreach (var visit in Visits.Where(v => wish.VisitTypes.IsEmpty || wish.VisitTypes.Contains(v.Type)))
            {
                LimitDates(visit, date => wish.Weekdays.Contains(date.DayOfWeek));
            }
        }
    }

    private void OrderSeries()
    {
        var dayOf = Freedoms.DaysOfSeveral(Protocol);
        foreach (var type in Protocol.VisitTypes.Where(t => !waived.Contains(new Waiver.SeriesOrder(t.Id))))
        {
            var neighboursOnly = !HasGaps(type.Visits);
            for (var i = 0; i < type.Visits.Length; i++)
            {
                for (var j = i + 1; j < type.Visits.Length && (j == i + 1 || !neighboursOnly); j++)
                {
                    var (first, second) = (type.Visits[i], type.Visits[j]);
                    if (dayOf.TryGetValue(first, out var day) && dayOf.TryGetValue(second, out var other) && day == other)
                    {
                        Relate(first, second, new Lag.OfDays(0, Most: null, Back: 0));
                        Precede(first, second);
                    }
                    else
                    {
                        Relate(first, second, new Lag.OfDays(1, Most: null, Back: -1));
                    }
                }
            }
        }
    }

    private void FindExclusivePairs()
    {
        int[] conditional = [.. Enumerable.Range(0, Visits.Length).Where(v => Protocol.TypeOf(Visits[v]).OnlyIf is not null)];
        foreach (var a in conditional)
        {
            foreach (var b in conditional)
            {
                if (a != b && Protocol.ExcludeEachOther(Visits[a], Visits[b]))
                {
                    exclusive.Add((a, b));
                }
            }
        }
    }

    /// <summary>The most days from each visit to each other that lags allow, one after the other; <see cref="int.MaxValue"/> where nothing bounds them.</summary>
    private long[,] Spans() => Spans(lags, lag => -lag.Least);

    private long[,] Spans(List<(int First, int Second, Lag Lag)> of, Func<Lag, int?> back)
    {
        var n = Visits.Length;
        var most = new long[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                most[i, j] = i == j ? 0 : int.MaxValue;
            }
        }

        foreach (var (first, second, lag) in of)
        {
            most[first, second] = Math.Min(most[first, second], lag.Most ?? int.MaxValue);
            most[second, first] = Math.Min(most[second, first], back(lag) ?? int.MaxValue);
        }

        for (var via = 0; via < n; via++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; most[i, via] < int.MaxValue && j < n; j++)
                {
                    if (most[via, j] < int.MaxValue)
                    {
                        most[i, j] = Math.Min(most[i, j], most[i, via] + most[via, j]);
                    }
                }
            }
        }

        return most;
    }

    /// <summary>The last day of each visit: the last start and the longest span from any certain visit; where nothing bounds it, the longest there is.</summary>
    private Dictionary<VisitId, LocalDate> LastDays()
    {
        var spans = Spans(reach, lag => lag.Back);
        var longest = Enumerable.Range(0, Visits.Length)
            .Select(v => Enumerable.Range(0, Visits.Length)
                .Where(e => !IsOptional(Visits[e]))
                .Select(e => spans[e, v])
                .DefaultIfEmpty(int.MaxValue)
                .Max())
            .ToList();
        var horizon = longest.Select(l => l >= int.MaxValue ? UntiedDays : l).Max();
        var lastStart = fixedAt.Where(v => v is not null).Select(v => v!.Date).Append(request.LastStart).Max();
        return Enumerable.Range(0, Visits.Length).ToDictionary(v => Visits[v], v =>
        {
            var last = lastStart.PlusDays((int)Math.Clamp(Math.Min(longest[v], horizon), -4_000, 4_000));
            foreach (var (_, _, rule) in windows.Where(w => w.Anchor < 0 && w.Visit == v))
            {
                last = LocalDate.Max(last, (Enrolled + rule.Target).PlusDays(Limit(rule).To));
            }

            return LocalDate.Min(last, request.From.PlusDays(4_000));
        });
    }

    /// <summary>The certain visits that can be the earliest of the course: no other lies before them on any account.</summary>
    private HashSet<VisitId> Openers(long[,] spans) => Enumerable.Range(0, Visits.Length)
        .Where(v => !IsOptional(Visits[v])
            && !Enumerable.Range(0, Visits.Length).Any(u => !IsOptional(Visits[u]) && spans[v, u] < 0))
        .Select(v => Visits[v])
        .ToHashSet();

    private bool[,] NeverShare(long[,] spans)
    {
        var never = new bool[Visits.Length, Visits.Length];
        for (var a = 0; a < Visits.Length; a++)
        {
            for (var b = 0; b < Visits.Length; b++)
            {
                // Spans through a visit that may be left out bind nobody; then only what is said of the pair itself counts.
                never[a, b] = apart.Contains((a, b)) || (!HasGaps(Visits) && (spans[a, b] < 0 || spans[b, a] < 0));
            }
        }

        return never;
    }
}
