using System.Text.Json;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Formats;

/// <summary>Writes where a course stands, as the member <c>course</c> of docs/formats.md: all that its next calendar follows from, besides the files.</summary>
internal static class CourseJson
{
    public static void Write(Utf8JsonWriter json, Clinic clinic, Continuation course)
    {
        var state = course.State;
        json.WriteStartObject("course");
        json.WriteString("asOf", Texts.Time(clinic, course.AsOf));
        json.WriteString("lastEvent", state.LastAt is { } last ? Texts.Time(clinic, last) : null);
        WriteItems(json, "visits", state.Protocol.Visits.Select(state.Find).Where(v => v.Status != VisitStatus.Planned || v.Booking is not null), v => WriteVisit(json, clinic, v));
        WriteItems(json, "scores", state.Scores.OrderBy(s => s.Key.Outcome, StringComparer.Ordinal).ThenBy(s => s.Key.Visit.ToString(), StringComparer.Ordinal), s =>
        {
            json.WriteString("outcome", s.Key.Outcome);
            json.WriteString("visit", s.Key.Visit.ToString());
            json.WriteNumber("score", s.Value);
        });
        WriteItems(json, "answers", state.Answers.OrderBy(a => a.Key.Outcome, StringComparer.Ordinal).ThenBy(a => a.Key.Visit.ToString(), StringComparer.Ordinal), a =>
        {
            json.WriteString("outcome", a.Key.Outcome);
            json.WriteString("visit", a.Key.Visit.ToString());
            json.WriteBoolean("yes", a.Value);
        });
        WriteItems(json, "judged", state.Judged.OrderBy(c => c.Key, StringComparer.Ordinal), c => WriteCondition(json, c.Key, c.Value));
        WriteItems(json, "broughtAbout", state.BroughtAbout.OrderBy(c => c.Key, StringComparer.Ordinal), c => WriteCondition(json, c.Key, c.Value));
        WriteItems(json, "applied", state.Applied.OrderBy(a => a.Key, StringComparer.Ordinal), a =>
        {
            json.WriteString("rule", a.Key);
            json.WriteNumber("times", a.Value);
        });
        WriteItems(json, "failures", state.Failures, f =>
        {
            json.WriteString("visit", f.Visit.ToString());
            json.WriteString("condition", f.Condition);
        });
        CalendarJson.WriteNames(json, "putOff", state.Protocol.Visits.Where(state.PutOff.Contains).Select(v => v.ToString()));
        CalendarJson.WriteNames(json, "kept", course.Kept.Select(v => v.ToString()));
        if (state.Ended is { } end)
        {
            json.WriteStartObject("ended");
            json.WriteString("at", Texts.Time(clinic, end.At));
            json.WriteString("because", CourseWords.NameOf(end.Because));
            json.WriteString("rule", end.Rule);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteVisit(Utf8JsonWriter json, Clinic clinic, VisitState visit)
    {
        json.WriteString("id", visit.Id.ToString());
        json.WriteString("status", CourseWords.NameOf(visit.Status));
        foreach (var (name, time) in new[] { ("arrived", visit.Arrived), ("started", visit.Started), ("completed", visit.Completed), ("notBefore", visit.NotBefore) })
        {
            if (time is { } known)
            {
                json.WriteString(name, Texts.Time(clinic, known));
            }
        }

        if (visit.MakeUpBy is { } by)
        {
            json.WriteString("makeUpBy", Texts.Date(by));
        }

        if (visit.IsLateToday)
        {
            json.WriteBoolean("lateToday", visit.IsLateToday);
        }

        if (visit.ReleasedBy is { } condition)
        {
            json.WriteString("releasedBy", condition);
        }

        if (visit.Booking is { } booking)
        {
            WriteBooking(json, clinic, booking);
        }
    }

    private static void WriteBooking(Utf8JsonWriter json, Clinic clinic, PlacedVisit booking)
    {
        json.WriteStartObject("booking");
        json.WriteString("start", Texts.Time(clinic, booking.Start));
        json.WriteString("end", Texts.Time(clinic, booking.End));
        CalendarJson.WriteResources(json, clinic, booking);
        json.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter json, string condition, Finding found)
    {
        json.WriteString("condition", condition);
        json.WriteBoolean("holds", found.Holds);
        json.WriteString("on", Texts.Date(found.On));
    }

    private static void WriteItems<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
