using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Lists the windows outside whose ideal visits are booked or were held, and the rules that visits break where they were put by hand.</summary>
/// <param name="Enrolment">The enrolment's id; null for all of the clinic.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician)]
public sealed record ListDeviations(string? Enrolment) : Ask<Deviations>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<ListDeviations, Answer<Deviations>>
    {
        /// <inheritdoc />
        public Task<Answer<Deviations>> Handle(ListDeviations request, CancellationToken cancellationToken) => store.Read<Answer<Deviations>>(
            async book =>
            {
                if (request.Enrolment is { } id && await book.Enrolment(library, request.Clinic, id) is null)
                {
                    return Refusals.NoEnrolment(id);
                }

                var rows = await book.Deviations(request.Clinic, request.Enrolment is { } one ? EnrolmentId.Key(one) : null);
                return new Deviations([.. rows.Select(Noted)]);
            },
            cancellationToken);

        private static NotedDeviation Noted(DeviationRow r) => new(
            r.Key, EnrolmentId.Of(r.Enrolment), r.Visit, r.Rule, r.Tier == "major", r.Message, r.Reason, Instant.FromUnixTimeSeconds(r.Noted_At), r.Noted_By,
            r.Signed_At is { } at ? Instant.FromUnixTimeSeconds(at) : null, r.Signed_By);
    }
}

/// <summary>Deviations, in the order in which they were noted.</summary>
public sealed record Deviations(ImmutableArray<NotedDeviation> All);

/// <summary>A window outside whose ideal a visit is booked or was held, or a rule that it breaks since somebody decided so.</summary>
/// <param name="Number">Its number, by which it is signed.</param>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Rule">The id of the window, or of the rule.</param>
/// <param name="IsMajor">Whether it lies outside the allowed window too, or breaks a rule.</param>
/// <param name="Message">The deviation in a sentence.</param>
/// <param name="Reason">Why, in the clinic's words; empty where nobody gave a reason.</param>
/// <param name="NotedAt">When it was booked so.</param>
/// <param name="NotedBy">By whom.</param>
/// <param name="SignedAt">When it was signed; null where it is not.</param>
/// <param name="SignedBy">By whom.</param>
public sealed record NotedDeviation(
    long Number, string Enrolment, string Visit, string Rule, bool IsMajor, string Message, string Reason, Instant NotedAt, string NotedBy, Instant? SignedAt, string? SignedBy);
