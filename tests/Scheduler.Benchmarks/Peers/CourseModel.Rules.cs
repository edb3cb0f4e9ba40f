using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Benchmarks.Peers;

/// <content>What rules say.</content>
internal sealed partial class CourseModel
{
    /// <summary>What rules and series say about the days from one visit to another.</summary>
    private void CountDays()
    {
        foreach (var type in protocol.VisitTypes)
        {
            foreach (var (one, next) in type.Visits.Zip(type.Visits.Skip(1)))
            {
                Lag(one, next, 1, int.MaxValue / 2);
            }
        }

        foreach (var rule in protocol.Rules)
        {
            switch (rule)
            {
                case Rule.Cadence cadence:
                    CountDays(cadence);
                    break;
                case Rule.Order order:
                    foreach (var (one, next) in Neighbours(order))
                    {
                        Lag(one, next, order.AtLeast is { } least ? Exactly(least) : 0, order.AtMost is { } most ? Exactly(most) : int.MaxValue / 2);
                    }

                    break;
                case Rule.SameDay same:
                    foreach (var pair in same.Pairs)
                    {
                        Lag(pair.Partner, pair.Visit, 0, 0);
                    }

                    break;
                case Rule.Window { Anchor: Anchor.StartOf or Anchor.EndOf } window:
                    var (shortest, longest) = CourseDays.Length(window.Target, request.From);
                    foreach (var visit in window.Visits)
                    {
                        Lag(window.Anchor.VisitOrNone!.Value, visit, shortest + Limit(window).From, longest + Limit(window).To);
                    }

                    break;
                case Rule.ApartDays or Rule.TimeOfDay or Rule.Weekdays or Rule.SamePerson or Rule.DifferentPeople:
                    break;
                default:
                    throw new NotSupportedException($"The peers' models say nothing about rules such as {rule.Id}.");
            }
        }
    }

    private void CountDays(Rule.Cadence cadence)
    {
        Refuse(cadence.PerDay is not null, "several visits of a series on a day");
        for (var k = 1; k < cadence.Series.Length; k++)
        {
            var (before, own, first) = (cadence.Series[k - 1], cadence.Series[k], cadence.Series[0]);
            var (least, most) = (1 + (cadence.FreeDaysAtLeast ?? 0), cadence.FreeDaysAtMost + 1 ?? int.MaxValue / 2);
            Lag(before, own, least, most);
            if (cadence.Every is { } every)
            {
                Lag(before, own, every.Days - every.Tolerance, every.Days + every.Tolerance);
            }

            if (cadence.Within is { } within)
            {
                Lag(first, own, 0, Exactly(within) - 1);
            }

            if (cadence.PerWeek is { } weekly)
            {
                Refuse(weekly.HasFewerWhereClosed && weekly.Phases.Any(p => p.Times > 5 || (p.Times > 3 && cadence.FreeDaysAtLeast > 0)), "weeks that have no room");
                var (firstWeek, lastWeek) = weekly.WeeksOf(k);
                var slack = weekly.Week == WeekKind.Calendar ? 6 : 0;
                Lag(first, own, (7 * firstWeek) - slack, (7 * lastWeek) + 6);
            }
        }
    }

    private void Lag(VisitId from, VisitId to, int least, int most) => lags.Add((IndexOf(from), IndexOf(to), least, most));

    private int Exactly(Period period)
    {
        var (least, most) = CourseDays.Length(period, request.From);
        Refuse(least != most, "periods of months except in windows");
        return least;
    }

    private Leeway Limit(Rule.Window window) => request.Deviations == DeviationLimit.None ? window.Ideal : window.Allowed;

    private static IEnumerable<(VisitId One, VisitId Next)> Neighbours(Rule.Order order) =>
        from i in Enumerable.Range(1, order.Groups.Length - 1)
        from one in order.Groups[i - 1]
        from next in order.Groups[i]
        select (one, next);

    /// <summary>A visit that starts so many minutes beside its partner has no time of its own.</summary>
    private void FixExactPlaces()
    {
        foreach (var rule in protocol.Rules.OfType<Rule.SameDay>())
        {
            foreach (var pair in rule.Pairs)
            {
                var (v, partner) = (IndexOf(pair.Visit), IndexOf(pair.Partner));
                if (rule.Place is DayPlace.Starts starts)
                {
                    stays.Add((v, partner));
                    stays.Add((partner, v));
                    if (starts.Earliest == starts.Latest)
                    {
                        Refuse(partner > v && place[partner].Base != partner, "chains of exact places");
                        place[v] = (place[partner].Base, place[partner].Offset + starts.Earliest + (starts.FromEnd ? duration[partner] : 0));
                        Refuse(place[v].Base > v, "an exact place beside a visit of a later type");
                    }
                }
            }
        }
    }

    private void Say(Rule rule)
    {
        switch (rule)
        {
            case Rule.Cadence { PerWeek: { Week: WeekKind.Calendar } weekly } cadence:
                SayWeeks(cadence.Series, weekly);
                break;
            case Rule.Cadence:
                break;
            case Rule.Order order:
                foreach (var (one, next) in Neighbours(order))
                {
                    Precede(IndexOf(one), IndexOf(next));
                }

                break;
            case Rule.ApartDays groups:
                SayApart(groups);
                break;
            case Rule.SameDay same:
                foreach (var pair in same.Pairs)
                {
                    Say(same.Place, IndexOf(pair.Visit), IndexOf(pair.Partner));
                }

                break;
            case Rule.Window window:
                foreach (var visit in window.Visits)
                {
                    SayWindow(window, IndexOf(visit));
                }

                break;
            case Rule.TimeOfDay { Strength.Weight: { } weight } times:
                PriceTimes(times.Visits, weight, (v, slot) => Keeps(times, new(MinuteOf(v, slot), MinuteOf(v, slot) + duration[v])));
                break;
            case Rule.Weekdays { Strength.Weight: { } weight } weekdays:
                PriceTimes(weekdays.Visits, weight, (_, slot) => weekdays.Days.Contains(DateOf(slot).DayOfWeek));
                break;
            case Rule.SamePerson same:
                SaySame(same);
                break;
            case Rule.DifferentPeople different:
                SayDifferent(different);
                break;
        }
    }

    private void SayWeeks(ImmutableArray<VisitId> series, WeeklyRhythm weekly)
    {
        // Day d is day d + offset of the weeks that begin on the Monday of the request's first.
        var (first, offset) = (IndexOf(series[0]), (int)request.From.DayOfWeek - 1);
        var week = Model.Derive($"week of {series[0]}", ValueSet.Range((Lowest(day[first]) + offset) / 7, (Highest(day[first]) + offset) / 7), value => (value(day[first]) + offset) / 7);
        for (var k = 0; k < series.Length; k++)
        {
            var (from, to) = k == 0 ? (0, 0) : weekly.WeeksOf(k);
            var own = day[IndexOf(series[k])];
            Model.Bound([(1, own), (-7, week)], (7 * from) - offset, ConstraintLimits.Far);
            Model.Bound([(1, own), (-7, week)], -ConstraintLimits.Far, (7 * to) + 6 - offset);
        }
    }

    private void SayApart(Rule.ApartDays rule)
    {
        for (var i = 0; i < rule.Groups.Length; i++)
        {
            foreach (var one in rule.Groups[i].Select(IndexOf))
            {
                foreach (var other in rule.Groups.Skip(i + 1).SelectMany(g => g).Select(IndexOf))
                {
                    apart.Add((one, other));
                    apart.Add((other, one));
                    if (days.MayMeet(one, other))
                    {
                        var before = Model.Derive($"{visits[one]} on an earlier day than {visits[other]}", ValueSet.Literal, value => value(day[one]) < value(day[other]) ? 1 : 0);
                        Model.Bound([(1, day[other]), (-1, day[one])], 1, ConstraintLimits.Far, before);
                        Model.Bound([(1, day[one]), (-1, day[other])], 1, ConstraintLimits.Far, ~before);
                    }
                }
            }
        }
    }

    private void Say(DayPlace at, int v, int partner)
    {
        switch (at)
        {
            case DayPlace.Before:
                Precede(v, partner);
                break;
            case DayPlace.After:
                Precede(partner, v);
                break;
            case DayPlace.Starts starts when place[v].Base == v:
                var from = starts.FromEnd ? duration[partner] : 0;
                var gap = place[v].Offset - place[partner].Offset - from;
                var grid = request.Clinic.GridMinutes;
                Model.Bound([(grid, start[v]), (-grid, start[partner])], starts.Earliest - gap, starts.Latest - gap);
                break;
        }
    }

    /// <summary>One visit ends before another starts.</summary>
    private void Precede(int one, int next, params int[] when)
    {
        if (when.Length == 0)
        {
            ordered.Add((one, next));
        }

        var grid = request.Clinic.GridMinutes;
        Model.Bound([(grid, start[next]), (-grid, start[one])], duration[one] + place[one].Offset - place[next].Offset, ConstraintLimits.Far, when);
    }

    private void SayWindow(Rule.Window rule, int v)
    {
        Refuse(rule.Fallback is not null || rule.Nearest is not null || rule.Anchor is not (Anchor.StartOf or Anchor.EndOf), "windows from a date or with a fallback");
        var (anchor, limit) = (IndexOf(rule.Anchor.VisitOrNone!.Value), Limit(rule));
        int LengthFrom(long anchorDay) => Period.DaysBetween(request.From.PlusDays((int)anchorDay), request.From.PlusDays((int)anchorDay) + rule.Target);

        // Months differ in length: how many days the target is away depends on the anchor's day.
        var lengths = Enumerable.Range(Lowest(day[anchor]), Highest(day[anchor]) - Lowest(day[anchor]) + 1).GroupBy(d => LengthFrom(d)).ToList();
        var off = Model.Derive($"{visits[v]} from its target", ValueSet.Range(limit.From, limit.To), value => value(day[v]) - value(day[anchor]) - LengthFrom(value(day[anchor])));
        if (lengths.Count == 1)
        {
            Model.Bound([(1, day[v]), (-1, day[anchor]), (-1, off)], lengths[0].Key, lengths[0].Key);
        }
        else
        {
            var literals = lengths.Select(l => Model.Derive($"{l.Key} days to the target of {visits[v]}", ValueSet.Literal, value => LengthFrom(value(day[anchor])) == l.Key ? 1 : 0)).ToList();
            Model.Add(new Constraint.OneOf([.. literals]));
            foreach (var (length, literal) in lengths.Zip(literals))
            {
                Model.Add(new Constraint.Inside(day[anchor], ValueSet.Of(length), [literal]));
                Model.Bound([(1, day[v]), (-1, day[anchor]), (-1, off)], length.Key, length.Key, literal);
            }
        }

        var offs = Enumerable.Range(limit.From, limit.To - limit.From + 1).ToList();
        if (offs.Exists(o => !rule.Ideal.Contains(o)))
        {
            var isMinor = Model.Derive($"{visits[v]} is a minor deviation", ValueSet.Literal, value => rule.Ideal.Contains((int)value(off)) ? 0 : 1);
            Model.Add(new Constraint.Inside(off, ValueSet.Of(offs.Where(o => !rule.Ideal.Contains(o))), [isMinor]));
            Model.Add(new Constraint.Inside(off, ValueSet.Of(offs.Where(rule.Ideal.Contains)), [~isMinor]));
            minor.Add([(1, isMinor)]);
        }

        int Points(int o) => (rule.Weight * Math.Abs(o)) + Math.Max(0, Math.Max(rule.Ideal.From - o, o - rule.Ideal.To));
        var prices = offs.GroupBy(Points).ToList();
        if (prices is [{ Key: 0 }])
        {
            return;
        }

        var price = prices.Select(p => Model.Derive($"{p.Key} points for the distance of {visits[v]}", ValueSet.Literal, value => Points((int)value(off)) == p.Key ? 1 : 0)).ToList();
        Model.Add(new Constraint.OneOf([.. price]));
        foreach (var (same, literal) in prices.Zip(price))
        {
            Model.Add(new Constraint.Inside(off, ValueSet.Of(same), [literal]));
        }

        points.Add([.. prices.Zip(price).Select(p => ((long)p.First.Key, p.Second))]);
    }

    private void PriceTimes(IEnumerable<VisitId> about, int weight, Func<int, int, bool> isKept)
    {
        foreach (var v in about.Select(IndexOf))
        {
            var all = Model.Variables[start[v]].Domain.Values.ToLookup(slot => isKept(v, slot));
            var breach = Model.Derive($"{visits[v]} is not at the time that it should be", ValueSet.Literal, value => isKept(v, (int)value(start[v])) ? 0 : 1);
            Model.Add(new Constraint.Inside(start[v], ValueSet.Of(all[false]), [breach]));
            Model.Add(new Constraint.Inside(start[v], ValueSet.Of(all[true]), [~breach]));
            points.Add([(weight, breach)]);
        }
    }

    private void PriceWishes(int v)
    {
        foreach (var wish in request.Patient.Preferences.Where(w => w.Weight is not null && Concerns(w, v)))
        {
            PriceTimes([visits[v]], wish.Weight!.Value, (_, slot) => PointsOf(wish, v, slot) == 0);
        }
    }

    private void SaySame(Rule.SamePerson rule)
    {
        foreach (var (one, next) in rule.Visits.Zip(rule.Visits.Skip(1)).Select(p => (candidates[(IndexOf(p.First), rule.Need)], candidates[(IndexOf(p.Second), rule.Need)])))
        {
            if (rule.IsMust)
            {
                foreach (var (resource, literal) in one)
                {
                    var same = next.FirstOrDefault(c => c.Resource.Id == resource.Id);
                    Model.Bound(same.Resource is null ? [(1, literal)] : [(1, literal), (-1, same.Literal)], 0, 0);
                }
            }
            else
            {
                var change = Model.Derive("a change of person", ValueSet.Literal, value => Chosen(one, value) == Chosen(next, value) ? 0 : 1);
                foreach (var (resource, literal) in one)
                {
                    var same = next.FirstOrDefault(c => c.Resource.Id == resource.Id);
                    Model.Add(new Constraint.AnyOf(same.Resource is null ? [~literal, change] : [~literal, same.Literal, change]));
                    if (same.Resource is not null)
                    {
                        Model.Add(new Constraint.AnyOf([~literal, ~same.Literal, ~change]));
                    }
                }

                changes.Add([(1, change)]);
            }
        }
    }

    private static string? Chosen((Core.Clinics.Resource Resource, int Literal)[] among, Func<int, long> value) => among.FirstOrDefault(c => value(c.Literal) == 1).Resource?.Id;

    private void SayDifferent(Rule.DifferentPeople rule)
    {
        foreach (var (one, other) in from a in rule.These from b in rule.Those select (candidates[(IndexOf(a.Visit), a.Need)], candidates[(IndexOf(b.Visit), b.Need)]))
        {
            var common = (from a in one join b in other on a.Resource.Id equals b.Resource.Id select (First: a.Literal, Second: b.Literal)).ToList();
            Refuse(!rule.IsMust && common.Count > 0, "independence that only should be");
            common.ForEach(c => Model.Add(new Constraint.AnyOf([~c.First, ~c.Second])));
        }
    }

    /// <summary>The patient's visits do not overlap; of what two visits of one day share nothing is left that would have to be counted together.</summary>
    private void KeepPatientOnce()
    {
        for (var one = 0; one < visits.Length; one++)
        {
            for (var other = one + 1; other < visits.Length; other++)
            {
                if (!days.MayMeet(one, other) || apart.Contains((one, other)))
                {
                    continue;
                }

                RefuseSharing(one, other);
                if (!stays.Contains((one, other)) && !ordered.Contains((one, other)) && !ordered.Contains((other, one)))
                {
                    var (first, second) = (one, other);
                    var before = Model.Derive($"{visits[one]} before {visits[other]}", ValueSet.Literal, value => Minutes(first, value) < Minutes(second, value) ? 1 : 0);
                    Precede(one, other, before);
                    Precede(other, one, ~before);
                }
            }
        }
    }

    private long Minutes(int v, Func<int, long> value) => (value(start[v]) * request.Clinic.GridMinutes) + place[v].Offset;

    private void RefuseSharing(int one, int other)
    {
        foreach (var need in protocol.TypeOf(visits[one]).Needs)
        {
            foreach (var second in protocol.TypeOf(visits[other]).Needs)
            {
                var shared = Able(need).Intersect(Able(second)).ToList();
                Refuse(
                    shared.Exists(r => IsOfTreatment(r) || r.MaxContactMinutes is not null || r.CleanUpMinutes > 0)
                        || (shared.Count > 0 && (need.CleanUpMinutes > 0 || second.CleanUpMinutes > 0 || need.StartsApartMinutes > 0 || second.StartsApartMinutes > 0 || stays.Contains((one, other)))),
                    $"what {visits[one]} and {visits[other]} leave of a resource that both may take on one day");
            }
        }
    }
}
