using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>
/// A rule that is not asked about a visit, since somebody who may has decided so: a visit that was put by hand where the rule would not have it. The rule goes on holding for all other visits, among
/// themselves. Windows need no excuse: how far they may be left is what <see cref="DeviationLimit"/> says.
/// </summary>
/// <param name="Visit">The visit.</param>
/// <param name="Rule">The id of the rule.</param>
public readonly record struct Excuse(VisitId Visit, string Rule);
