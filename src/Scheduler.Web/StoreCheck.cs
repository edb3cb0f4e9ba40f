using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scheduler.App.Access;
using Scheduler.App.Storage;

namespace Scheduler.Web;

/// <summary>Whether the book can be read. Why not, it does not say: anybody may ask.</summary>
internal sealed class StoreCheck(Store store) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await FirstAdministrator.IsThere(store) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (DbException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
