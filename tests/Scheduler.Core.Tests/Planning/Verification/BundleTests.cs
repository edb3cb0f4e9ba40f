using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.Verification.BundleMutations;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>The judge of visits that belong together: on one day, within hours, under one authorisation.</summary>
public class BundleTests
{
    private static readonly Dictionary<string, Func<TestCourse, TestCourse>> Legal = new()
    {
        ["as it is"] = c => c,
        ["sessions a little early and a little late"] = c => c.In(k => k with { GridMinutes = 5 })
            .Ruling<Rule.Cadence>("tms-days", r => r with { PerDay = new(3, 50, 5) }).Move("tms[2]", "2026-03-02 08:45").Move("tms[3]", "2026-03-02 09:40"),
        ["sessions that touch"] = c => c.Ruling<Rule.Cadence>("tms-days", r => r with { PerDay = new(3, 20, 0) }).Move("tms[2]", "2026-03-02 08:20")
            .Move("tms[3]", "2026-03-02 08:40").Move("tms[5]", "2026-03-04 08:35").Move("tms[6]", "2026-03-04 08:55"),
        ["a last day with fewer sessions"] = c => LeaveOut(c, "tms[6]"),
        ["a day that lacks its middle session"] = c => LeaveOut(c, "tms[2]").Move("tms[3]", "2026-03-02 11:00"),
        ["sessions held at odd minutes"] = c => c.Move("tms[1]", "2026-03-02 08:03").Fix("tms[1]"),
        ["a session held an hour late"] = c => c.Move("tms[1]", "2026-03-02 07:00").Move("tms[2]", "2026-03-02 08:50").Fix("tms[1]", "tms[2]"),
        ["a taper whose weeks end on their last days"] = c => c.Move("taper[2]", "2026-03-20 10:00").Move("taper[3]", "2026-04-03 10:00").Move("taper[4]", "2026-04-17 10:00").Move("taper[5]", "2026-04-24 10:00"),
        ["a taper whose weeks begin on their first days"] = c => c.Move("taper[3]", "2026-03-23 10:00").Move("taper[4]", "2026-04-06 10:00").Move("taper[5]", "2026-04-20 10:00"),
        ["a taper that lacks a visit"] = c => LeaveOut(c, "taper[3]"),
        ["a rating at the earliest"] = c => c.Move("before[1]", "2026-03-05 09:00"),
        ["a rating at the latest"] = c => c.Move("before[1]", "2026-03-05 09:30"),
        ["a rating partly before and partly in its stay"] = c => c.Ruling<Rule.SameDay>("rate-before", r => r with { Place = new DayPlace.Starts(FromEnd: false, -60, 0) }).In(k => k with { GridMinutes = 5 }).Move("before[1]", "2026-03-05 09:55"),
        ["a preparation that ends as the infusion starts"] = c => c.Move("prep[1]", "2026-03-05 09:15").Move("before[1]", "2026-03-05 09:00"),
        ["a video visit in the midst of a stay, without travel"] = c => c.For(p => p with { TravelMinutes = 30 }).Typing("during", t => t with { Mode = Mode.Video }).Drop("diary[1]").Place("diary[1]", "2026-03-12 15:00", ""),
        ["a rating to an infusion that was held at odd minutes"] = c => c.Move("infusion[1]", "2026-03-05 10:03").Fix("infusion[1]").Move("talk[1]", "2026-03-05 12:15"),
        ["a rating that was held at odd minutes"] = c => c.Move("during[1]", "2026-03-05 10:43").Fix("during[1]"),
        ["a conditional visit without its partner, both unplaced"] = c => c.Drop("follow[1]").Unplace("follow[1]").Drop("extra[1]").Unplace("extra[1]").Drop("late[1]").Unplace("late[1]"),
        ["three none of which is placed"] = c => c.Drop("repeat[1]").Unplace("repeat[1]").Drop("repeat-check[1..2]").Unplace("repeat-check[1..2]"),
        ["what is left out does not count for all or none"] = c => LeaveOut(c, "repeat-check[2]"),
        ["one that was held binds the others no more"] = c => c.Fix("repeat[1]").Drop("repeat-check[2]").Unplace("repeat-check[2]"),
        ["one that is certain binds the others no more"] = c => c.Typing("repeat", t => t with { OnlyIf = null }).Drop("repeat-check[2]").Unplace("repeat-check[2]"),
        ["fixed visits that do not belong together any more"] = c => c.Move("talk[1]", "2026-03-06 09:00").Fix("talk[1]", "infusion[1]"),
        ["a window in hours between fixed visits"] = c => c.Move("madrs[1]", "2026-03-10 12:00").Fix("madrs[1]", "infusion[1]"),
        ["a rating at the earliest hour"] = c => c.Move("madrs[1]", "2026-03-06 08:00"),
        ["a rating at the latest hour"] = c => c.Move("madrs[1]", "2026-03-06 16:00"),
        ["a rating at the last hour that is allowed"] = c => c.Asking(r => r with { Deviations = DeviationLimit.Minor }).Move("madrs[1]", "2026-03-06 17:30"),
        ["a rating 28 days outside what is allowed, by the hour and across a clock change"] = c => c.Asking(r => r with { Deviations = DeviationLimit.Major })
            .Ruling<Rule.HourWindow>("madrs-24h", r => r with { Allowed = new(-360, 240) }).Move("madrs[1]", "2026-04-03 17:00"),
        ["a rating from the fallback"] = c => WithoutInfusion1(c).Move("madrs[1]", "2026-03-13 12:00"),
        ["an authorisation that ends on the day"] = c => Authorised(c, 1, a => a with { To = Date("2026-03-12") }),
        ["an authorisation for each infusion"] = c => Authorised(c, 1, a => a with { AtMost = 1, To = Date("2026-03-06") })
            .For(p => p with { Authorisations = p.Authorisations.Add(new(["infusion"], 1, Date("2026-03-07"), Date("2026-03-31"))) }),
        ["infusions that were held without authorisation"] = c => Authorised(c.Fix("infusion[1..2]"), 1, a => a with { AtMost = 0, From = Date("2027-01-01"), To = Date("2027-02-01") }),
        ["more held than were authorised"] = c => Authorised(c.Fix("infusion[1..2]"), 1, a => a with { AtMost = 1 }),
        ["an authorisation for visits that need none"] = c => Authorised(c, 1, a => a with { VisitTypes = ["infusion", "diary"], AtMost = 3 }),
    };

    public static TheoryData<string> MutationNames => [.. BundleMutations.All.Keys];

    public static TheoryData<string> LegalNames => [.. Legal.Keys];

    [Theory]
    [MemberData(nameof(MutationNames))]
    public void What_is_broken_on_purpose_is_found_and_said_in_a_sentence(string name)
    {
        var (mutate, broken, sentence) = BundleMutations.All[name];

        var verdict = mutate(BundledCourse.Legal).Judge();

        Assert.Equal((broken, sentence), (BrokenBy(verdict), verdict.Breaches.First().Message));
    }

    [Theory]
    [MemberData(nameof(LegalNames))]
    public void What_is_legal_passes(string name) =>
        Assert.Equal([], Legal[name](BundledCourse.Legal).Judge().Breaches.Select(b => b.Message));

    [Theory]
    [InlineData("2026-03-06 12:00", 0, 0, 0)]
    [InlineData("2026-03-06 12:45", 0, 0, 0)]
    [InlineData("2026-03-06 13:00", 0, 0, 2)]
    [InlineData("2026-03-06 11:15", 0, 0, 0)]
    [InlineData("2026-03-06 09:30", 0, 0, 4)]
    [InlineData("2026-03-06 16:00", 0, 0, 8)]
    [InlineData("2026-03-06 16:15", 0, 1, 8)]
    [InlineData("2026-03-06 16:45", 0, 1, 8)]
    [InlineData("2026-03-06 17:00", 0, 1, 10 + 1)]
    [InlineData("2026-03-06 06:00", 0, 1, 12 + 2)]
    [InlineData("2026-03-05 17:30", 1, 0, 36 + 14)]
    public void Each_whole_hour_from_the_target_and_from_the_ideal_stretch_costs(string start, int major, int minor, int points)
    {
        var cost = BundledCourse.Legal.Move("madrs[1]", start).Judge().Cost;

        Assert.Equal((major, minor, points), (cost.Major, cost.Minor, cost.Preferences));
    }

    // Half an hour between two sessions is no use to anybody, nor is the quarter before the first: two pieces on Monday, three on Wednesday.
    [Fact]
    public void A_calendar_without_deviations_costs_what_it_costs_by_hand() =>
        Assert.Equal(new(0, 0, 0, 0, DaysToFirst: 0, DaysToLast: 10, Fragments: 5), BundledCourse.Legal.Judge().Cost);

    [Fact]
    public void A_deviation_in_hours_is_told_in_the_clinics_words()
    {
        var minor = BundledCourse.Legal.Move("madrs[1]", "2026-03-06 17:00").Judge().Deviations;
        var major = BundledCourse.Legal.Move("madrs[1]", "2026-03-09 08:00").Judge().Deviations;

        Assert.Equal(
            "madrs[1] starts on Friday 2026-03-06 17:00, 5 h after its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00): "
            + "a minor deviation; ideal is from Friday 2026-03-06 08:00 to Friday 2026-03-06 16:00.",
            Assert.Single(minor).Message);
        Assert.Equal(
            "madrs[1] starts on Monday 2026-03-09 08:00, 67 h after its target Friday 2026-03-06 12:00 (24 h after the end of infusion[1] on Thursday 2026-03-05 12:00): "
            + "a major deviation; allowed is from Friday 2026-03-06 06:00 to Friday 2026-03-06 18:00.",
            Assert.Single(major).Message);
    }

    private static string BrokenBy(Verdict verdict) => string.Join(' ', verdict.Findings.Where(f => !f.Holds).Select(f => f.Rule));
}
