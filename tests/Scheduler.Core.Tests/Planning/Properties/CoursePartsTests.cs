using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Rules.Parts;
using Scheduler.Core.Planning.Search;
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
        var all = DaySet.Of(Enumerable.Range(0, request.Protocol.Visits.Length), request.Protocol.Visits.Length);
        for (var i = 0; i < Courses; i++)
        {
            var kept = Some(parts.Constraints.Length, chance);
            var course = parts.Of(kept, all, startCounts: false);
            foreach (var of in course.Visits.Where(v => v.Fixed is null).Select(v => v.Class).Distinct())
            {
                var (shared, fresh) = (parts.Options(course, kept)(of, 0, course.Days - 1), new DayOptions(of, course.Availability, 0, course.Days - 1));
                if (shared.KnownShut() is { } shut && DaySet.All(shut).Any(day => Enumerable.Range(0, of.Crews.Length).Any(crew => fresh.Exists(crew, day))))
                {
                    return $"a day is known to be shut to {of.Type.Id}, and is not";
                }

                // Not all days are asked for each time, so that some are known and some are not.
                foreach (var (crew, day) in Enumerable.Range(0, of.Crews.Length).SelectMany(crew => Enumerable.Range(0, course.Days).Where(_ => chance.Percent(60)).Select(day => (crew, day))))
                {
                    if (shared.Exists(crew, day) is var told && told != fresh.Exists(crew, day))
                    {
                        return $"day {day} for crew {crew} of {of.Type.Id}: {told}";
                    }
                }
            }
        }

        return null;
    });

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
