using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>Works out since which day conditions are known to be as they are. An outcome counts from the day of its visit, whenever it was recorded or corrected.</summary>
/// <param name="state">The course.</param>
internal sealed class TruthDays(CourseState state)
{
    private readonly Truths truths = new(state);

    private readonly Dictionary<string, LocalDate?> known = new(StringComparer.Ordinal);

    /// <summary>The day on which a condition came true; null where it is not true.</summary>
    public LocalDate? Of(string name) => truths.Of(name) == Truth.True ? Since(name) : null;

    /// <summary>The day since which a condition is known to hold, or not to hold; in the order in which <see cref="Truths"/> asks.</summary>
    private LocalDate? Since(string name)
    {
        if (known.TryGetValue(name, out var day))
        {
            return day;
        }

        var condition = state.Protocol.Conditions.First(c => c.Id == name);
        return known[name] = truths.Of(name) == Truth.Unknown ? null
            : state.BroughtAbout.TryGetValue(name, out var brought) ? brought.On
            : condition.When is { } test && truths.ByTest(test) != Truth.Unknown ? Since(test, truths.ByTest(test))
            : state.Judged.TryGetValue(name, out var judged) ? judged.On
            : truths.Excluding(condition).Where(c => truths.Of(c) == Truth.True).Min(Since);
    }

    private LocalDate? Since(OutcomeTest test, Truth truth) => test switch
    {
        OutcomeTest.Between between => DayOf(between.At),
        OutcomeTest.FellBy fell => new[] { DayOf(fell.At), DayOf(fell.Before) }.Max(),
        OutcomeTest.FellByPoints fell => new[] { DayOf(fell.At), DayOf(fell.Before) }.Max(),
        OutcomeTest.Yes yes when truth == Truth.True => Answered(yes.Outcome).Where(v => state.Answers[(yes.Outcome, v)]).Min(DayOf),
        OutcomeTest.Yes yes => Answered(yes.Outcome).Max(DayOf),
        OutcomeTest.Not not => Since(not.Condition),
        OutcomeTest.AllOf all when truth == Truth.True => all.Conditions.Max(Since),
        OutcomeTest.AllOf all => all.Conditions.Where(c => truths.Of(c) == Truth.False).Min(Since),
        OutcomeTest.AnyOf any when truth == Truth.True => any.Conditions.Where(c => truths.Of(c) == Truth.True).Min(Since),
        OutcomeTest.AnyOf any => any.Conditions.Max(Since),
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "A kind of test without a case here."),
    };

    private IEnumerable<VisitId> Answered(string outcome) => state.Protocol.Outcomes.First(o => o.Id == outcome).At.Where(v => state.Answers.ContainsKey((outcome, v)));

    private LocalDate? DayOf(VisitId visit) => state.Find(visit) is var found ? found.Started?.Date ?? found.Booking?.Date : null;
}
