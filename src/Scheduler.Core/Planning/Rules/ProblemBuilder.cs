using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Rules.Parts;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>
/// Collects what rules, clinic and patient say about a course, in terms of the search. Each rule's file adds to it; nothing is computed
/// from availability before the search asks.
/// </summary>
internal sealed class ProblemBuilder
{
    private static readonly Lag OneDay = new Lag.OfDays(0, 0, Back: 0);

    private readonly PlanningRequest request;
    private readonly Predicate<Waiver> isWaived;
    private readonly bool isPriced;
    private readonly CourseFrame? frame;
    private readonly Almanac? almanac;
    private readonly Protocol wholeProtocol;
    private readonly CourseVisits visits;
    private readonly DayLags lags;
    private readonly CourseWindows windows;
    private readonly KnownWeeks weeks;
    private readonly VisitLimits?[] limits;
    private readonly HashSet<(int, int)> apart = [];
    private readonly HashSet<(int, int)> precedence = [];
    private readonly HashSet<Spacing> spacings = [];
    private readonly HashSet<(int Visit, int Needed)> hangsOn = [];
    private readonly List<(VisitNeed First, VisitNeed Second, bool Same, bool IsMust)> people = [];
    private readonly List<(ImmutableArray<VisitId> Visits, string Need)> chains = [];
    private Dictionary<VisitId, (string Rule, int Day)>? dayOf;
    private HashSet<int> excused = [];

    /// <summary>Begins a course.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isWaived">What is left out of account.</param>
    /// <param name="frame">The frame of the course; what the rules make it unless stated.</param>
    /// <param name="whole">The protocol with its conditional visits, where the request leaves them for later; it says what a treatment resource is.</param>
    /// <param name="almanac">What is known already of the days from the request's first on.</param>
    /// <param name="known">The visits of the request, where they are numbered already.</param>
    public ProblemBuilder(
        PlanningRequest request,
        Predicate<Waiver> isWaived,
        CourseFrame? frame = null,
        Protocol? whole = null,
        Almanac? almanac = null,
        CourseVisits? known = null)
    {
        (this.request, this.isWaived, this.frame, wholeProtocol, this.almanac) = (request, isWaived, frame, whole ?? request.Protocol, almanac);
        isPriced = !isWaived(new Waiver.Costs());
        visits = known ?? new(request);
        lags = new(Visits.Length);
        windows = new(request, visits);
        weeks = frame is { Weeks: var filled } && filled.BelongTo(request) ? filled : new(request);
        limits = new VisitLimits?[Visits.Length];
        foreach (var type in Protocol.VisitTypes.Where(t => !isWaived(new Waiver.SeriesOrder(t.Id))))
        {
            KeepOrder(type);
        }
    }

    /// <summary>What one constraint says by itself, costs apart; nothing where it is about times.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="request">The request.</param>
    /// <param name="frame">The frame of the course.</param>
    /// <param name="visits">Its visits.</param>
    public static CoursePart PartOf(Waiver constraint, PlanningRequest request, CourseFrame frame, CourseVisits visits)
    {
        var course = new ProblemBuilder(request, waiver => waiver is Waiver.Costs or Waiver.SeriesOrder, frame, known: visits);
        switch (constraint)
        {
            case Waiver.OfRule(var id):
                foreach (var rule in request.Protocol.Rules.Where(r => r.Id == id))
                {
                    RuleBook.Narrow(rule, course);
                }

                break;
            case Waiver.SeriesOrder(var type):
                course.KeepOrder(request.Protocol.VisitTypes.First(t => t.Id == type));
                break;
            case Waiver.PatientWishes:
                course.InsistOnDays();
                break;
            case Waiver.Authorisations:
                AuthorisedVisits.KeepDates(request, course);
                break;
        }

        return new(
            course.lags.Binding,
            course.apart,
            course.precedence,
            course.spacings,
            course.hangsOn,
            course.windows.Hours,
            [.. course.people.Select(course.Relation)],
            course.limits);
    }

    /// <summary>The visits in the protocol's order.</summary>
    public ImmutableArray<VisitId> Visits => visits.Ids;

    /// <summary>The protocol.</summary>
    public Protocol Protocol => request.Protocol;

    /// <summary>Whether a cadence has fewer visits where the clinic is closed.</summary>
    public bool HasOpenWeeks => Protocol.Rules.Any(r => r is Rule.Cadence { PerWeek.HasFewerWhereClosed: true });

    /// <summary>The weeks of a cadence that has fewer visits where the clinic is closed.</summary>
    public OpenWeeks WeeksOf(Rule.Cadence rule) => weeks.Of(rule);

    /// <summary>What is added from now on is what a rule says: it is not asked about visits that are excused from it.</summary>
    public void Ask(Rule rule) => excused = request.Excused.IsEmpty ? excused : [.. request.ExcusedFrom(rule).Where(Visits.Contains).Select(visits.IndexOf)];

    /// <summary>Whether any visit of these is fixed or may be left out, so that what holds for neighbours need not hold for all.</summary>
    public bool HasGaps(IEnumerable<VisitId> among) => visits.HaveGaps(among);

    /// <summary>Whether the course goes without a visit.</summary>
    public bool IsLeftOut(VisitId visit) => visits.IsLeftOut(visit);

    /// <summary>The condition without which a visit is not needed; null for one that is there anyway.</summary>
    public string? ConditionOf(VisitId visit) => visits.FixedAt[visits.IndexOf(visit)] is null ? Protocol.TypeOf(visit).OnlyIf : null;

    /// <summary>The date of one visit limits the date of another.</summary>
    public void Relate(VisitId first, VisitId second, Lag lag)
    {
        if (!visits.IsLeftOut(first) && !visits.IsLeftOut(second))
        {
            lags.Add(visits.IndexOf(first), visits.IndexOf(second), lag, AreJudged(first, second));
        }
    }

    /// <summary>The first visit ends before the second starts.</summary>
    public void Precede(VisitId first, VisitId second)
    {
        if (AreJudged(first, second))
        {
            precedence.Add((visits.IndexOf(first), visits.IndexOf(second)));
        }
    }

    /// <summary>Two visits lie on one day.</summary>
    public void ShareDay(VisitId first, VisitId second) => Relate(first, second, OneDay);

    /// <summary>Where they share a day, the second visit starts so many minutes after the start of the first (negative before it).</summary>
    public void Space(VisitId first, VisitId second, int least, int most)
    {
        if (AreJudged(first, second))
        {
            spacings.Add(new(visits.IndexOf(first), visits.IndexOf(second), least, most));
        }
    }

    /// <summary>A visit cannot be without another; one that is fixed is there anyway.</summary>
    public void HangOn(VisitId visit, VisitId needed)
    {
        if (visits.FixedAt[visits.IndexOf(visit)] is null)
        {
            hangsOn.Add((visits.IndexOf(visit), visits.IndexOf(needed)));
        }
    }

    /// <summary>None of these visits can be without the others; where one is placed anyway, nothing is said.</summary>
    public void PlaceTogether(ImmutableArray<VisitId> together)
    {
        ImmutableArray<VisitId> left = [.. together.Where(v => !visits.IsLeftOut(v))];
        if (left.Length > 1 && left.Select(visits.IndexOf).All(v => visits.FixedAt[v] is null && visits.IsOptional(v)))
        {
            // A circle of visits that hang on each other goes as a whole.
            for (var i = 0; i < left.Length; i++)
            {
                HangOn(left[i], left[(i + 1) % left.Length]);
            }
        }
    }

    /// <summary>Minutes from the tick in which a visit starts to the first tick behind it.</summary>
    public int LengthOf(VisitId visit) => visits.LengthOf(visit);

    /// <summary>Two visits never share a day.</summary>
    public void KeepApart(VisitId first, VisitId second)
    {
        if (AreJudged(first, second))
        {
            apart.Add((visits.IndexOf(first), visits.IndexOf(second)));
            apart.Add((visits.IndexOf(second), visits.IndexOf(first)));
        }
    }

    /// <summary>A visit takes place only on some dates.</summary>
    public void LimitDates(VisitId visit, Func<LocalDate, bool> allows) => Asked(visit)?.Dates.Add(allows);

    /// <summary>A visit takes place only on some days of the week.</summary>
    public void LimitWeekdays(VisitId visit, ImmutableArray<IsoDayOfWeek> days) => Asked(visit)?.KeepWeekdays(days);

    /// <summary>A visit takes place only at some times: start and end in minutes from midnight.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="key">Names the limit, so that visits with the same limits are looked at together.</param>
    /// <param name="allows">Whether a start and an end are allowed.</param>
    public void LimitTimes(VisitId visit, string key, Func<int, int, bool> allows) => Asked(visit)?.Times.Add((key, allows));

    /// <summary>A day of the week costs preference points.</summary>
    public void PriceWeekdays(VisitId visit, string key, Func<IsoDayOfWeek, int> points)
    {
        if (isPriced)
        {
            LimitsOf(visits.IndexOf(visit)).WeekdayPoints.Add((key, points));
        }
    }

    /// <summary>A time of a visit costs preference points: start and end in minutes from midnight.</summary>
    public void PriceTimes(VisitId visit, string key, Func<int, int, int> points)
    {
        if (isPriced)
        {
            LimitsOf(visits.IndexOf(visit)).TimePoints.Add((key, points));
        }
    }

    /// <summary>A window, with its limit and its prices.</summary>
    public void AddWindow(Rule.Window rule, VisitId visit)
    {
        var anchor = windows.AnchorOf(rule.Anchor, rule.Fallback).VisitOrNone;
        windows.Add(anchor, visit, rule);
        var leeway = windows.Limit(rule);
        if (anchor is { } counted)
        {
            HangOn(visit, counted);
            Count(counted, visit, new Lag.Around(rule.Target, leeway));
        }
        else if (visits.FixedAt[visits.IndexOf(visit)] is null)
        {
            var target = windows.DayOf(rule) + rule.Target;
            LimitDates(visit, date => leeway.Contains(Period.DaysBetween(target, date)));
        }
    }

    /// <summary>A window in hours, with its limit and its prices.</summary>
    public void AddHours(Rule.HourWindow rule, VisitId visit)
    {
        var from = windows.AnchorOf(rule.Anchor, rule.Fallback);
        var anchor = from.VisitOrNone ?? throw new ArgumentException("Hours count from a visit.", nameof(rule));
        var limit = windows.Limit(rule);
        HangOn(visit, anchor);
        Count(anchor, visit, new Lag.OfMinutes(rule.TargetMinutes + limit.From, rule.TargetMinutes + limit.To));
        windows.Hours.Add(new(visits.IndexOf(anchor), visits.IndexOf(visit), from is Anchor.EndOf, rule.TargetMinutes, limit, rule.Ideal, rule.Allowed, rule.Weight));
    }

    /// <summary>Two needs have the same person, or two different ones.</summary>
    public void RelatePeople(VisitNeed first, VisitNeed second, bool same, bool isMust)
    {
        // What should hold is counted among fixed visits too.
        if ((isMust || isPriced) && (AreJudged(first.Visit, second.Visit) || (!isMust && !visits.Exclusive.Contains((visits.IndexOf(first.Visit), visits.IndexOf(second.Visit))))))
        {
            people.Add((first, second, same, isMust));
        }
    }

    /// <summary>One person should fill a need along these visits; those that the course goes without stand between nobody.</summary>
    public void ChainPeople(ImmutableArray<VisitId> along, string need)
    {
        if (isPriced)
        {
            chains.Add(([.. along.Where(v => !visits.IsLeftOut(v))], need));
        }
    }

    /// <summary>The course as the search sees it.</summary>
    public SearchProblem Build()
    {
        excused = [];
        if (!isWaived(new Waiver.PatientWishes()))
        {
            InsistOnDays();
        }

        if (!isWaived(new Waiver.Authorisations()))
        {
            AuthorisedVisits.KeepDates(request, this);
        }

        var spans = lags.Spans();
        var within = frame ?? CourseFrame.Of(request, visits, spans, lags.Reach(), windows, weeks);
        var origin = request.FirstDay;

        var days = within.DaysFrom(origin, visits);
        var dates = almanac?.Origin == origin ? almanac : Almanac.Of(request);
        var availability = new Availability(
            dates,
            request.Patient,
            wholeProtocol.VisitTypes.Where(t => isPriced && t.Purpose == VisitPurpose.Treatment),
            Waiver.Times(isWaived));
        var needs = new TiedNeeds(Protocol, visits, availability);
        PersonRelation[] relations = [.. people.Select(Relation).Where(needs.Binds)];
        List<PersonChain> along = [.. chains.Select(c => new PersonChain([.. c.Visits.Select(v => (visits.IndexOf(v), visits.NeedIndex(new(v, c.Need))))]))];
        var classes = new ClassBuilder(request, availability, dates, days, isWaived(new Waiver.PatientWishes()), isPriced, Tied(needs, relations, along));
        var making = new VisitModels(request, visits, classes, dates, days, isPriced);
        VisitModel[] models = [.. Enumerable.Range(0, Visits.Length).Select(v => making.Of(v, within, limits[v] ?? VisitLimits.None))];
        return new()
        {
            Origin = origin,
            Days = days,
            From = Period.DaysBetween(origin, request.From),
            LastStart = visits.FixedDates.Any() ? null : Period.DaysBetween(origin, request.LastStart),
            Visits = models,
            InOrder = spans.InOrder(),
            Relations = new LagIntervals(dates, days).Relations(lags.Binding),
            Apart = apart,
            Precedence = precedence,
            Spacings = [.. spacings],
            Stays = visits.Stays(),
            HangsOn = hangsOn,
            HourSpans = windows.Hours,
            Quotas = isWaived(new Waiver.Authorisations()) ? [] : [.. AuthorisedVisits.Quotas(request, dates, days)],
            Exclusive = visits.Exclusive,
            NeverShare = NeverShare(spans),
            Windows = isPriced ? windows.Priced(dates, days) : [],
            People = [.. relations],
            Chains = along,
            Availability = availability,
        };
    }

    /// <summary>What was said so far of one visit, for whoever asks only where it may lie while the others stay.</summary>
    public VisitTies TiesOf(VisitId visit)
    {
        var v = visits.IndexOf(visit);
        return new()
        {
            Lags = lags.Of(v),
            Apart = [.. apart.Where(p => p.Item1 == v).Select(p => p.Item2)],
            Earlier = [.. precedence.Where(p => p.Item2 == v).Select(p => p.Item1)],
            Later = [.. precedence.Where(p => p.Item1 == v).Select(p => p.Item2)],
            Spacings = [.. spacings.Where(s => s.First == v || s.Second == v)],
            Hours = [.. windows.Hours.Where(h => h.Anchor == v || h.Visit == v)],
            Windows = windows.Of(v),
            Limits = limits[v] ?? VisitLimits.None,
            People = [.. people.Where(p => p.First.Visit == visit || p.Second.Visit == visit)],
            Chains = [.. chains.Where(c => c.Visits.Contains(visit)).Select(c => ((IReadOnlyList<VisitId>)c.Visits, c.Need))],
        };
    }

    /// <summary>The frame that all that was added makes.</summary>
    public CourseFrame FindFrame() => CourseFrame.Of(request, visits, lags.Spans(), lags.Reach(), windows, weeks);

    /// <summary>The last day of each visit of a new course that starts on one day, as days of the request.</summary>
    public Func<LocalDate, int[]> LastDays()
    {
        var reach = lags.Reach();
        return start =>
        {
            var last = CourseFrame.LastDaysFrom(start, start, visits, reach, windows);
            return [.. Visits.Select(v => Period.DaysBetween(request.FirstDay, last[v]))];
        };
    }

    private void KeepOrder(VisitType type) => SeriesOrder.Narrow(type, dayOf ??= Freedoms.DaysOfSeveral(Protocol), this);

    /// <summary>A window binds its visit to the anchor even where their conditions exclude each other.</summary>
    private void Count(VisitId anchor, VisitId visit, Lag lag)
    {
        if (!visits.IsLeftOut(anchor) && !visits.IsLeftOut(visit))
        {
            var (first, second) = (visits.IndexOf(anchor), visits.IndexOf(visit));
            lags.Add(first, second, lag, visits.FixedAt[first] is null || visits.FixedAt[second] is null);
        }
    }

    private bool AreJudged(VisitId first, VisitId second) => AreJudged(visits.IndexOf(first), visits.IndexOf(second));

    private bool AreJudged(int first, int second) => visits.AreJudged(first, second) && !excused.Contains(first) && !excused.Contains(second);

    /// <summary>The limits of a visit; null where it is excused.</summary>
    private VisitLimits? Asked(VisitId visit) => visits.IndexOf(visit) is var v && excused.Contains(v) ? null : LimitsOf(v);

    private VisitLimits LimitsOf(int visit) => limits[visit] ??= new();

    private PersonRelation Relation((VisitNeed First, VisitNeed Second, bool Same, bool IsMust) of) =>
        new(visits.IndexOf(of.First.Visit), visits.NeedIndex(of.First), visits.IndexOf(of.Second.Visit), visits.NeedIndex(of.Second), of.Same, of.IsMust);

    private static HashSet<(string Type, string Need)> Tied(TiedNeeds needs, PersonRelation[] relations, List<PersonChain> along)
    {
        var tied = new ulong[DaySet.Words(needs.Count)];
        foreach (var (visit, need) in relations.SelectMany(r => new[] { (r.First, r.FirstNeed), (r.Second, r.SecondNeed) }).Concat(along.SelectMany(c => c.Links)))
        {
            needs.Tie(tied, visit, need);
        }

        return needs.Named(tied);
    }

    /// <summary>Weekdays on which the patient insists limit dates like a rule.</summary>
    private void InsistOnDays()
    {
        foreach (var wish in request.Patient.Preferences.OfType<Preference.Days>().Where(w => w.Weight is null))
        {
            foreach (var visit in Visits.Where(v => wish.VisitTypes.IsEmpty || wish.VisitTypes.Contains(v.Type)))
            {
                LimitWeekdays(visit, wish.Weekdays);
            }
        }
    }

    private bool[,] NeverShare(DaySpans spans)
    {
        // Spans through a visit that may be left out bind nobody; then only what is said of the pair itself counts.
        var (never, spansBind) = (new bool[Visits.Length, Visits.Length], !HasGaps(Visits));
        for (var a = 0; a < Visits.Length; a++)
        {
            for (var b = 0; b < Visits.Length; b++)
            {
                never[a, b] = spansBind && (spans.IsBefore(a, b) || spans.IsBefore(b, a));
            }
        }

        foreach (var (a, b) in apart)
        {
            never[a, b] = true;
        }

        return never;
    }
}
