using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>One thing that somebody gives so that a course can be placed. A closed set.</summary>
public abstract record Easing
{
    private Easing()
    {
    }

    /// <summary>A request after this was given.</summary>
    public abstract PlanningRequest Ease(PlanningRequest request);

    /// <summary>The course may start in more days.</summary>
    /// <param name="StartWithinDays">The days, from the request's first on: up to 366.</param>
    public sealed record LongerStart(int StartWithinDays) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with { StartWithinDays = StartWithinDays };
    }

    /// <summary>Windows may be stretched further.</summary>
    public sealed record Deviations(DeviationLimit Limit) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with { Deviations = Limit };
    }

    /// <summary>One window is wider than the protocol has it: its author decides that.</summary>
    /// <param name="Rule">The id of the window.</param>
    /// <param name="Earlier">Days before it.</param>
    /// <param name="Later">Days after it.</param>
    public sealed record WiderWindow(string Rule, int Earlier, int Later) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with
        {
            Protocol = request.Protocol with { Rules = [.. request.Protocol.Rules.Select(r => r.Id == Rule ? Widen(r) : r)] },
        };

        private Protocols.Rule Widen(Protocols.Rule rule) => rule switch
        {
            Protocols.Rule.Window window => window with { Ideal = Widen(window.Ideal, 1), Allowed = Widen(window.Allowed, 1), Nearest = window.Nearest ?? window.Ideal },
            Protocols.Rule.HourWindow window => window with { Ideal = Widen(window.Ideal, NodaConstants.MinutesPerDay), Allowed = Widen(window.Allowed, NodaConstants.MinutesPerDay) },
            _ => rule,
        };

        private Leeway Widen(Leeway around, int day) => new(around.From - (Earlier * day), around.To + (Later * day));
    }

    /// <summary>A person or place is there when it usually is not.</summary>
    public sealed record ExtraHours(string Resource, LocalDate Date, Hours Hours) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with
        {
            Clinic = request.Clinic with { Resources = [.. request.Clinic.Resources.Select(r => r.Id == Resource ? More(request.Clinic, r) : r)] },
        };

        private Resource More(Clinic clinic, Resource who) => who with { Exceptions = who.Exceptions.Add(new(Date, Date, Hours.Merge([.. clinic.WorkingHours(who, Date), Hours]))) };
    }

    /// <summary>A booking makes room.</summary>
    /// <param name="Booking">The booking.</param>
    /// <param name="To">The nearest time at which its resource could have it instead; null while none was looked for, or where there is none within two weeks.</param>
    public sealed record MovedBooking(Booking Booking, LocalDateTime? To) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with
        {
            Clinic = request.Clinic with { Bookings = Moved is { } moved ? request.Clinic.Bookings.Replace(Booking, moved) : request.Clinic.Bookings.Remove(Booking) },
        };

        /// <summary>The booking where it goes; null while that is not known.</summary>
        internal Booking? Moved => To is not { } to ? null
            : Booking with { Date = to.Date, Hours = new((to.Hour * 60) + to.Minute, (to.Hour * 60) + to.Minute + Booking.Hours.To - Booking.Hours.From) };
    }

    /// <summary>The patient comes when they usually cannot; the hours hold the way to the clinic and back.</summary>
    public sealed record PatientComes(LocalDate Date, Hours Hours) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with
        {
            Patient = request.Patient with { Dates = request.Patient.Dates.Add(new(Date, Date, Hours.Merge([.. request.Patient.FreeOn(Date), Hours]))) },
        };
    }

    /// <summary>The patient no longer insists on a wish.</summary>
    public sealed record GivenUpWish(Preference Wish) : Easing
    {
        /// <inheritdoc/>
        public override PlanningRequest Ease(PlanningRequest request) => request with
        {
            Patient = request.Patient with { Preferences = request.Patient.Preferences.Remove(Wish) },
        };
    }
}
