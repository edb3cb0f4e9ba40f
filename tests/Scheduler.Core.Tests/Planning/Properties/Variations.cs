using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.BruteForce;
using Scheduler.Core.Tests.Planning.Instances;
using Vary = System.Func<Scheduler.Core.Planning.PlanningRequest, Scheduler.Core.Tests.Planning.Instances.Chance, Scheduler.Core.Planning.PlanningRequest?>;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>Requests that allow every calendar of another and more, or only some of them. Null where a variation does not apply.</summary>
internal static class Variations
{
    /// <summary>What leaves more possible.</summary>
    public static readonly ImmutableSortedDictionary<string, Vary> Easings = new Dictionary<string, Vary>(StringComparer.Ordinal)
    {
        ["a booking less"] = (r, c) => r.Clinic.Bookings is { IsEmpty: false } all ? Booked(r, all.Remove(c.One(all))) : null,
        ["a resource's day without bookings"] = (r, c) => r.Clinic.Bookings is { IsEmpty: false } all && c.One(all) is var one
            ? Booked(r, all.RemoveAll(b => b.Resource == one.Resource && b.Date == one.Date))
            : null,
        ["half the bookings"] = (r, c) => r.Clinic.Bookings is { IsEmpty: false } all ? Booked(r, c.Each(all, 50)) : null,
        ["a resource that always works"] = One(r => r.Hours is not null || !r.Exceptions.IsEmpty, r => r with { Hours = WeeklyHours.Always, Exceptions = [] }),
        ["no longest contact"] = One(r => r.MaxContactMinutes is not null, r => r with { MaxContactMinutes = null }),
        ["no latest start"] = One(r => r.LatestStart is not null, r => r with { LatestStart = null }),
        ["no clean-up"] = One(r => r.CleanUpMinutes > 0, r => r with { CleanUpMinutes = 0 }),
        ["one more to supervise"] = One(r => r.Kind == ResourceKind.Person, r => r with { Supervises = r.Supervises + 1, HandsOnMinutes = 60 }),
        ["one more of a resource"] = (r, c) => In(r, r.Clinic with { Resources = r.Clinic.Resources.Add(c.One(r.Clinic.Resources) with { Id = "more", Hours = null, Exceptions = [] }) }),
        ["a closure less"] = WhereClosuresCostNoVisits((r, c) => r.Clinic.Closures is { IsEmpty: false } all ? In(r, r.Clinic with { Closures = all.Remove(c.One(all)) }) : null),
        ["no clock changes"] = WhereClosuresCostNoVisits((r, _) => r.Protocol.Rules.Any(rule => rule is Rule.HourWindow) ? null : In(r, r.Clinic with { Zone = DateTimeZone.Utc })),
        ["a blackout less"] = (r, _) => r.Patient.Dates.FirstOrDefault(d => d.Hours.IsEmpty) is { } away ? Of(r, r.Patient with { Dates = r.Patient.Dates.Remove(away) }) : null,
        ["a patient who can always come"] = (r, _) => r.Patient.Weekly != WeeklyHours.Always ? Of(r, r.Patient with { Weekly = WeeklyHours.Always, Dates = [] }) : null,
        ["no way to travel"] = (r, _) => r.Patient.TravelMinutes > 0 ? Of(r, r.Patient with { TravelMinutes = 0 }) : null,
        ["a patient who does not insist"] = (r, _) =>
            r.Patient.Preferences.Any(p => p.Weight is null) ? Of(r, r.Patient with { Preferences = r.Patient.Preferences.RemoveAll(p => p.Weight is null) }) : null,
        ["one more visit authorised"] = (r, c) => Authorised(r, c, a => a with { AtMost = a.AtMost + 1 }),
        ["a wider start range"] = (r, c) => r with { StartWithinDays = r.StartWithinDays + c.From(1, 14) },
        ["more deviations"] = (r, _) => r.Deviations < DeviationLimit.Major ? r with { Deviations = r.Deviations + 1 } : null,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What leaves less possible.</summary>
    public static readonly ImmutableSortedDictionary<string, Vary> Tightenings = new Dictionary<string, Vary>(StringComparer.Ordinal)
    {
        ["a narrower window"] = (r, c) => OneRule<Rule.Window>(r, c, w => w.Ideal.To > w.Ideal.From, w => Narrower(w, c)),
        ["a narrower window in hours"] = (r, c) => OneRule<Rule.HourWindow>(r, c, w => w.Ideal.To > w.Ideal.From + 60, w => w with { Ideal = w.Ideal with { To = w.Ideal.To - 60 } }),
        ["one visit fewer authorised"] = (r, c) => Authorised(r, c, a => a with { AtMost = a.AtMost - 1 }),
        ["less tolerance within a day"] = (r, c) => OneRule<Rule.Cadence>(
            r, c, w => w.PerDay is { ToleranceMinutes: > 5 }, w => w with { PerDay = w.PerDay! with { ToleranceMinutes = w.PerDay.ToleranceMinutes - 5 } }),
        ["a narrower place in a bundle"] = (r, c) => OneRule<Rule.SameDay>(
            r, c, s => s.Place is DayPlace.Starts p && p.Latest >= p.Earliest + 10, s => s with { Place = (DayPlace.Starts)s.Place with { Latest = ((DayPlace.Starts)s.Place).Latest - 5 } }),
        ["a heavier wish"] = (r, c) => OneRule<Rule.Weekdays>(r, c, w => !w.Strength.IsMust, w => w with { Strength = Strength.Should(w.Strength.Weight!.Value + 3) }),
        ["a must for a should"] = WhereClosuresCostNoVisits((r, c) => !r.Fixed.IsEmpty ? null : OneRule<Rule>(r, c, IsShould, Must)),
        ["one more time of day"] = (r, c) => More(r, new Rule.TimeOfDay(Head, SomeType(r, c).Visits, null, c.From(9, 14) * 60, null, Maybe(c))),
        ["one more choice of weekdays"] = WhereClosuresCostNoVisits((r, c) => More(r, new Rule.Weekdays(Head, SomeType(r, c).Visits, c.Some(Enum.GetValues<IsoDayOfWeek>().Skip(1), 5), Maybe(c)))),
        ["one more rest"] = WhereClosuresCostNoVisits((r, c) => SomeType(r, c) is { Count: > 1 } type ? More(r, new Rule.Cadence(Head, type.Visits, null, null, c.From(1, 3), null, null)) : null),
        ["one more day apart"] = (r, c) => Two(r, c) is var (a, b) ? More(r, new Rule.ApartDays(Head, [a.Visits, b.Visits])) : null,
        ["one more order"] = (r, c) => Two(r, c) is var (a, b) ? More(r, new Rule.Order(Head, [[a.Visits[0]], [b.Visits[^1]]], null, null)) : null,
        ["one more continuity"] = (r, c) => SomeType(r, c) is { Count: > 1 } type && type.Needs.FirstOrDefault(n => n.Kind == NeedKind.Person) is { } need
            ? More(r, new Rule.SamePerson(Head, type.Visits, need.Id, c.Percent(50)))
            : null,
        ["one more independence"] = (r, c) => Two(r, c) is var (a, b) && Person(a) is { } one && Person(b) is { } other
            ? More(r, new Rule.DifferentPeople(Head, [new(a.Visits[0], one)], [new(b.Visits[0], other)], c.Percent(50)))
            : null,
        ["one more rotation"] = (r, c) => SomeType(r, c) is { Count: > 1 } type && type.Needs.FirstOrDefault(n => n.Kind == NeedKind.Person) is { } need
            ? More(r, new Rule.Rotation(Head, type.Visits, need.Id, c.Percent(50)))
            : null,
        ["a narrower start range"] = (r, c) => r.StartWithinDays > 1 ? r with { StartWithinDays = c.From(1, r.StartWithinDays - 1) } : null,
        ["a later first day"] = (r, c) => r.StartWithinDays > 1 && r.Fixed.IsEmpty ? Later(r, c.From(1, r.StartWithinDays - 1)) : null,
        ["fewer deviations"] = (r, _) => r.Deviations > DeviationLimit.None ? r with { Deviations = r.Deviations - 1 } : null,
        ["a smaller capacity"] = One(r => r.Capacity > 1, r => r with { Capacity = 1 }),
        ["less supervision"] = One(r => r.Supervises > 0, r => r with { Supervises = r.Supervises - 1 }),
        ["more clean-up"] = One(_ => true, r => r with { CleanUpMinutes = r.CleanUpMinutes + 25 }),
        ["less contact"] = One(_ => true, r => r with { MaxContactMinutes = Math.Min(r.MaxContactMinutes ?? 1440, 90) }),
        ["less skill"] = (r, c) => !r.Fixed.IsEmpty ? null : One(p => !p.Skills.IsEmpty, p => p with { Skills = [] })(r, c),
        ["a closure more"] = WhereClosuresCostNoVisits((r, c) => In(r, r.Clinic with { Closures = r.Clinic.Closures.Add(new("more", r.From.PlusDays(c.From(0, 10)), r.From.PlusDays(c.From(10, 14)), new(10 * 60, 24 * 60), Yearly: false)) })),
        ["a blackout more"] = (r, c) => Of(r, r.Patient with { Dates = r.Patient.Dates.Add(new(r.From.PlusDays(c.From(0, 10)), r.From.PlusDays(c.From(10, 14)), [])) }),
        ["a longer way"] = (r, _) => Of(r, r.Patient with { TravelMinutes = r.Patient.TravelMinutes + 45 }),
        ["the best calendar taken"] = (r, c) => BestTaken(r, c),
        ["a coarser grid"] = (r, _) => 60 % r.Clinic.GridMinutes == 0 && r.Clinic.GridMinutes is not 60 ? In(r, r.Clinic with { GridMinutes = r.Clinic.GridMinutes is 10 or 15 ? 30 : r.Clinic.GridMinutes is 5 ? 15 : 60 }) : null,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static RuleHead Head => TestProtocol.Head("more");

    private static PlanningRequest In(PlanningRequest request, Clinic clinic) => request with { Clinic = clinic };

    private static PlanningRequest Of(PlanningRequest request, Patient patient) => request with { Patient = patient };

    // Where a series has fewer visits in weeks with closures, what closes a day also asks for less.
    private static Vary WhereClosuresCostNoVisits(Vary vary) =>
        (r, c) => r.Protocol.Rules.OfType<Rule.Cadence>().Any(w => w.PerWeek is { } week && week.Phases.Any(p => p.FewerWhereClosed)) ? null : vary(r, c);

    private static PlanningRequest? Authorised(PlanningRequest request, Chance chance, Func<Authorisation, Authorisation> change) =>
        request.Patient.Authorisations is { IsEmpty: false } all && chance.One(all) is var one
            ? Of(request, request.Patient with { Authorisations = all.Replace(one, change(one)) })
            : null;

    private static PlanningRequest Booked(PlanningRequest request, ImmutableArray<Booking> bookings) => In(request, request.Clinic with { Bookings = bookings });

    private static PlanningRequest More(PlanningRequest request, Rule rule) => request with { Protocol = request.Protocol with { Rules = request.Protocol.Rules.Add(rule) } };

    private static Vary One(Func<Resource, bool> which, Func<Resource, Resource> change) => (r, c) =>
        r.Clinic.Resources.Where(which).ToImmutableArray() is { IsEmpty: false } some && c.One(some) is var one
            ? In(r, r.Clinic with { Resources = r.Clinic.Resources.Replace(one, change(one)) })
            : null;

    private static PlanningRequest? OneRule<T>(PlanningRequest request, Chance chance, Func<T, bool> which, Func<T, Rule> change)
        where T : Rule =>
        request.Protocol.Rules.OfType<T>().Where(which).ToImmutableArray() is { IsEmpty: false } some && chance.One(some) is var one
            ? request with { Protocol = request.Protocol with { Rules = request.Protocol.Rules.Replace(one, change(one)) } }
            : null;

    // The course may begin on the last day of before, and the days of enrolment are the same.
    private static PlanningRequest Later(PlanningRequest request, int days) => request with
    {
        From = request.From.PlusDays(days),
        StartWithinDays = request.StartWithinDays - days,
        Enrolled = request.Enrolled ?? request.From,
    };

    private static Rule.Window Narrower(Rule.Window window, Chance chance)
    {
        var ideal = chance.Percent(50) ? window.Ideal with { To = window.Ideal.To - 1 } : window.Ideal with { From = window.Ideal.From + 1 };
        return window with { Ideal = ideal, Allowed = chance.Percent(50) ? ideal : window.Allowed };
    }

    private static bool IsShould(Rule rule) => rule is Rule.TimeOfDay { Strength.IsMust: false } or Rule.Weekdays { Strength.IsMust: false }
        or Rule.SamePerson { IsMust: false } or Rule.DifferentPeople { IsMust: false } or Rule.Rotation { IsMust: false };

    private static Rule Must(Rule rule) => rule switch
    {
        Rule.TimeOfDay time => time with { Strength = Strength.Must },
        Rule.Weekdays weekdays => weekdays with { Strength = Strength.Must },
        Rule.SamePerson same => same with { IsMust = true },
        Rule.DifferentPeople different => different with { IsMust = true },
        Rule.Rotation rotation => rotation with { IsMust = true },
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule that only should hold."),
    };

    private static Strength Maybe(Chance chance) => chance.Percent(50) ? Strength.Must : Strength.Should(chance.From(1, 5));

    private static VisitType SomeType(PlanningRequest request, Chance chance) => chance.One(request.Protocol.VisitTypes);

    private static (VisitType, VisitType)? Two(PlanningRequest request, Chance chance) =>
        request.Protocol.VisitTypes.Where(t => !t.IsConditional).ToList() is { Count: > 1 } types && chance.Some(types, 2) is var two ? (two[0], two[1]) : null;

    private static string? Person(VisitType type) => type.Needs.FirstOrDefault(n => n.Kind == NeedKind.Person)?.Id;

    // Somebody else has booked what one visit of the best calendar uses.
    private static PlanningRequest? BestTaken(PlanningRequest request, Chance chance)
    {
        var uses = Known.Proposals(Known.Outcome(request)).Take(1).SelectMany(p => p.Calendar.Visits)
            .Where(v => request.Fixed.All(f => f.Id != v.Id)).SelectMany(v => v.Uses).ToImmutableArray();
        if (uses.IsEmpty)
        {
            return null;
        }

        var use = chance.One(uses);
        var hours = new Hours(Placement.MinuteOf(use.Start, use.Start.Date), Placement.MinuteOf(use.End, use.Start.Date));
        return Booked(request, request.Clinic.Bookings.Add(new(use.Resource, use.Start.Date, hours, use.Use)));
    }
}
