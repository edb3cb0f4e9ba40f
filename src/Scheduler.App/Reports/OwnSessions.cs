using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reports;

/// <summary>The sessions of whoever asks: the visits that take the person of the clinic whose account it is. Nobody sees those of others by this.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; at most 400 days in all.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.BlindedRater, Role.UnblindedPharmacist)]
public sealed record OwnSessions(LocalDate From, LocalDate To) : Ask<Sessions>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<OwnSessions, Answer<Sessions>>
    {
        /// <inheritdoc />
        public Task<Answer<Sessions>> Handle(OwnSessions request, CancellationToken cancellationToken) => store.Read<Answer<Sessions>>(
            async book =>
            {
                if (request.To < request.From || Period.DaysBetween(request.From, request.To) >= AddAbsence.MostDays)
                {
                    return Refusals.NoSuchStretch(AddAbsence.MostDays);
                }

                if (await book.PersonOf(request.As, request.Clinic) is not { } person)
                {
                    return Refusals.NoPerson(request.As);
                }

                var rows = await book.Sessions(request.Clinic, person, request.From, request.To);
                var hidden = await book.HiddenFrom(library, request, rows);
                return new Sessions(person, [.. rows.Where(r => !hidden.Contains(r.Key)).Select(r => new Session(Times.Date(r.Date), (int)r.From_Minute, (int)r.To_Minute, r.Patient, r.Visit, r.Role, ShownStatus.Of(r.Status)))]);
            },
            cancellationToken);
    }
}

/// <summary>Sessions, by time.</summary>
/// <param name="Person">The id of the person.</param>
/// <param name="All">Their sessions.</param>
public sealed record Sessions(string Person, ImmutableArray<Session> All);

/// <summary>A part of a visit for which somebody is needed.</summary>
/// <param name="Date">The day.</param>
/// <param name="From">When it begins, in minutes from midnight.</param>
/// <param name="To">When it ends.</param>
/// <param name="Patient">The clinic's number of the patient; null for a booking of which nothing else is known.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Role">In which role they are needed.</param>
/// <param name="Status">How far the visit is.</param>
public sealed record Session(LocalDate Date, int From, int To, string? Patient, string? Visit, string Role, string Status);
