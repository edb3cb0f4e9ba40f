using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>Each term of the objective, counted by hand. The course as it is costs [0, 0, 0, 0, 0, 16, 0].</summary>
public class CostTests
{
    private static readonly Dictionary<string, (Func<TestCourse, TestCourse> Change, Cost Cost)> Cases = new()
    {
        // A window that is missed costs its distance from the nearest ideal day, 3 from the target, and here, with a weight of 1 a day, from the target as well.
        ["a minor deviation, 5 days late"] = (c => c.Move("week12[1]", "2026-06-07 10:00"), Base with { Minor = 1, Preferences = 5 + 2 }),
        ["a minor deviation, 6 days early"] = (c => c.Move("week12[1]", "2026-05-27 10:00"), Base with { Minor = 1, Preferences = 6 + 3 }),
        ["a minor deviation without weight, the nearest"] = (c => c.Move("month6[1]", "2026-09-10 10:00"), Base with { Minor = 1, Preferences = 1 }),
        ["a minor deviation without weight, the farthest"] = (c => c.Move("month6[1]", "2026-09-16 10:00"), Base with { Minor = 1, Preferences = 7 }),
        ["a major deviation without weight"] = (c => c.Move("month6[1]", "2026-08-18 10:00"), Base with { Major = 1, Preferences = 8 }),
        ["a deviation from an ideal stretch beside the target"] = (c => c.Move("month6[1]", "2026-09-04 10:00")
            .Ruling<Rule.Window>("month-6", r => r with { Ideal = new(5, 7) }), Base with { Minor = 1, Preferences = 3 }),
        ["a major deviation, 8 days late"] = (c => c.Move("week12[1]", "2026-06-10 10:00"), Base with { Major = 1, Preferences = 8 + 5 }),
        ["a minor and a major deviation"] = (c => c.Move("week12[1]", "2026-06-10 10:00").Move("month6[1]", "2026-09-16 10:00"), Base with { Major = 1, Minor = 1, Preferences = 8 + 5 + 7 }),
        ["an ideal day off the target"] = (c => c.Move("week12[1]", "2026-05-30 10:00"), Base with { Preferences = 3 }),
        ["an ideal day off the target, weighted"] = (c => c.Move("week12[1]", "2026-06-04 10:00").Ruling<Rule.Window>("week-12", r => r with { Weight = 4 }), Base with { Preferences = 8 }),
        ["an ideal day off the target without weight"] = (c => c.Move("month6[1]", "2026-09-04 10:00"), Base),
        ["two windows that one visit misses"] = (c => c.Move("week12[1]", "2026-06-06 10:00")
            .Under(p => p with { Rules = p.Rules.Add(((Rule.Window)p.Rules.First(r => r.Id == "week-12")) with { Weight = 0 }) }), Base with { Minor = 2, Preferences = 4 + 1 + 1 }),

        ["one session by another therapist, there and back"] = (c => Should(c).Fill("wet[3]", "therapist", "lee"), Base with { PersonChanges = 2 }),
        ["the last session by another therapist"] = (c => Should(c).Fill("wet[5]", "therapist", "lee"), Base with { PersonChanges = 1 }),
        ["a must is no term of the cost"] = (c => c.Fill("wet[3]", "therapist", "lee"), Base),
        ["a change over a missing session"] = (c => Should(c).Drop("wet[3]").Fill("wet[4..5]", "therapist", "lee"), Base with { PersonChanges = 1 }),
        ["a rater who treated twice"] = (c => c.Ruling<Rule.DifferentPeople>("blind-rater", r => r with { IsMust = false })
            .Fill("wet[4..5]", "therapist", "lee").Fill("week12[1]", "rater", "lee"), Base with { PersonChanges = 2 }),
        ["two raters who treated twice"] = (c => c.Ruling<Rule.DifferentPeople>("blind-rater", r => r with { IsMust = false })
            .Fill("wet[4..5]", "therapist", "lee").Fill("week12[1]", "rater", "lee").Fill("month6[1]", "rater", "lee"), Base with { PersonChanges = 4 }),

        ["a therapist four times after the last"] = (c => Mutations.Rotating(c).Ruling<Rule.Rotation>("rotation", r => r with { IsMust = false }).Fill("wet[1..5]", "therapist", "kim"), Base with { PersonChanges = 4 }),
        ["rotation once broken"] = (c => Mutations.Rotating(c).Ruling<Rule.Rotation>("rotation", r => r with { IsMust = false })
            .Under(p => p with { Rules = [.. p.Rules.Where(r => r.Id != "one-therapist")] }).Fill("wet[5]", "therapist", "lee"), Base with { PersonChanges = 1 }),
        ["rotation over a missing session is none"] = (c => Mutations.Rotating(c).Ruling<Rule.Rotation>("rotation", r => r with { IsMust = false })
            .Under(p => p with { Rules = [.. p.Rules.Where(r => r.Id != "one-therapist")] }).Drop("wet[3]"), Base),
        ["infusions off their time, once a visit"] = (c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsTo = 8 * 60, EndsBy = 10 * 60, Strength = Strength.Should(2) }), Base with { Preferences = 12 }),
        ["sessions off their weekdays"] = (c => c.Ruling<Rule.Weekdays>("treatment-days", r => r with { Days = [IsoDayOfWeek.Tuesday], Strength = Strength.Should(3) }), Base with { Preferences = 9 }),
        ["wished times"] = (c => c.Wishing(new Preference.Times(["wet"], 2, Hours("13:00 to 13:40"))), Base with { Preferences = 2 }),
        ["wished days for all visits"] = (c => c.Wishing(new Preference.Days([], 1, [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday])), Base with { Preferences = 2 }),
        ["a wished person"] = (c => c.Wishing(new Preference.Person([], 7, "therapist", "lee")), Base with { Preferences = 35 }),
        ["a wished sex"] = (c => c.Wishing(new Preference.OfSex(["wet"], 1, "therapist", Sex.Male)), Base with { Preferences = 5 }),
        ["a wish about a role of a place counts nothing"] = (c => c.Wishing(new Preference.Person([], 7, "room", "room-2")), Base),
        ["wishes that are granted"] = (c => c.Wishing(new Preference.Person([], 7, "therapist", "kim"), new Preference.OfSex([], 1, "therapist", Sex.Female)), Base),
        ["what the patient insists on is no term of the cost"] = (c => c.Wishing(new Preference.Person([], null, "therapist", "lee")), Base),

        ["days to the first treatment, not to the baseline"] = (c => c.Asking(r => r with { From = Date("2026-02-25") }).Move("baseline[1]", "2026-02-27 09:00").Move("month6[1]", "2026-08-27 09:00"),
            Base with { DaysToFirst = 5, DaysToLast = 21 }),
        ["days to the last treatment"] = (c => c.Move("wet[5]", "2026-03-20 13:00"), Base with { DaysToLast = 18 }),
        ["treatment before the request, fixed"] = (c => c.Fix("infusion[1]").Asking(r => r with { From = Date("2026-03-04") }), Base with { DaysToFirst = -2, DaysToLast = 14 }),

        // A session of 40 min in a room that is open from 08:00 to 18:00, and so is the therapist: pieces count for both.
        ["a piece before and a piece of both resources"] = (c => c.Move("wet[5]", "2026-03-18 08:45"), Base with { Fragments = 2 }),
        ["no piece at the start of the day"] = (c => c.Move("wet[5]", "2026-03-18 08:00"), Base),
        ["a piece of exactly an hour is none"] = (c => c.Move("wet[5]", "2026-03-18 09:00"), Base),
        ["a piece at the end of the day"] = (c => c.Move("wet[5]", "2026-03-18 16:45"), Base with { Fragments = 2 }),
        ["a piece beside a booking"] = (c => c.In(k => k.Booked("room-1", "2026-03-18", "14:00 to 15:00")), Base with { Fragments = 1 }),
        ["a piece filled"] = (c => c.In(k => k.Booked("room-1", "2026-03-18", "08:00 to 13:00").Booked("room-1", "2026-03-18", "13:40 to 18:00")), Base with { Fragments = -1 }),
        ["a piece that lies in the therapist's own hours"] = (c => c.In(k => k.With("kim", r => r with { Exceptions = [On("2026-03-18", "12:30 to 18:00")] })), Base with { Fragments = 1 }),
        ["a piece before a closure"] = (c => c.In(k => k.Closed("2026-03-18", "14:00 to 15:00")), Base with { Fragments = 2 }),
        ["clean-up leaves less than an hour"] = (c => c.In(k => k.Booked("chair-1", "2026-03-04", "12:50 to 18:00")), Base with { Fragments = 1 }),
        ["clean-up of the resource leaves nothing"] = (c => c.In(k => k.Booked("chair-1", "2026-03-04", "12:50 to 18:00").With("chair-1", r => r with { CleanUpMinutes = 70 })), Base),
        ["a supervision of a treatment resource takes nothing"] = (c => c.In(k => k.With("kim", r => r with { Supervises = 1 }).Booked("kim", "2026-03-18", "14:00 to 14:30", Use.Supervision)), Base),
        ["rooms of ratings count, as WET could be there"] = (c => c.Move("month6[1]", "2026-09-02 08:30"), Base with { Fragments = 1 }),
        ["a nurse is no treatment resource"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "11:30 to 18:00")), Base),
    };

    private static Cost Base => new(0, 0, 0, 0, DaysToFirst: 0, DaysToLast: 16, 0);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_term_counts_as_by_hand(string name)
    {
        var (change, cost) = Cases[name];

        Assert.Equal(cost, change(TestCourse.FederLike).Judge().Cost);
    }

    [Fact]
    public void Conditional_visits_count_apart()
    {
        var verdict = TestCourse.FederLike.Move("booster[1]", "2026-04-15 08:45").Move("booster[2]", "2026-04-22 09:00").Judge();

        Assert.Equal(Base, verdict.Cost);
        Assert.Equal(Base with { Minor = 1, Preferences = 2, DaysToLast = 51, Fragments = 1 }, verdict.CostWithConditional);
    }

    [Fact]
    public void Without_conditional_visits_there_is_no_second_cost()
    {
        var course = TestCourse.Bare(new Rule.Weekdays(Head("rule"), Visits("a[1]"), [IsoDayOfWeek.Monday], Strength.Must), "a 2026-03-02 10:00");

        Assert.Null(course.Judge().CostWithConditional);
    }

    [Fact]
    public void Without_treatment_visits_the_days_are_none()
    {
        var course = TestCourse.FederLike.Drop("infusion[1..6]").Drop("wet[1..5]").Drop("booster[1..2]");

        Assert.Equal((0, 0), (course.Judge().Cost.DaysToFirst, course.Judge().Cost.DaysToLast));
    }

    [Fact]
    public void Deviations_are_listed_with_their_tier()
    {
        var deviations = TestCourse.FederLike
            .Asking(r => r with { Deviations = DeviationLimit.Major })
            .Move("week12[1]", "2026-06-10 10:00")
            .Move("month6[1]", "2026-08-20 10:00")
            .Judge().Deviations;

        Assert.Equal([("week-12", "week12[1]", true), ("month-6", "month6[1]", false)], deviations.Select(d => (d.Rule, d.Visit.ToString(), d.IsMajor)));
    }

    private static TestCourse Should(TestCourse course) => course.Ruling<Rule.SamePerson>("one-therapist", r => r with { IsMust = false });
}
