using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;

namespace Scheduler.Core.Formats;

/// <summary>Writes what would help a course without a calendar.</summary>
internal static class RelaxationJson
{
    public static void Write(Utf8JsonWriter json, PlanningRequest request, ImmutableArray<Relaxation> relaxations)
    {
        json.WriteStartArray("relaxations");
        foreach (var relaxation in relaxations)
        {
            json.WriteStartObject();
            json.WriteStartArray("easings");
            foreach (var easing in relaxation.Easings)
            {
                json.WriteStartObject();
                Write(json, request.Clinic, easing);
                json.WriteString("message", EasingWords.Say(request, easing));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WritePropertyName("proposal");
            CalendarJson.WriteProposal(json, relaxation.Eased, relaxation.Proposal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Clinic clinic, Easing easing)
    {
        switch (easing)
        {
            case Easing.LongerStart longer:
                json.WriteString("kind", "longer start");
                json.WriteNumber("startWithin", longer.StartWithinDays);
                break;
            case Easing.Deviations deviations:
                json.WriteString("kind", "deviations");
                json.WriteString("deviations", Texts.LimitName(deviations.Limit));
                break;
            case Easing.WiderWindow wider:
                json.WriteString("kind", "wider window");
                json.WriteString("rule", wider.Rule);
                json.WriteNumber("daysBefore", wider.Earlier);
                json.WriteNumber("daysBehind", wider.Later);
                break;
            case Easing.ExtraHours extra:
                json.WriteString("kind", "extra hours");
                json.WriteString("resource", extra.Resource);
                Write(json, clinic, extra.Date, extra.Hours);
                break;
            case Easing.MovedBooking moved:
                json.WriteString("kind", "moved booking");
                json.WriteString("resource", moved.Booking.Resource);
                Write(json, clinic, moved.Booking.Date, moved.Booking.Hours);
                json.WriteString("to", moved.To is { } to ? Texts.Time(clinic, to) : null);
                break;
            case Easing.PatientComes comes:
                json.WriteString("kind", "patient comes");
                Write(json, clinic, comes.Date, comes.Hours);
                break;
            case Easing.GivenUpWish:
                json.WriteString("kind", "given up wish");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(easing), easing, "A kind of easing that is not written here.");
        }
    }

    private static void Write(Utf8JsonWriter json, Clinic clinic, LocalDate date, Hours hours)
    {
        json.WriteString("start", Texts.Time(clinic, date.AtMidnight().PlusMinutes(hours.From)));
        json.WriteString("end", Texts.Time(clinic, date.AtMidnight().PlusMinutes(hours.To)));
    }
}
