using System.Globalization;
using System.Text.Json;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses;

namespace Scheduler.App.Storage.Tables;

/// <summary>Enrolments and what happened in them.</summary>
internal static class EnrolmentTable
{
    /// <summary>An enrolment with what its events have come to; null where the clinic has none of that id.</summary>
    public static async Task<Enrolment?> Enrolment(this BookTransaction book, Library library, string clinic, string id)
    {
        if (EnrolmentId.Key(id) is not { } key || await book.Row<Row>(
            """
            select e.key, e.patient, e.protocol, e.protocol_version, e.enrolled, e.parameters, e.streams, e.version, p.availability, a.arm
            from enrolment e join patient p on p.clinic = e.clinic and p.id = e.patient left join allocation a on a.enrolment = e.key
            where e.key = @key and e.clinic = @clinic
            """,
            new { key, clinic }) is not { } row)
        {
            return null;
        }

        // A course has one version of its protocol, unless it was amended; the library may have them all.
        var events = await book.Rows<EventRow>("select number, at, kind, visit, detail from course_event where enrolment = @key order by number", new { key });
        var versions = (await book.Rows<ProtocolVersion>(
            "select protocol, version, state, yaml from protocol_version where protocol = @Protocol and (version = @Protocol_Version or @amended = 1)",
            new { row.Protocol, row.Protocol_Version, amended = events.Exists(e => e.Kind == nameof(CourseEvent.Amended)) ? 1L : 0L })).ToDictionary(v => v.Version, v => v.Yaml);
        Core.Protocols.Protocol Version(string version, string? values) => library.Protocol(row.Protocol, values ?? row.Parameters, versions[version]);
        var course = Course.Enrol(row.Patient, Times.Date(row.Enrolled), Version(row.Protocol_Version, null), row.Arm, JsonSerializer.Deserialize<string[]>(row.Streams)!).Required;
        var state = CourseState.After(course, events.Select(e => EventText.Event(e, Version))).Required;
        return new(key, row.Version, events.Count, PatientReader.Read(row.Patient, row.Availability).Required, state);
    }

    /// <summary>The versions of its protocol that an enrolment has been on, the first one first: its events are read by all of them.</summary>
    public static async Task<IReadOnlyList<string>> VersionsOf(this BookTransaction book, long enrolment)
    {
        var first = await book.Row<string>("select protocol_version from enrolment where key = @enrolment", new { enrolment });
        var amended = await book.Rows<EventRow>(
            "select number, at, kind, visit, detail from course_event where enrolment = @enrolment and kind = @kind order by number", new { enrolment, kind = nameof(CourseEvent.Amended) });
        return [first!, .. amended.Select(EventText.Version)];
    }

    /// <summary>Keeps a new enrolment.</summary>
    public static Task<long> SaveEnrolment(this BookTransaction book, string clinic, string patient, ProtocolVersion protocol, string enrolled, string parameters, string streams) => book.Row<long>(
        """
        insert into enrolment (clinic, patient, protocol, protocol_version, enrolled, parameters, streams, version)
        values (@clinic, @patient, @Protocol, @Version, @enrolled, @parameters, @streams, 1) returning key
        """,
        new { clinic, patient, protocol.Protocol, protocol.Version, enrolled, parameters, streams });

    /// <summary>The ids of a clinic's enrolments.</summary>
    public static async Task<IReadOnlyList<string>> Enrolments(this BookTransaction book, string clinic) =>
        [.. (await book.Rows<long>("select key from enrolment where clinic = @clinic order by key", new { clinic })).Select(EnrolmentId.Of)];

    /// <summary>The ids of those that wait, the longest first.</summary>
    public static async Task<IReadOnlyList<string>> WaitingFor(this BookTransaction book, string clinic) =>
        [.. (await book.Rows<long>("select key from enrolment where clinic = @clinic and waiting_since is not null order by waiting_since, key", new { clinic })).Select(EnrolmentId.Of)];

    /// <summary>Says since when an enrolment waits; null where it does not. One that waits keeps its place in the list.</summary>
    public static Task SetWaiting(this BookTransaction book, long enrolment, long? since) => book.Do(
        since is null ? "update enrolment set waiting_since = null where key = @enrolment" : "update enrolment set waiting_since = coalesce(waiting_since, @since) where key = @enrolment", new { enrolment, since });

    /// <summary>Adds an event, which makes the enrolment a version older; false where somebody else has added one meanwhile.</summary>
    public static async Task<bool> AddEvent(this BookTransaction book, Enrolment enrolment, CourseEvent told)
    {
        if (await book.Do("update enrolment set version = version + 1 where key = @Key and version = @Version", new { enrolment.Key, enrolment.Version }) == 0)
        {
            return false;
        }

        var row = EventText.Row(enrolment.Events + 1, told);
        await book.Do(
            "insert into course_event (enrolment, number, at, kind, visit, detail) values (@Key, @Number, @At, @Kind, @Visit, @Detail)",
            new { enrolment.Key, row.Number, row.At, row.Kind, row.Visit, row.Detail });
        return true;
    }

    private sealed record Row(
        long Key, string Patient, string Protocol, string Protocol_Version, string Enrolled, string Parameters, string Streams, long Version, string Availability, string? Arm);
}

/// <summary>An enrolment as it is loaded.</summary>
/// <param name="Key">Its row.</param>
/// <param name="Version">How often it has been changed.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="Patient">What planning needs to know of the patient.</param>
/// <param name="State">What the events have come to.</param>
internal sealed record Enrolment(long Key, long Version, int Events, Patient Patient, CourseState State)
{
    /// <summary>The id: <c>E-17</c>.</summary>
    public string Id => EnrolmentId.Of(Key);

    /// <summary>The enrolment after an event that was added.</summary>
    public Enrolment After(CourseState state) => this with { Version = Version + 1, Events = Events + 1, State = state };
}

/// <summary>How rows are named outside.</summary>
internal static class EnrolmentId
{
    /// <summary>The id of a row.</summary>
    public static string Of(long key) => string.Create(CultureInfo.InvariantCulture, $"E-{key}");

    /// <summary>The row of an id; null for what is none.</summary>
    public static long? Key(string id) => Numbered(id, "E-");

    /// <summary>The id of a proposal.</summary>
    public static string OfProposal(long key) => string.Create(CultureInfo.InvariantCulture, $"P-{key}");

    /// <summary>The row of a proposal's id; null for what is none.</summary>
    public static long? ProposalKey(string id) => Numbered(id, "P-");

    private static long? Numbered(string id, string prefix) =>
        id.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
}
