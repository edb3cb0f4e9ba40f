using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.App.Storage;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>How events and places stand in the book: what no column holds is JSON.</summary>
internal static class EventText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An event as a row.</summary>
    public static EventRow Row(long number, CourseEvent told)
    {
        var detail = told switch
        {
            CourseEvent.Booked e => new Detail { Visits = [.. e.Visits.Select(Of)], Excused = e.Excused.IsEmpty ? null : [.. e.Excused], GivenUp = e.GivenUp.IsEmpty ? null : [.. e.GivenUp.Select(v => v.ToString())] },
            CourseEvent.Held e => new Detail { Condition = e.Condition },
            CourseEvent.Cancelled e => new Detail { By = e.By },
            CourseEvent.ScoreRecorded e => new Detail { Outcome = e.Outcome, Score = e.Score },
            CourseEvent.AnswerRecorded e => new Detail { Outcome = e.Outcome, Yes = e.Yes },
            CourseEvent.ConditionJudged e => new Detail { Condition = e.Condition, Yes = e.Holds },
            CourseEvent.Amended e => new Detail { Version = e.Protocol.Version, Parameters = e.Protocol.Chosen() },
            _ => new Detail(),
        };
        return new(number, Times.ExactOf(told.At), told.GetType().Name, told.Of?.ToString(), JsonSerializer.Serialize(detail, Json));
    }

    /// <summary>The event of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">Finds a version of the protocol with the values that are set in it, as JSON; null for those of the enrolment.</param>
    public static CourseEvent Event(EventRow row, Func<string, string?, Protocol> version)
    {
        var (at, detail) = (Times.Time(row.At), JsonSerializer.Deserialize<Detail>(row.Detail, Json)!);
        VisitId Visit() => Id(row.Visit!);
        return row.Kind switch
        {
            nameof(CourseEvent.Booked) => new CourseEvent.Booked(at, [.. detail.Visits!.Select(Place)]) { Excused = [.. detail.Excused ?? []], GivenUp = [.. (detail.GivenUp ?? []).Select(Id)] },
            nameof(CourseEvent.Confirmed) => new CourseEvent.Confirmed(at, Visit()),
            nameof(CourseEvent.Arrived) => new CourseEvent.Arrived(at, Visit()),
            nameof(CourseEvent.Started) => new CourseEvent.Started(at, Visit()),
            nameof(CourseEvent.Completed) => new CourseEvent.Completed(at, Visit()),
            nameof(CourseEvent.Held) => new CourseEvent.Held(at, Visit(), detail.Condition),
            nameof(CourseEvent.Missed) => new CourseEvent.Missed(at, Visit()),
            nameof(CourseEvent.Cancelled) => new CourseEvent.Cancelled(at, Visit(), detail.By!.Value),
            nameof(CourseEvent.NoPlaceFound) => new CourseEvent.NoPlaceFound(at, Visit()),
            nameof(CourseEvent.ToBeRepeated) => new CourseEvent.ToBeRepeated(at, Visit()),
            nameof(CourseEvent.ScoreRecorded) => new CourseEvent.ScoreRecorded(at, Visit(), detail.Outcome!, detail.Score!.Value),
            nameof(CourseEvent.AnswerRecorded) => new CourseEvent.AnswerRecorded(at, Visit(), detail.Outcome!, detail.Yes!.Value),
            nameof(CourseEvent.ConditionJudged) => new CourseEvent.ConditionJudged(at, detail.Condition!, detail.Yes!.Value),
            nameof(CourseEvent.Withdrawn) => new CourseEvent.Withdrawn(at),
            nameof(CourseEvent.Amended) => new CourseEvent.Amended(at, version(detail.Version!, detail.Parameters is { } values ? JsonSerializer.Serialize(values, Json) : null)),
            _ => throw new InvalidOperationException($"The book tells of '{row.Kind}', a kind of event that this version does not know."),
        };
    }

    /// <summary>The version to which an amendment moved its course.</summary>
    public static string Version(EventRow amended) => JsonSerializer.Deserialize<Detail>(amended.Detail, Json)!.Version!;

    /// <summary>The values of a protocol's parameters that are not those of its file.</summary>
    public static SortedDictionary<string, string> Chosen(this Protocol protocol) =>
        new(protocol.Parameters.Where(p => p.Value != p.Default).ToDictionary(p => p.Name, p => p.Value), StringComparer.Ordinal);

    /// <summary>A calendar as text.</summary>
    public static string Calendar(TreatmentCalendar calendar) =>
        JsonSerializer.Serialize(new CalendarText { Visits = [.. calendar.Visits.Select(Of)], Unplaced = [.. calendar.Unplaced.Select(v => v.ToString())] }, Json);

    /// <summary>The calendar of a text.</summary>
    public static TreatmentCalendar Calendar(string text)
    {
        var read = JsonSerializer.Deserialize<CalendarText>(text, Json)!;
        return new([.. read.Visits.Select(Place)], [.. read.Unplaced.Select(Id)]);
    }

    /// <summary>A visit's id as it is written everywhere.</summary>
    public static VisitId Id(string text) => VisitId.Parse(text);

    private static VisitText Of(PlacedVisit visit) => new()
    {
        Visit = visit.Id.ToString(),
        Start = Times.ExactOf(visit.Start),
        End = Times.ExactOf(visit.End),
        Uses = [.. visit.Uses.Select(u => new UseText { Resource = u.Resource, Need = u.Need, Role = u.Role, Use = Texts.UseName(u.Use), Start = Times.ExactOf(u.Start), End = Times.ExactOf(u.End) })],
    };

    private static PlacedVisit Place(VisitText text) => new(
        Id(text.Visit),
        Times.Time(text.Start),
        Times.Time(text.End),
        [.. text.Uses.Select(u => new ResourceUse(u.Resource, u.Need, u.Role, Texts.ParseUse(u.Use)!.Value, Times.Time(u.Start), Times.Time(u.End)))]);

    private sealed class Detail
    {
        public VisitText[]? Visits { get; init; }

        public string[]? Excused { get; init; }

        public string[]? GivenUp { get; init; }

        public string? Condition { get; init; }

        [JsonConverter(typeof(JsonStringEnumConverter<Party>))]
        public Party? By { get; init; }

        public string? Outcome { get; init; }

        public int? Score { get; init; }

        public bool? Yes { get; init; }

        public string? Version { get; init; }

        public SortedDictionary<string, string>? Parameters { get; init; }
    }

    private sealed class CalendarText
    {
        public required ImmutableArray<VisitText> Visits { get; init; }

        public required ImmutableArray<string> Unplaced { get; init; }
    }

    private sealed class VisitText
    {
        public required string Visit { get; init; }

        public required string Start { get; init; }

        public required string End { get; init; }

        public required ImmutableArray<UseText> Uses { get; init; }
    }

    private sealed class UseText
    {
        public required string Resource { get; init; }

        public required string Need { get; init; }

        public required string Role { get; init; }

        public required string Use { get; init; }

        public required string Start { get; init; }

        public required string End { get; init; }
    }
}

/// <summary>An event as it is kept.</summary>
/// <param name="Number">Its place among the events of its course, from 1.</param>
/// <param name="At">When, in wall time of the clinic.</param>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Visit">The visit that it is about, or null.</param>
/// <param name="Detail">What else it tells, as JSON.</param>
internal sealed record EventRow(long Number, string At, string Kind, string? Visit, string Detail);
