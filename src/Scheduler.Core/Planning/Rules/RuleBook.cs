using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The one place that knows which file speaks for which kind of rule.</summary>
internal static class RuleBook
{
    /// <summary>Adds to a course what a rule asks of it.</summary>
    public static void Narrow(Rule rule, ProblemBuilder course)
    {
        course.Ask(rule);
        switch (rule)
        {
            case Rule.Cadence cadence:
                CadenceRule.Narrow(cadence, course);
                break;
            case Rule.Order order:
                OrderRule.Narrow(order, course);
                break;
            case Rule.ApartDays apart:
                ApartDaysRule.Narrow(apart, course);
                break;
            case Rule.Window window:
                WindowRule.Narrow(window, course);
                break;
            case Rule.HourWindow hours:
                HourWindowRule.Narrow(hours, course);
                break;
            case Rule.SameDay same:
                SameDayRule.Narrow(same, course);
                break;
            case Rule.AllOrNone sets:
                AllOrNoneRule.Narrow(sets, course);
                break;
            case Rule.TimeOfDay times:
                TimeOfDayRule.Narrow(times, course);
                break;
            case Rule.Weekdays weekdays:
                WeekdaysRule.Narrow(weekdays, course);
                break;
            case Rule.SamePerson person:
                SamePersonRule.Narrow(person, course);
                break;
            case Rule.DifferentPeople different:
                DifferentPeopleRule.Narrow(different, course);
                break;
            case Rule.Rotation rotation:
                RotationRule.Narrow(rotation, course);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a file here.");
        }
    }

    /// <summary>What a rule asks for, as a clause: <c>wet[1] comes after infusion[4]</c>.</summary>
    public static string Say(Rule rule, Protocol protocol) => rule switch
    {
        Rule.Cadence cadence => CadenceRule.Say(cadence),
        Rule.Order order => OrderRule.Say(order, protocol),
        Rule.ApartDays apart => ApartDaysRule.Say(apart, protocol),
        Rule.Window window => WindowRule.Say(window, protocol),
        Rule.HourWindow hours => HourWindowRule.Say(hours, protocol),
        Rule.SameDay same => SameDayRule.Say(same, protocol),
        Rule.AllOrNone sets => AllOrNoneRule.Say(sets, protocol),
        Rule.TimeOfDay times => TimeOfDayRule.Say(times, protocol),
        Rule.Weekdays weekdays => WeekdaysRule.Say(weekdays, protocol),
        Rule.SamePerson person => SamePersonRule.Say(person, protocol),
        Rule.DifferentPeople different => DifferentPeopleRule.Say(different, protocol),
        Rule.Rotation rotation => RotationRule.Say(rotation, protocol),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a file here."),
    };
}
