using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Allocations;

/// <summary>Draws the next entry of the allocation list for an enrolment that has no arm yet. The answer tells the entry's number, and not the arm.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.UnblindedPharmacist)]
public sealed record Allocate(string Enrolment) : Ask<Allocated>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<Allocate, Answer<Allocated>>
    {
        /// <inheritdoc />
        public Task<Answer<Allocated>> Handle(Allocate request, CancellationToken cancellationToken) => store.Write<Allocated>(
            async book =>
            {
                var locked = await LockedCourse.Of(book, library, request.Clinic, request.Enrolment);
                if (!locked.IsDone)
                {
                    return locked.Refusal;
                }

                var course = locked.Value.Course;
                if (await book.ArmOf(course.Key) is not null)
                {
                    return Refusals.HasArm(course.Id);
                }

                var protocol = course.State.Course.Whole.Id;
                if (await book.Draw(request.Clinic, protocol, course.Key) is not { } number)
                {
                    return Refusals.ListIsUsedUp(protocol);
                }

                // The course is read by every version that it has been on. A refusal takes the entry back.
                var arm = await book.ArmOf(course.Key);
                var without = new List<string>();
                foreach (var version in await book.VersionsOf(course.Key))
                {
                    var text = (await book.ProtocolVersion(protocol, version))!.Yaml;
                    if (library.Protocol(protocol, "{}", text).Arms.All(a => a.Id != arm))
                    {
                        without.Add(version);
                    }
                }

                if (without.Count > 0)
                {
                    return Refusals.DrawnArmIsNotThere(protocol, without);
                }

                book.Note(new(request.Clinic, request.As, "allocate", course.Id, "", $$"""{"number":{{number}}}""", ""));
                return new Allocated(course.Id, number);
            },
            cancellationToken);
    }
}

/// <summary>An enrolment that has an arm now.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Number">The number of the entry that was drawn.</param>
public sealed record Allocated(string Enrolment, long Number);
