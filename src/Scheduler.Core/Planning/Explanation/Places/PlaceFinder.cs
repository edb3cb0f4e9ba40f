using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Finds day by day where a visit may lie while all others stay where they are.</summary>
internal sealed class PlaceFinder
{
    private readonly CalendarAround around;
    private readonly Tie[] ties;
    private readonly Tie[] priced;
    private readonly Laws laws;
    private readonly Wishes wishes;
    private readonly Fillers fillers;
    private readonly TickSet starts;
    private readonly (LocalDate First, LocalDate Last)? treated;
    private readonly (LocalDate First, LocalDate Last)? treatedInAll;
    private readonly (PackedCost Certain, PackedCost Whole) now;

    /// <summary>Looks at a calendar from one of its visits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="origin">The first day that is asked about.</param>
    public PlaceFinder(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, PreparedClinic clinic, LocalDate origin)
    {
        around = new(request, calendar, visit, clinic, origin);
        var evidence = new Evidence(request, calendar);
        (Cost, CostWithConditional) = around.HasConditional ? (Costing.Of(evidence.CertainOnly()), Costing.Of(evidence)) : (Costing.Of(evidence), (Cost?)null);
        ties = [.. TiesOf(around).Where(t => !t.IsSilent)];
        priced = [.. ties.Where(t => t.Ties.Windows.Count + t.Ties.Hours.Count + t.Ties.Limits.WeekdayPoints.Count + t.Ties.Limits.TimePoints.Count > 0)];
        laws = new(around, evidence);
        wishes = new(request, around.Type);
        var people = new PeoplePrices(around, [.. ties.Where(t => t.Ties.People.Count + t.Ties.Chains.Count > 0)]);
        fillers = new(around, people, wishes);
        starts = Starts();
        (treated, treatedInAll) = (Treated(certainOnly: true), Treated(certainOnly: false));
        now = PriceNow(people);
    }

    /// <summary>Where the visit is.</summary>
    public PlacedVisit Now => around.Now;

    /// <summary>What the calendar costs, conditional visits apart.</summary>
    public Cost Cost { get; }

    /// <summary>What it costs with its conditional visits; null where the protocol has none.</summary>
    public Cost? CostWithConditional { get; }

    /// <summary>The last day on which the visit may lie at all.</summary>
    public LocalDate LastDay => laws.LastDay;

    /// <summary>All starts of a day.</summary>
    public DayPlaces On(LocalDate date)
    {
        var day = around.DayOf(date);
        var (refusals, onDay) = (RefusalsOn(day), new FillersOnDay(around, fillers, day));
        if (laws.Outside(date) is not null)
        {
            return new(date, [], new RefusedRuns(fillers, onDay, refusals, unasked: starts).Of(starts, starts));
        }

        var closed = refusals.Where(r => r.Obstacle is Obstacle.OfLaw { Law: Laws.OpeningHours }).Aggregate(TickSet.Empty, (c, r) => c | r.Starts);
        var staffing = new Staffing(around, fillers, onDay);
        var left = refusals.Aggregate(starts, (s, r) => s & ~r.Starts);
        left = onDay.Possible(left);
        var places = ImmutableArray.CreateBuilder<VisitPlace>();
        for (var (tick, all) = (left.Next(0), left); tick >= 0; tick = all.Next(tick + 1))
        {
            if (staffing.Best(tick) is { } staff)
            {
                places.Add(PlaceOf(date, day, tick, staff));
            }
            else
            {
                left &= ~TickSet.Range(tick, tick + 1);
            }
        }

        return new(date, places.DrainToImmutable(), new RefusedRuns(fillers, onDay, refusals, unasked: closed).Of(starts, starts & ~left));
    }

    /// <summary>All places of a day, and those that but one constraint refuses or makes dearer: for each constraint the best way to be there.</summary>
    public void TryBreaking(LocalDate date, Action<VisitPlace, HeldBy?> found)
    {
        var day = around.DayOf(date);
        var refusals = RefusalsOn(day);
        var (once, twice) = (TickSet.Empty, TickSet.Empty);
        foreach (var refusal in refusals)
        {
            (twice, once) = (twice | (once & refusal.Starts), once | refusal.Starts);
        }

        var left = starts & ~twice;
        var staffing = left.IsEmpty ? null : new Staffing(around, fillers, new FillersOnDay(around, fillers, day));
        for (var tick = left.Next(0); tick >= 0; tick = left.Next(tick + 1))
        {
            var at = tick;
            HeldBy? broken = once.Contains(tick)
                ? refusals.First(r => r.Starts.Contains(at)).Obstacle switch
                {
                    Obstacle.OfRule rule => new HeldBy.OfRule(rule.Rule),
                    Obstacle.OfLaw law => new HeldBy.OfLaw(law.Law),
                    var other => throw new ArgumentOutOfRangeException(nameof(date), other, "No obstacle whoever comes."),
                }
                : null;
            var legal = broken is null ? staffing!.Best(tick) : null;
            if (legal is not null)
            {
                found(PlaceOf(date, day, tick, legal), null);
            }

            var best = new Dictionary<HeldBy, Staff>();
            staffing!.TryBreaking(tick, broken, (staff, by) =>
            {
                if (by is not null && staff.IsBetterThan(best.GetValueOrDefault(by)) && staff.IsBetterThan(legal))
                {
                    best[by] = staff;
                }
            });
            foreach (var (by, staff) in best)
            {
                found(PlaceOf(date, day, tick, staff), by);
            }
        }
    }

    /// <summary>What each rule, and the order of the series, says of the visit.</summary>
    private static IEnumerable<Tie> TiesOf(CalendarAround around)
    {
        var request = around.Request;
        var frame = new CourseFrame(new Dictionary<VisitId, LocalDate>(), new HashSet<VisitId>(), new HashSet<VisitId>(), new KnownWeeks(request));
        foreach (var rule in request.Protocol.Rules)
        {
            var course = new ProblemBuilder(request, waiver => waiver is Waiver.SeriesOrder, frame, known: around.Visits);
            RuleBook.Narrow(rule, course);
            yield return new(around, course.TiesOf(around.Id), rule);
        }

        yield return new(around, new ProblemBuilder(request, _ => false, frame, known: around.Visits).TiesOf(around.Id), rule: null);
    }

    private List<Refusal> RefusalsOn(int day)
    {
        var refusals = new List<Refusal>();
        if (laws.Outside(around.Dates.DateOf(day)) is { } outside)
        {
            return [new(outside, starts)];
        }

        foreach (var tie in ties)
        {
            tie.AddRefusals(day, starts, refusals);
        }

        laws.AddRefusals(day, starts, refusals);
        return refusals;
    }

    private TickSet Starts()
    {
        var grid = Freedoms.OffGrid(around.Request.Protocol).Contains(around.Id) ? TickSet.Minutes : around.Request.Clinic.GridMinutes;
        var all = TickSet.Empty;
        for (var minute = 0; minute + around.Duration <= Hours.MinutesPerDay; minute += grid)
        {
            all |= TickSet.Range(minute / TickSet.Minutes, (minute / TickSet.Minutes) + 1);
        }

        return all;
    }

    private VisitPlace PlaceOf(LocalDate date, int day, int tick, Staff staff)
    {
        var minute = tick * TickSet.Minutes;
        var start = date.AtMidnight().PlusMinutes(minute);
        var uses = ImmutableArray.CreateBuilder<ResourceUse>();
        for (var n = 0; n < staff.By.Length; n++)
        {
            foreach (var (use, from, to) in fillers.Needs[n].Segments)
            {
                var need = fillers.Needs[n].Need;
                uses.Add(new(fillers.Of[n][staff.By[n]].Id, need.Id, need.Role, use, start.PlusMinutes(from), start.PlusMinutes(to)));
            }
        }

        var deviations = ImmutableArray.CreateBuilder<PlaceDeviation>();
        foreach (var tie in priced)
        {
            tie.AddDeviations(day, minute, deviations);
        }

        var certain = around.IsConditional(around.Index) ? now.Certain : TimePrice(date, day, minute, certainOnly: true) + staff.Certain;
        return new(
            new(around.Id, start, start.PlusMinutes(around.Duration), uses.DrainToImmutable()),
            CostOf(Cost, now.Certain, certain, treated, around.IsConditional(around.Index) ? null : date),
            CostWithConditional is { } all ? CostOf(all, now.Whole, TimePrice(date, day, minute, certainOnly: false) + staff.Whole, treatedInAll, date) : null,
            deviations.DrainToImmutable());
    }

    private PackedCost TimePrice(LocalDate date, int day, int minute, bool certainOnly)
    {
        var price = wishes.Price(date.DayOfWeek, minute, minute + around.Duration) + around.PriceOfMoving(day, minute);
        foreach (var tie in priced)
        {
            price += tie.Price(day, minute, certainOnly);
        }

        return price;
    }

    /// <summary>The cost of a calendar in which the part of one visit is another.</summary>
    private Cost CostOf(Cost whole, PackedCost before, PackedCost after, (LocalDate First, LocalDate Last)? others, LocalDate? date)
    {
        var (less, more) = (before.Unpack(0, anyTreatment: false), after.Unpack(0, anyTreatment: false));
        var own = around.Type.Purpose == VisitPurpose.Treatment ? date : null;
        var (first, last) = (others, own) switch
        {
            ({ } span, { } at) => (LocalDate.Min(span.First, at), LocalDate.Max(span.Last, at)),
            ({ } span, null) => span,
            (null, { } at) => (at, at),
            _ => (around.Request.From, around.Request.From),
        };
        return new(
            whole.Major - less.Major + more.Major,
            whole.Minor - less.Minor + more.Minor,
            whole.PersonChanges - less.PersonChanges + more.PersonChanges,
            whole.Preferences - less.Preferences + more.Preferences,
            Period.DaysBetween(around.Request.From, first),
            Period.DaysBetween(around.Request.From, last),
            whole.Fragments - less.Fragments + more.Fragments)
        {
            Moves = new(
                whole.Moves.Visits - less.Moves.Visits + more.Moves.Visits,
                whole.Moves.People - less.Moves.People + more.Moves.People,
                whole.Moves.Others - less.Moves.Others + more.Moves.Others),
        };
    }

    private (LocalDate First, LocalDate Last)? Treated(bool certainOnly)
    {
        LocalDate[] dates =
        [
            .. Enumerable.Range(0, around.Count)
                .Where(v => around.Counts(v, certainOnly) && around.Request.Protocol.TypeOf(around.Visits.Ids[v]).Purpose == VisitPurpose.Treatment)
                .Select(v => around.Other(v)!.Date),
        ];
        return dates.Length == 0 ? null : (dates.Min(), dates.Max());
    }

    /// <summary>What the visit costs where it is, with whom it has, wherever that is.</summary>
    private (PackedCost Certain, PackedCost Whole) PriceNow(PeoplePrices people)
    {
        var (date, minute) = (Now.Date, CalendarAround.MinuteOf(Now.Start.TimeOfDay));
        var day = around.DayOf(date);
        var (certain, whole) = (TimePrice(date, day, minute, certainOnly: true), TimePrice(date, day, minute, certainOnly: false));
        foreach (var need in around.Type.Needs)
        {
            if (Now.ResourceFor(need.Id) is { } who)
            {
                var wished = wishes.Price(need, around.Request.Clinic.Find(who), who) + around.PriceOfMoving(need, who, day, minute);
                certain += wished + people.Price(need, who, certainOnly: true);
                whole += wished + people.Price(need, who, certainOnly: false);
            }
        }

        foreach (var (rule, first, second, same, isMust) in people.Inside())
        {
            var isChange = !isMust && Now.ResourceFor(first) is { } one && Now.ResourceFor(second) is { } other && (one == other) != same;
            certain += PackedCost.PersonChanges(isChange ? 1 : 0);
            whole += PackedCost.PersonChanges(isChange ? 1 : 0);
        }

        var others = new OthersOnDay(around, day);
        foreach (var (resource, taken) in TakenNow())
        {
            certain += PackedCost.Fragments(others.FragmentsMore(resource, taken, certainOnly: true));
            whole += PackedCost.Fragments(others.FragmentsMore(resource, taken, certainOnly: false));
        }

        return (certain, whole);
    }

    /// <summary>The ticks that the visit takes now of resources that are kept free of fragments.</summary>
    private IEnumerable<(int Resource, TickSet Taken)> TakenNow()
    {
        for (var r = 0; r < around.Availability.Resources.Count; r++)
        {
            var who = around.Availability.Resources[r];
            var taken = TickSet.Empty;
            foreach (var use in Now.Uses.Where(u => u.Resource == who.Id && u.Use != Use.Supervision && around.Availability.IsTreatmentResource(r)))
            {
                var from = CalendarAround.MinuteOf(use.Start.TimeOfDay);
                var to = from + (int)Period.Between(use.Start, use.End, PeriodUnits.Minutes).Minutes;
                taken |= TickSet.Touched(from, to + Math.Max(around.Type.Needs.FirstOrDefault(n => n.Id == use.Need)?.CleanUpMinutes ?? 0, who.CleanUpMinutes));
            }

            if (!taken.IsEmpty)
            {
                yield return (r, taken);
            }
        }
    }
}
