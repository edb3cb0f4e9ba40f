using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;

namespace Scheduler.Core.Formats;

/// <summary>Writes an answer as the JSON that docs/formats.md describes.</summary>
public static class CalendarJson
{
    /// <summary>The answer as UTF-8 text, indented, with a line end.</summary>
    public static byte[] Write(PlanningAnswer answer) => JsonText.Of(json => WriteMembers(json, answer));

    internal static void WriteMembers(Utf8JsonWriter json, PlanningAnswer answer)
    {
        var (request, outcome) = (answer.Request, answer.Outcome);
        WriteHead(json, request, answer.HasPatient);
        if (answer.Course is { } course)
        {
            CourseJson.Write(json, request.Clinic, course);
        }

        json.WriteString("outcome", outcome switch
        {
            Outcome.Placed => "placed",
            Outcome.Infeasible => "infeasible",
            _ => "unproved",
        });
        json.WriteNumber("steps", outcome.Steps);
        if (outcome is Outcome.Unproved { Bound: var bound })
        {
            WriteCost(json, "bound", bound);
        }

        json.WriteStartArray("proposals");
        foreach (var proposal in Proposals(outcome))
        {
            WriteProposal(json, request, proposal);
        }

        json.WriteEndArray();
        WriteConflicts(json, (outcome as Outcome.Infeasible)?.Conflicts ?? []);
        if (answer.Outside is { } outside)
        {
            WriteOutside(json, outside);
        }

        if (!answer.Relaxations.IsEmpty)
        {
            RelaxationJson.Write(json, request, answer.Relaxations);
        }
    }

    private static void WriteConflicts(Utf8JsonWriter json, ImmutableArray<Conflict> conflicts)
    {
        json.WriteStartArray("conflicts");
        foreach (var conflict in conflicts)
        {
            json.WriteStartObject();
            WriteNames(json, "rules", conflict.Rules);
            WriteNames(json, "hours", conflict.Hours);
            WriteNames(json, "bookings", conflict.Bookings);
            WriteNames(json, "capacities", conflict.Capacities);
            WriteNames(json, "limits", conflict.Limits);
            json.WriteString("message", conflict.Message);
            if (!conflict.IsSmallest)
            {
                json.WriteBoolean("smallest", false);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutside(Utf8JsonWriter json, WhyOutside outside)
    {
        json.WriteStartObject("whyOutside");
        if (outside.Inside is { } moves)
        {
            json.WriteNumber("movedInside", moves.Visits);
        }

        WriteConflicts(json, outside.Conflicts);
        json.WriteEndObject();
    }

    /// <summary>The proposals of an outcome; none where there are none.</summary>
    public static IReadOnlyList<Proposal> Proposals(Outcome outcome) => outcome switch
    {
        Outcome.Placed placed => placed.Proposals,
        Outcome.Unproved unproved => unproved.Proposals,
        _ => [],
    };

    /// <summary>What was asked, as the members with which each of our files begins.</summary>
    internal static void WriteHead(Utf8JsonWriter json, PlanningRequest request, bool hasPatient)
    {
        WriteOrigin(json, request);
        WriteRequest(json, request, hasPatient);
    }

    /// <summary>The protocol and the clinic that were given.</summary>
    internal static void WriteOrigin(Utf8JsonWriter json, PlanningRequest request)
    {
        json.WriteStartObject("protocol");
        json.WriteString("id", request.Protocol.Id);
        json.WriteString("version", request.Protocol.Version);
        json.WriteEndObject();
        json.WriteStartObject("clinic");
        json.WriteString("id", request.Clinic.Id);
        json.WriteEndObject();
        json.WriteString("timeZone", request.Clinic.Zone.Id);
    }

    private static void WriteRequest(Utf8JsonWriter json, PlanningRequest request, bool hasPatient)
    {
        json.WriteStartObject("request");
        json.WriteString("from", Texts.Date(request.From));
        json.WriteNumber("startWithin", request.StartWithinDays);
        json.WriteStartObject("parameters");
        foreach (var parameter in request.Protocol.Parameters)
        {
            json.WriteString(parameter.Name, parameter.Value);
        }

        json.WriteEndObject();

        // Where anybody is blinded, nobody learns the arm from a calendar.
        json.WriteString("arm", request.Protocol.Blinded.IsEmpty ? request.Arm : null);
        WriteNames(json, "streams", request.Streams);
        json.WriteString("patient", hasPatient ? request.Patient.Id : null);
        json.WriteString("deviations", Texts.LimitName(request.Deviations));
        json.WriteString("enrolled", request.Enrolled is { } enrolled ? Texts.Date(enrolled) : null);
        json.WriteEndObject();
    }

    internal static void WriteProposal(Utf8JsonWriter json, PlanningRequest request, Proposal proposal)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", proposal.Rank);
        WriteCost(json, "cost", proposal.Cost);
        if (proposal.CostWithConditional is { } whole)
        {
            WriteCost(json, "costWithConditional", whole);
        }

        if (!request.Booked.IsEmpty)
        {
            WriteMoves(json, (proposal.CostWithConditional ?? proposal.Cost).Moves);
        }

        json.WriteBoolean("proved", proposal.Proved);
        WriteNames(json, "unplaced", proposal.Calendar.Unplaced.Select(v => v.ToString()));
        if (!proposal.Forgone.IsEmpty)
        {
            WriteForgone(json, proposal);
        }

        json.WriteStartArray("visits");
        foreach (var visit in proposal.Calendar.Visits)
        {
            WriteVisit(json, request, proposal.Calendar, visit);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteMoves(Utf8JsonWriter json, Moves moves)
    {
        json.WriteStartObject("moves");
        json.WriteNumber("visits", moves.Visits);
        json.WriteNumber("people", moves.People);
        json.WriteNumber("others", moves.Others);
        json.WriteEndObject();
    }

    private static void WriteForgone(Utf8JsonWriter json, Proposal proposal)
    {
        json.WriteStartArray("forgone");
        foreach (var forgone in proposal.Forgone)
        {
            json.WriteStartObject();
            json.WriteString("rule", forgone.Rule);
            WriteNames(json, "visits", forgone.Visits.Select(v => v.ToString()));
            WriteNames(json, "missing", forgone.Missing.Select(v => v.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVisit(Utf8JsonWriter json, PlanningRequest request, TreatmentCalendar calendar, PlacedVisit visit)
    {
        var type = request.Protocol.TypeOf(visit.Id);
        json.WriteStartObject();
        json.WriteString("id", visit.Id.ToString());
        json.WriteString("type", visit.Id.Type);
        json.WriteNumber("ordinal", visit.Id.Ordinal);
        json.WriteString("title", type.Title);
        json.WriteString("start", Texts.Time(request.Clinic, visit.Start));
        json.WriteString("end", Texts.Time(request.Clinic, visit.End));
        json.WriteString("mode", Texts.ModeName(type.Mode));
        json.WriteBoolean("conditional", type.IsConditional);
        json.WriteStartArray("windows");
        foreach (var window in WindowDates.Of(request, calendar, visit.Id))
        {
            json.WriteStartObject();
            json.WriteString("rule", window.Rule);
            json.WriteString("anchor", window.Anchor);
            WriteNames(json, "ideal", [window.Ideal.Spelt.From, window.Ideal.Spelt.To]);
            WriteNames(json, "allowed", [window.Allowed.Spelt.From, window.Allowed.Spelt.To]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteResources(json, request.Clinic, visit);
        json.WriteEndObject();
    }

    internal static void WriteResources(Utf8JsonWriter json, Clinic clinic, PlacedVisit visit)
    {
        json.WriteStartArray("resources");
        foreach (var use in visit.Uses)
        {
            json.WriteStartObject();
            json.WriteString("id", use.Resource);
            json.WriteString("role", use.Role);
            json.WriteString("need", use.Need);
            json.WriteString("use", Texts.UseName(use.Use));
            json.WriteString("start", Texts.Time(clinic, use.Start));
            json.WriteString("end", Texts.Time(clinic, use.End));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteCost(Utf8JsonWriter json, string name, Cost cost)
    {
        json.WriteStartArray(name);
        foreach (var term in cost.Terms)
        {
            json.WriteNumberValue(term);
        }

        json.WriteEndArray();
    }

    internal static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
