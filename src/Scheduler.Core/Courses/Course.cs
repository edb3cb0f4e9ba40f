using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>One patient on one protocol: the enrolment. What happens is told by events; <see cref="CourseState"/> says what they come to.</summary>
public sealed record Course
{
    private Course(string patient, LocalDate enrolled, Protocol whole, Protocol protocol, string? arm) =>
        (Patient, Enrolled, Whole, Protocol, Arm) = (patient, enrolled, whole, protocol, arm);

    /// <summary>The clinic's number of the patient.</summary>
    public string Patient { get; }

    /// <summary>The day of enrolment, from which windows may count.</summary>
    public LocalDate Enrolled { get; }

    /// <summary>The protocol with all arms and streams, the clinic's parameters applied.</summary>
    public Protocol Whole { get; }

    /// <summary>What of it concerns this patient.</summary>
    public Protocol Protocol { get; }

    /// <summary>The patient's arm; null where it is not known here.</summary>
    public string? Arm { get; }

    /// <summary>The streams that the patient chose.</summary>
    public ImmutableArray<string> Streams => [.. Protocol.Streams.Select(s => s.Id)];

    /// <summary>Enrols a patient; an arm or a stream that does not exist is a mistake.</summary>
    /// <param name="patient">The clinic's number of the patient.</param>
    /// <param name="enrolled">The day of enrolment.</param>
    /// <param name="protocol">The protocol, the clinic's parameters applied.</param>
    /// <param name="arm">The patient's arm.</param>
    /// <param name="streams">The streams that the patient chose.</param>
    public static Read<Course> Enrol(string patient, LocalDate enrolled, Protocol protocol, string? arm = null, IEnumerable<string>? streams = null)
    {
        var parts = protocol.For(arm, streams ?? [], patient);
        return new(parts.Value is { } mine ? new(patient, enrolled, protocol, mine, arm) : null, parts.Diagnostics);
    }

    /// <summary>The same enrolment on another version of the protocol.</summary>
    public Read<Course> On(Protocol protocol) => Enrol(Patient, Enrolled, protocol, Arm, Streams);
}
