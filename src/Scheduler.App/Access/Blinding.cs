using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Access;

/// <summary>
/// What a blinded rater must not see. No answer of a query holds an arm; but where a protocol lets one arm alone have some visits, that a patient has them tells the arm as well, and so do their places.
/// </summary>
internal static class Blinding
{
    private static readonly Role[] Sighted = [Role.Administrator, Role.Scheduler, Role.UnblindedPharmacist];

    /// <summary>Whether an account rates blindly at a clinic, and has no other role there that needs the whole course.</summary>
    public static async Task<bool> IsBlinded(this BookTransaction book, string account, string clinic)
    {
        var roles = await book.RolesOf(account, clinic);
        return roles.Contains(Role.BlindedRater) && !roles.Any(Sighted.Contains);
    }

    /// <summary>Whether a visit tells the arm of whoever has it.</summary>
    public static bool TellsArm(this Protocol protocol, VisitId visit) => protocol.VisitTypes.FirstOrDefault(t => t.Id == visit.Type)?.Arm is not null;
}
