using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Books a proposal, whole or not at all. It is booked as it was shown: where anything has happened in a course since, or somebody has taken a place, nothing is booked. Asked again under the same key,
/// it is answered the same and booked once.
/// </summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Key">A key of whoever asks, new for each request.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Accept(string Proposal, string Key) : Ask<Booked>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Accept, Answer<Booked>>
    {
        /// <inheritdoc />
        public Task<Answer<Booked>> Handle(Accept request, CancellationToken cancellationToken) => store.Write(book => Book(book, request), cancellationToken);

        private async Task<Answer<Booked>> Book(BookTransaction book, Accept request)
        {
            var now = clock.GetCurrentInstant();
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"accept {request.Proposal}")));
            if (await book.AskOnce(request.Clinic, request.Key, digest, now.ToUnixTimeSeconds()) is { } before)
            {
                return before.Digest != digest ? Refusals.KeyReused(request.Key) : JsonSerializer.Deserialize<Booked>(before.Answer)!;
            }

            if (EnrolmentId.ProposalKey(request.Proposal) is not { } key || await book.Proposal(request.Clinic, key) is not { Count: > 0 } parts)
            {
                return await book.ClinicVersion(request.Clinic) == 0 ? Refusals.NoClinic(request.Clinic) : Refusals.NoProposal(request.Proposal);
            }

            await book.LockEnrolments(parts.Select(p => p.Enrolment));
            var placings = new List<Placing>();
            foreach (var part in parts)
            {
                var course = await book.Enrolment(library, request.Clinic, EnrolmentId.Of(part.Enrolment));
                if (course is null || course.Version != part.Version)
                {
                    return Refusals.CourseHasChanged(EnrolmentId.Of(part.Enrolment));
                }

                placings.Add(await Placing.Of(book, course, part));
            }

            var takeables = await book.Takeables(request.Clinic, placings.Select(p => p.Course.Patient.Id));
            var taken = new List<long>();
            foreach (var placing in placings)
            {
                taken.AddRange(await placing.Takes(book, takeables));
            }

            // From here on nobody else writes about any of these: what is seen now is what is booked beside, and who is away now is away.
            await book.Lock(taken);
            var clinic = (await book.Clinic(library, request.Clinic))!;
            await book.RemoveProposals(parts.Select(p => p.Enrolment));
            await book.RemoveExpired(clinic.Id, now.ToUnixTimeSeconds());
            await book.Remove(placings.SelectMany(p => p.Replaced).Select(b => b.Key));
            foreach (var placing in placings)
            {
                var verdict = await placing.Judge(book, clinic, now);
                if (!verdict.IsDone)
                {
                    return verdict.Refusal;
                }

                if (await placing.Write(book, clinic, takeables, proposal: null) is { } visit)
                {
                    return Refusals.SlotTaken($"{visit.Id} at {Times.Of(visit.Start)}");
                }

                book.Note(new(clinic.Id, request.As, "book", placing.Course.Id, Places(placing.Replaced.Select(b => (b.Visit, b.Starts))), Places(placing.Changed.Select(v => (v.Id.ToString(), Times.Of(v.Start)))), placing.Question.Why));
                var told = new CourseEvent.Booked(LocalDateTime.Max(placing.Question.AsOf, placing.Course.State.LastAt ?? placing.Question.AsOf), placing.Changed) { Excused = placing.Question.Excused, GivenUp = placing.GivenUp };
                if (placing.Changed.IsEmpty && placing.GivenUp.IsEmpty)
                {
                    continue;
                }

                var after = placing.Course.State.After(told);
                if (after.Value is null)
                {
                    return Refusals.CannotBe(after.Diagnostics);
                }

                if (!await book.AddEvent(placing.Course, told))
                {
                    return Refusals.CourseHasChanged(placing.Course.Id);
                }

                await book.SaveDeviations(placing.Course.Key, verdict.Value.Deviations, placing.Question.Why, now.ToUnixTimeSeconds(), request.As, _ => true);
            }

            var answer = new Booked([.. placings.Select(p => p.Course.Id)], placings.Sum(p => p.Changed.Length));
            await book.AnswerOnce(clinic.Id, request.Key, JsonSerializer.Serialize(answer));
            return answer;
        }

        private static string Places(IEnumerable<(string Visit, string Starts)> places) => JsonSerializer.Serialize(places.ToDictionary(p => p.Visit, p => p.Starts));
    }
}

/// <summary>What was booked.</summary>
/// <param name="Enrolments">The ids of the enrolments.</param>
/// <param name="Visits">How many of their visits have a new place.</param>
public sealed record Booked(IReadOnlyList<string> Enrolments, int Visits);
