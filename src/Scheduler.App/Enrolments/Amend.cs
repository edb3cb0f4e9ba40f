using System.Collections.Immutable;
using System.Text.Json;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats.Changes;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Moves a course to another version of its protocol, one patient at a time: first shown, then decided. What has happened stays; what is booked stays until a proposal for the rest is accepted.
/// </summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">The version. Any may be shown; a course is moved to the active one, or stays on its own with other values.</param>
/// <param name="IsDecided">Whether it is done, or only shown.</param>
/// <param name="Why">The reason in the clinic's words.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Amend(string Enrolment, string Version, bool IsDecided, string Why) : Ask<Amended>
{
    /// <summary>Values that are set for this patient from now on. Those that were set before stay as far as the version knows them.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Amend, Answer<Amended>>
    {
        /// <inheritdoc />
        public Task<Answer<Amended>> Handle(Amend request, CancellationToken cancellationToken) => store.Write(book => Save(book, request), cancellationToken);

        private async Task<Answer<Amended>> Save(BookTransaction book, Amend request)
        {
            var locked = await LockedCourse.Of(book, library, request.Clinic, request.Enrolment);
            if (!locked.IsDone)
            {
                return locked.Refusal;
            }

            var (clinic, course) = locked.Value;
            var whole = course.State.Course.Whole;
            if (await book.ProtocolVersion(whole.Id, request.Version) is not { } version)
            {
                return Refusals.NoProtocol(whole.Id, request.Version, (await book.ProtocolVersions()).Select(p => $"{p.Protocol} {p.Version}"));
            }

            if (request.IsDecided && version.State != "active" && version.Version != whole.Version)
            {
                return Refusals.NotActive(version.Protocol, version.Version, version.State);
            }

            var known = library.Protocol(version.Protocol, "{}", version.Yaml).Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var values = whole.Chosen().Where(v => known.Contains(v.Key)).Concat(request.Parameters).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Last().Value);
            var next = library.Read(version.Protocol, JsonSerializer.Serialize(values), version.Yaml);
            if (next.Value is not { } protocol)
            {
                return Refusals.Mistakes(next.Diagnostics);
            }

            if (course.State.Course.Arm is { } arm && protocol.Arms.All(a => a.Id != arm))
            {
                return Refusals.ArmIsNotThere(course.Id, protocol.Id, protocol.Version);
            }

            var changes = ProtocolChanges.Between(whole, protocol).All.Select(c => c.Sentence).ToList();
            if (!request.IsDecided)
            {
                return new Amended(course.Id, course.Version, changes, IsDone: false);
            }

            if (await locked.Value.Tell(book, new CourseEvent.Amended(PlanningOf.Now(clock, clinic), protocol)) is { IsDone: false, Refusal: var refusal })
            {
                return refusal;
            }

            book.Note(new(clinic.Id, request.As, "amend", course.Id, $$"""{"version":"{{whole.Version}}"}""", $$"""{"version":"{{protocol.Version}}"}""", request.Why));
            return new Amended(course.Id, course.Version + 1, changes, IsDone: true);
        }
    }
}

/// <summary>What another version means for a course.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">The version of the enrolment.</param>
/// <param name="Changes">The differences between the versions of the protocol, in words.</param>
/// <param name="IsDone">Whether the course is on the new version now.</param>
public sealed record Amended(string Enrolment, long Version, IReadOnlyList<string> Changes, bool IsDone);
