using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Bookings;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.App.Clinics;

/// <summary>
/// Takes a clinic's file into the book, as its next version; the same text again changes nothing. Bookings of the file are taken over with the first; after that the book has them.
/// </summary>
/// <param name="File">The name of the file, for its mistakes.</param>
/// <param name="Yaml">Its text.</param>
[Allowed(Role.Administrator)]
public sealed record ImportClinic(string File, string Yaml) : Ask<ImportedClinic>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ImportClinic, Answer<ImportedClinic>>
    {
        /// <inheritdoc />
        public Task<Answer<ImportedClinic>> Handle(ImportClinic request, CancellationToken cancellationToken)
        {
            var read = ClinicReader.Read(request.File, request.Yaml);
            return read.Value is not { } clinic ? Task.FromResult<Answer<ImportedClinic>>(Refusals.Mistakes(read.Diagnostics))
                : clinic.Id != request.Clinic ? Task.FromResult<Answer<ImportedClinic>>(Refusals.OtherClinic(request.File, clinic.Id, request.Clinic))
                : store.Write(book => Keep(book, library, clock, request.As, request.File, request.Yaml, clinic), cancellationToken);
        }

        /// <summary>Keeps a clinic as its file says, in a transaction that may do more.</summary>
        internal static async Task<Answer<ImportedClinic>> Keep(BookTransaction book, Library library, IClock clock, string actor, string file, string yaml, Clinic clinic)
        {
            var before = await book.ClinicVersion(clinic.Id);
            if (before > 0 && await book.ClinicText(clinic.Id) == yaml)
            {
                return new ImportedClinic(clinic.Id, before, IsNew: false, []);
            }

            if (before > 0 && !clinic.Bookings.IsEmpty)
            {
                return Refusals.BookingsInFile(file);
            }

            // Whoever books now is done before; or comes after, and books by the new version.
            await book.Lock((await book.Takeables(clinic.Id, [])).Resources.Values.Select(r => r.Key));
            await book.SaveClinic(clinic, before + 1, yaml, clock.GetCurrentInstant().ToUnixTimeSeconds(), actor);
            var takeables = await book.Takeables(clinic.Id, []);
            var taken = await book.Book(
            [
                .. clinic.Bookings.Select(b => (
                    new NewBooking(clinic.Id, null, null, null, "booked", b.Date.AtMidnight().PlusMinutes(b.Hours.From), b.Date.AtMidnight().PlusMinutes(b.Hours.To), clinic.Zone),
                    (IReadOnlyList<TakenUse>)[TakenUse.From(b, clinic.Find(b.Resource)!, takeables.Resources[b.Resource], clinic.Zone)])),
            ]);
            if (taken is { } clash)
            {
                var booking = clinic.Bookings[clash];
                return Refusals.SlotTaken($"{booking.Resource} on {Times.Of(booking.Date)}, {booking.Hours}");
            }

            var hit = new List<string>();
            foreach (var id in before == 0 ? [] : await book.Enrolments(clinic.Id))
            {
                var read = await BookedCalendar.Of(book, library, clinic.Id, id, clock, DeviationLimit.Major);

                // That visits have no place yet is no doing of the clinic's.
                if (read.Value is { Calendar.Visits.IsEmpty: false } booked && Verifier.Judge(booked.Request, booked.Calendar).Findings.Any(f => !f.Holds && f.Rule != "complete"))
                {
                    hit.Add(id);
                }
            }

            // What it says in messages, and when, may be other now.
            await book.RemindAnew(clinic.Id);
            book.Note(new(clinic.Id, actor, "import clinic", clinic.Id, before == 0 ? "" : $$"""{"version":{{before}}}""", $$"""{"version":{{before + 1}}}""", ""));
            return new ImportedClinic(clinic.Id, before + 1, IsNew: true, hit);
        }
    }
}

/// <summary>A clinic as it came into the book.</summary>
/// <param name="Clinic">The id.</param>
/// <param name="Version">The number of its version.</param>
/// <param name="IsNew">Whether it is a version that was not there before.</param>
/// <param name="Hit">The ids of the enrolments whose booked visits no longer fit: ask for their repair.</param>
public sealed record ImportedClinic(string Clinic, long Version, bool IsNew, IReadOnlyList<string> Hit);
