using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Says what is given, in the clinic's words.</summary>
public static class EasingWords
{
    /// <summary>Easings as sentences; those of one kind and one resource are one.</summary>
    public static string Say(PlanningRequest request, IEnumerable<Easing> easings)
    {
        var groups = easings.GroupBy(e => (Kind: e.GetType(), Resource: (e as Easing.ExtraHours)?.Resource ?? (e as Easing.MovedBooking)?.Booking.Resource ?? ""));
        return string.Join(' ', groups.SelectMany(g => g.ToList() switch
        {
            [Easing.ExtraHours, _, ..] several => [$"{Name(request.Clinic, g.Key.Resource)} is there on {Spoken.Join(several.Cast<Easing.ExtraHours>().Select(e => Time(e.Date, e.Hours)))}."],
            [Easing.PatientComes, _, ..] several => [$"The patient has time on {Spoken.Join(several.Cast<Easing.PatientComes>().Select(e => Time(e.Date, e.Hours)))}{Way(request)}."],
            [Easing.MovedBooking, _, ..] several => [$"These bookings of {Name(request.Clinic, g.Key.Resource)} move: {Spoken.Join(several.Cast<Easing.MovedBooking>().Select(e => $"{Time(e.Booking.Date, e.Booking.Hours)} ({To(e)})"))}."],
            var single => single.Select(e => Say(request, e)),
        }));
    }

    /// <summary>An easing as a sentence that a scheduler can pass on.</summary>
    /// <param name="request">The request that has no calendar.</param>
    /// <param name="easing">What is given.</param>
    public static string Say(PlanningRequest request, Easing easing) => easing switch
    {
        Easing.LongerStart longer => $"The course may start until {Day(request.From.PlusDays(longer.StartWithinDays - 1))} (--start-within {longer.StartWithinDays}).",
        Easing.Deviations { Limit: DeviationLimit.Minor } => "Windows may be kept as allowed, and not only as ideal (--deviations minor).",
        Easing.Deviations => "Windows may be missed (--deviations major).",
        Easing.WiderWindow wider => $"The window '{wider.Rule}' is {Wider(wider)} than the protocol has it: its author decides that.",
        Easing.ExtraHours extra => $"{Name(request.Clinic, extra.Resource)} is there on {Time(extra.Date, extra.Hours)}.",
        Easing.MovedBooking { Booking: var booking } moved => $"The booking of {Name(request.Clinic, booking.Resource)} on {Time(booking.Date, booking.Hours)} moves ({To(moved)}).",
        Easing.PatientComes comes => $"The patient has time on {Time(comes.Date, comes.Hours)}{Way(request)}.",
        Easing.GivenUpWish wish => $"The patient does not insist on {Wish(request.Clinic, wish.Wish)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(easing), easing, "A kind of easing without words here."),
    };

    private static string To(Easing.MovedBooking moved) => moved.To is not { } to
        ? "no other time was found for it within two weeks"
        : $"to {(to.Date == moved.Booking.Date ? "" : Day(to.Date) + " ")}{Hours.Clock((to.Hour * 60) + to.Minute)}{(to.Date == moved.Booking.Date ? " of that day" : "")}";

    private static string Time(LocalDate date, Hours hours) => $"{Day(date)} from {hours}";

    private static string Way(PlanningRequest request) => request.Patient.TravelMinutes > 0 ? ", the way included" : "";

    private static string Wider(Easing.WiderWindow wider) => (wider.Earlier, wider.Later) switch
    {
        (0, var later) => $"{Spoken.Count(later, "day")} longer behind",
        (var earlier, 0) => $"{Spoken.Count(earlier, "day")} longer before",
        var (earlier, _) => $"{Spoken.Count(earlier, "day")} longer on both sides",
    };

    private static string Wish(Clinic clinic, Preference wish) => wish switch
    {
        Preference.Times times => $"times from {times.Hours}",
        Preference.Days days => Spoken.Join(days.Weekdays.Select(d => d.ToString())),
        Preference.Person person => $"{Name(clinic, person.Resource)} as {person.Role}",
        Preference.OfSex sex => $"a {sex.Sex.ToString().ToLowerInvariant()} {sex.Role}",
        _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, "A kind of wish without words here."),
    } + (wish.VisitTypes.IsEmpty ? "" : $" for {Spoken.Join(wish.VisitTypes)}");

    private static string Name(Clinic clinic, string id) => clinic.Find(id) is { } resource && resource.Title != id ? $"{resource.Title} ({id})" : id;

    private static string Day(LocalDate date) => date.ToString("ddd uuuu'-'MM'-'dd", System.Globalization.CultureInfo.InvariantCulture);
}
