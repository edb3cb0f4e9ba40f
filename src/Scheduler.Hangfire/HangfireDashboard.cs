using Hangfire;
using Hangfire.Dashboard;
using Scheduler.App.Storage;
using Scheduler.Web;

namespace Scheduler.Hangfire;

/// <summary>Hangfire's own pages of its jobs. They only show: a button that tries again or deletes would say what does not hold, since the row of a reminder decides, and nothing would stand in the audit.</summary>
public static class HangfireDashboard
{
    /// <summary>The pages.</summary>
    /// <param name="place">Where the book is: in PostgreSQL.</param>
    public static ForeignPages Of(Stores place)
    {
        // The host lets in whom it must; what is left here is Hangfire's own rule, that whoever sits at the machine may see everything.
        var options = new DashboardOptions { Authorization = [], IsReadOnlyFunc = _ => true, DisplayStorageConnectionString = false, DashboardTitle = "Jobs" };
        var pages = new AspNetCoreDashboardMiddleware(_ => Task.CompletedTask, HangfireStorage.Of(place.Connection!), options, DashboardRoutes.Routes, finalizeWhenNotFound: true);

        // Its scripts, styles and signs come from itself, and it asks for its figures anew every few seconds.
        return new("/jobs", pages.Invoke, "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }
}
