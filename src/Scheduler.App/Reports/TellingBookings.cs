using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reports;

/// <summary>Bookings that tell the arm of whoever has them.</summary>
internal static class TellingBookings
{
    /// <summary>Those of some that a blinded account must not see, by their rows; none for everybody else.</summary>
    /// <param name="book">The book.</param>
    /// <param name="library">The protocols.</param>
    /// <param name="ask">Who asks, and of which clinic.</param>
    /// <param name="bookings">The bookings, each with the version of the protocol that its course is on.</param>
    public static async Task<IReadOnlySet<long>> HiddenFrom(this BookTransaction book, Library library, IAsk ask, IEnumerable<BookedOn> bookings)
    {
        var hidden = new HashSet<long>();
        if (await book.IsBlinded(ask.As, ask.Clinic))
        {
            foreach (var booking in bookings)
            {
                if (booking is { Protocol: { } id, Protocol_Version: { } version, Parameters: { } parameters, Visit: { } visit }
                    && await book.ProtocolVersion(id, version) is { } known
                    && library.Protocol(id, parameters, known.Yaml).TellsArm(EventText.Id(visit)))
                {
                    hidden.Add(booking.Key);
                }
            }
        }

        return hidden;
    }
}
