using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Puts a booked course on the waiting list, or takes it off: it would go on earlier if something became free.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="IsWaiting">Whether it waits from now on.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Wait(string Enrolment, bool IsWaiting) : Ask<Waiting>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Wait, Answer<Waiting>>
    {
        /// <inheritdoc />
        public Task<Answer<Waiting>> Handle(Wait request, CancellationToken cancellationToken) => store.Write<Waiting>(
            async book =>
            {
                if (await book.Enrolment(library, request.Clinic, request.Enrolment) is not { } course)
                {
                    return Refusals.NoEnrolment(request.Enrolment);
                }

                await book.SetWaiting(course.Key, request.IsWaiting ? clock.GetCurrentInstant().ToUnixTimeSeconds() : null);
                book.Note(new(request.Clinic, request.As, "wait", course.Id, "", request.IsWaiting ? """{"waiting":true}""" : """{"waiting":false}""", ""));
                return new Waiting(course.Id, request.IsWaiting);
            },
            cancellationToken);
    }
}

/// <summary>Whether a course waits.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="IsWaiting">Whether it does.</param>
public sealed record Waiting(string Enrolment, bool IsWaiting);
