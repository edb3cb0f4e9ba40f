using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Enrolments;

/// <summary>Bookings that tell the arm of whoever has them.</summary>
internal static class TellingBookings
{
    /// <summary>Those of some that a blinded account must not see, by their rows; none for everybody else.</summary>
    /// <param name="book">The book.</param>
    /// <param name="library">The protocols.</param>
    /// <param name="ask">Who asks, and of which clinic.</param>
    /// <param name="bookings">The bookings.</param>
    public static Task<IReadOnlySet<long>> HiddenFrom(this BookTransaction book, Library library, IAsk ask, IEnumerable<BookedFor> bookings) => book.HiddenFrom(library, ask.As, ask.Clinic, bookings);

    /// <summary>The same of an account at a clinic, whoever asks.</summary>
    public static async Task<IReadOnlySet<long>> HiddenFrom(this BookTransaction book, Library library, string account, string clinic, IEnumerable<BookedFor> bookings)
    {
        return await book.IsBlinded(account, clinic) ? await book.Telling(library, clinic, bookings) : new HashSet<long>();
    }

    /// <summary>Those of some that tell the arm of whoever has them, by their rows.</summary>
    public static async Task<IReadOnlySet<long>> Telling(this BookTransaction book, Library library, string clinic, IEnumerable<BookedFor> bookings)
    {
        var telling = new HashSet<long>();
        foreach (var course in bookings.Where(b => b.Enrolment is not null).GroupBy(b => b.Enrolment!.Value))
        {
            // By the version that it is on now: an amendment may have let one arm alone keep what all had, or the other way round.
            var untold = (await book.Enrolment(library, clinic, EnrolmentId.Of(course.Key)))!.State.Protocol.Untold();
            telling.UnionWith(course.Where(b => !untold.Contains(EventText.Id(b.Visit!))).Select(b => b.Key));
        }

        return telling;
    }
}
