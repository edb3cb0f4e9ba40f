using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Asks the judge of each kind of rule.</summary>
internal static class RuleJudge
{
    public static IEnumerable<Breach> Breaches(Rule rule, Evidence evidence) => Among(rule, evidence.For(rule));

    /// <summary>The visits that lie outside the ideal of a window.</summary>
    public static IEnumerable<Deviation> Deviations(Rule rule, Evidence evidence) => rule switch
    {
        Rule.Window window => WindowJudge.Deviations(window, evidence),
        Rule.HourWindow window => HourWindowJudge.Deviations(window, evidence),
        _ => [],
    };

    /// <summary>What the rule adds to the calendar's cost.</summary>
    public static Price Price(Rule rule, Evidence evidence) => rule switch
    {
        Rule.Cadence or Rule.Order or Rule.ApartDays or Rule.SameDay or Rule.AllOrNone => default,
        Rule.Window window => WindowJudge.Price(window, evidence),
        Rule.HourWindow window => HourWindowJudge.Price(window, evidence),
        Rule.TimeOfDay times => TimeOfDayJudge.Price(times, evidence),
        Rule.Weekdays weekdays => WeekdaysJudge.Price(weekdays, evidence),
        Rule.SamePerson same => SamePersonJudge.Price(same, evidence),
        Rule.DifferentPeople different => DifferentPeopleJudge.Price(different, evidence),
        Rule.Rotation rotation => RotationJudge.Price(rotation, evidence),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a price."),
    };

    private static IEnumerable<Breach> Among(Rule rule, Evidence evidence) => rule switch
    {
        Rule.Cadence cadence => CadenceJudge.Breaches(cadence, evidence),
        Rule.Order order => OrderJudge.Breaches(order, evidence),
        Rule.ApartDays apart => ApartDaysJudge.Breaches(apart, evidence),
        Rule.Window window => WindowJudge.Breaches(window, evidence),
        Rule.HourWindow window => HourWindowJudge.Breaches(window, evidence),
        Rule.SameDay same => SameDayJudge.Breaches(same, evidence),
        Rule.AllOrNone sets => AllOrNoneJudge.Breaches(sets, evidence),
        Rule.TimeOfDay times => TimeOfDayJudge.Breaches(times, evidence),
        Rule.Weekdays weekdays => WeekdaysJudge.Breaches(weekdays, evidence),
        Rule.SamePerson same => SamePersonJudge.Breaches(same, evidence),
        Rule.DifferentPeople different => DifferentPeopleJudge.Breaches(different, evidence),
        Rule.Rotation rotation => RotationJudge.Breaches(rotation, evidence),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a judge."),
    };
}
