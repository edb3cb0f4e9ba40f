using Quartz;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Postgres;

namespace Scheduler.App.Jobs;

/// <summary>Quartz's own tables in the book's database. They hold when routines run and which reminders wait to be delivered, by number; nothing of any patient.</summary>
public static class ClusterTables
{
    /// <summary>How the names of its tables begin.</summary>
    private const string Prefix = "quartz_";

    /// <summary>Has Quartz keep what it has in these tables.</summary>
    /// <param name="kept">Where Quartz keeps it.</param>
    /// <param name="connection">How the database is reached.</param>
    internal static IPersistentStoreBuilder Keep(IPersistentStoreBuilder kept, string connection)
    {
        kept.UsePostgres(connection);
        kept.ConfigureStore(s => s.TablePrefix = Prefix);
        return kept;
    }

    /// <summary>Makes what is missing of them, by whoever makes tables, and lets the working role use them. Several nodes may do that at once.</summary>
    /// <param name="place">Where the book is.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Make(Stores place, CancellationToken cancel = default)
    {
        if (place.Connection is not { } connection)
        {
            return;
        }

        var owner = place.Owner ?? connection;
        var scheduler = await QuartzSchedulerBuilder.Create(quartz => quartz.UsePersistentStore(kept => Keep(kept, owner).ProvisionSchema())).BuildScheduler(cancel);
        await scheduler.Shutdown(waitForJobsToComplete: false, cancel);
        if (place.Owner is not null)
        {
            await PostgresStore.Permit(owner, connection, Prefix, cancel);
        }
    }
}
