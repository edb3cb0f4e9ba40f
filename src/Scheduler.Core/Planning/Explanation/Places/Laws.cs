using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>The laws that ask when a visit is, whoever comes; they go by the names that docs/planning.md gives them.</summary>
internal sealed class Laws
{
    /// <summary>The law of opening hours, closures and clock changes.</summary>
    public const string OpeningHours = "opening-hours";

    /// <summary>The law of what the patient insists on.</summary>
    public const string Preferences = "preferences";

    private const string StartRange = "start-range";
    private const string Horizon = "horizon";

    private readonly CalendarAround around;
    private readonly PlanningRequest request;
    private readonly Preference[] insisted;
    private readonly LocalDate? firstOther;
    private readonly LocalDate lastStart;
    private readonly LocalDate lastOther;
    private readonly (int Visit, LocalDate Date)[] conditional;
    private readonly Func<LocalDate, LocalDate> lastDay;
    private readonly HashSet<int> stays;

    /// <summary>Collects what the laws look at.</summary>
    /// <param name="around">The calendar.</param>
    /// <param name="evidence">The same as its judge sees it, who knows how far the horizon reaches.</param>
    public Laws(CalendarAround around, Evidence evidence)
    {
        (this.around, request) = (around, around.Request);
        insisted = [.. request.Patient.Preferences.Where(p => p.Weight is null && (p.VisitTypes.IsEmpty || p.VisitTypes.Contains(around.Id.Type)))];
        int[] placed = [.. Enumerable.Range(0, around.Count).Where(v => around.Other(v) is not null)];
        LocalDate[] certain = [.. placed.Where(v => !request.Protocol.TypeOf(around.Visits.Ids[v]).IsConditional).Select(v => around.Other(v)!.Date)];
        firstOther = certain.Length == 0 ? null : certain.Min();
        lastStart = request.Fixed.Select(f => f.Date).Where(d => !evidence.IsFar(d)).Append(request.LastStart).Max();
        lastOther = certain.Append(lastStart).Max();
        conditional = [.. placed.Where(around.IsConditional).Select(v => (v, around.Other(v)!.Date))];
        var longest = Spans.Longest(evidence);
        lastDay = from => WithinHorizon.LastDay(evidence, from.PlusDays(longest));
        LastDay = lastDay(around.Type.IsConditional ? lastOther : lastStart);
        stays = [.. placed.Where(v => Bundles.AreOneStay(request.Protocol, around.Id, around.Visits.Ids[v]))];
    }

    /// <summary>The last day on which the visit may lie.</summary>
    public LocalDate LastDay { get; }

    /// <summary>What refuses a date before the request's first day or behind the horizon, where nothing else is asked; null for one in between.</summary>
    public Obstacle? Outside(LocalDate date) =>
        date < request.From ? new Obstacle.OfLaw(StartRange, []) : date > LastDay ? new Obstacle.OfLaw(Horizon, []) : null;

    /// <summary>Adds the starts that are refused on a day.</summary>
    public void AddRefusals(int day, TickSet starts, List<Refusal> refusals)
    {
        var date = around.Dates.DateOf(day);
        if (IsOutsideStartRange(date))
        {
            Add(StartRange, starts, [], refusals);
        }

        AddOthersHorizon(date, starts, refusals);
        AddAuthorisation(date, starts, refusals);
        AddHours(day, starts, refusals);
        AddOtherVisits(day, starts, refusals);
        AddWishes(date, starts, refusals);
    }

    private static void Add(string law, TickSet refused, ImmutableArray<VisitId> others, List<Refusal> refusals)
    {
        if (!refused.IsEmpty)
        {
            refusals.Add(new(new Obstacle.OfLaw(law, others), refused));
        }
    }

    private bool IsOutsideStartRange(LocalDate date) =>
        request.Fixed.IsEmpty && !around.Type.IsConditional && (firstOther is { } first && first < date ? first : date) > request.LastStart;

    /// <summary>Conditional visits may lie so far behind the last certain one: moving that moves their horizon.</summary>
    private void AddOthersHorizon(LocalDate date, TickSet starts, List<Refusal> refusals)
    {
        if (!around.Type.IsConditional && conditional.Length > 0 && lastDay(LocalDate.Max(lastOther, date)) is var last && Array.Exists(conditional, c => c.Date > last))
        {
            Add(Horizon, starts, [.. conditional.Where(c => c.Date > last).Select(c => around.Visits.Ids[c.Visit])], refusals);
        }
    }

    private void AddAuthorisation(LocalDate date, TickSet starts, List<Refusal> refusals)
    {
        Authorisation[] granted = [.. request.Patient.Authorisations.Where(a => a.VisitTypes.Contains(around.Id.Type) && a.From <= date && date <= a.To)];
        var beside = granted.SelectMany(a => Covered(a) is var others && 1 + MostTogether(others) > a.AtMost ? others : []).Distinct().Order().Select(v => around.Visits.Ids[v]);
        ImmutableArray<VisitId> tooMany = [.. beside];
        if ((around.Type.NeedsAuthorisation && granted.Length == 0) || Array.Exists(granted, a => 1 + MostTogether(Covered(a)) > a.AtMost))
        {
            Add("authorisation", starts, tooMany, refusals);
        }
    }

    private List<int> Covered(Authorisation granted) =>
    [
        .. Enumerable.Range(0, around.Count).Where(v => around.Other(v) is { } placed
            && !around.Visits.Exclusive.Contains((around.Index, v))
            && granted.VisitTypes.Contains(placed.Id.Type) && granted.From <= placed.Date && placed.Date <= granted.To),
    ];

    /// <summary>The most of some visits that can be needed together.</summary>
    private int MostTogether(List<int> visits)
    {
        foreach (var v in visits)
        {
            if (visits.FindIndex(u => around.Visits.Exclusive.Contains((v, u))) is >= 0 and var clash)
            {
                return Math.Max(MostTogether([.. visits.Where(u => u != v)]), MostTogether([.. visits.Where((_, at) => at != clash)]));
            }
        }

        return visits.Count;
    }

    private void AddHours(int day, TickSet starts, List<Refusal> refusals)
    {
        var (open, free, steady) = around.Dates.On(day);
        var length = TickSet.CeilingTick(around.Duration);
        if (around.Type.Mode == Mode.SelfReport)
        {
            Add(OpeningHours, starts & ~(steady & TickSet.Inside(8 * 60, 20 * 60)).StartsOf(length), [], refusals);
            return;
        }

        Add(OpeningHours, starts & ~(open & steady).StartsOf(length), [], refusals);
        var travel = around.Type.Mode == Mode.InPerson ? request.Patient.TravelMinutes : 0;
        var before = TickSet.CeilingTick(travel);
        Add("patient-hours", starts & ~free.StartsOf(before + TickSet.CeilingTick(around.Duration + travel)).Up(before), [], refusals);
    }

    /// <summary>The patient is at one place at a time, and gets from one to the next.</summary>
    private void AddOtherVisits(int day, TickSet starts, List<Refusal> refusals)
    {
        var (refused, beside) = (TickSet.Empty, new List<VisitId>());
        foreach (var other in around.On(day).Where(o => !stays.Contains(o)))
        {
            var (from, to) = around.Minutes(other);
            var (here, there) = (around.Type.Mode, request.Protocol.TypeOf(around.Visits.Ids[other]).Mode);
            var travel = (here == Mode.InPerson && there is Mode.Video or Mode.Phone) || (there == Mode.InPerson && here is Mode.Video or Mode.Phone) ? request.Patient.TravelMinutes : 0;
            var taken = TickSet.Empty;
            for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
            {
                var (start, end) = (tick * TickSet.Minutes, (tick * TickSet.Minutes) + around.Duration);
                if (TickSet.Touched(start, end).Overlaps(TickSet.Touched(from, to)) || Math.Max(start, from) - Math.Min(end, to) < travel)
                {
                    taken |= TickSet.Range(tick, tick + 1);
                }
            }

            if (!taken.IsEmpty)
            {
                refused |= taken;
                beside.Add(around.Visits.Ids[other]);
            }
        }

        Add("patient-once", refused, [.. beside], refusals);
    }

    private void AddWishes(LocalDate date, TickSet starts, List<Refusal> refusals)
    {
        var refused = TickSet.Empty;
        foreach (var wish in insisted)
        {
            refused |= wish switch
            {
                Preference.Days days when !days.Weekdays.Contains(date.DayOfWeek) => starts,
                Preference.Times times => starts & ~Inside(times.Hours),
                _ => TickSet.Empty,
            };
        }

        Add(Preferences, refused, [], refusals);
    }

    /// <summary>The starts from which the visit lies inside a stretch, to the minute.</summary>
    private TickSet Inside(Hours stretch) => TickSet.Range(TickSet.CeilingTick(stretch.From), TickSet.FloorTick(stretch.To - around.Duration) + 1);
}
