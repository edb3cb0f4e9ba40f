using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>A stretch of a day for which a resource is taken, by a visit of the calendar or by a booking.</summary>
/// <param name="Visit">The visit; null for a booking.</param>
/// <param name="Need">The need that it fills; empty for a booking.</param>
/// <param name="Use">How the resource is used.</param>
/// <param name="Hours">The use itself, to the minute.</param>
/// <param name="TakenTo">When clean-up is over, in minutes from midnight; a supervision has none.</param>
internal sealed record Taking(JudgedVisit? Visit, string Need, Use Use, Hours Hours, int TakenTo)
{
    /// <summary>The ticks of the use with its clean-up.</summary>
    public Hours Taken { get; } = Ticks.Outwards(new(Hours.From, TakenTo));

    /// <summary>The ticks of the use without its clean-up.</summary>
    public Hours InUse { get; } = Ticks.Outwards(Hours);

    /// <summary>Whether somebody or something is in hand, rather than overseen.</summary>
    public bool IsHeld => Use != Use.Supervision;

    public static Taking By(JudgedVisit visit, ResourceUse use, Resource resource) =>
        Of(visit, use.Need, use.Use, Ticks.Stretch(use.Start, use.End), Math.Max(visit.NeedOf(use)?.CleanUpMinutes ?? 0, resource.CleanUpMinutes));

    public static Taking By(Booking booking, Resource resource) => Of(null, "", booking.Use, booking.Hours, booking.CleanUpAfter(resource));

    private static Taking Of(JudgedVisit? visit, string need, Use use, Hours hours, int cleanUp) =>
        new(visit, need, use, hours, use == Use.Supervision ? hours.To : Math.Min(hours.To + cleanUp, Hours.MinutesPerDay));
}
