using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Scheduler.Hangfire;

/// <summary>Where Hangfire keeps its jobs: in the book's database, in a schema of its own. They hold numbers of reminders; nothing of any patient.</summary>
internal static class HangfireStorage
{
    /// <summary>The schema of its tables.</summary>
    public const string Schema = "scheduler_hangfire";

    /// <summary>
    /// After how long a lock counts as left behind; ten minutes unless it is said. A node that dies within a round of Hangfire's own scheduler leaves its lock, and nothing goes on that needs it until it
    /// counts so. No round takes nearly as long as this.
    /// </summary>
    private static readonly TimeSpan LocksEnd = TimeSpan.FromSeconds(20);

    /// <summary>
    /// After how long without a sign of life of its worker a job is given to another; half an hour unless it is said. It slides: a worker gives a sign each fifth of it, however long its job takes. It is
    /// longer than locks last, so that what comes back finds none of those that its dead node held.
    /// </summary>
    private static readonly TimeSpan JobsComeBack = TimeSpan.FromSeconds(40);

    /// <summary>How often a worker looks for jobs that nobody has woken; every 15 seconds unless it is said.</summary>
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(2);

    /// <summary>The storage. Whoever hands jobs over, runs them or shows them has the same.</summary>
    /// <param name="connection">How the program works in the database.</param>
    public static PostgreSqlStorage Of(string connection)
    {
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            DistributedLockTimeout = LocksEnd,
            InvisibilityTimeout = JobsComeBack,
            UseSlidingInvisibilityTimeout = true,
            QueuePollInterval = Looks,

            // Whoever hands a job over wakes the workers of all nodes. Without it only those of its own process hear of it, and one node gets nearly all the work.
            EnableLongPolling = true,

            // Tables are made by their owner, one node at a time (HangfireTables): the working role may not, and two at once would hinder each other.
            PrepareSchemaIfNecessary = false,

            // A storage that cannot be reached is an error, and no state in which to go on in silence.
            AllowDegradedModeWithoutStorage = false,
        };
        return new(new NpgsqlConnectionFactory(connection, options), options);
    }
}
