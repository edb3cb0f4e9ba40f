using System.Collections.Immutable;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>What came of sending while somebody got in the way.</summary>
/// <param name="Faults">What must not be.</param>
/// <param name="Sent">How many messages the mail server has, each counted once.</param>
/// <param name="Twice">How many it has more than once, all of them under way when somebody got in the way.</param>
/// <param name="UnderWay">How many were under way then.</param>
internal sealed record SendingReport(ImmutableArray<string> Faults, int Sent, int Twice, int UnderWay);
