using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Planning;

/// <summary>
/// A clinic to which several requests are made: what its days leave free is worked out when the first asks, and then known. Answers are the same as without it. It
/// is for one thread at a time; a clinic that has changed, be it by one booking, is prepared anew.
/// </summary>
public sealed class PreparedClinic
{
    /// <summary>Prepares a clinic.</summary>
    /// <param name="clinic">The clinic with its bookings.</param>
    public PreparedClinic(Clinic clinic) => (Clinic, Days) = (clinic, new(clinic));

    private PreparedClinic(Clinic clinic, ClinicDays days) => (Clinic, Days) = (clinic, days);

    /// <summary>The clinic with its bookings.</summary>
    public Clinic Clinic { get; }

    /// <summary>What is known of its days.</summary>
    internal ClinicDays Days { get; }

    /// <summary>What the judge knows of it, who sorts the bookings on his own when he is first asked.</summary>
    internal JudgedClinic Judged => field ??= new(Clinic);

    /// <summary>The clinic after hours or bookings of some resources changed; of all others what is known stays known.</summary>
    /// <param name="clinic">The clinic as it is now. Only the hours, exceptions and bookings of those resources may be otherwise.</param>
    /// <param name="changed">Their ids.</param>
    internal PreparedClinic After(Clinic clinic, IReadOnlySet<string> changed) =>
        ReferenceEquals(clinic, Clinic) ? this : new(clinic, new ClinicDays(clinic, Days, changed));
}
