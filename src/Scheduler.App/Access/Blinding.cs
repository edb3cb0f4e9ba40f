using System.Collections.Immutable;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Access;

/// <summary>
/// What a blinded rater must not see. No answer of a query holds an arm; but where a protocol lets one arm alone have some visits, that a patient has them tells the arm as well, and so do their places.
/// </summary>
internal static class Blinding
{
    private static readonly Role[] Sighted = [Role.Administrator, Role.Scheduler, Role.UnblindedPharmacist];

    /// <summary>Whether an account rates blindly at a clinic, and has no other role there that needs the whole course.</summary>
    public static async Task<bool> IsBlinded(this BookTransaction book, string account, string clinic) => IsBlinded(await book.RolesOf(account, clinic));

    /// <summary>The roles of an account by which it may ask: who rates blindly is no clinician beside, whose lists of patients, of deviations and of what is at risk tell arms by what stands in them.</summary>
    public static IEnumerable<Role> Counting(IReadOnlyList<Role> roles) => IsBlinded(roles) ? roles.Where(r => r != Role.Clinician) : roles;

    /// <summary>The visits of a course that a blinded rater may know of, in the protocol's order.</summary>
    public static ImmutableArray<VisitId> Untold(this Protocol protocol) => [.. protocol.Visits.Where(v => !protocol.TellsArm(v))];

    /// <summary>Whether nothing is open of some visits of a course.</summary>
    public static bool IsOver(this CourseState state, IEnumerable<VisitId> visits) => visits.Select(state.Find).All(v => !v.IsOpen && v.Status != VisitStatus.Started);

    private static bool IsBlinded(IReadOnlyList<Role> roles) => roles.Contains(Role.BlindedRater) && !roles.Any(Sighted.Contains);

    /// <summary>Whether a visit tells the arm of whoever has it.</summary>
    public static bool TellsArm(this Protocol protocol, VisitId visit) => protocol.VisitTypes.FirstOrDefault(t => t.Id == visit.Type)?.Arm is not null;
}
