using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestClinic;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Verification;

/// <summary>Calendars that look suspicious and are legal.</summary>
internal static class LegalVariations
{
    public static IReadOnlyDictionary<string, Func<TestCourse, TestCourse>> All { get; } = new Dictionary<string, Func<TestCourse, TestCourse>>
    {
        ["clean-up beyond closing"] = c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsTo = null, EndsBy = null })
            .In(k => k with { GridMinutes = 5 }).Move("infusion[6]", "2026-03-13 15:20"),
        ["clean-up in the chair's time off"] = c => c.In(k => k.With("chair-1", r => r with { Exceptions = [On("2026-03-04", "08:00 to 11:40")] })),
        ["clean-up ends at midnight"] = c => c.In(k => k.With("chair-1", r => r with { CleanUpMinutes = 1_000 })),
        ["supervision beside hands-on of another chair"] = c => c.In(k => k.Booked("osei", "2026-03-04", "09:30 to 09:45")),
        ["supervision beside a second supervision"] = c => c.In(k => k.Booked("osei", "2026-03-04", "09:30 to 12:00", Use.Supervision)),
        ["hands-on as long as supervision bears"] = c => c.In(k => k.With("osei", r => r with { HandsOnMinutes = 10 })),
        ["clean-up after hands-on does not exclude supervision"] = c => c.In(k => k.With("osei", r => r with { CleanUpMinutes = 30 })),
        ["a share up to the capacity"] = c => c.In(k => k.Booked("ana", "2026-03-04", "09:30 to 11:30", Use.Share)),
        ["shares that change hands"] = c => c.In(k => k.Booked("ana", "2026-03-04", "08:00 to 10:00", Use.Share).Booked("ana", "2026-03-04", "10:00 to 12:00", Use.Share)),
        ["a booking that touches the start"] = c => c.In(k => k.Booked("room-1", "2026-03-10", "12:00 to 13:00")),
        ["a booking that touches the end"] = c => c.In(k => k.Booked("room-1", "2026-03-10", "14:00 to 15:00")),
        ["a booking after the clean-up"] = c => c.In(k => k.Booked("chair-1", "2026-03-04", "11:55 to 13:00")),
        ["a booking cleaned up in time"] = c => c.In(k => k.Booked("room-1", "2026-03-10", "12:00 to 12:50").With("room-1", r => r with { CleanUpMinutes = 10 })),
        ["the same resource on another day"] = c => c.In(k => k.Booked("chair-1", "2026-03-03", "08:00 to 18:00")),
        ["a self-report on a Sunday"] = c => c.Ruling<Rule.Order>("diary-next-day", r => r with { AtMost = Days(6) }).Move("diary[1]", "2026-03-08 08:00"),
        ["a self-report when the clinic is closed"] = c => c.In(k => k.Closed("2026-03-03")),
        ["a self-report until the evening"] = c => c.In(k => k with { GridMinutes = 5 }).Move("diary[1]", "2026-03-03 19:50"),
        ["a self-report while the patient is away"] = c => c.For(p => p with { Dates = [On("2026-03-03")] }),
        ["travel exactly fits"] = c => c.For(p => p with { TravelMinutes = 40, Dates = [On("2026-03-17", "12:20 to 14:20")] }),
        ["no travel for a video visit"] = c => c.For(p => p with { TravelMinutes = 40, Dates = [On("2026-06-02", "10:00 to 11:00")] }),
        ["a phone visit after the way home"] = c => c.For(p => p with { TravelMinutes = 20 }).Typing("diary", t => t with { Mode = Mode.Phone })
            .Ruling<Rule.Order>("diary-next-day", r => r with { AtLeast = null, AtMost = null }).Move("diary[1]", "2026-03-02 12:00"),
        ["two visits in person that touch need no travel"] = c => c.For(p => p with { TravelMinutes = 40 }),
        ["a self-report on the way home"] = c => c.For(p => p with { TravelMinutes = 40 })
            .Ruling<Rule.Order>("diary-next-day", r => r with { AtLeast = null }).Move("diary[1]", "2026-03-02 11:45"),
        ["alternating weeks"] = c => c.In(k => k.With("roth", r => r with
        {
            Hours = new([.. Weekly(1, 5, "08:00 to 18:00").Days.Select(d => d with { Turn = WeekTurn.A })], Date("2026-03-02")),
            Exceptions = [On("2026-06-02", "08:00 to 18:00")],
        })),
        ["the last of two exceptions counts"] = c => c.In(k => k.With("kim", r => r with { Exceptions = [On("2026-03-17"), On("2026-03-17", "13:00 to 13:40")] })),
        ["the longest contact that is allowed"] = c => c.In(k => k.Booked("kim", "2026-03-10", "08:00 to 11:00").With("kim", r => r with { MaxContactMinutes = 240 })),
        ["two shares at once are contact once"] = c => c.In(k => k.Booked("ana", "2026-03-04", "09:30 to 11:00", Use.Share).With("ana", r => r with { MaxContactMinutes = 120 })),
        ["supervision is no contact"] = c => c.In(k => k.With("osei", r => r with { MaxContactMinutes = 20 })),
        ["the latest start itself"] = c => c.In(k => k.With("kim", r => r with { LatestStart = Minutes("13:00") })),
        ["starts exactly far enough apart"] = c => c.In(k => k.Booked("ana", "2026-03-04", "09:15 to 11:15", Use.Share)),
        ["starts apart asks only the first segment of a need"] = c => c.Typing("infusion", t => t with { Needs = [.. t.Needs.Select(n => n.Id == "physician" ? n with { StartsApartMinutes = 15 } : n)] })
            .In(k => k.Booked("osei", "2026-03-04", "10:40 to 10:50")),
        ["starts apart does not ask supervisions"] = c => c.In(k => k.With("ana", r => r with { Supervises = 1, HandsOnMinutes = 120 })
            .Booked("ana", "2026-03-04", "09:05 to 09:30", Use.Supervision)),
        ["the latest day on which the course may start"] = c => c.Asking(r => r with { From = Date("2026-02-01"), StartWithinDays = 30 }),
        ["a booster and a review with one person"] = c => c.In(k => k.With("kim", r => r with { Roles = ["therapist", "nurse"], MaxContactMinutes = 120 }))
            .Fill("booster[1..2]", "nurse", "kim"),
        ["conditional visits without a place"] = c => c.Drop("booster[1..2]").Drop("review[1]").Unplace("booster[1..2]").Unplace("review[1]"),
        ["a booster without the one before"] = c => c.Drop("booster[1]").Unplace("booster[1]"),
        ["week 12 on its first allowed day"] = c => c.Asking(r => r with { Deviations = DeviationLimit.Minor }).Move("week12[1]", "2026-05-26 10:00"),
        ["week 12 on its last allowed day"] = c => c.Asking(r => r with { Deviations = DeviationLimit.Minor }).Move("week12[1]", "2026-06-09 10:00"),
        ["week 12 28 days outside the allowed window"] = c => c.Asking(r => r with { Deviations = DeviationLimit.Major }).Move("week12[1]", "2026-07-07 10:00"),
        ["month 6 on its first ideal day"] = c => c.Move("month6[1]", "2026-08-26 10:00"),
        ["month 6 on its last ideal day"] = c => c.Move("month6[1]", "2026-09-09 10:00"),
        ["people change where they only should not"] = c => c.Ruling<Rule.SamePerson>("one-therapist", r => r with { IsMust = false }).Fill("wet[3]", "therapist", "lee"),
        ["therapists by turns"] = c => Mutations.Rotating(c),
        ["therapists in a row that only should not be"] = c => Mutations.Rotating(c).Ruling<Rule.Rotation>("rotation", r => r with { IsMust = false }).Fill("wet[4]", "therapist", "kim"),
        ["times that only should be kept"] = c => c.Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsTo = 8 * 60, Strength = Strength.Should(1) }),
        ["weekdays that only should be kept"] = c => c.Ruling<Rule.Weekdays>("treatment-days", r => r with { Days = [], Strength = Strength.Should(1) }),
        ["a wish that is not granted"] = c => c.Wishing(new Preference.Person([], 5, "therapist", "lee")),
        ["an insistence on other visit types"] = c => c.Wishing(new Preference.Times(["diary"], null, Hours("08:00 to 08:10"))),
        ["a fixed visit that breaks every law about it"] = c => c.Move("infusion[1]", "2026-03-02 09:07").Fill("infusion[1]", "nurse", "ben").Fix("infusion[1]")
            .Ruling<Rule.TimeOfDay>("mornings", r => r with { StartsFrom = 8 * 60 }).In(k => k.Booked("chair-1", "2026-03-02", "09:00 to 10:00")),
        ["fixed visits that break a rule between them"] = c => c.Move("infusion[2]", "2026-03-03 09:00").Fix("infusion[1]", "infusion[2]"),
        ["fixed visits before the request's first day"] = c => c.Fix("baseline[1]", "infusion[1..2]", "diary[1]").Asking(r => r with { From = Date("2026-03-05") }),
        ["visits listed in another order"] = c => c with { Calendar = c.Calendar with { Visits = [.. c.Calendar.Visits.Reverse()] } },
    };
}
