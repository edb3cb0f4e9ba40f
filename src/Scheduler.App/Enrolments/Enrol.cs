using System.Text.Json;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.App.Enrolments;

/// <summary>Enrols a patient on a version of a protocol, to which the course stays pinned. Nothing is booked by that.</summary>
/// <param name="Patient">The clinic's number of the patient.</param>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Version">Its version, which is refused unless it is the active one; null for that which is.</param>
/// <param name="Enrolled">The day of enrolment, from which windows may count.</param>
/// <param name="Parameters">The values that are set for this patient.</param>
/// <param name="Streams">The optional streams that the patient chose.</param>
/// <param name="Arm">The arm, where one is given by somebody who may know it; null else. Where the protocol blinds anybody, only the unblinded pharmacist gives one.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.UnblindedPharmacist)]
public sealed record Enrol(
    string Patient, string Protocol, string? Version, LocalDate Enrolled, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> Streams, string? Arm) : Ask<Enrolled>
{
    /// <summary>Whether the arm is the next of the allocation list; then none is given.</summary>
    public bool FromList { get; init; }

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store) : IRequestHandler<Enrol, Answer<Enrolled>>
    {
        /// <inheritdoc />
        public Task<Answer<Enrolled>> Handle(Enrol request, CancellationToken cancellationToken) => store.Write<Enrolled>(
            async book =>
            {
                if (await book.Patient(request.Clinic, request.Patient) is null)
                {
                    return Refusals.NoPatient(request.Patient);
                }

                if (await book.ProtocolVersion(request.Protocol, request.Version) is not { } version)
                {
                    return Refusals.NoProtocol(request.Protocol, request.Version, (await book.ProtocolVersions()).Select(p => $"{p.Protocol} {p.Version}"));
                }

                if (version.State != "active")
                {
                    return Refusals.NotActive(version.Protocol, version.Version, version.State);
                }

                var protocol = ProtocolCompiler.Compile(request.Protocol, version.Yaml, request.Parameters);
                if (protocol.Value is not { } whole)
                {
                    return Refusals.Mistakes(protocol.Diagnostics);
                }

                if (request.Arm is not null && request.FromList)
                {
                    return Refusals.GivenAndDrawn();
                }

                if (request.Arm is not null && !whole.Blinded.IsEmpty && !(await book.RolesOf(request.As, request.Clinic)).Contains(Role.UnblindedPharmacist))
                {
                    return Refusals.ArmIsNotYours(request.As);
                }

                var key = await book.SaveEnrolment(
                    request.Clinic, request.Patient, version, Times.Of(request.Enrolled), JsonSerializer.Serialize(request.Parameters), JsonSerializer.Serialize(request.Streams));
                long? drawn = request.FromList ? await book.Draw(request.Clinic, whole.Id, key) : null;
                if (request.FromList && drawn is null)
                {
                    return Refusals.ListIsUsedUp(whole.Id);
                }

                if (request.Arm is { } given)
                {
                    await book.Allocate(key, given);
                }

                var arm = await book.ArmOf(key);
                if (request.FromList && whole.Arms.All(a => a.Id != arm))
                {
                    return Refusals.DrawnArmIsNotThere(whole.Id, [version.Version]);
                }

                var course = Course.Enrol(request.Patient, request.Enrolled, whole, arm, request.Streams);
                if (course.Value is null)
                {
                    return Refusals.Mistakes(course.Diagnostics);
                }

                // Which arm it is stands where only those look who may know it.
                book.Note(new(request.Clinic, request.As, "enrol", EnrolmentId.Of(key), "", JsonSerializer.Serialize(new { request.Patient, version.Protocol, version.Version, Number = drawn }), ""));
                return new Enrolled(EnrolmentId.Of(key), version.Protocol, version.Version);
            },
            cancellationToken);
    }
}

/// <summary>An enrolment.</summary>
/// <param name="Enrolment">Its id: <c>E-17</c>.</param>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="Version">The version to which it is pinned.</param>
public sealed record Enrolled(string Enrolment, string Protocol, string Version);
