using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Formats;

/// <summary>A calendar from outside with the request that it answers, ready to be judged.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Calendar">The visits.</param>
/// <param name="ClaimedCost">The cost that the file states, and where; null where it states none.</param>
public sealed record CalendarToCheck(PlanningRequest Request, TreatmentCalendar Calendar, (ImmutableArray<long> Terms, SourceSpan At)? ClaimedCost)
{
    /// <summary>The course of which it is the rest; null for a new one.</summary>
    public Continuation? Course { get; init; }
}

/// <summary>The text of a calendar, read as far as one can without knowing its protocol.</summary>
/// <param name="Root">Everything that it says.</param>
/// <param name="Parameters">The parameters of the protocol for which it was made, with their values.</param>
public sealed record CalendarText(JsonSyntax Root, ImmutableArray<(string Name, Located<string> Value)> Parameters)
{
    /// <summary>The id of the protocol for which it was made; null where it does not say.</summary>
    public Located<string>? Protocol { get; init; }

    /// <summary>The version of that protocol; null where it does not say.</summary>
    public Located<string>? Version { get; init; }

    /// <summary>The clinic's number of the patient; null where it names none.</summary>
    public Located<string>? Patient { get; init; }
}

/// <summary>Reads the JSON of <see cref="CalendarJson"/> back. What a calendar says is not believed here, only understood: the verifier judges.</summary>
public static class CalendarJsonReader
{
    /// <summary>The most visits of a proposal that are read, the most resources of a visit, and the most proposals.</summary>
    private const int MostItems = 1_000;

    private const string Expected = "the output of 'scheduler schedule --format json'";

    /// <summary>Reads the text.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="utf8">The text.</param>
    public static Read<CalendarText> Open(string file, ReadOnlyMemory<byte> utf8)
    {
        var bag = new DiagnosticBag();
        var syntax = JsonSyntaxReader.Read(file, utf8, Expected, bag);
        if (syntax is not null && Several(syntax) is { } courses)
        {
            bag.Add(Messages.CalendarsOfSeveral(courses.Span));
            syntax = null;
        }

        return Few(Read<CalendarText>.From(syntax is null ? null : Text(syntax, bag), bag));
    }

    /// <summary>Reads the text of a calendar, or of all calendars that were written as one file.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="utf8">The text.</param>
    public static Read<IReadOnlyList<CalendarText>> OpenAll(string file, ReadOnlyMemory<byte> utf8)
    {
        var bag = new DiagnosticBag();
        var syntax = JsonSyntaxReader.Read(file, utf8, Expected, bag);
        var texts = new List<CalendarText>();
        if (syntax is not null && Several(syntax) is not null)
        {
            var fields = JsonFields.Of(syntax, "the calendars", bag)!;
            foreach (var ignored in new[] { "proved", "steps", "moves" })
            {
                fields.Find(ignored, required: false);
            }

            var courses = fields.Items("courses");
            fields.RefuseOthers();
            texts.AddRange(courses.Take(MostItems).Select(c => Text(c, bag)));
            if (courses.Length is 0 or > MostItems)
            {
                bag.Add(courses.IsEmpty ? Messages.NoCourses(fields.Span) : Messages.TooManyItems(fields.Span, "courses", courses.Length, MostItems));
            }
        }
        else if (syntax is not null)
        {
            texts.Add(Text(syntax, bag));
        }

        return Few(Read<IReadOnlyList<CalendarText>>.From(texts, bag));
    }

    /// <summary>The courses of a file that has several; null for a calendar.</summary>
    private static JsonSyntax? Several(JsonSyntax syntax) =>
        syntax is JsonSyntax.Structure { Members: var members } && members.All(m => m.Name != "proposals") ? members.FirstOrDefault(m => m.Name == "courses")?.Value : null;

    private static CalendarText Text(JsonSyntax syntax, DiagnosticBag bag)
    {
        var parameters = JsonFields.Of(syntax, "the calendar", bag)?.Structure("request")?.Texts("parameters");

        // Of these the reading of the whole says what is wrong.
        var names = JsonFields.Of(syntax, "the calendar", new DiagnosticBag());
        return new(syntax, parameters ?? [])
        {
            Protocol = names?.Structure("protocol", required: false)?.Text("id", required: false),
            Version = names?.Structure("protocol", required: false)?.Text("version", required: false),
            Patient = names?.Structure("request", required: false)?.TextOrNull("patient", required: false),
        };
    }

    /// <summary>Reads one proposal.</summary>
    /// <param name="text">The text.</param>
    /// <param name="protocol">The protocol that the calendar is for.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="patient">The patient; null where none is given.</param>
    /// <param name="rank">Which proposal.</param>
    /// <param name="goesOn">Whether the course goes on from here: where no calendar was found for it, with what is booked.</param>
    public static Read<CalendarToCheck> Read(CalendarText text, Protocol protocol, Clinic clinic, Patient? patient, int rank, bool goesOn = false)
    {
        var bag = new DiagnosticBag();
        var root = JsonFields.Of(text.Root, "the calendar", bag);
        return Few(Read<CalendarToCheck>.From(root is null ? null : new Reader(bag, protocol, clinic, patient).Calendar(root, rank, goesOn), bag));
    }

    /// <summary>The first mistakes, where there are more than anybody reads.</summary>
    private static Read<T> Few<T>(Read<T> read)
        where T : class =>
        read.Diagnostics.Length <= JsonFields.MaxMistakes
            ? read
            : read with
            {
                Diagnostics = [.. read.Diagnostics[..JsonFields.MaxMistakes], Messages.TooManyMistakes(read.Diagnostics[JsonFields.MaxMistakes].Where, JsonFields.MaxMistakes)],
            };

    private sealed class Reader(DiagnosticBag bag, Protocol whole, Clinic clinic, Patient? patient)
    {
        /// <summary>What of the protocol concerns this patient, once arm and streams are read.</summary>
        private Protocol protocol = whole;

        private readonly Protocol all = whole;

        private Dictionary<string, VisitId>? known;

        public CalendarToCheck? Calendar(JsonFields root, int rank, bool goesOn)
        {
            CheckOrigin(root);
            var request = Request(root);
            var course = request is null ? null : Course(root, request);
            root.Text("outcome", required: false);
            root.Find("steps", required: false);
            root.Find("bound", required: false);
            root.Find("conflicts", required: false);
            root.Find("whyOutside", required: false);
            var proposals = root.Structures("proposals", "a proposal", MostItems).ToList();
            root.RefuseOthers();
            if (goesOn && proposals.Count == 0 && request is not null && course is not null && !bag.HasErrors)
            {
                ImmutableArray<PlacedVisit> booked = [.. course.State.Protocol.Visits.Select(course.State.Find).Where(v => v.IsHeld || v.IsAwaited).Select(v => v.Booking).OfType<PlacedVisit>()];
                return new(Rest(request, course, root.Span), new(booked, []), null) { Course = course };
            }

            var ranks = proposals.ConvertAll(p => (int?)p.Number("rank", 1, 1000)?.Value);
            if (ranks.IndexOf(rank) is var at && at < 0)
            {
                bag.Add(Messages.NoSuchProposal(root.Span, rank, [.. ranks.OfType<int>()]));
                return null;
            }

            var chosen = proposals[at];
            (ImmutableArray<long> Terms, SourceSpan At)? cost = chosen.Find("cost", required: false) is JsonSyntax.List list
                ? ([.. list.Items.OfType<JsonSyntax.Number>().Select(n => long.TryParse(n.Value, out var term) ? term : long.MaxValue)], list.Span)
                : null;
            chosen.Find("costWithConditional", required: false);
            chosen.Find("moves", required: false);
            chosen.Truth("proved", required: false);
            var unplaced = chosen.TextItems("unplaced", required: false).Take(MostItems).Select(t => Visit(t.Value, t.Span)).OfType<VisitId>().ToImmutableArray();
            chosen.Find("forgone", required: false);
            var placed = chosen.Structures("visits", "a visit", MostItems).Select(Visit).OfType<PlacedVisit>().ToImmutableArray();
            chosen.RefuseOthers();
            return request is null || bag.HasErrors ? null : new(Rest(request, course, root.Span), new(placed, unplaced), cost) { Course = course };
        }

        /// <summary>Where the course stands that the calendar continues; null for a new one.</summary>
        private Continuation? Course(JsonFields root, PlanningRequest request)
        {
            if (root.Structure("course", required: false) is not { } fields)
            {
                return null;
            }

            var enrolled = Courses.Course.Enrol(request.Patient.Id, request.Enrolled ?? request.From, all, request.Arm, request.Streams);
            return enrolled.Value is not { } course
                ? null
                : new CourseJsonReader(bag, CourseState.Begin(course), Visit, (owner, name, required) => Time(owner, name, required), Uses).Read(fields, request.From);
        }

        /// <summary>The request for the rest of a course, with what was asked for besides; the request itself where the calendar begins one.</summary>
        private PlanningRequest Rest(PlanningRequest request, Continuation? course, SourceSpan at)
        {
            if (course is null)
            {
                return request;
            }

            var rest = course.Request(request.Clinic, request.Patient);

            // Warnings were told when the calendar was made.
            bag.AddRange(rest.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d with { Where = at }));
            return rest.Value is { } asked ? asked with { StartWithinDays = request.StartWithinDays, Deviations = request.Deviations } : request;
        }

        private void CheckOrigin(JsonFields root)
        {
            if (root.Structure("protocol") is { } made)
            {
                var (id, version) = (made.Text("id"), made.Text("version"));
                made.RefuseOthers();
                if (id is { } i && version is { } v && (i.Value, v.Value) != (protocol.Id, protocol.Version))
                {
                    bag.Add(Messages.CalendarOfAnotherProtocol(i.Span, $"{i.Value} {v.Value}", $"{protocol.Id} {protocol.Version}"));
                }
            }

            if (root.Structure("clinic") is { } place)
            {
                if (place.Text("id") is { } id && id.Value != clinic.Id)
                {
                    bag.Add(Messages.CalendarOfAnotherClinic(id.Span, id.Value, clinic.Id));
                }

                place.RefuseOthers();
            }

            if (root.Text("timeZone") is { } zone && zone.Value != clinic.Zone.Id)
            {
                bag.Add(Messages.CalendarOfAnotherZone(zone.Span, zone.Value, clinic.Zone.Id));
            }
        }

        private PlanningRequest? Request(JsonFields root)
        {
            if (root.Structure("request") is not { } asked)
            {
                return null;
            }

            var from = asked.ParsedValue<LocalDate>("from", Texts.ExpectedDate, Texts.ParseDate);
            var within = asked.Number("startWithin", 1, 366);
            asked.Find("parameters", required: false);
            var arm = asked.TextOrNull("arm", required: false)?.Value;
            ImmutableArray<string> streams = [.. asked.TextItems("streams", required: false).Select(t => t.Value)];
            var named = asked.TextOrNull("patient", required: false);
            var deviations = asked.ParsedValue<DeviationLimit>(
                "deviations", "\"none\", \"minor\" or \"major\"", Texts.ParseLimit, required: false);
            var enrolled = asked.ParsedValueOrNull<LocalDate>("enrolled", Texts.ExpectedDate, Texts.ParseDate)?.Value;
            asked.RefuseOthers();
            if (named is { } who && patient is null)
            {
                bag.Add(Messages.PatientNotGiven(who.Span, who.Value));
            }
            else if (patient is not null && named?.Value != patient.Id)
            {
                bag.Add(Messages.CalendarOfAnotherPatient(named?.Span ?? asked.Span, named is { } other ? $"patient '{other.Value}'" : "no patient", patient.Id));
            }

            var parts = protocol.For(arm, streams, root.Span.File);
            bag.AddRange(parts.Diagnostics);
            protocol = parts.Value ?? protocol;
            return from is null || within is null ? null : new(protocol, clinic, patient ?? Patient.Anyone, from.Value.Value)
            {
                StartWithinDays = (int)within.Value.Value,
                Deviations = deviations?.Value ?? DeviationLimit.None,
                Enrolled = enrolled,
                Arm = arm,
                Streams = streams,
            };
        }

        private PlacedVisit? Visit(JsonFields fields)
        {
            var id = fields.Text("id");
            var visit = id is { } named ? Visit(named.Value, named.Span) : null;
            foreach (var ignored in new[] { "type", "ordinal", "title", "mode", "conditional", "windows" })
            {
                fields.Find(ignored, required: false);
            }

            var (start, end, uses) = (Time(fields, "start"), Time(fields, "end"), Uses(fields));
            fields.RefuseOthers();
            return visit is null || start is null || end is null || uses is null ? null : new(visit.Value, start.Value, end.Value, uses.Value);
        }

        private ImmutableArray<ResourceUse>? Uses(JsonFields fields)
        {
            var uses = fields.Structures("resources", "a resource", MostItems).Select(ResourceUse).ToList();
            return uses.Contains(null) ? null : [.. uses.OfType<ResourceUse>()];
        }

        private ResourceUse? ResourceUse(JsonFields fields)
        {
            var (id, role, need) = (fields.Text("id"), fields.Text("role"), fields.Text("need", required: false));
            var use = fields.ParsedValue<Use>("use", "\"exclusive\", \"share\" or \"supervision\"", Texts.ParseUse, required: false);
            var (start, end) = (Time(fields, "start"), Time(fields, "end"));
            fields.RefuseOthers();
            return id is null || role is null || start is null || end is null
                ? null
                : new(id.Value.Value, need?.Value ?? role.Value.Value, role.Value.Value, use?.Value ?? Use.Exclusive, start.Value, end.Value);
        }

        private VisitId? Visit(string id, SourceSpan at)
        {
            known ??= protocol.Visits.ToDictionary(v => v.ToString(), StringComparer.Ordinal);
            if (known.TryGetValue(id, out var visit))
            {
                return visit;
            }

            if (bag.Count <= JsonFields.MaxMistakes)
            {
                bag.Add(Messages.UnknownVisit(at, id, known.Keys));
            }

            return null;
        }

        private LocalDateTime? Time(JsonFields fields, string name, bool required = true)
        {
            if ((required || fields.Find(name, required: false) is not null)
                && fields.ParsedValue<OffsetDateTime>(name, "a time with its offset, in the years 1900 to 2300, such as \"2027-01-04T08:00:00-05:00\"", Texts.ParseTime) is { } time)
            {
                return OfZone(time);
            }

            return null;
        }

        private LocalDateTime OfZone(Located<OffsetDateTime> time)
        {
            var local = time.Value.ToInstant().InZone(clinic.Zone);
            if (local.Offset != time.Value.Offset)
            {
                bag.Add(Messages.OffsetNotOfZone(time.Span, time.Value.ToString(), clinic.Zone.Id, local.ToOffsetDateTime().ToString()));
            }

            return time.Value.LocalDateTime;
        }
    }
}
