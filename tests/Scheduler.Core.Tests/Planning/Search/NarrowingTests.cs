using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>What narrowing takes away is never part of a solution, and each kind of relation takes what it should.</summary>
public class NarrowingTests
{
    [Fact]
    public void Of_a_tree_of_lags_only_the_days_of_solutions_stay()
    {
        var impossible = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var chance = new Chance(seed);
            var course = new SmallCourse(4, firstDay: 60, days: 9);
            for (var v = 0; v < 4; v++)
            {
                course.Keep(v, chance.Some(Enumerable.Range(60, 9), chance.From(2, 7)));
                if (v > 0)
                {
                    var (least, other) = (chance.From(-5, 5), chance.From(0, v - 1));
                    var most = least + chance.From(0, 2);
                    course.Relations.Add(chance.Percent(50) ? Lag(other, v, least, most, course.Days) : Lag(v, other, least, most, course.Days));
                }
            }

            var expected = course.DaysOfSolutions();
            var (holds, days, _) = course.Narrow();
            Assert.Equal(expected is not null, holds);
            Assert.Equal(expected ?? days, days);
            impossible += holds ? 0 : 1;
        }

        Assert.InRange(impossible, 20, 380);

        static DayRelation Lag(int first, int second, int least, int most, int days) => new(
            first,
            second,
            least % 2 == 0 ? new DayIntervals.Shifted(least, most) : new DayIntervals.Tabled(days, day => (day + least, day + most)));
    }

    [Fact]
    public void What_goes_is_never_part_of_a_solution()
    {
        var (impossible, known, narrowed) = (0, 0, 0);
        for (var seed = 0; seed < 600; seed++)
        {
            var course = SmallCourse.Draw(new Chance(seed));
            var expected = course.DaysOfSolutions();
            var (holds, days, _) = course.Narrow();
            impossible += expected is null ? 1 : 0;
            known += holds ? 0 : 1;
            if (expected is null)
            {
                continue;
            }

            Assert.True(holds, $"seed {seed}");
            for (var v = 0; v < course.Visits; v++)
            {
                Assert.True(!expected[v].Except(days[v]).Any(), $"seed {seed}: visit {v} may lie on {string.Join(", ", expected[v])}, left are {string.Join(", ", days[v])}");
                narrowed += course.Left(v).Count - days[v].Count;
            }
        }

        Assert.InRange(known, impossible / 2, impossible);
        Assert.True(narrowed > 200);
    }

    [Fact]
    public void A_visit_with_one_day_left_takes_it_from_those_that_must_lie_apart()
    {
        var course = new SmallCourse(3, firstDay: 0, days: 3) { Apart = { (0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1) } };
        course.Keep(0, [1]);
        course.Keep(1, [0, 1]);

        var (holds, days, _) = course.Narrow();

        Assert.True(holds);
        Assert.Equal([[1], [0], [2]], days);
    }

    [Fact]
    public void A_visit_with_two_days_left_takes_none_from_those_that_must_lie_apart()
    {
        var course = new SmallCourse(2, firstDay: 0, days: 3) { Apart = { (0, 1), (1, 0) } };
        course.Keep(0, [0, 1]);

        var (holds, days, _) = course.Narrow();

        Assert.True(holds);
        Assert.Equal([[0, 1], [0, 1, 2]], days);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_visit_without_a_day_left_holds_only_where_it_may_be_missing(bool mayBeMissing)
    {
        var course = new SmallCourse(2, firstDay: 0, days: 3) { Apart = { (0, 1), (1, 0) } };
        course.Keep(0, [1]);
        course.Keep(1, [1]);
        course.Optional[1] = mayBeMissing;

        Assert.Equal(mayBeMissing, course.Narrow().Holds);
    }

    [Fact]
    public void A_visit_that_may_be_missing_narrows_only_what_depends_on_it()
    {
        var lags = new List<DayRelation> { new(0, 1, new DayIntervals.Shifted(1, 1)), new(0, 2, new DayIntervals.Shifted(1, 1)) };
        var course = new SmallCourse(3, firstDay: 0, days: 4) { HangsOn = { (2, 0) } };
        course.Relations.AddRange(lags);
        course.Keep(0, [1]);
        course.Optional[0] = course.Optional[2] = true;

        var (holds, days, _) = course.Narrow();

        Assert.True(holds);
        Assert.Equal([[1], [0, 1, 2, 3], [2]], days);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_cannot_be_without_a_visit_goes_with_it(bool mayBeMissing)
    {
        var course = new SmallCourse(3, firstDay: 0, days: 4) { HangsOn = { (1, 0), (2, 1) } };
        course.Keep(0, []);
        course.Optional[0] = course.Optional[1] = true;
        course.Optional[2] = mayBeMissing;

        var (holds, days, _) = course.Narrow();

        Assert.Equal(mayBeMissing, holds);
        Assert.All(days, Assert.Empty);
    }

    [Theory]
    [InlineData(true, "0", "01", "0")]
    [InlineData(true, "1", "01", "1")]
    [InlineData(true, "01", "0", "0")]
    [InlineData(true, "01", "01", "01")]
    [InlineData(false, "0", "01", "1")]
    [InlineData(false, "01", "01", "01")]
    [InlineData(true, "0", "1", null)]
    [InlineData(false, "1", "1", null)]
    public void Crews_stay_whose_person_goes_with_the_crews_of_the_other(bool same, string first, string second, string? left)
    {
        foreach (var isTurned in new[] { false, true })
        {
            var course = new SmallCourse(2, firstDay: 0, days: 2);
            course.People.Add(isTurned ? new(1, 0, 0, 0, same, IsMust: true) : new(0, 0, 1, 0, same, IsMust: true));
            course.KeepCrews(0, first);
            course.KeepCrews(1, second);

            var (holds, _, crews) = course.Narrow();

            Assert.Equal(left is not null, holds);
            Assert.Equal(left ?? crews[1], crews[1]);
        }
    }

    [Fact]
    public void A_wish_for_one_person_takes_no_crew()
    {
        var course = new SmallCourse(2, firstDay: 0, days: 2) { People = { new(0, 0, 1, 0, Same: true, IsMust: false) } };
        course.KeepCrews(0, "0");

        Assert.Equal(["0", "01"], course.Narrow().Crews);
    }

    [Fact]
    public void A_visit_without_a_crew_that_may_be_missing_is()
    {
        var course = new SmallCourse(2, firstDay: 0, days: 2) { People = { new(0, 0, 1, 0, Same: true, IsMust: true) } };
        course.KeepCrews(0, "0");
        course.KeepCrews(1, "1");
        course.Optional[1] = true;

        var (holds, days, _) = course.Narrow();

        Assert.True(holds);
        Assert.Equal([[0, 1], []], days);
    }

    [Fact]
    public void Days_go_with_the_last_crew_that_is_possible_on_them()
    {
        var course = new SmallCourse(3, firstDay: 0, days: 3) { People = { new(0, 0, 1, 0, Same: true, IsMust: true) } };
        course.Relations.Add(new(1, 2, new DayIntervals.Shifted(0, 0)));
        course.KeepCrews(0, "1");
        course.DaysByCrew[1] = ["012", "02"];

        var (holds, days, crews) = course.Narrow();

        Assert.True(holds);
        Assert.Equal("1", crews[1]);
        Assert.Equal([[0, 1, 2], [0, 2], [0, 2]], days);
    }

    [Theory]
    [InlineData(0, "012", "12", true, "0", "12")]
    [InlineData(1, "012", "12", true, "012", "12")]
    [InlineData(0, "012", "012", true, "012", "012")]
    [InlineData(0, "12", "12", false, null, null)]
    public void The_only_visit_that_can_begin_in_time_does(int last, string first, string second, bool holds, string? firstLeft, string? secondLeft)
    {
        var course = new SmallCourse(3, firstDay: 0, days: 3) { LastStart = last, Openers = { 0, 1 } };
        course.Keep(0, first.Select(d => d - '0'));
        course.Keep(1, second.Select(d => d - '0'));

        var narrowed = course.Narrow();

        Assert.Equal(holds, narrowed.Holds);
        Assert.Equal(firstLeft ?? first, string.Concat(narrowed.Days[0]));
        Assert.Equal(secondLeft ?? second, string.Concat(narrowed.Days[1]));
        Assert.Equal(3, narrowed.Days[2].Count);
    }

    [Fact]
    public void Where_no_visit_can_be_the_first_none_need_begin_in_time()
    {
        var course = new SmallCourse(1, firstDay: 0, days: 3) { LastStart = 0 };
        course.Keep(0, [2]);

        Assert.True(course.Narrow().Holds);
    }

    [Fact]
    public void What_must_begin_the_course_pulls_what_is_tied_to_it()
    {
        var course = new SmallCourse(2, firstDay: 0, days: 4) { LastStart = 1, Openers = { 0 } };
        course.Relations.Add(new(0, 1, new DayIntervals.Shifted(1, 1)));

        Assert.Equal([[0, 1], [1, 2]], course.Narrow().Days);
    }

    [Theory]
    [InlineData(1, "12", "12", "0123", false)]
    [InlineData(2, "12", "12", "03", true)]
    [InlineData(2, "12", "123", "0123", true)]
    [InlineData(2, "1", "2", "03", true)]
    [InlineData(3, "12", "12", "0123", true)]
    public void A_full_stretch_of_days_bears_no_more(int atMost, string first, string second, string thirdLeft, bool holds)
    {
        var course = new SmallCourse(4, firstDay: 0, days: 4);
        course.Quotas.Add(new([0, 1, 2], 1, 2, atMost));
        course.Keep(0, first.Select(d => d - '0'));
        course.Keep(1, second.Select(d => d - '0'));

        var narrowed = course.Narrow();

        Assert.Equal(holds, narrowed.Holds);
        Assert.Equal(thirdLeft, string.Concat(narrowed.Days[2]));
        Assert.Equal([0, 1, 2, 3], narrowed.Days[3]);
    }

    [Fact]
    public void What_a_full_stretch_pushes_out_pulls_what_is_tied_to_it()
    {
        var course = new SmallCourse(3, firstDay: 0, days: 4);
        course.Quotas.Add(new([0, 1], 1, 2, 1));
        course.Relations.Add(new(1, 2, new DayIntervals.Shifted(0, 0)));
        course.Keep(0, [1, 2]);

        Assert.Equal([[1, 2], [0, 3], [0, 3]], course.Narrow().Days);
    }

    [Fact]
    public void A_decision_narrows_as_far_as_chains_go_and_no_visit_that_is_left_out()
    {
        var course = new SmallCourse(4, firstDay: 0, days: 8);
        course.Optional[3] = true;
        for (var v = 1; v < 4; v++)
        {
            course.Relations.Add(new(v - 1, v, new DayIntervals.Shifted(1, 2)));
        }

        var (problem, domains) = course.Build();
        var decisions = new Decisions(problem);
        var narrowing = new Narrowing(problem, decisions, new StepBudget(1_000));
        decisions.Day[3] = Decisions.LeftOut;
        decisions.Place(1, 4, 0);
        domains.Days(1).Clear();
        DaySet.Add(domains.Days(1), 4);

        Assert.True(narrowing.NarrowFrom(domains, 1));
        Assert.Equal([[2, 3], [4], [5, 6], [0, 1, 2, 3, 4, 5, 6, 7]], SmallCourse.DaysOf(domains, 4));
    }
}
