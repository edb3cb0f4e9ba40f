using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Asks how the rests of several courses go on together, after a sick day, a closure or a broken chair, so that as few as can be of all their booked visits move. One proposal for all of them, which is
/// accepted whole; nothing moves until then. A course for which there is no calendar is named, and does not keep the others from theirs; so is what has to be asked for after these are accepted: the second course
/// of a patient, and where there are more than <see cref="Most"/> those whose first visit that cannot be held is the furthest off.
/// </summary>
/// <param name="Enrolments">The ids of the enrolments, each once.</param>
/// <param name="From">The earliest day of what is placed; null for tomorrow.</param>
/// <param name="Deviations">How far windows may be stretched.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record Repair(IReadOnlyList<string> Enrolments, LocalDate? From, DeviationLimit Deviations) : Ask<Repaired>
{
    /// <summary>The most courses that are planned together; more are asked for in parts.</summary>
    public const int Most = 50;

    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Repair, Answer<Repaired>>
    {
        /// <inheritdoc />
        public async Task<Answer<Repaired>> Handle(Repair request, CancellationToken cancellationToken)
        {
            var loaded = await store.Read(book => Load(book, request), cancellationToken);
            if (!loaded.IsDone)
            {
                return loaded.Refusal;
            }

            var (courses, later) = loaded.Value;
            var together = KeepingTogether.Plan([.. courses.Select(c => new CourseOfSeveral(c.Course.State, c.Request, []))], PlanningRequest.DefaultStepBudget);
            var planned = together.Plan.Courses.Select((c, i) => (courses[i].Course, courses[i].Question, c.Proposal?.Calendar, Kept: together.Kept[i], c.Outcome)).ToList();
            ImmutableArray<CourseWithoutPlaces> without = [.. planned.Where(p => p.Calendar is null).Select(p => new CourseWithoutPlaces(p.Course.Id, [.. Reasons(p.Outcome)]))];
            var parts = planned.Where(p => p.Calendar is not null).Select(p => (p.Course, p.Question, Calendar: p.Calendar!, p.Kept)).ToList();
            if (parts.Count == 0)
            {
                return Refusals.NoCalendar(without.SelectMany(w => w.Reasons.Select(reason => $"{w.Enrolment}: {reason}")));
            }

            return await store.Write<Repaired>(
                async book =>
                {
                    var key = await book.SaveProposal(
                        request.Clinic, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds(), parts.Select(p => new ProposalPart(p.Course.Key, p.Course.Version, p.Question.Text, EventText.Calendar(p.Calendar))));
                    book.Note(new(request.Clinic, request.As, "propose repair", EnrolmentId.OfProposal(key), "", $$"""{"courses":{{parts.Count}}}""", ""));
                    return new Repaired(
                        EnrolmentId.OfProposal(key),
                        together.Plan.Proved,
                        [.. parts.Select(p => new RepairedCourse(p.Course.Id, p.Course.Version, p.Calendar, Moved(p.Course.State, p.Calendar), p.Kept))],
                        without,
                        later);
                },
                cancellationToken);
        }

        private async Task<Answer<All>> Load(BookTransaction book, Repair request)
        {
            if (request.Enrolments.Count == 0 || request.Enrolments.Distinct().Count() != request.Enrolments.Count)
            {
                return Refusals.NotEachOnce();
            }

            if (await book.Clinic(library, request.Clinic) is not { } clinic)
            {
                return Refusals.NoClinic(request.Clinic);
            }

            var asOf = PlanningOf.Now(clock, clinic);
            var courses = new List<Enrolment>();
            foreach (var id in request.Enrolments)
            {
                if (await book.Enrolment(library, clinic.Id, id) is not { } course)
                {
                    return Refusals.NoEnrolment(id);
                }

                if (course.State.Ended is not null)
                {
                    return Refusals.CourseIsOver(id);
                }

                courses.Add(course);
            }

            // Whoever is ill is ill today: what cannot be held later today is placed again, today if that can be.
            var from = request.From ?? (courses.Exists(c => FirstHindered(c, clinic, asOf)?.Date == asOf.Date) ? asOf.Date : courses.Max(c => Continuation.EarliestDay(c.State, asOf)));
            if (from < asOf.Date)
            {
                return Refusals.NoSuchQuestion();
            }

            var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
            // What is planned together takes from the clinic, and from no patient: of two courses of one patient the second would be placed where the first is.
            var urgent = courses.Count <= Most ? courses : [.. courses.OrderBy(c => FirstHindered(c, clinic, asOf) ?? LocalDateTime.MaxIsoValue)];
            var first = urgent.DistinctBy(c => c.Patient.Id).Take(Most).ToList();
            var beside = clinic with { Bookings = await book.Bookings(clinic.Id, from, null, now, [.. first.Select(c => c.Key)]) };
            var loaded = ImmutableArray.CreateBuilder<Loaded>();
            foreach (var course in first)
            {
                // Where the visit that is hit is the first one, the whole course may begin later.
                var question = new Question(asOf, from, PlanningRequest.DefaultStartWithinDays, request.Deviations);
                var read = await PlanningOf.Beside(book, beside, course, question, now);
                if (read.Value is not { } asked)
                {
                    return Refusals.CannotBe(read.Diagnostics);
                }

                loaded.Add(new(course, asked, question));
            }

            return new All(loaded.ToImmutable(), [.. courses.Except(first).Select(c => c.Id)]);
        }

        /// <summary>When the first visit that is still to begin cannot be held where it is booked, since somebody is away or the clinic is closed; null where all can.</summary>
        private static LocalDateTime? FirstHindered(Enrolment course, Clinic clinic, LocalDateTime asOf) => course.State.Visits.Values
            .Where(v => v.IsAwaited && v.Booking!.Start > asOf)
            .Select(v => v.Booking!)
            .OrderBy(place => place.Start)
            .FirstOrDefault(place => Verifier.Hindrances(new PlanningRequest(course.State.Protocol, clinic, course.Patient, asOf.Date), place).Any())?.Start;

        private static IEnumerable<string> Reasons(Outcome outcome) =>
            outcome is Outcome.Infeasible none ? none.Conflicts.Select(c => c.Message) : ["no calendar was found within the steps of the search."];

        private static ImmutableArray<VisitId> Moved(CourseState state, TreatmentCalendar calendar) =>
            [.. calendar.Visits.Where(v => state.Find(v.Id) is { IsHeld: false, Booking: { } booked } && booked.Start != v.Start).Select(v => v.Id)];

        private sealed record All(ImmutableArray<Loaded> Courses, ImmutableArray<string> Later);

        private sealed record Loaded(Enrolment Course, PlanningRequest Request, Question Question);
    }
}

/// <summary>A proposal for several courses.</summary>
/// <param name="Proposal">Its id, by which it is accepted.</param>
/// <param name="IsProved">Whether nothing moves fewer visits.</param>
/// <param name="Courses">What it means for each course that goes on.</param>
/// <param name="Without">Courses for which there is no calendar: they stay as they are booked, and somebody has to look at them.</param>
/// <param name="Later">The ids of the enrolments that are asked for once this is accepted: the second of a patient, and those beyond <see cref="Repair.Most"/>.</param>
public sealed record Repaired(string Proposal, bool IsProved, ImmutableArray<RepairedCourse> Courses, ImmutableArray<CourseWithoutPlaces> Without, ImmutableArray<string> Later);

/// <summary>A course that does not go on as it is.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Reasons">Why, in a sentence each.</param>
public sealed record CourseWithoutPlaces(string Enrolment, ImmutableArray<string> Reasons);

/// <summary>What a repair means for one course.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">The version of the enrolment for which it was made: once something else happens in it, the whole proposal cannot be accepted any more.</param>
/// <param name="Calendar">Its calendar.</param>
/// <param name="Moved">The visits that start at another time than they are booked for.</param>
/// <param name="Kept">The booked visits that stay at their time.</param>
public sealed record RepairedCourse(string Enrolment, long Version, TreatmentCalendar Calendar, ImmutableArray<VisitId> Moved, ImmutableArray<VisitId> Kept);
