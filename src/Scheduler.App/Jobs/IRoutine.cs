using NodaTime;

namespace Scheduler.App.Jobs;

/// <summary>Something that the clinic's clock does again and again. It may be stopped anywhere and done again, on another machine too.</summary>
public interface IRoutine
{
    /// <summary>What it is called, in one word.</summary>
    string Name { get; }

    /// <summary>Does it once.</summary>
    /// <param name="cancel">Ends it early.</param>
    Task Run(CancellationToken cancel);

    /// <summary>When it is to be done next.</summary>
    /// <param name="after">The moment behind which that lies.</param>
    /// <param name="cancel">Ends it early.</param>
    Task<Instant> Next(Instant after, CancellationToken cancel);
}
