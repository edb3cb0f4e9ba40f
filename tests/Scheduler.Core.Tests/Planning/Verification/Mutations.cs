using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>Calendars broken on purpose, and what must be found broken: exactly these rules and laws, in the order of the findings.</summary>
internal static class Mutations
{
    public static IReadOnlyDictionary<string, (Func<TestCourse, TestCourse> Mutate, string Broken)> All { get; } =
        new Dictionary<string, (Func<TestCourse, TestCourse>, string)>
        {
            // Cadence
            ["a fourth infusion in the first week"] = (c => c.Ruling<Rule.Cadence>("infusion-rhythm", r => r with { FreeDaysAtLeast = null })
                .Move("infusion[3]", "2026-03-05 09:00").Move("infusion[4]", "2026-03-06 09:00"), "infusion-rhythm"),
            ["the sixth infusion in a third week"] = (c => c.Move("wet[2]", "2026-03-13 13:00").Move("wet[3]", "2026-03-17 13:00")
                .Move("wet[4]", "2026-03-18 13:00").Move("wet[5]", "2026-03-19 13:00").Move("infusion[6]", "2026-03-16 09:00"), "infusion-rhythm"),
            ["infusions on two days in a row"] = (c => c.Move("infusion[2]", "2026-03-03 09:00"), "infusion-rhythm"),
            ["too many free days between WET sessions"] = (c => c.Move("wet[3]", "2026-03-17 13:00").Move("wet[4]", "2026-03-18 13:00")
                .Move("wet[5]", "2026-03-19 13:00"), "wet-rhythm"),
            ["WET over more than two weeks"] = (c => c.Move("wet[4]", "2026-03-20 13:00").Move("wet[5]", "2026-03-24 13:00"), "wet-rhythm"),
            ["boosters too close"] = (c => c.Move("booster[2]", "2026-04-15 09:00"), "booster-rhythm"),
            ["boosters not exactly a week apart"] = (c => c.Ruling<Rule.Cadence>("booster-rhythm", r => r with { Every = new(7, 0) }).Move("booster[2]", "2026-04-16 09:00"), "booster-rhythm"),
            ["boosters too far apart"] = (c => c.Move("booster[2]", "2026-04-20 09:00"), "booster-rhythm"),

            // Order
            ["the baseline after the first infusion"] = (c => c.Move("baseline[1]", "2026-03-02 13:00"), "baseline-first"),
            ["the baseline during the first infusion"] = (c => c.Move("baseline[1]", "2026-03-02 08:15"), "baseline-first patient-once"),
            ["the first infusion long after the baseline"] = (c => c.Asking(r => r with { From = Date("2026-02-20") }).Move("baseline[1]", "2026-02-20 08:00"), "baseline-first month-6"),
            ["WET before infusion 4"] = (c => c.Move("wet[1]", "2026-03-05 13:00").Move("wet[2]", "2026-03-10 13:00").Move("wet[3]", "2026-03-12 13:00")
                .Move("wet[4]", "2026-03-16 13:00").Move("wet[5]", "2026-03-17 13:00").Move("week12[1]", "2026-05-28 10:00"), "wet-rhythm wet-after-infusion-4"),
            ["WET on the day of infusion 4"] = (c => c.Move("wet[1]", "2026-03-09 13:00").Move("week12[1]", "2026-06-01 10:00"), "wet-after-infusion-4 apart"),
            ["WET long after infusion 4"] = (c => c.Move("wet[1]", "2026-03-17 13:00").Move("wet[2]", "2026-03-18 13:00").Move("wet[3]", "2026-03-19 13:00")
                .Move("wet[4]", "2026-03-20 13:00").Move("wet[5]", "2026-03-23 13:00").Move("week12[1]", "2026-06-09 10:00"), "wet-after-infusion-4"),
            ["the diary on the day of the infusion"] = (c => c.Move("diary[1]", "2026-03-02 15:00"), "diary-next-day"),
            ["the diary two days later"] = (c => c.Move("diary[1]", "2026-03-04 08:00"), "diary-next-day"),

            // Apart days
            ["WET on an infusion day"] = (c => c.Move("wet[2]", "2026-03-13 13:00"), "apart"),
            ["two WET sessions on infusion days"] = (c => c.Move("wet[1]", "2026-03-11 13:00").Move("wet[2]", "2026-03-13 13:00"), "apart"),

            // Windows
            ["week 12 too early"] = (c => c.Move("week12[1]", "2026-05-29 10:00"), "week-12"),
            ["week 12 too late"] = (c => c.Move("week12[1]", "2026-06-08 10:00"), "week-12"),
            ["week 12 outside the allowed window"] = (c => Deviating(c, DeviationLimit.Minor).Move("week12[1]", "2026-06-10 10:00"), "week-12"),
            ["week 12 more than 28 days outside the allowed window"] = (c => Deviating(c, DeviationLimit.Major).Move("week12[1]", "2026-07-08 10:00"), "week-12"),
            ["week 12 follows WET 1, not the other way round"] = (c => c.Move("wet[1]", "2026-03-11 13:00").Move("infusion[5]", "2026-03-10 09:00")
                .Ruling<Rule.Cadence>("infusion-rhythm", r => r with { FreeDaysAtLeast = null }).Move("week12[1]", "2026-05-29 10:00"), "week-12"),
            ["month 6 too early"] = (c => c.Move("month6[1]", "2026-08-25 10:00"), "month-6"),
            ["month 6 too late"] = (c => c.Move("month6[1]", "2026-09-10 10:00"), "month-6"),
            ["a window from the enrolment"] = (c => c.Asking(r => r with { Enrolled = Date("2026-02-20") })
                .Ruling<Rule.Window>("month-6", r => r with { Anchor = new Anchor.Enrolment() }), "month-6"),
            ["a window from when a condition came true"] = (c => c
                .Ruling<Rule.Window>("month-6", r => r with { Anchor = new Anchor.CameTrueOn("responder", Date("2026-02-20")) }), "month-6"),
            ["a window from when a condition came true, long after all others"] = (c => c
                .Ruling<Rule.Window>("month-6", r => r with { Anchor = new Anchor.CameTrueOn("responder", Date("2026-02-27")), Target = Days(7) }), "month-6"),
            ["the booster before its condition can come true"] = (c => c.Move("booster[1]", "2026-04-14 09:00").Move("booster[2]", "2026-04-21 09:00")
                .Ruling<Rule.Window>("booster-window", r => r with { Anchor = new Anchor.CameTrue("responder", Visit("infusion[6]"), Visits("infusion[6]", "week12[1]")) }), "booster-window"),
            ["the booster too late"] = (c => c.Move("booster[1]", "2026-04-14 09:00").Move("booster[2]", "2026-04-21 09:00"), "booster-window"),
            ["a window from a visit that is not placed"] = (c => c.Drop("booster[1]").Unplace("booster[1]")
                .Ruling<Rule.Window>("review-window", r => r with { Anchor = new Anchor.StartOf(Visit("booster[1]")), Target = Days(0) }), "review-window"),

            // Time of day and weekdays
            ["an infusion too early"] = (c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsFrom = 9 * 60 }).Move("infusion[2]", "2026-03-04 08:45"), "mornings"),
            ["an infusion too late"] = (c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { EndsBy = null }).Move("infusion[2]", "2026-03-04 11:15"), "mornings"),
            ["an infusion that ends too late"] = (c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsTo = null, EndsBy = 12 * 60 }).Move("infusion[2]", "2026-03-04 09:30"), "mornings"),
            ["a WET session on a day that is not one of its days"] = (c => c.Ruling<Rule.Weekdays>("treatment-days", r => r with { Days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday] }), "treatment-days"),

            // People
            ["another therapist at the end"] = (c => c.Fill("wet[5]", "therapist", "lee"), "one-therapist"),
            ["another therapist in the middle"] = (c => c.Fill("wet[3]", "therapist", "lee"), "one-therapist"),
            ["another therapist at the start"] = (c => c.Fill("wet[1]", "therapist", "lee"), "one-therapist"),
            ["a rater who is the therapist"] = (c => c.Fill("wet[1..5]", "therapist", "lee").Fill("week12[1]", "rater", "lee"), "blind-rater"),
            ["a rater who is the nurse"] = (c => c.In(k => k.With("ana", r => r with { Roles = ["nurse", "rater"] })).Fill("month6[1]", "rater", "ana"), "blind-rater"),
            ["a rater who is the physician"] = (c => c.In(k => k.With("osei", r => r with { Roles = ["physician", "rater"] })).Fill("baseline[1]", "rater", "osei"), "blind-rater"),

            ["a therapist twice in a row"] = (c => Rotating(c).Fill("wet[4]", "therapist", "kim"), "rotation"),
            ["a therapist twice in a row at the start"] = (c => Rotating(c).Fill("wet[1]", "therapist", "lee"), "rotation"),
            ["a therapist before and after a session that is left out"] = (c => Rotating(c).Asking(r => r with { LeftOut = Visits("wet[4]") }).Drop("wet[4]"), "rotation"),
            ["a therapist before and after a visit that may not be needed"] = (c => c.Under(p => p with { Rules = p.Rules.Add(new Rule.Rotation(Head("rotation"), Visits("wet[4]", "review[1]", "wet[5]"), "therapist", IsMust: true)) })
                .Ruling<Rule.SamePerson>("one-therapist", r => r with { IsMust = false }).Fill("review[1]", "therapist", "lee"), "rotation"),
            ["the therapist of the session before at a visit that may not be needed"] = (c => Rotating(c).Fill("review[1]", "therapist", "kim")
                .Ruling<Rule.Rotation>("rotation", r => r with { Visits = [.. r.Visits, .. Visits("review[1]")] }), "rotation"),
            ["one nurse for both boosters"] = (c => c.Under(p => p with { Rules = p.Rules.Add(new Rule.Rotation(Head("rotation"), Visits("booster[1..2]"), "nurse", IsMust: true)) })
                .Fill("booster[1..2]", "nurse", "ana"), "rotation"),

            // complete
            ["a missing infusion"] = (c => c.Drop("infusion[6]"), "complete"),
            ["a missing diary"] = (c => c.Drop("diary[1]"), "complete"),
            ["a certain visit listed as unplaced"] = (c => c.Drop("wet[5]").Unplace("wet[5]"), "complete"),
            ["a conditional visit forgotten"] = (c => c.Drop("review[1]"), "complete"),
            ["a conditional visit placed and unplaced"] = (c => c.Unplace("review[1]"), "complete"),
            ["a conditional visit unplaced twice"] = (c => c.Drop("review[1]").Unplace("review[1]").Unplace("review[1]"), "complete"),
            ["a visit twice"] = (c => c.Add(c.Calendar.Find(Visit("wet[2]"))!), "complete"),
            ["an ordinal too many"] = (c => Extra(c, new("wet", 6)), "complete"),
            ["an ordinal too few"] = (c => Extra(c, new("wet", 0)), "complete"),
            ["a visit of no type"] = (c => Extra(c, new("yoga", 1)), "complete"),
            ["an unplaced visit of no type"] = (c => c.Unplace("yoga[1]"), "complete"),
            ["a fixed visit moved"] = (c => c.Fix("baseline[1]", "infusion[1]").Move("infusion[1]", "2026-03-02 09:15"), "complete"),
            ["a fixed visit in another chair"] = (c => c.Fix("baseline[1]", "infusion[1]").Fill("infusion[1]", "chair", "chair-2"), "complete"),
            ["a fixed visit whose nurse comes later"] = (c => c.Fix("baseline[1]", "infusion[1]").ChangeUse("infusion[1]", 0, u => u with { Start = u.Start.PlusMinutes(5) }), "complete"),
            ["a fixed visit missing"] = (c => c.Fix("baseline[1]", "infusion[1]").Drop("infusion[1]"), "complete"),

            // shape
            ["an infusion cut short"] = (c => c.Change("infusion[1]", v => v with { End = v.End.PlusMinutes(-10) }), "shape"),
            ["the first WET session as short as the others"] = (c => c.Change("wet[1]", v => v with { End = v.End.PlusMinutes(-20) }), "shape"),
            ["a use missing"] = (c => c.Change("infusion[1]", v => v with { Uses = v.Uses.RemoveAt(1) }), "shape"),
            ["all uses missing"] = (c => c.Change("wet[1]", v => v with { Uses = [] }), "shape"),
            ["uses that were never given"] = (c => c.Change("wet[1]", v => v with { Uses = default }), "shape"),
            ["a use too many"] = (c => c.Change("wet[1]", v => v with { Uses = v.Uses.Add(v.Uses[0] with { Resource = "ana", Need = "nurse", Role = "nurse" }) }), "shape"),
            ["a use at another time"] = (c => c.ChangeUse("infusion[1]", 0, u => u with { Start = u.Start.PlusMinutes(10) }), "shape"),
            ["a use that ends before it starts"] = (c => c.ChangeUse("wet[1]", 1, u => u with { End = u.Start.PlusMinutes(-10) }), "shape"),
            ["a use of another kind"] = (c => c.ChangeUse("infusion[1]", 0, u => u with { Use = Use.Exclusive }), "shape"),
            ["a use in another role"] = (c => c.ChangeUse("wet[1]", 1, u => u with { Role = "chair" }), "shape"),
            ["two physicians for one need"] = (c => c.In(k => WithSecondPhysician(k)).ChangeUse("infusion[1]", 1, u => u with { Resource = "patel" }), "shape"),
            ["one nurse for two needs"] = (c => c.In(k => k.With("kim", r => r with { Roles = ["therapist", "aide"], Capacity = 2 }))
                .Typing("wet", t => t with { Needs = [.. t.Needs.Select(n => n.Id == "therapist" ? n with { Segments = [Throughout(Use.Share)] } : n), Person("aide", Throughout(Use.Share))] })
                .Drop("wet[1..5]").Drop("review[1]").Unplace("review[1]")
                .Place("wet[1]", "2026-03-10 13:00", "therapist kim, room room-1, aide kim").Place("wet[2]", "2026-03-12 13:00", "therapist kim, room room-1, aide kim")
                .Place("wet[3]", "2026-03-16 13:00", "therapist kim, room room-1, aide kim").Place("wet[4]", "2026-03-17 13:00", "therapist kim, room room-1, aide kim")
                .Place("wet[5]", "2026-03-18 13:00", "therapist kim, room room-1, aide kim"), "shape"),

            // grid
            ["a start off the grid"] = (c => c.Move("infusion[2]", "2026-03-04 09:10"), "grid"),
            ["a start off the whole minute"] = (c => c.Change("diary[1]", v => v with { Start = v.Start.PlusSeconds(30), End = v.End.PlusSeconds(30) }), "grid"),
            ["a visit across midnight"] = (c => c.Change("diary[1]", v => v with { Start = v.Start.Date.At(new(23, 45)), End = v.Start.Date.PlusDays(1).At(new(0, 15)) }), "shape grid opening-hours"),
            ["a visit that ends before it starts"] = (c => c.Change("diary[1]", v => v with { End = v.Start.PlusMinutes(-60) }), "shape grid"),
            ["a visit that ends the day before"] = (c => c.Change("diary[1]", v => v with { End = v.Start.PlusDays(-1) }), "shape grid"),

            // start range and horizon
            ["a visit before the request's first day"] = (c => c.Asking(r => r with { From = Date("2026-03-03") }), "start-range"),
            ["a visit before the first day, others fixed"] = (c => c.Fix("infusion[1]").Asking(r => r with { From = Date("2026-03-03") }), "start-range"),
            ["a course that starts too late"] = (c => c.Asking(r => r with { From = Date("2026-02-01"), StartWithinDays = 29 }), "start-range"),
            ["a visit later than the rules can make it"] = (c => c.Under(p => p with { Rules = [.. p.Rules.Where(r => r.Id is not "month-6")] })
                .Asking(r => r with { StartWithinDays = 1 }).Move("month6[1]", "2026-08-31 10:00"), "horizon"),
            ["a visit centuries away"] = (c => c.Change("month6[1]", v => v with { Start = v.Start.PlusYears(5_000), End = v.End.PlusYears(5_000) }), "horizon"),
            ["a visit at the end of time"] = (c => c.Change("month6[1]", v => v with { Start = LocalDate.MaxIsoValue.At(new(10, 0)), End = LocalDate.MaxIsoValue.At(new(11, 0)) }), "horizon"),

            // series order
            ["two infusions swapped"] = (c => c.Move("infusion[2]", "2026-03-06 09:00").Move("infusion[3]", "2026-03-04 09:00"), "infusion-rhythm series-order"),
            ["two WET sessions on a day"] = (c => c.Move("wet[4]", "2026-03-16 15:00"), "series-order"),
            ["boosters swapped"] = (c => c.Ruling<Rule.Cadence>("booster-rhythm", r => r with { Every = null })
                .Move("booster[1]", "2026-04-10 13:00").Move("booster[2]", "2026-04-09 09:00"), "series-order"),

            // opening hours
            ["a video visit before opening"] = (c => Working(c, "roth").Move("week12[1]", "2026-06-02 07:45"), "opening-hours working-hours"),
            ["a visit that ends after closing"] = (c => c.Move("month6[1]", "2026-09-02 17:15"), "opening-hours working-hours"),
            ["a visit on a Saturday"] = (c => c.Move("month6[1]", "2026-09-05 10:00"), "opening-hours working-hours"),
            ["a visit on a closed day"] = (c => c.In(k => k.Closed("2026-09-02")), "opening-hours working-hours"),
            ["a visit that begins in a closure's last minutes"] = (c => c.In(k => k.Closed("2026-09-02", "09:00 to 10:01")), "opening-hours working-hours"),
            ["a visit over a half-day's closure"] = (c => c.In(k => k.Closed("2026-09-02", "10:15 to 10:30")), "opening-hours working-hours"),
            ["a visit without resources outside opening hours"] = (c => c.Typing("diary", t => t with { Mode = Mode.Phone }).Move("diary[1]", "2026-03-03 19:00"), "opening-hours"),
            ["a self-report too early"] = (c => c.Move("diary[1]", "2026-03-03 07:45"), "opening-hours"),
            ["a self-report too late"] = (c => c.Move("diary[1]", "2026-03-03 20:00"), "opening-hours"),
            ["a self-report on the day that Apia skipped"] = (_ => TestCourse.Bare(new Rule.Weekdays(Head("rule"), Visits("a[1]"), [IsoDayOfWeek.Friday], Strength.Must), "a 2011-12-30 08:00")
                .In(k => k with { Zone = DateTimeZoneProviders.Tzdb["Pacific/Apia"] }), "opening-hours"),

            // working hours
            ["a therapist on leave"] = (c => c.In(k => k.With("kim", r => r with { Exceptions = [On("2026-03-17")] })), "working-hours"),
            ["a therapist at lunch"] = (c => c.In(k => k.With("kim", r => r with { Exceptions = [On("2026-03-17", "08:00 to 13:15, 13:30 to 18:00")] })), "working-hours"),
            ["a therapist who leaves a minute before the end"] = (c => c.In(k => k.With("kim", r => r with { Exceptions = [On("2026-03-17", "08:00 to 13:39")] })), "working-hours"),
            ["a nurse in the other week"] = (c => c.In(k => k.With("ana", r => r with { Hours = Alternating(), Exceptions = [On("2026-04-10", "08:00 to 18:00"), On("2026-04-17", "08:00 to 18:00")] })), "working-hours"),
            ["a chair that is out of order"] = (c => c.In(k => k.With("chair-1", r => r with { Exceptions = [On("2026-03-04")] })), "working-hours"),

            // role
            ["a resource that does not exist"] = (c => c.Fill("infusion[1]", "chair", "chair-9"), "role"),
            ["a room as a chair"] = (c => c.Fill("infusion[1]", "chair", "room-2"), "role"),
            ["a person as a room"] = (c => c.In(k => k.With("roth", r => r with { Roles = ["rater", "room"] })).Fill("wet[5]", "room", "roth"), "role"),
            ["a room as a rater"] = (c => c.In(k => k.With("room-2", r => r with { Roles = ["room", "rater"] })).Fill("week12[1]", "rater", "room-2"), "role"),
            ["a nurse without the skill"] = (c => c.Fill("infusion[1]", "nurse", "ben"), "role"),

            // double booking
            ["a room that is booked"] = (c => c.In(k => k.Booked("room-1", "2026-03-10", "13:30 to 15:00")), "double-booking"),
            ["a room that is booked for the last 5 minutes"] = (c => c.In(k => k.Booked("room-1", "2026-03-10", "13:59 to 15:00")), "double-booking"),
            ["a room shared by a booking"] = (c => c.In(k => k.Booked("room-1", "2026-03-10", "13:30 to 15:00", Use.Share)), "double-booking"),
            ["a room between two bookings, one of them still being cleaned up"] = (c => c.In(k => k.Booked("room-1", "2026-03-10", "12:00 to 12:55")
                .With("room-1", r => r with { CleanUpMinutes = 10 })), "double-booking"),
            ["a chair booked during the visit's clean-up"] = (c => c.In(k => k.Booked("chair-1", "2026-03-04", "11:45 to 12:00")), "double-booking"),
            ["a chair booked during the resource's longer clean-up"] = (c => c.In(k => k.Booked("chair-1", "2026-03-04", "12:00 to 13:00")
                .With("chair-1", r => r with { CleanUpMinutes = 30 })), "double-booking"),
            ["a nurse with two patients already"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "08:00 to 10:00", Use.Share).Booked("ana", "2026-03-04", "08:30 to 11:00", Use.Share)), "double-booking"),
            ["a nurse in an exclusive booking"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "10:00 to 10:15")), "double-booking"),
            ["a physician with two supervisions already"] = (c => c.In(k => k.Booked("osei", "2026-03-04", "08:00 to 12:00", Use.Supervision).Booked("osei", "2026-03-04", "10:00 to 11:00", Use.Supervision)), "double-booking"),
            ["a physician who cannot supervise"] = (c => c.In(k => k.With("osei", r => r with { Supervises = 0 })), "double-booking"),
            ["a physician with a long use during the supervision"] = (c => c.In(k => k.Booked("osei", "2026-03-04", "09:30 to 09:50")), "double-booking"),
            ["a physician with hands full at the discharge"] = (c => c.In(k => k.Booked("osei", "2026-03-04", "10:55 to 11:05")), "double-booking"),
            ["hands-on longer than supervision bears"] = (c => c.In(k => k.With("osei", r => r with { HandsOnMinutes = 5 })), "double-booking"),
            ["two visits of the calendar in one room"] = (c => c.Typing("diary", t => t with { Mode = Mode.InPerson, Needs = [Place("room", Throughout(Use.Exclusive))] })
                .Drop("diary[1]").Place("diary[1]", "2026-03-03 08:00", "room room-1")
                .Ruling<Rule.Order>("diary-next-day", r => r with { AtLeast = null }).Move("diary[1]", "2026-03-02 08:30"), "diary-next-day double-booking patient-once"),

            // contact hours
            ["a therapist beyond the daily maximum"] = (c => c.In(k => k.Booked("kim", "2026-03-10", "08:00 to 11:00").With("kim", r => r with { MaxContactMinutes = 235 })), "contact-hours"),
            ["a nurse beyond the daily maximum by a share"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "10:00 to 12:00", Use.Share).With("ana", r => r with { MaxContactMinutes = 175 })), "contact-hours"),

            // latest start
            ["a use after the latest start"] = (c => c.In(k => k.With("kim", r => r with { LatestStart = Minutes("12:45") })).Drop("review[1]").Unplace("review[1]"), "latest-start"),
            ["a physician's last hands-on after the latest start"] = (c => c.In(k => k.With("osei", r => r with { LatestStart = Minutes("10:49") })), "latest-start"),

            // starts apart
            ["two infusions of one nurse too close"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "09:10 to 11:10", Use.Share)), "starts-apart"),
            ["an infusion too soon after a booking"] = (c => c.In(k => k.Booked("ana", "2026-03-04", "08:46 to 08:55")), "starts-apart"),
            ["a visit of the calendar too close"] = (c => c.Typing("diary", t => t with { Mode = Mode.Phone, Needs = [Person("nurse", Throughout(Use.Share))] })
                .Ruling<Rule.Order>("diary-next-day", r => r with { Groups = [Visits("baseline[1]"), Visits("diary[1]")], AtLeast = null })
                .In(k => k with { GridMinutes = 5 }).Drop("diary[1]").Place("diary[1]", "2026-03-02 09:00", "nurse ana").Move("infusion[1]", "2026-03-02 09:10"), "starts-apart"),

            // the patient
            ["a patient who is away"] = (c => c.For(p => p with { Dates = [On("2026-03-17")] }), "patient-hours"),
            ["a patient who is not home in time"] = (c => c.For(p => p with { TravelMinutes = 40, Dates = [On("2026-03-17", "08:00 to 14:15")] }), "patient-hours"),
            ["a patient who cannot leave in time"] = (c => c.For(p => p with { TravelMinutes = 40, Dates = [On("2026-03-17", "12:25 to 18:00")] }), "patient-hours"),
            ["a patient who is away during a video visit"] = (c => c.For(p => p with { TravelMinutes = 40, Dates = [On("2026-06-02", "10:15 to 18:00")] }), "patient-hours"),
            ["a patient in two places"] = (c => c.Typing("diary", t => t with { Mode = Mode.Phone }).Ruling<Rule.Order>("diary-next-day", r => r with { Groups = [Visits("baseline[1]"), Visits("diary[1]")], AtLeast = null })
                .Move("diary[1]", "2026-03-02 10:00"), "patient-once"),
            ["a phone visit on the way home"] = (c => c.For(p => p with { TravelMinutes = 30 }).Typing("diary", t => t with { Mode = Mode.Phone })
                .Ruling<Rule.Order>("diary-next-day", r => r with { AtLeast = null, AtMost = null }).Move("diary[1]", "2026-03-02 12:00"), "patient-once"),
            ["a phone visit on the way to the clinic"] = (c => c.For(p => p with { TravelMinutes = 30 }).Typing("diary", t => t with { Mode = Mode.Phone })
                .Ruling<Rule.Order>("diary-next-day", r => r with { AtMost = null }).Move("diary[1]", "2026-03-10 12:30"), "patient-once"),

            // preferences that must hold
            ["times on which the patient insists"] = (c => c.Wishing(new Preference.Times(["wet"], null, Hours("08:00 to 13:59"))), "preferences"),
            ["days on which the patient insists"] = (c => c.Wishing(new Preference.Days(["infusion"], null, [IsoDayOfWeek.Monday, IsoDayOfWeek.Wednesday])), "preferences"),
            ["a person on whom the patient insists"] = (c => c.Wishing(new Preference.Person([], null, "therapist", "lee")), "preferences"),
            ["a sex on which the patient insists"] = (c => c.Wishing(new Preference.OfSex([], null, "therapist", Sex.Male)), "preferences"),
            ["a sex that is not stated"] = (c => c.Wishing(new Preference.OfSex([], null, "rater", Sex.Female)), "preferences"),
        };

    /// <summary>Two therapists by turns, and a rule that asks for it.</summary>
    public static TestCourse Rotating(TestCourse course) => course
        .Ruling<Rule.SamePerson>("one-therapist", r => r with { IsMust = false })
        .Under(p => p with { Rules = p.Rules.Add(new Rule.Rotation(Head("rotation"), Visits("wet[1..5]"), "therapist", IsMust: true)) })
        .Fill("wet[2]", "therapist", "lee")
        .Fill("wet[4]", "therapist", "lee");

    private static TestCourse Deviating(TestCourse course, DeviationLimit limit) => course.Asking(r => r with { Deviations = limit });

    private static TestCourse Extra(TestCourse course, VisitId id) =>
        course.Add(course.Calendar.Find(Visit("wet[5]"))! with { Id = id });

    private static TestCourse Working(TestCourse course, string resource) => course.In(k => k.With(resource, r => r with { Hours = Weekly(1, 7, "06:00 to 22:00") }));

    private static Clinic WithSecondPhysician(Clinic clinic) =>
        clinic with { Resources = clinic.Resources.Add(clinic.Find("osei")! with { Id = "patel", Title = "patel" }) };

    /// <summary>At work on weekdays of weeks A; 2 March begins one.</summary>
    private static WeeklyHours Alternating() =>
        new([.. Enumerable.Range(1, 5).Select(d => new WeekdayHours((IsoDayOfWeek)d, WeekTurn.A, Several("08:00 to 18:00")))], Date("2026-03-02"));
}
