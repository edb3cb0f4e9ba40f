namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>Every kind of breach says it in a sentence; one of each is here as a clinic reads it.</summary>
public class WordingTests
{
    public static TheoryData<string, string> Sentences => new()
    {
        { "a fourth infusion in the first week", "infusion[4] is on Friday 2026-03-06, but with 3 a week and infusion[1] on Monday 2026-03-02 it must lie from Monday 2026-03-09 to Sunday 2026-03-15." },
        { "WET over more than two weeks", "wet[5] is on Tuesday 2026-03-24, but within 14 days from wet[1] on Tuesday 2026-03-10 the last day is Monday 2026-03-23." },
        { "boosters not exactly a week apart", "booster[2] is on Thursday 2026-04-16 and booster[1] is on Friday 2026-04-10: 6 days apart, but it must be 7 days." },
        { "boosters too far apart", "booster[2] is on Monday 2026-04-20 and booster[1] is on Friday 2026-04-10: 10 days apart, but it must be 6 to 8 days." },
        { "infusions on two days in a row", "infusion[2] is on Tuesday 2026-03-03 and infusion[1] is on Monday 2026-03-02: no free day between them, but there must be at least 1." },
        { "too many free days between WET sessions", "wet[3] is on Tuesday 2026-03-17 and wet[2] is on Thursday 2026-03-12: 4 free days between them, but there may be at most 3." },
        { "the baseline during the first infusion", "infusion[1] starts on Monday 2026-03-02 09:00, but must not start before baseline[1] ends, on Monday 2026-03-02 09:15." },
        { "the diary on the day of the infusion", "diary[1] is on Monday 2026-03-02, but must be at least 1 day after infusion[1] on Monday 2026-03-02: on Tuesday 2026-03-03 at the earliest." },
        { "the first infusion long after the baseline", "infusion[1] is on Monday 2026-03-02, but must be at most 7 days after baseline[1] on Friday 2026-02-20: on Friday 2026-02-27 at the latest." },
        { "WET on an infusion day", "wet[2] and infusion[6] are both on Friday 2026-03-13, but must not share a day." },
        { "week 12 too early", "week12[1] is on Friday 2026-05-29, 4 days before its target Tuesday 2026-06-02 (12 weeks after the start of wet[1] on Tuesday 2026-03-10), but must be from Saturday 2026-05-30 to Friday 2026-06-05." },
        { "a window from the enrolment", "month6[1] is on Wednesday 2026-09-02, 13 days after its target Thursday 2026-08-20 (6 months after the enrolment on Friday 2026-02-20), but must be from Thursday 2026-08-13 to Thursday 2026-08-27." },
        { "a window from when a condition came true", "month6[1] is on Wednesday 2026-09-02, 13 days after its target Thursday 2026-08-20 (6 months after the day when responder came true on Friday 2026-02-20), but must be from Thursday 2026-08-13 to Thursday 2026-08-27." },
        { "the booster before its condition can come true", "booster[1] is on Tuesday 2026-04-14, 4 days after its target Friday 2026-04-10 (4 weeks after the day when responder may come true (infusion[6]) on Friday 2026-03-13), but must be from Tuesday 2026-04-07 to Monday 2026-04-13." },
        { "a window from a visit that is not placed", "review[1] is placed, but counts from the start of booster[1], which is not placed." },
        { "an infusion too early", "infusion[2] (Wednesday 2026-03-04, 08:45 to 11:25) starts before 09:00, the earliest start." },
        { "an infusion too late", "infusion[2] (Wednesday 2026-03-04, 11:15 to 13:55) starts after 11:00, the latest start." },
        { "an infusion that ends too late", "infusion[2] (Wednesday 2026-03-04, 09:30 to 12:10) ends after 12:00, the latest end." },
        { "a WET session on a day that is not one of its days", "wet[5] is on Wednesday 2026-03-18, but must be on one of Monday, Tuesday, Thursday." },
        { "another therapist at the end", "wet[5] on Wednesday 2026-03-18 has lee as therapist and wet[1] on Tuesday 2026-03-10 has kim, but it must be the same person." },
        { "a rater who is the nurse", "Ana (ana) is rater of month6[1] on Wednesday 2026-09-02 and nurse of infusion[1] on Monday 2026-03-02, but these must be different people." },
        { "a missing infusion", "infusion[6] is missing." },
        { "a certain visit listed as unplaced", "wet[5] is listed as unplaced, but it is certain and must be placed." },
        { "a conditional visit forgotten", "review[1] is neither placed nor listed as unplaced." },
        { "a conditional visit placed and unplaced", "review[1] is placed on Friday 2026-04-10 09:00 and listed as unplaced, but can only be one of them." },
        { "a conditional visit unplaced twice", "review[1] is listed as unplaced 2 times, but must be listed once." },
        { "a visit twice", "wet[2] is there 2 times (Thursday 2026-03-12, 13:00 to 13:40; Thursday 2026-03-12, 13:00 to 13:40), but must be there once." },
        { "an ordinal too many", "The calendar has wet[6], but the protocol has no such visit." },
        { "a fixed visit moved", "infusion[1] is fixed on Monday 2026-03-02, 09:00 to 11:40, but the calendar has it on Monday 2026-03-02, 09:15 to 11:55." },
        { "a fixed visit in another chair", "infusion[1] is fixed with ana, osei, chair-1, but the calendar has it with ana, osei, chair-2." },
        { "a fixed visit whose nurse comes later", "infusion[1] is fixed, but the calendar has what it takes at other times or in other ways." },
        { "a fixed visit missing", "infusion[1] is fixed on Monday 2026-03-02, 09:00 to 11:40, but is missing." },
        { "an infusion cut short", "infusion[1] (Monday 2026-03-02, 09:00 to 11:30) must last 160 min, until Monday 2026-03-02 11:40." },
        { "a use missing", "infusion[1] takes no physician to supervise on Monday 2026-03-02, 09:00 to 11:00, but must." },
        { "a use of another kind", "infusion[1] takes no nurse as a share on Monday 2026-03-02, 09:00 to 11:00, but must." },
        { "a use too many", "wet[1] takes Ana (ana) as nurse exclusively on Tuesday 2026-03-10, 13:00 to 14:00, but has no such need then." },
        { "two physicians for one need", "infusion[1] (Monday 2026-03-02, 09:00 to 11:40) has patel and osei as physician, but one must fill the need throughout." },
        { "one nurse for two needs", "wet[1] (Tuesday 2026-03-10, 13:00 to 14:00) has kim as therapist and aide, but each need must have its own." },
        { "a start off the grid", "infusion[2] starts on Wednesday 2026-03-04 09:10, but must start at a multiple of 15 min from midnight." },
        { "a start off the whole minute", "diary[1] starts on Tuesday 2026-03-03 08:00:30, but must start at a multiple of 15 min from midnight." },
        { "a visit across midnight", "diary[1] starts on Tuesday 2026-03-03 23:45 and ends on Wednesday 2026-03-04 00:15, but must end on its day." },
        { "a visit that ends before it starts", "diary[1] ends on Tuesday 2026-03-03 07:00, but starts only on Tuesday 2026-03-03 08:00." },
        { "a visit before the request's first day", "baseline[1] is on Monday 2026-03-02, but no visit may lie before Tuesday 2026-03-03." },
        { "a course that starts too late", "The course begins with baseline[1] on Monday 2026-03-02, but must begin by Sunday 2026-03-01." },
        { "a visit later than the rules can make it", "month6[1] is on Monday 2026-08-31, but must lie between Monday 2026-03-02 and Saturday 2026-08-29." },
        { "two WET sessions on a day", "wet[4] is on Monday 2026-03-16, but must be on a later day than wet[3] on Monday 2026-03-16." },
        { "a visit on a closed day", "month6[1] (Wednesday 2026-09-02, 10:00 to 11:00) is outside opening hours; the clinic is open at no time that day." },
        { "a visit over a half-day's closure", "month6[1] (Wednesday 2026-09-02, 10:00 to 11:00) is outside opening hours; the clinic is open 08:00 to 10:15, 10:30 to 18:00 that day." },
        { "a self-report too early", "diary[1] (Tuesday 2026-03-03, 07:45 to 07:55) is a self-report and must lie in 08:00 to 20:00." },
        { "a self-report on the day that Apia skipped", "a[1] (Friday 2011-12-30, 08:00 to 08:30) touches the clock change of that day." },
        { "a therapist on leave", "wet[4] takes kim on Tuesday 2026-03-17, 13:00 to 13:40, but kim works at no time that day and the clinic is open 08:00 to 18:00." },
        { "a therapist at lunch", "wet[4] takes kim on Tuesday 2026-03-17, 13:00 to 13:40, but kim works 08:00 to 13:15, 13:30 to 18:00 that day and the clinic is open 08:00 to 18:00." },
        { "a resource that does not exist", "infusion[1] (Monday 2026-03-02, 09:00 to 11:40) has chair-9 as chair, but the clinic has no such resource." },
        { "a room as a chair", "infusion[1] (Monday 2026-03-02, 09:00 to 11:40) has room-2 as chair, which has the role room, not chair." },
        { "a person as a room", "wet[5] (Wednesday 2026-03-18, 13:00 to 13:40) has roth as room, which is a person, not a place." },
        { "a room as a rater", "week12[1] (Tuesday 2026-06-02, 10:00 to 11:00) has room-2 as rater, which is no person." },
        { "a nurse without the skill", "infusion[1] (Monday 2026-03-02, 09:00 to 11:40) has ben as nurse, which lacks iv." },
        { "a room between two bookings, one of them still being cleaned up", "room-1 bears one exclusive use and nothing else in hand, but on Tuesday 2026-03-10 at 13:00 it is taken by wet[1] (exclusive, 13:00 to 14:00, clean-up until 14:10) and a booking (exclusive, 12:00 to 12:55, clean-up until 13:05)." },
        { "a room shared by a booking", "room-1 bears one exclusive use and nothing else in hand, but on Tuesday 2026-03-10 at 13:30 it is taken by wet[1] (exclusive, 13:00 to 14:00) and a booking (share, 13:30 to 15:00)." },
        { "a nurse with two patients already", "Ana (ana) bears 2 shares at once, but on Wednesday 2026-03-04 at 09:00 it is taken by infusion[2] (share, 09:00 to 11:00) and a booking (share, 08:00 to 10:00) and a booking (share, 08:30 to 11:00)." },
        { "a physician with two supervisions already", "osei bears 2 supervisions at once, but on Wednesday 2026-03-04 at 10:00 it is taken by infusion[2] (supervision, 09:00 to 11:00) and a booking (supervision, 08:00 to 12:00) and a booking (supervision, 10:00 to 11:00)." },
        { "a physician who cannot supervise", "osei bears no supervision, but on Monday 2026-03-02 at 09:00 it is taken by infusion[1] (supervision, 09:00 to 11:00)." },
        { "a physician with a long use during the supervision", "osei can supervise only beside uses of at most 15 min, but on Wednesday 2026-03-04 at 09:30 it is taken by a booking (exclusive, 09:30 to 09:50) and infusion[2] (supervision, 09:00 to 11:00)." },
        { "a therapist beyond the daily maximum", "kim is in use for 240 min on Tuesday 2026-03-10 with wet[1], bookings included, but at most 235 min a day are allowed." },
        { "a physician's last hands-on after the latest start", "infusion[1] takes osei from Monday 2026-03-02 10:50, but no use may start after 10:49." },
        { "two infusions of one nurse too close", "Ana (ana) starts with infusion[2] at 09:00 and a booking at 09:10 on Wednesday 2026-03-04: 10 min apart, but at least 15 min must lie between." },
        { "a visit of the calendar too close", "Ana (ana) starts with infusion[1] at 09:10 and diary[1] at 09:00 on Monday 2026-03-02: 10 min apart, but at least 15 min must lie between." },
        { "a patient who is away", "wet[4] (Tuesday 2026-03-17, 13:00 to 13:40) does not fit: the patient is free at no time that day." },
        { "a patient who is not home in time", "wet[4] (Tuesday 2026-03-17, 13:00 to 13:40), with 40 min of travel before and after, does not fit: the patient is free 08:00 to 14:15 that day." },
        { "a patient in two places", "infusion[1] (Monday 2026-03-02, 09:00 to 11:40) and diary[1] (Monday 2026-03-02, 10:00 to 10:10) overlap, but the patient can only be at one of them." },
        { "a phone visit on the way home", "20 min lie between infusion[1] (Monday 2026-03-02, 09:00 to 11:40) and diary[1] (Monday 2026-03-02, 12:00 to 12:10), but the patient needs 30 min to travel." },
        { "times on which the patient insists", "wet[1] (Tuesday 2026-03-10, 13:00 to 14:00) does not lie in 08:00 to 13:59, which the patient insists on." },
        { "days on which the patient insists", "infusion[3] is on Friday 2026-03-06, but the patient insists on Monday, Wednesday." },
        { "a person on whom the patient insists", "wet[1] (Tuesday 2026-03-10, 13:00 to 14:00) has kim as therapist, but the patient insists on lee." },
        { "a sex on which the patient insists", "wet[1] (Tuesday 2026-03-10, 13:00 to 14:00) has kim as therapist, but the patient insists on a male therapist." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_breach_is_told_in_the_clinics_words(string mutation, string sentence) =>
        Assert.Contains(sentence, Mutations.All[mutation].Mutate(TestCourse.FederLike).Judge().Breaches.Select(b => b.Message));

    [Fact]
    public void A_deviation_is_told_in_the_clinics_words()
    {
        var verdict = TestCourse.FederLike.Move("week12[1]", "2026-06-10 10:00").Move("month6[1]", "2026-08-20 10:00").Judge();

        Assert.Equal(
            [
                "week12[1] is on Wednesday 2026-06-10, 8 days after its target Tuesday 2026-06-02 (12 weeks after the start of wet[1] on Tuesday 2026-03-10): "
                + "a major deviation; allowed is from Tuesday 2026-05-26 to Tuesday 2026-06-09.",
                "month6[1] is on Thursday 2026-08-20, 13 days before its target Wednesday 2026-09-02 (6 months after the end of baseline[1] on Monday 2026-03-02): "
                + "a minor deviation; ideal is from Wednesday 2026-08-26 to Wednesday 2026-09-09.",
            ],
            verdict.Deviations.Select(d => d.Message));
    }

    [Fact]
    public void A_breach_names_its_visits_and_resources()
    {
        var breach = Assert.Single(Mutations.All["another therapist at the end"].Mutate(TestCourse.FederLike).Judge().Breaches);

        Assert.Equal("wet[1] wet[5]", string.Join(" ", breach.Visits));
        Assert.Equal("kim lee", string.Join(" ", breach.Resources));
    }
}
