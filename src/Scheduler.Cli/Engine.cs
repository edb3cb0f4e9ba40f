using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.App;
using Scheduler.App.Storage;
#if HANGFIRE
using Scheduler.Hangfire;
#endif
using Scheduler.Web;

namespace Scheduler.Cli;

/// <summary>What runs the delivery of messages. Quartz is always there, Hangfire where the build has it: this is the one place that knows.</summary>
/// <param name="Add">Adds it to the clinic's clock; null for Quartz, which is there.</param>
/// <param name="Pages">What it shows to administrators.</param>
internal sealed record Engine(Action<IServiceCollection>? Add, ImmutableArray<ForeignPages> Pages)
{
    /// <summary>The engines by their names, the usual one first.</summary>
    public static readonly ImmutableArray<string> Names = ["quartz", "hangfire"];

    /// <summary>The one that the settings name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="place">Where the book is.</param>
    public static Answer<Engine> Chosen(string name, Stores place) => name == Names[0] ? new Engine(null, []) : Hangfire(place);

#if HANGFIRE
    private static Answer<Engine> Hangfire(Stores place) => place.IsFile ? Refusals.HangfireNeedsPostgres() : new Engine(s => s.AddHangfireEngine(place), [HangfireDashboard.Of(place)]);
#else
    private static Answer<Engine> Hangfire(Stores _) => Refusals.HangfireIsLeftOut();
#endif
}
