using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Starts of a day that something refuses.</summary>
internal readonly record struct Refusal(Obstacle Obstacle, TickSet Starts);

/// <summary>What one rule, or the order of the series, says of a visit beside the others as they lie: the starts that it refuses, and what it costs.</summary>
/// <param name="around">The calendar.</param>
/// <param name="ties">What is said.</param>
/// <param name="rule">The rule; null for the order of the series.</param>
internal sealed class Tie(CalendarAround around, VisitTies ties, Rule? rule)
{
    /// <summary>How far outside its allowed window a major deviation may lie, in days.</summary>
    private const int BeyondAllowedDays = 28;

    /// <summary>The name of the law of series.</summary>
    private const string SeriesOrder = "series-order";

    private readonly int v = around.Index;
    private readonly HourSpan[] hours = [.. ties.Hours.Where(h => around.Other(h.Anchor == around.Index ? h.Visit : h.Anchor) is not null)];

    private readonly (int Anchor, int Visit, Rule.Window Rule)[] windows =
        [.. ties.Windows.Where(w => w.Visit != around.Index ? around.Other(w.Visit) is not null : w.Anchor < 0 || around.Other(w.Anchor) is not null)];

    /// <summary>What is said about people.</summary>
    public VisitTies Ties => ties;

    /// <summary>The id of the rule; null for the order of the series.</summary>
    public string? Rule => rule?.Id;

    /// <summary>Whether prices depend on the time of day.</summary>
    public bool PricesTimes => hours.Length > 0 || ties.Limits.TimePoints.Count > 0;

    /// <summary>Whether it may refuse or price anything at all.</summary>
    public bool IsSilent => ties.Lags.Count + ties.Apart.Count + ties.Earlier.Count + ties.Later.Count + ties.Spacings.Count + hours.Length + windows.Length + ties.People.Count + ties.Chains.Count == 0
        && ties.Limits.AllowAnyDate
        && ties.Limits.Times.Count + ties.Limits.WeekdayPoints.Count + ties.Limits.TimePoints.Count == 0;

    /// <summary>Adds the starts that are refused on a day.</summary>
    public void AddRefusals(int day, TickSet starts, List<Refusal> refusals)
    {
        if (windows.Length > 0)
        {
            AddOutside(TierOf(day), starts, [.. windows.Where(w => TierOf(w, day) > Permitted).Select(w => w.Visit == v ? w.Anchor : w.Visit)], refusals);
        }
        else if (hours.Length > 0)
        {
            AddOutsideHours(day, starts, refusals);
        }
        else
        {
            var (refused, beside) = Refused(day, starts);
            Add(refused, beside, permittedBy: null, refusals);
        }
    }

    /// <summary>What a start costs by windows and should-rules about days and times.</summary>
    public PackedCost Price(int day, int minute, bool certainOnly)
    {
        var price = PackedCost.Zero;
        var points = 0;
        foreach (var (_, pointsOf) in ties.Limits.WeekdayPoints)
        {
            points += pointsOf(around.Dates.DateOf(day).DayOfWeek);
        }

        foreach (var (_, pointsOf) in ties.Limits.TimePoints)
        {
            points += pointsOf(minute, minute + around.Duration);
        }

        foreach (var window in windows)
        {
            if (Counts(window.Anchor, window.Visit, certainOnly))
            {
                price += Price(window.Rule, OffOf(window, day));
            }
        }

        foreach (var span in hours)
        {
            if (Counts(span.Anchor, span.Visit, certainOnly))
            {
                price += span.Price(OffOf(span, day, minute));
            }
        }

        return price + PackedCost.Preference(points);
    }

    /// <summary>Adds the windows outside whose ideal somebody lies because of a start.</summary>
    public void AddDeviations(int day, int minute, ImmutableArray<PlaceDeviation>.Builder deviations)
    {
        foreach (var window in windows)
        {
            Add(window.Visit, TierOf(window, day));
        }

        foreach (var span in hours)
        {
            Add(span.Visit, TierOf(span, OffOf(span, day, minute)));
        }

        void Add(int visit, Tier tier)
        {
            if (tier > Tier.Ideal)
            {
                deviations.Add(new(rule!.Id, around.Visits.Ids[visit], tier > Tier.Minor));
            }
        }
    }

    private Tier Permitted => around.Request.Deviations switch
    {
        DeviationLimit.None => Tier.Ideal,
        DeviationLimit.Minor => Tier.Minor,
        _ => Tier.Major,
    };

    private bool Counts(int anchor, int visit, bool certainOnly) => IsThere(anchor) && IsThere(visit) && !(certainOnly && around.IsConditional(v))
        && (anchor < 0 || anchor == v || around.Counts(anchor, certainOnly)) && (visit == v || around.Counts(visit, certainOnly));

    private bool IsThere(int visit) => visit < 0 || visit == v || around.Other(visit) is not null;

    private void Add(TickSet refused, IEnumerable<int> beside, DeviationLimit? permittedBy, List<Refusal> refusals)
    {
        if (!refused.IsEmpty)
        {
            ImmutableArray<VisitId> others = [.. beside.Where(o => o >= 0).Distinct().Order().Select(o => around.Visits.Ids[o])];
            refusals.Add(new(rule is null ? new Obstacle.OfLaw(SeriesOrder, others) : new Obstacle.OfRule(rule.Id, others, permittedBy), refused));
        }
    }

    /// <summary>The starts refused by what is no window, and the visits beside which they are.</summary>
    private (TickSet Refused, List<int> Beside) Refused(int day, TickSet starts)
    {
        var (refused, beside) = (TickSet.Empty, new List<int>());
        if (!ties.Limits.AllowAnyDate && !ties.Limits.Allow(around.Dates.DateOf(day)))
        {
            refused = starts;
        }

        foreach (var (_, allows) in ties.Limits.Times)
        {
            Refuse(starts, minute => !allows(minute, minute + around.Duration));
        }

        foreach (var (other, lag, isFirst) in ties.Lags)
        {
            if (around.Other(other) is not null && !Allows(lag, isFirst ? day : around.OtherDay(other), isFirst ? around.OtherDay(other) : day))
            {
                refused = starts;
                beside.Add(other);
            }
        }

        foreach (var other in ties.Apart.Where(o => IsOn(o, day)))
        {
            refused = starts;
            beside.Add(other);
        }

        foreach (var other in ties.Earlier.Where(o => IsOn(o, day)))
        {
            RefuseBeside(other, minute => minute < around.Minutes(other).To);
        }

        foreach (var other in ties.Later.Where(o => IsOn(o, day)))
        {
            RefuseBeside(other, minute => around.Minutes(other).From < minute + around.Duration);
        }

        foreach (var (first, second, least, most) in ties.Spacings)
        {
            if ((first == v ? second : first) is var other && IsOn(other, day))
            {
                var tick = TickSet.FloorTick(around.Minutes(other).From);
                RefuseBeside(other, minute => TickSet.Minutes * (first == v ? tick - (minute / TickSet.Minutes) : (minute / TickSet.Minutes) - tick) is var apart && (apart < least || apart > most));
            }
        }

        return (refused, beside);

        void RefuseBeside(int other, Func<int, bool> isRefused)
        {
            var before = refused;
            Refuse(starts, isRefused);
            if (refused != before)
            {
                beside.Add(other);
            }
        }

        void Refuse(TickSet among, Func<int, bool> isRefused)
        {
            for (var tick = among.Next(0); tick >= 0; tick = among.Next(tick + 1))
            {
                refused |= isRefused(tick * TickSet.Minutes) ? TickSet.Range(tick, tick + 1) : TickSet.Empty;
            }
        }
    }

    private bool IsOn(int other, int day) => around.Other(other) is not null && around.OtherDay(other) == day;

    private bool Allows(Lag lag, int day, int later)
    {
        var (from, to) = lag.Interval(day, around.Dates.DateOf(day));
        return from <= later && later <= to;
    }

    private void AddOutside(Tier tier, TickSet starts, IEnumerable<int> beside, List<Refusal> refusals)
    {
        if (tier > Permitted)
        {
            Add(starts, beside, PermittedBy(tier), refusals);
        }
    }

    private void AddOutsideHours(int day, TickSet starts, List<Refusal> refusals)
    {
        var outside = new TickSet[(int)Tier.Outside + 1];
        for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
        {
            outside[(int)hours.Max(h => TierOf(h, OffOf(h, day, tick * TickSet.Minutes)))] |= TickSet.Range(tick, tick + 1);
        }

        for (var tier = Permitted + 1; tier <= Tier.Outside; tier++)
        {
            AddOutside(tier, outside[(int)tier], hours.Select(h => h.Visit == v ? h.Anchor : h.Visit), refusals);
        }
    }

    private static DeviationLimit? PermittedBy(Tier tier) => tier switch
    {
        Tier.Minor => DeviationLimit.Minor,
        Tier.Major => DeviationLimit.Major,
        _ => null,
    };

    private Tier TierOf(int day) => windows.Max(w => TierOf(w, day));

    private Tier TierOf((int Anchor, int Visit, Rule.Window Rule) window, int day) =>
        TierOf(OffOf(window, day), window.Rule.Ideal, window.Rule.Allowed, BeyondAllowedDays);

    private static Tier TierOf(HourSpan span, int off) => TierOf(off, span.Ideal, span.Allowed, BeyondAllowedDays * NodaConstants.MinutesPerDay);

    private static Tier TierOf(int off, Leeway ideal, Leeway allowed, int beyond) =>
        ideal.Contains(off) ? Tier.Ideal
        : allowed.Contains(off) ? Tier.Minor
        : new Leeway(allowed.From - beyond, allowed.To + beyond).Contains(off) ? Tier.Major
        : Tier.Outside;

    /// <summary>Days from the target to the visit of a window, one of the two being here.</summary>
    private int OffOf((int Anchor, int Visit, Rule.Window Rule) window, int day)
    {
        var (rule, known) = (window.Rule, around.Request.Enrolled ?? around.Request.From);
        var anchor = window.Anchor == v ? around.Dates.DateOf(day) : window.Anchor >= 0 ? around.Other(window.Anchor)!.Date : DateOf(rule, known);
        return (window.Visit == v ? day : around.OtherDay(window.Visit)) - around.DayOf(anchor + rule.Target);
    }

    private LocalDate DateOf(Rule.Window window, LocalDate enrolled)
    {
        var isLeftOut = window.Fallback is not null && window.Anchor.VisitOrNone is { } visit && around.Visits.IsLeftOut(visit);
        return (isLeftOut ? window.Fallback : window.Anchor) is Anchor.CameTrueOn known ? known.Date : enrolled;
    }

    /// <summary>Minutes from the target to the start of a window's visit, one of the two being here.</summary>
    private int OffOf(HourSpan span, int day, int minute)
    {
        var (anchorDay, moment) = span.Anchor == v
            ? (day, minute + (span.FromEnd ? around.Duration : 0))
            : (around.OtherDay(span.Anchor), span.FromEnd ? around.Minutes(span.Anchor).To : around.Minutes(span.Anchor).From);
        var (visitDay, start) = span.Visit == v ? (day, minute) : (around.OtherDay(span.Visit), around.Minutes(span.Visit).From);
        return around.Availability.Elapsed(anchorDay, moment, visitDay, start) - span.Target;
    }

    private static PackedCost Price(Rule.Window window, int off)
    {
        var nearest = window.Nearest ?? window.Ideal;
        var points = PackedCost.Preference((window.Weight * Math.Abs(off)) + Math.Max(0, Math.Max(nearest.From - off, off - nearest.To)));
        return window.Ideal.Contains(off) ? points : points + (window.Allowed.Contains(off) ? PackedCost.Minor : PackedCost.Major);
    }

    /// <summary>How far a visit lies from where a window wants it.</summary>
    private enum Tier
    {
        Ideal,
        Minor,
        Major,
        Outside,
    }
}
