using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a clinic: its place in time, its hours, its resources, its bookings.</content>
public static partial class Messages
{
    public static Diagnostic UnknownZone(SourceSpan at, string found, string? near) => Error(
        "CL001", at, $"There is no time zone '{Short(found)}'.{(near is null ? " Expected a name of the IANA database such as 'Europe/Berlin'." : $" Did you mean '{near}'?")}");

    public static Diagnostic GridNotOffered(SourceSpan at, int minutes, ImmutableArray<int> grids) => Error(
        "CL002", at, $"The slot grid is {minutes} min; expected {string.Join(", ", grids[..^1])} or {grids[^1]} min, so that each hour begins a slot.");

    public static Diagnostic HoursReversed(SourceSpan at, int from, int to) => Error(
        "CL003", at, from == to
            ? $"'{Clock(from)} to {Clock(to)}' is empty; expected an end later than the start."
            : $"'{Clock(from)} to {Clock(to)}' ends before it begins. Swap the times; what goes on past midnight is two stretches, one on each day.");

    public static Diagnostic HoursOverlap(SourceSpan at, string hours, string other) => Error(
        "CL004", at, $"'{hours}' overlaps '{other}' of the same day. Make them one stretch, or mend the times.");

    public static Diagnostic WeekdayTwice(SourceSpan at, IsoDayOfWeek day, string? week, SourceSpan first) => Error(
        "CL005", at, $"{day}{(week is null ? "" : $" in week {week}")} has hours already. Write all hours of a weekday in one line, separated by commas.", first);

    public static Diagnostic WeekdayInTwoRhythms(SourceSpan at, IsoDayOfWeek day, SourceSpan first) => Error(
        "CL006", at, $"{day} has hours for every week and for week A or B. Give it either one line, or one for week A and one for week B.", first);

    public static Diagnostic WeekAUnknown(SourceSpan at) => Error(
        "CL007", at, "Weeks alternate here, but nothing says which week is A. Add 'week A begins: ' with the date of a Monday.");

    public static Diagnostic WeekANotMonday(SourceSpan at, LocalDate found, LocalDate monday) => Error(
        "CL008", at, $"{Day(found)} is a {found.DayOfWeek}; weeks begin on a Monday. Did you mean {Day(monday)}?");

    public static Diagnostic WeekANotUsed(SourceSpan at) => Warning(
        "CL009", at, "Nothing alternates here, so it makes no difference when week A begins. Leave it out, or give hours for 'week A' and 'week B'.");

    public static Diagnostic DatesReversed(SourceSpan at, LocalDate from, LocalDate to) => Error(
        "CL010", at, $"The dates run backwards: {Day(to)} is before {Day(from)}. Swap them, or mend the year.");

    public static Diagnostic NoSuchYearlyDate(SourceSpan at, int month, int day) => Error(
        "CL011", at, $"No year has a {month:00}-{day:00}; expected month and day such as 'every 12-25'.");

    public static Diagnostic YearlyLeapDay(SourceSpan at) => Warning(
        "CL012", at, "02-29 comes in leap years only; in other years this closure does not happen. Write 'every 02-28' or 'every 03-01' for a day of every year.");

    public static Diagnostic NeverOpen(SourceSpan at) => Error(
        "CL013", at, "The clinic is never open; expected hours for at least one weekday such as 'Monday to Friday: 08:00 to 18:00'.");

    public static Diagnostic NoResources(SourceSpan at) => Error(
        "CL014", at, "The clinic has no resources; expected at least one person, room, chair or device.");

    public static Diagnostic ListedTwice(SourceSpan at, string what, string name) => Error(
        "CL015", at, $"The {what} '{Short(name)}' is listed twice. Remove one, or mend its spelling.");

    public static Diagnostic SexOfAThing(SourceSpan at, string kind) => Error(
        "CL016", at, $"Only a person has a sex; this is a {kind}. Leave it out, or write 'kind: person'.");

    public static Diagnostic ThingSupervises(SourceSpan at, string kind) => Error(
        "CL017", at, $"Only a person supervises; this is a {kind}. Leave it out, or write 'kind: person'.");

    public static Diagnostic HandsOnWithoutSupervision(SourceSpan at, int minutes) => Error(
        "CL018", at, $"Hands-on time of up to {minutes} min is for somebody who supervises, and nothing is supervised here. Add 'supervises: ' with a number, or leave it out.");

    public static Diagnostic LatestStartBeforeHours(SourceSpan at, string resource, int latest, int from) => Error(
        "CL019", at, $"Nothing of {resource} could ever start: the latest start is {Clock(latest)}, and work begins at {Clock(from)} at the earliest.");

    public static Diagnostic LatestStartAfterHours(SourceSpan at, string resource, int latest, int to) => Warning(
        "CL020", at, $"The latest start {Clock(latest)} makes no difference: the usual hours of {resource} end at {Clock(to)} at the latest.");

    public static Diagnostic NeverAtWork(SourceSpan at, string resource) => Warning(
        "CL021", at, $"{resource} has no hours while the clinic is open, so nothing can be booked on it. Mend its hours, or remove it.");

    public static Diagnostic BookingOfUnknownResource(SourceSpan at, string found, IReadOnlyCollection<string> known) => Error(
        "CL022", at, $"Bookings of '{Short(found)}', but there is no such resource.{NearMatch.Question(found, known)}");

    public static Diagnostic SupervisesNobody(SourceSpan at, string resource) => Error(
        "CL023", at, $"A supervision is booked, but {resource} supervises nobody. Add 'supervises: ' to the resource, or book another use.");

    public static Diagnostic BookedTwice(SourceSpan at, string resource, LocalDate date, BookedHours booking, BookedHours other, SourceSpan first) => Error(
        "CL024", at, $"{resource} is booked twice on {Day(date)}: {other.WithUse} and {booking.WithUse}. "
            + "An exclusive use bears nothing beside it.", first);

    public static Diagnostic BookedBeyondCapacity(
        SourceSpan at, string resource, LocalDate date, BookedHours booking, BookedHours other, int limit, SourceSpan first) => Error(
        "CL025", at, $"{resource} {(booking.Use == Use.Supervision ? "supervises" : "is shared by")} more than {limit} on {Day(date)} "
            + $"at {Clock(booking.From)}: {booking} comes on top of {other}{(limit > 1 ? $" and {limit - 1} more" : "")}.", first);

    public static Diagnostic BookingBreaksSupervision(
        SourceSpan at, string resource, LocalDate date, BookedHours booking, BookedHours other, int handsOn, SourceSpan first) => Error(
        "CL026", at, $"{resource} cannot do both on {Day(date)}: {other.WithUse} and {booking.WithUse}. "
            + (handsOn == 0 ? "Nobody is hands-on beside supervision unless 'hands-on' says for how long." : $"Beside supervision, one is hands-on for up to {handsOn} min."), first);

    public static Diagnostic BookingInCleanUp(
        SourceSpan at, string resource, LocalDate date, BookedHours booking, BookedHours other, int cleanUp, SourceSpan first) => Warning(
        "CL027", at, $"{resource} is booked {booking} on {Day(date)}, during the {cleanUp} min of clean-up after {other}.", first);

    public static Diagnostic BookingOutsideHours(SourceSpan at, string resource, LocalDate date, BookedHours booking, IReadOnlyCollection<string> usual) => Warning(
        "CL028", at, $"{resource} is booked {booking} on {Day(date)}, outside its hours ({(usual.Count == 0 ? "off" : string.Join(", ", usual))}). The time is taken all the same.");

    public static Diagnostic BookingWhileClosed(SourceSpan at, string resource, LocalDate date, BookedHours booking, string closure) => Warning(
        "CL029", at, $"{resource} is booked {booking} on {Day(date)}, when the clinic is closed ({Short(closure)}). The time is taken all the same.");

    public static Diagnostic BookedBeyondDailyMaximum(SourceSpan at, string resource, LocalDate date, int booked, int most) => Warning(
        "CL030", at, $"{resource} is booked for {booked} min on {Day(date)}; at most {most} min a day are allowed, so nothing more fits.");

    public static Diagnostic MailToAThing(SourceSpan at, string kind) => Error(
        "CL031", at, $"Only a person reads mail; this is a {kind}. Leave it out, or write 'kind: person'.");

    public static Diagnostic TitleTells(SourceSpan at, string title, string word) => Error(
        "CL032", at, $"Messages would come from '{Short(title)}', and '{Short(word)}' tells what a patient is treated for or with. Add 'name: ' with what the clinic is called in messages.");

    public static Diagnostic SenderTells(SourceSpan at, string word) => Warning(
        "CL033", at, $"'{Short(word)}' tells what a patient is treated for or with, and anybody may see where a mail comes from. Send from another address, if you can.");

    public static Diagnostic LanguageNotSpoken(SourceSpan at, string language, IReadOnlyCollection<string> known) => Error(
        "CL034", at, $"There are no words for '{Short(language)}'. Add it under 'languages', or write {Spoken.Join(known.Select(k => $"'{k}'"), "or")}.");

    public static Diagnostic NobodyIsTold(SourceSpan at) => Warning(
        "CL035", at, "Nobody is told who has not confirmed by then. Add 'office: ' with the address of those who are to know.");

    public static Diagnostic UsualAtOneTime(SourceSpan at, string one, string other, SourceSpan first) => Error(
        "CL036", at, $"'{one}' and '{other}' are sent at the same time. Join them, or move one.", first);

    public static Diagnostic UsualInQuietHours(SourceSpan at, int time, int begin) => Warning(
        "CL037", at, $"{Clock(time)} is in the quiet hours, so the message is sent before them, at {Clock(begin)}. Move it or the quiet hours, unless that is meant.");

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static string Day(LocalDate date) => $"{date.Year:0000}-{date.Month:00}-{date.Day:00}";

    /// <summary>The time of a booking, and how its resource is used.</summary>
    /// <param name="From">The first minute after midnight.</param>
    /// <param name="To">The minute after the last.</param>
    /// <param name="Use">How the resource is used.</param>
    public readonly record struct BookedHours(int From, int To, Use Use)
    {
        internal string WithUse => $"{this} ({Use.ToString().ToLowerInvariant()})";

        public override string ToString() => $"{Clock(From)} to {Clock(To)}";
    }
}
