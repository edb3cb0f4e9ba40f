using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.Verification;

public class RobustnessTests
{
    private static readonly string[] Types = ["baseline", "infusion", "wet", "diary", "week12", "booster", "review", "yoga", ""];
    private static readonly string[] Needs = ["nurse", "physician", "chair", "therapist", "room", "rater", "yogi", ""];
    private static readonly string[] Resources = ["ana", "osei", "kim", "lee", "roth", "chair-1", "room-1", "nobody", ""];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nonsense_is_broken_and_never_an_exception(int seed)
    {
        var chance = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var calendar = new TreatmentCalendar(
                [.. Enumerable.Range(0, chance.Next(25)).Select(_ => Visit(chance))],
                [.. Enumerable.Range(0, chance.Next(4)).Select(_ => Id(chance))]);
            var request = TestCourse.FederLike.Request with
            {
                Deviations = (DeviationLimit)chance.Next(3),
                Fixed = [.. calendar.Visits.Take(chance.Next(3)).Concat(Enumerable.Range(0, chance.Next(2)).Select(_ => Visit(chance)))],
            };

            var verdict = Scheduler.Core.Planning.Verification.Verifier.Judge(request, calendar);

            Assert.Contains(verdict.Findings, f => f.Rule == "complete" && !f.Holds);
            Assert.All(verdict.Breaches, b => Assert.EndsWith(".", b.Message));
        }
    }

    [Fact]
    public void An_empty_calendar_lacks_every_visit()
    {
        var verdict = (TestCourse.FederLike with { Calendar = new([], []) }).Judge();

        Assert.Equal(TestProtocol.FederLike.Visits, verdict.Breaches.SelectMany(b => b.Visits));
    }

    [Fact]
    public void The_same_calendar_gets_the_same_verdict()
    {
        var course = TestCourse.FederLike.Fill("wet[3]", "therapist", "lee").Move("wet[4]", "2026-03-16 13:20");

        Assert.Equal(course.Judge().Breaches.Select(b => b.Message), course.Judge().Breaches.Select(b => b.Message));
    }

    [Fact]
    public void What_is_fixed_or_booked_with_uses_that_were_never_given_is_judged_like_what_takes_nothing()
    {
        var (course, wet) = (TestCourse.FederLike, TestCourse.FederLike.Calendar.Find(new("wet", 2))!);
        PlacedVisit[] without = [new(wet.Id, wet.Start, wet.End, default), wet with { Uses = default }];

        Assert.All(without, visit =>
        {
            Assert.Equal(Judged(course.Request with { Fixed = [wet with { Uses = [] }] }), Judged(course.Request with { Fixed = [visit] }));
            Assert.Equal(Judged(course.Request with { Booked = [wet with { Uses = [] }] }), Judged(course.Request with { Booked = [visit] }));
        });

        string Judged(PlanningRequest request)
        {
            var verdict = Scheduler.Core.Planning.Verification.Verifier.Judge(request, course.Calendar);
            return string.Join("\n", verdict.Breaches.Select(b => b.Message).Append($"{verdict.Cost} {verdict.CostWithConditional}"));
        }
    }

    private static VisitId Id(Random chance) => new(Types[chance.Next(Types.Length)], chance.Next(-1, 8));

    private static PlacedVisit Visit(Random chance)
    {
        var start = Time(chance);
        ImmutableArray<ResourceUse> uses = chance.Next(8) == 0 ? default : [.. Enumerable.Range(0, chance.Next(6)).Select(_ => Use(chance, start))];
        return new(Id(chance), start, chance.Next(3) == 0 ? Time(chance) : start.PlusMinutes(chance.Next(-100, 300)), uses);
    }

    private static ResourceUse Use(Random chance, LocalDateTime start)
    {
        var need = Needs[chance.Next(Needs.Length)];
        var begin = chance.Next(4) == 0 ? Time(chance) : start.PlusMinutes(chance.Next(-10, 60));
        return new(Resources[chance.Next(Resources.Length)], need, need, (Use)chance.Next(3), begin, begin.PlusMinutes(chance.Next(-20, 2000)));
    }

    /// <summary>Mostly in the clinic's spring, sometimes at the ends of time, and not always whole minutes.</summary>
    private static LocalDateTime Time(Random chance) => chance.Next(12) switch
    {
        0 => LocalDate.MinIsoValue.PlusDays(chance.Next(3, 9)).AtMidnight(),
        1 => LocalDate.MaxIsoValue.PlusDays(-chance.Next(3, 9)).At(new(23, 59)),
        2 => new LocalDateTime(2026, 3, 1, 0, 0).PlusSeconds(chance.Next(10_000_000)),
        _ => new LocalDateTime(2026, 3, 2, 8, 0).PlusDays(chance.Next(20)).PlusMinutes(15 * chance.Next(45)),
    };
}
