using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Core.Formats;

/// <summary>Writes where a visit may lie, and what holds it where it is, as docs/formats.md describes.</summary>
public static class PlacesJson
{
    /// <summary>The places of a visit as UTF-8 text, indented, with a line end.</summary>
    public static byte[] Write(PlanningRequest request, VisitPlaces places) => Text(request, places.Now, (json, words) =>
    {
        WriteCosts(json, request, places.Cost, places.CostWithConditional);
        var rules = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartArray("days");
        foreach (var day in places.Days)
        {
            json.WriteStartObject();
            json.WriteString("date", Texts.Date(day.Date));
            json.WriteStartArray("places");
            foreach (var place in day.Places)
            {
                Write(json, request, place, places.Cost, places.CostWithConditional);
            }

            json.WriteEndArray();
            json.WriteStartArray("refused");
            foreach (var refused in day.Refused)
            {
                Write(json, words, day.Date, refused, rules);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRules(json, request, words, rules);
    });

    /// <summary>What holds a visit as UTF-8 text, indented, with a line end.</summary>
    public static byte[] Write(PlanningRequest request, WhyHere why) => Text(request, why.Now, (json, words) =>
    {
        WriteCosts(json, request, why.Cost, why.CostWithConditional);
        var rules = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartArray("holds");
        foreach (var hold in why.Holds)
        {
            json.WriteStartObject();
            switch (hold.By)
            {
                case HeldBy.OfRule rule:
                    rules.Add(rule.Rule);
                    json.WriteString("kind", "rule");
                    json.WriteString("rule", rule.Rule);
                    break;
                case HeldBy.OfLaw law:
                    json.WriteString("kind", "law");
                    json.WriteString("law", law.Law);
                    break;
                case HeldBy.OfResource resource:
                    json.WriteString("kind", "resource");
                    json.WriteString("resource", resource.Resource);
                    CalendarJson.WriteNames(json, "because", Names(resource.Hindrance));
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(why), hold.By, "Something that holds a visit, and is not written here.");
            }

            json.WriteString("message", words.Say(hold.By));
            json.WriteBoolean("pins", hold.Pins);
            json.WriteNumber("starts", hold.Starts);
            json.WritePropertyName("best");
            Write(json, request, hold.Best, why.Cost, why.CostWithConditional);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("next");
        if (why.Next is { } next)
        {
            Write(json, request, next, why.Cost, why.CostWithConditional);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("places", why.Places);
        WriteRules(json, request, words, rules);
    });

    private static byte[] Text(PlanningRequest request, PlacedVisit now, Action<Utf8JsonWriter, PlaceWords> write) => JsonText.Of(json =>
    {
        CalendarJson.WriteOrigin(json, request);
        json.WriteString("visit", now.Id.ToString());
        json.WritePropertyName("now");
        json.WriteStartObject();
        WriteVisit(json, request, now);
        json.WriteEndObject();
        write(json, new(request, now.Id));
    });

    private static void WriteCosts(Utf8JsonWriter json, PlanningRequest request, Cost cost, Cost? whole)
    {
        CalendarJson.WriteCost(json, "cost", cost);
        if (whole is { } withConditional)
        {
            CalendarJson.WriteCost(json, "costWithConditional", withConditional);
        }

        if (!request.Booked.IsEmpty)
        {
            CalendarJson.WriteMoves(json, (whole ?? cost).Moves);
        }
    }

    private static void WriteVisit(Utf8JsonWriter json, PlanningRequest request, PlacedVisit visit)
    {
        json.WriteString("start", Texts.Time(request.Clinic, visit.Start));
        json.WriteString("end", Texts.Time(request.Clinic, visit.End));
        json.WriteStartArray("resources");
        foreach (var use in visit.Uses.DistinctBy(u => (u.Need, u.Resource)))
        {
            json.WriteStartObject();
            json.WriteString("need", use.Need);
            json.WriteString("id", use.Resource);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PlanningRequest request, VisitPlace place, Cost now, Cost? whole)
    {
        json.WriteStartObject();
        WriteVisit(json, request, place.Visit);
        WriteCosts(json, request, place.Cost, place.CostWithConditional);
        json.WriteString("difference", PlaceWords.Difference(whole ?? now, place.CostWithConditional ?? place.Cost));
        json.WriteStartArray("deviations");
        foreach (var deviation in place.Deviations)
        {
            json.WriteStartObject();
            json.WriteString("rule", deviation.Rule);
            json.WriteString("visit", deviation.Visit.ToString());
            json.WriteBoolean("major", deviation.IsMajor);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlaceWords words, LocalDate date, RefusedStarts refused, HashSet<string> rules)
    {
        json.WriteStartObject();
        json.WriteString("first", refused.First.ToString("HH:mm", null));
        json.WriteString("last", refused.Last.ToString("HH:mm", null));
        json.WriteNumber("starts", refused.Starts);
        json.WriteStartArray("obstacles");
        foreach (var obstacle in refused.Obstacles)
        {
            json.WriteStartObject();
            Write(json, obstacle, rules);
            json.WriteString("message", words.Say(obstacle, date));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Obstacle obstacle, HashSet<string> rules)
    {
        switch (obstacle)
        {
            case Obstacle.OfRule rule:
                rules.Add(rule.Rule);
                json.WriteString("kind", "rule");
                json.WriteString("rule", rule.Rule);
                CalendarJson.WriteNames(json, "beside", rule.Others.Select(v => v.ToString()));
                json.WriteString("permittedBy", rule.PermittedBy is { } limit ? Texts.LimitName(limit) : null);
                break;
            case Obstacle.OfLaw law:
                json.WriteString("kind", "law");
                json.WriteString("law", law.Law);
                CalendarJson.WriteNames(json, "beside", law.Others.Select(v => v.ToString()));
                break;
            case Obstacle.OfNeed need:
                json.WriteString("kind", "need");
                json.WriteString("need", need.Need);
                WriteCandidates(json, need.Candidates, rules);
                break;
            case Obstacle.OfNeedsTogether together:
                rules.UnionWith(together.Rules);
                json.WriteString("kind", "needs together");
                CalendarJson.WriteNames(json, "rules", together.Rules);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, "An obstacle that is not written here.");
        }
    }

    private static void WriteCandidates(Utf8JsonWriter json, ImmutableArray<Candidate> candidates, HashSet<string> rules)
    {
        json.WriteStartArray("candidates");
        foreach (var candidate in candidates)
        {
            rules.UnionWith(candidate.Rules);
            json.WriteStartObject();
            json.WriteString("id", candidate.Resource);
            CalendarJson.WriteNames(json, "because", Names(candidate.Hindrance));
            CalendarJson.WriteNames(json, "rules", candidate.Rules);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The rules that were named, with where they come from.</summary>
    private static void WriteRules(Utf8JsonWriter json, PlanningRequest request, PlaceWords words, HashSet<string> named)
    {
        json.WriteStartArray("rules");
        foreach (var rule in request.Protocol.Rules.Where(r => named.Contains(r.Id)))
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("says", words.Rule(rule.Id));
            json.WriteString("because", rule.Head.Because);
            json.WriteString("cites", rule.Head.Provenance.Cites);
            json.WriteString("assumed", rule.Head.Provenance.Assumed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Names(Hindrance hindrance)
    {
        (Hindrance Part, string Name)[] all =
        [
            (Hindrance.Unable, "unable"),
            (Hindrance.Hours, "hours"),
            (Hindrance.Bookings, "bookings"),
            (Hindrance.OtherVisits, "other visits"),
            (Hindrance.ContactHours, "contact hours"),
            (Hindrance.Wish, "wish"),
            (Hindrance.Rules, "rules"),
        ];
        return all.Where(n => hindrance.HasFlag(n.Part)).Select(n => n.Name);
    }
}
