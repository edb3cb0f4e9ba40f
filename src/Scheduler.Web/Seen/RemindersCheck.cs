using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scheduler.App.Reminders;

namespace Scheduler.Web.Seen;

/// <summary>Whether reminders go out in time. What is late, it does not say: anybody may ask.</summary>
/// <param name="watching">Looks at how they stand.</param>
public sealed class RemindersCheck(Watching watching) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await watching.IsLate(cancellationToken) ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy();
        }
        catch (DbException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
