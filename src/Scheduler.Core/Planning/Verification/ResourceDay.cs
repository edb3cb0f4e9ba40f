using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>One day of one resource before any calendar: looked up when a visit first asks for it.</summary>
internal sealed class ResourceDay(JudgedClinic clinic, Resource resource, LocalDate date)
{
    private ImmutableArray<Hours> working;
    private ImmutableArray<Hours> available;
    private int? fragments;

    public Resource Resource { get; } = resource;

    public LocalDate Date { get; } = date;

    /// <summary>What the bookings take, in the clinic's order.</summary>
    public ImmutableArray<Taking> Bookings { get; } = TakenBy(clinic.BookingsOf(resource.Id, date), resource);

    /// <summary>When the resource works, whether the clinic is open or not.</summary>
    public ImmutableArray<Hours> Working => working.IsDefault ? working = clinic.WorkingHours(Resource, Date) : working;

    /// <summary>When it works while the clinic is open.</summary>
    public ImmutableArray<Hours> Available => available.IsDefault ? available = Hours.Intersect(Working, clinic.OpenOn(Date)) : available;

    /// <summary>The fragments of the day with the bookings alone.</summary>
    public int Fragments => fragments ??= FreePieces.Fragments(this, []);

    private static ImmutableArray<Taking> TakenBy(IReadOnlyList<Booking> bookings, Resource resource)
    {
        var taken = ImmutableArray.CreateBuilder<Taking>(bookings.Count);
        for (var i = 0; i < bookings.Count; i++)
        {
            taken.Add(Taking.By(bookings[i], resource));
        }

        return taken.MoveToImmutable();
    }
}
