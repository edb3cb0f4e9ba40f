using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning;

/// <summary>
/// A clinic to which several requests are made: what its days leave free is worked out when the first asks, and then known. Answers are the same as without it. It
/// is for one thread at a time; a clinic that has changed, be it by one booking, is prepared anew.
/// </summary>
/// <param name="clinic">The clinic with its bookings.</param>
public sealed class PreparedClinic(Clinic clinic)
{
    /// <summary>The clinic with its bookings.</summary>
    public Clinic Clinic => clinic;

    /// <summary>What is known of its days.</summary>
    internal ClinicDays Days { get; } = new(clinic);
}
