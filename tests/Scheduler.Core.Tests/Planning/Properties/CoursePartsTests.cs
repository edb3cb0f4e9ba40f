using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Rules.Parts;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>
/// A course that is put together from its parts is the one that is built with what is left out from the beginning: it has a calendar where that has one, whatever was
/// asked of the parts before.
/// </summary>
public class CoursePartsTests
{
    private const int Courses = 12;
    private const long Steps = 4_000;

    /// <summary>One piece of work more than that would be a step: to look at one day takes two at least.</summary>
    private const int WorkOfAStep = 1_000;

    [Fact]
    public void Parts_put_together_have_a_calendar_where_the_course_built_so_has_one() => Seeds.Hold(60, (request, chance) =>
    {
        var (parts, frame) = Take(request);
        var constraints = parts.Constraints;
        var all = DaySet.Of(Enumerable.Range(0, request.Protocol.Visits.Length), request.Protocol.Visits.Length);
        for (var i = 0; i < Courses; i++)
        {
            var kept = Some(constraints.Length, chance);
            var waived = Enumerable.Range(0, constraints.Length).Where(c => !DaySet.Contains(kept, c)).Select(c => constraints[c]).Append(new Waiver.Costs()).ToImmutableHashSet();
            var (together, built) = (Asked(parts, kept, all, request, frame), DaySearch.Exists(Planner.Problem(request, isWaived: waived.Contains, frame: frame), Steps));
            if (together.IsKnown && built.IsKnown && together.IsFound != built.IsFound)
            {
                return $"another answer: {together.IsFound} from parts, without {string.Join(", ", waived)}";
            }
        }

        return null;
    });

    [Fact]
    public void What_some_visits_cannot_notice_makes_no_difference_to_them() => Seeds.Hold(60, (request, chance) =>
    {
        var (parts, frame) = Take(request);
        var visits = request.Protocol.Visits.Length;
        for (var i = 0; i < Courses; i++)
        {
            var few = DaySet.Of(Enumerable.Range(0, visits).Where(_ => chance.Percent(25)), visits);
            if (DaySet.IsEmpty(few))
            {
                continue;
            }

            var kept = Some(parts.Constraints.Length, chance);
            var (all, noticed) = (Asked(parts, kept, few, request, frame), Asked(parts, DaySet.Both(kept, parts.Touching(few)), few, request, frame));
            if (all.IsKnown && noticed.IsKnown && all.IsFound != noticed.IsFound)
            {
                return $"noticed: {all.IsFound} with all constraints for {string.Join(", ", DaySet.All(few).Select(v => request.Protocol.Visits[v]))}";
            }
        }

        return null;
    });

    [Fact]
    public void What_is_known_of_a_day_from_other_constraints_is_what_a_fresh_look_says() => Seeds.Hold(60, (request, chance) =>
    {
        var (parts, _) = Take(request);
        var asked = Enumerable.Range(0, Courses).Select(_ => Some(parts.Constraints.Length, chance)).ToList();

        // Asked for again, all that others found since is known.
        return asked.Concat(asked.AsEnumerable().Reverse()).Select(kept => Differs(parts, kept, request, chance)).FirstOrDefault(found => found is not null);
    });

    [Fact]
    public void The_same_holds_in_a_clinic_with_many_people_and_with_many_rooms_that_are_alike()
    {
        const string Text = """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              dose: {purpose: treatment, duration: 30 min, people: {guide: {exclusive: whole visit}}, places: {room: {exclusive: whole visit}}}
              talk: {purpose: treatment, duration: 60 min, people: {guide: {exclusive: whole visit}}, places: {room: {exclusive: whole visit}}}
            rules:
              guides: {same person for: [dose, talk], as: guide}
              soon: {order: dose before talk, at most: 5 days}
            """;

        var chance = new Chance(1);
        var people = Enumerable.Range(0, 70).Select(p => TestClinic.Resource($"p{p:00}", ResourceKind.Person, "guide") with { Hours = TestClinic.Weekly(1 + (p % 3), 3 + (p % 3), p % 2 == 0 ? "06:00 to 07:30" : "09:00 to 17:00") });
        var rooms = Enumerable.Range(0, 70).Select(r => TestClinic.Resource($"r{r:00}", ResourceKind.Room, "room") with { Hours = TestClinic.Weekly(1, 4, "08:00 to 10:00") });
        var clinic = TestClinic.Of([.. people, .. rooms]).Closed("2026-03-03");
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", Text).Required, clinic, Patient.Anyone, TestClinic.Date("2026-03-02")) { StartWithinDays = 3 };
        var (parts, _) = Take(request);

        // All together shuts each day, as do closing hours and the rooms alone; it takes all people, or all rooms, to shut one.
        var all = Enumerable.Range(0, parts.Constraints.Length).ToArray();
        var asked = new[] { all, [], [.. all.Where(IsOf("p"))], [.. all.Where(IsOf("r"))], [.. all.Where(c => c % 2 == 0)], [.. all.Where(c => parts.Constraints[c] is not Waiver.OpeningHours)] }
            .Concat(Enumerable.Range(0, 6).Select(_ => DaySet.All(Some(all.Length, chance)).ToArray()))
            .Select(kept => DaySet.Of(kept, all.Length))
            .ToList();

        Assert.Null(asked.Concat(asked.AsEnumerable().Reverse()).Select(kept => Differs(parts, kept, request, chance)).FirstOrDefault(found => found is not null));

        Func<int, bool> IsOf(string kind) => c => parts.Constraints[c] is Waiver.OfResource(var id, _) && id.StartsWith(kind, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_was_shut_with_less_is_known_before_anybody_looks_and_one_that_was_open_with_more_is_not_looked_at_again()
    {
        var (shutAtOnce, openAtOnce) = (0, 0);
        for (var seed = 0; seed < 30; seed++)
        {
            var request = Known.Request(seed);
            var (parts, _) = Take(request);
            var visits = request.Protocol.Visits.Length;
            foreach (var type in request.Protocol.Visits.GroupBy(v => v.Type, StringComparer.Ordinal))
            {
                // What is said of the type's own times stays, so that its visits are of the same class.
                var some = DaySet.Of(type.Select(v => request.Protocol.Visits.IndexOf(v)), visits);
                int[] times = [.. Enumerable.Range(0, parts.Constraints.Length).Where(c => parts.Constraints[c].IsOfTimes)];
                var (less, more) = (DaySet.Of(times.Where(c => c % 2 == 0), parts.Constraints.Length), DaySet.Of(times, parts.Constraints.Length));
                var (ofLess, ofMore, ofLeast) = (OptionsOf(parts, less, some), OptionsOf(parts, more, some), OptionsOf(parts, new ulong[less.Length], some));
                if (ofLess is null || ofMore is null || ofLeast is null || ofMore.Visits.Crews.Length != 1)
                {
                    continue;
                }

                var days = Enumerable.Range(0, DaysOf(parts, less, some)).ToList();
                var shut = days.Where(d => !ofLess.Exists(0, d)).ToList();
                Assert.Subset(DaySet.All(ofMore.KnownShut()!).ToHashSet(), shut.ToHashSet());
                shutAtOnce += shut.Count;

                var open = days.Where(d => ofMore.Exists(0, d)).ToHashSet();
                var budget = new StepBudget(10);
                budget.Charge(WorkOfAStep - 2);
                var (wanted, possible) = (DaySet.Of(open, days.Count), new ulong[DaySet.Words(days.Count)]);
                ofLeast.For(budget).AddPossible(0, wanted, possible);
                Assert.Equal((0, open.Count), (budget.Taken, DaySet.Size(possible)));
                openAtOnce += open.Count;
            }
        }

        Assert.True(shutAtOnce > 100 && openAtOnce > 100, $"{shutAtOnce} shut, {openAtOnce} open");
    }

    [Fact]
    public void Both_answers_are_given_often()
    {
        var answers = Enumerable.Range(0, 40).Select(Known.Request).Select(request =>
        {
            var (parts, frame) = Take(request);
            var (every, visits) = (Enumerable.Range(0, parts.Constraints.Length), request.Protocol.Visits.Length);
            return Asked(parts, DaySet.Of(every, parts.Constraints.Length), DaySet.Of(Enumerable.Range(0, visits), visits), request, frame);
        }).Where(a => a.IsKnown).Select(a => a.IsFound).ToList();
        Assert.True(answers.Count(found => found) >= 5 && answers.Count(found => !found) >= 5, string.Join(" ", answers));
    }

    private static string? Differs(CourseParts parts, ulong[] kept, PlanningRequest request, Chance chance)
    {
        var visits = request.Protocol.Visits.Length;
        var course = parts.Of(kept, DaySet.Of(Enumerable.Range(0, visits), visits), startCounts: false);
        foreach (var of in course.Visits.Where(v => v.Fixed is null).Select(v => v.Class).Distinct())
        {
            var (shared, fresh) = (parts.Options(course, kept)(of, 0, course.Days - 1), new DayOptions(of, course.Availability, 0, course.Days - 1));
            if (shared.KnownShut() is { } shut && DaySet.All(shut).Any(day => Enumerable.Range(0, of.Crews.Length).Any(crew => fresh.Exists(crew, day))))
            {
                return $"a day is known to be shut to {of.Type.Id}, and is not";
            }

            // Not all days are asked for each time, so that some are known and some are not; of some it is asked first whether anybody can.
            foreach (var day in Enumerable.Range(0, course.Days).Where(_ => chance.Percent(60)))
            {
                if (!of.NeedsCompete && chance.Percent(20) && shared.All(Decisions.AnyCrew, day).Length > 0 != fresh.All(Decisions.AnyCrew, day).Length > 0)
                {
                    return $"day {day} of {of.Type.Id}, whoever";
                }

                foreach (var crew in Enumerable.Range(0, of.Crews.Length).Where(crew => shared.Exists(crew, day) != fresh.Exists(crew, day)))
                {
                    return $"day {day} for crew {crew} of {of.Type.Id}";
                }
            }
        }

        return null;
    }

    private static DayOptions? OptionsOf(CourseParts parts, ulong[] kept, ulong[] some)
    {
        var course = parts.Of(kept, some, startCounts: false);
        return course.Visits.Where(v => v.Fixed is null).Select(v => v.Class).Distinct().ToList() is [var only] ? parts.Options(course, kept)(only, 0, course.Days - 1) : null;
    }

    private static int DaysOf(CourseParts parts, ulong[] kept, ulong[] some) => parts.Of(kept, some, startCounts: false).Days;

    private static (CourseParts Parts, CourseFrame Frame) Take(PlanningRequest request)
    {
        var frame = Conflicts.Wide(Planner.Frame(request));
        return (new(request, [.. Conflicts.Waivers(request)], Almanac.Of(request), frame), frame);
    }

    private static Existence Asked(CourseParts parts, ulong[] kept, ulong[] visits, PlanningRequest request, CourseFrame frame)
    {
        var course = parts.Of(kept, visits, startCounts: request.Fixed.IsEmpty && frame.Openers.All(v => DaySet.Contains(visits, request.Protocol.Visits.IndexOf(v))));
        var calendar = DaySearch.Exists(course, Steps, parts.Options(course, kept));
        if (calendar.Steps >= Steps)
        {
            parts.Forget();
        }

        return calendar;
    }

    /// <summary>Half of the constraints, most, or nearly all.</summary>
    private static ulong[] Some(int constraints, Chance chance)
    {
        var percent = chance.One(50, 75, 95);
        return DaySet.Of(Enumerable.Range(0, constraints).Where(_ => chance.Percent(percent)), constraints);
    }
}
