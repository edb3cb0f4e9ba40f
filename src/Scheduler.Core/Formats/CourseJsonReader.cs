using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>Reads the member <c>course</c> of a calendar. Names that the protocol has not, and standings that cannot be, are reported.</summary>
/// <param name="bag">Receives the mistakes.</param>
/// <param name="begin">The course as it begins.</param>
/// <param name="visitOf">Finds a visit by its name, or reports it.</param>
/// <param name="timeOf">Reads a time of the clinic, or reports it; null where it is missing and need not be there.</param>
/// <param name="usesOf">Reads the resources of a booking; null, and reported, where they cannot be read.</param>
internal sealed class CourseJsonReader(
    DiagnosticBag bag,
    CourseState begin,
    Func<string, SourceSpan, VisitId?> visitOf,
    Func<JsonFields, string, bool, LocalDateTime?> timeOf,
    Func<JsonFields, ImmutableArray<ResourceUse>?> usesOf)
{
    /// <summary>The most items of any kind.</summary>
    private const int MostItems = 10_000;

    private Protocol Protocol => begin.Protocol;

    /// <summary>The course as it stands; null where that cannot be read.</summary>
    /// <param name="fields">The member.</param>
    /// <param name="from">The earliest day of what was placed.</param>
    public Continuation? Read(JsonFields fields, LocalDate from)
    {
        var asOf = timeOf(fields, "asOf", true);
        var state = begin with { LastAt = fields.Find("lastEvent", required: false) is null or JsonSyntax.Nothing ? null : timeOf(fields, "lastEvent", true) };
        var told = new HashSet<VisitId>();
        foreach (var item in Objects(fields, "visits", "a visit of the course"))
        {
            if (Visit(item) is not { } visit)
            {
                continue;
            }

            state = state.With(visit);
            if (!told.Add(visit.Id))
            {
                bag.Add(Messages.StandsTwice(item.Span, visit.Id.ToString()));
            }
        }

        foreach (var item in Objects(fields, "scores", "a score"))
        {
            var (outcome, visit, score) = (Outcome(item, isScore: true), VisitOf(item), item.Number("score", 0, 1_000_000));
            item.RefuseOthers();
            state = outcome is not null && visit is { } v && score is { } s ? state with { Scores = state.Scores.SetItem((outcome, v), (int)s.Value) } : state;
        }

        foreach (var item in Objects(fields, "answers", "an answer"))
        {
            var (outcome, visit, yes) = (Outcome(item, isScore: false), VisitOf(item), item.Truth("yes"));
            item.RefuseOthers();
            state = outcome is not null && visit is { } v && yes is { } y ? state with { Answers = state.Answers.SetItem((outcome, v), y.Value) } : state;
        }

        state = state with { Judged = Conditions(fields, "judged"), BroughtAbout = Conditions(fields, "broughtAbout") };
        foreach (var item in Objects(fields, "applied", "a rule that was applied"))
        {
            var (rule, times) = (Known(item, "rule", "an event rule of the protocol", Protocol.Events.Select(e => e.Id)), item.Number("times", 1, 1_000_000));
            item.RefuseOthers();
            state = rule is not null && times is { } t ? state with { Applied = state.Applied.SetItem(rule, (int)t.Value) } : state;
        }

        foreach (var item in Objects(fields, "failures", "a failure"))
        {
            var (visit, condition) = (VisitOf(item), item.Text("condition"));
            item.RefuseOthers();
            state = visit is { } v && condition is { } c ? state with { Failures = state.Failures.Add((v, c.Value)) } : state;
        }

        state = state with { PutOff = [.. Visits(fields, "putOff")] };
        ImmutableArray<VisitId> kept = [.. Visits(fields, "kept")];
        if (fields.Structure("ended", required: false) is { } ended)
        {
            var at = timeOf(ended, "at", true);
            var because = ended.ParsedValue<EndReason>("because", $"one of {string.Join(", ", Enum.GetValues<EndReason>().Select(r => $"\"{CourseWords.NameOf(r)}\""))}", CourseWords.ParseReason);
            var rule = ended.TextOrNull("rule", required: false)?.Value;
            ended.RefuseOthers();
            state = at is { } time && because is { } reason ? state with { Ended = new(time, reason.Value, rule) } : state;
        }

        fields.RefuseOthers();
        return asOf is { } known ? new(state, known, from) { Kept = kept } : null;
    }

    private static IEnumerable<JsonFields> Objects(JsonFields fields, string name, string item) => fields.Structures(name, item, MostItems, required: false);

    private VisitState? Visit(JsonFields fields)
    {
        var id = VisitOf(fields, "id");
        var status = fields.ParsedValue<VisitStatus>("status", $"one of {string.Join(", ", Enum.GetValues<VisitStatus>().Select(s => $"\"{CourseWords.NameOf(s)}\""))}", CourseWords.ParseStatus);
        var (arrived, started, completed, notBefore) = (timeOf(fields, "arrived", false), timeOf(fields, "started", false), timeOf(fields, "completed", false), timeOf(fields, "notBefore", false));
        var by = fields.ParsedValue<LocalDate>("makeUpBy", Texts.ExpectedDate, Texts.ParseDate, required: false)?.Value;
        var isLate = fields.Truth("lateToday", required: false)?.Value ?? false;
        var releasedBy = fields.Find("releasedBy", required: false) is null ? null : Known(fields, "releasedBy", "a condition of the protocol", Protocol.Conditions.Select(c => c.Id));
        var booking = fields.Structure("booking", required: false);
        var place = booking is null || id is not { } visit ? null : Booking(booking, visit);
        fields.RefuseOthers();
        if (id is null || status is not { } known || (booking is not null && place is null))
        {
            return null;
        }

        var needsBooking = isLate || by is not null || known.Value is not (VisitStatus.Planned or VisitStatus.Released or VisitStatus.Skipped);
        if ((needsBooking && place is null) || (isLate && (arrived is null || known.Value != VisitStatus.Arrived)) || (known.Value == VisitStatus.Arrived && arrived is null))
        {
            bag.Add(Messages.StandingWithoutBooking(fields.Span, id.Value.ToString(), isLate ? "late today" : CourseWords.NameOf(known.Value)));
            return null;
        }

        return new(id.Value, known.Value)
        {
            Booking = place,
            Arrived = arrived,
            Started = started,
            Completed = completed,
            MakeUpBy = by,
            IsLateToday = isLate,
            NotBefore = notBefore,
            ReleasedBy = releasedBy,
        };
    }

    private PlacedVisit? Booking(JsonFields fields, VisitId visit)
    {
        var (start, end, uses) = (timeOf(fields, "start", true), timeOf(fields, "end", true), usesOf(fields));
        fields.RefuseOthers();
        return start is { } from && end is { } to && uses is { } all ? new(visit, from, to, all) : null;
    }

    private ImmutableDictionary<string, Finding> Conditions(JsonFields fields, string name)
    {
        var conditions = ImmutableDictionary.CreateBuilder<string, Finding>();
        foreach (var item in Objects(fields, name, "a condition"))
        {
            var (condition, holds) = (Known(item, "condition", "a condition of the protocol", Protocol.Conditions.Select(c => c.Id)), item.Truth("holds"));
            var on = item.ParsedValue<LocalDate>("on", Texts.ExpectedDate, Texts.ParseDate);
            item.RefuseOthers();
            if (condition is not null && holds is { } known && on is { } day)
            {
                conditions[condition] = new(known.Value, day.Value);
            }
        }

        return conditions.ToImmutable();
    }

    private string? Outcome(JsonFields fields, bool isScore) => Known(
        fields, "outcome", isScore ? "a score of the protocol" : "a yes or no of the protocol", Protocol.Outcomes.Where(o => o.Range is not null == isScore).Select(o => o.Id));

    private static string? Known(JsonFields fields, string name, string expected, IEnumerable<string> known) =>
        fields.Parsed(name, expected, text => known.Contains(text, StringComparer.Ordinal) ? text : null)?.Value;

    private VisitId? VisitOf(JsonFields fields, string name = "visit") => fields.Text(name) is { } named ? visitOf(named.Value, named.Span) : null;

    private IEnumerable<VisitId> Visits(JsonFields fields, string name) =>
        fields.TextItems(name, required: false).Take(MostItems).Select(t => visitOf(t.Value, t.Span)).OfType<VisitId>();
}
