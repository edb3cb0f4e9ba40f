using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Clinics;

/// <summary>
/// Works out anew at which moments a clinic's visits are that are still to come, after the time-zone data has changed: their wall times stay, since these are what people were told.
/// </summary>
[Allowed(Role.Administrator)]
public sealed record CheckTimeZones : Ask<CheckedZones>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, IClock clock, IDateTimeZoneProvider zones) : IRequestHandler<CheckTimeZones, Answer<CheckedZones>>
    {
        /// <inheritdoc />
        public Task<Answer<CheckedZones>> Handle(CheckTimeZones request, CancellationToken cancellationToken) => store.Write<CheckedZones>(
            async book =>
            {
                var to = await book.Timed(request.Clinic, clock.GetCurrentInstant().ToUnixTimeSeconds());
                var changed = to.Select(t => (Is: t, Shift: Times.Second(zones[t.Zone], Times.Time(t.Starts)) - t.From_Instant))
                    .Where(c => c.Shift != 0 || IsSkipped(c.Is)).ToList();
                await book.Lock(await book.TakenBy(changed.Select(c => c.Is.Key)));

                // All at once: one after the other, each would meet the next one where that was.
                var uses = await book.TakeOut(changed.Select(c => c.Is.Key));
                foreach (var (visit, shift) in changed)
                {
                    await book.Shift(visit.Key, shift);
                }

                var conflicts = ImmutableArray.CreateBuilder<string>();
                foreach (var (visit, shift) in changed)
                {
                    var skipped = IsSkipped(visit);
                    if (!await book.PutBack(uses.Where(u => u.Booking == visit.Key), shift) || skipped)
                    {
                        conflicts.Add(skipped ? $"{visit.Name} at {visit.Starts}: the clocks skip that time, or show it twice" : $"{visit.Name} at {visit.Starts}: something that it takes is taken then");
                    }
                }

                if (changed.Count > 0)
                {
                    // What reminds of them is due at another moment too.
                    await book.RemindAnew(request.Clinic);
                    book.Note(new(request.Clinic, request.As, "check time zones", request.Clinic, "", $$"""{"changed":{{changed.Count}},"conflicts":{{conflicts.Count}}}""", ""));
                }

                return new CheckedZones([.. changed.Where(c => c.Shift != 0).Select(c => new ShiftedVisit(c.Is.Name, Times.Time(c.Is.Starts), Duration.FromSeconds(c.Shift)))], conflicts.ToImmutable());
            },
            cancellationToken);

        private bool IsSkipped(TimedRow visit) => zones[visit.Zone].MapLocal(Times.Time(visit.Starts)).Count != 1;
    }
}

/// <summary>What a change of time-zone data does to a clinic's bookings.</summary>
/// <param name="Shifted">The visits that are at another moment now, by time.</param>
/// <param name="Conflicts">Those that cannot be where they are then, in a sentence each; they keep their time, and nothing is kept free for them.</param>
public sealed record CheckedZones(ImmutableArray<ShiftedVisit> Shifted, ImmutableArray<string> Conflicts);

/// <summary>A visit at another moment.</summary>
/// <param name="Visit">The enrolment and the visit.</param>
/// <param name="Start">Its wall time, which stays.</param>
/// <param name="Shift">How much later the moment is.</param>
public sealed record ShiftedVisit(string Visit, LocalDateTime Start, Duration Shift);
