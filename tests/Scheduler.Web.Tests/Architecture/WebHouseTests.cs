using Scheduler.App;
using Scheduler.Core.Tests.Architecture;

namespace Scheduler.Web.Tests.Architecture;

/// <summary>The pages ask use cases; what keeps the book, and how, they do not see. And nothing below knows that there are pages.</summary>
public sealed class WebHouseTests
{
    private static readonly string[] Databases = ["Dapper", "System.Data", "Microsoft.Data", "SQLitePCL", "Npgsql"];

    /// <summary>That the store refused is all that the health check must know of a database.</summary>
    private static readonly string[] Known = ["System.Data.Common.DbException"];

    /// <summary>What the pages may see of storage: the store as a whole, which is handed on to use cases.</summary>
    private static readonly string[] Storage = ["Scheduler.App.Storage.Store"];

    [Fact]
    public void No_page_sees_a_database() => Assert.Empty(
        Uses.Where(u => Databases.Any(d => u.To.StartsWith($"{d}.", StringComparison.Ordinal)) && !Known.Contains(u.To)).Select(u => $"{u.From} sees {u.To}"));

    [Fact]
    public void Of_storage_no_page_sees_more_than_that_there_is_a_store() => Assert.Empty(
        Uses.Where(u => u.To.StartsWith("Scheduler.App.Storage.", StringComparison.Ordinal) && !Storage.Contains(u.To)).Select(u => $"{u.From} sees {u.To}"));

    [Fact]
    public void No_page_plans() => Assert.Empty(Uses.Where(u => u.To.StartsWith("Scheduler.Core.Planning.", StringComparison.Ordinal)).Select(u => $"{u.From} sees {u.To}"));

    [Fact]
    public void What_is_looked_at_is_the_whole_of_the_pages() => Assert.Contains(Uses, u => u.From == "Scheduler.Web.Pages.DayModel" && u.To == "Scheduler.App.Reports.ClinicDay");

    [Fact]
    public void The_app_knows_no_pages() =>
        Assert.DoesNotContain(typeof(Application).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name == "Scheduler.Web");

    private static IEnumerable<TypeUse> Uses => AssemblyUses.Of(typeof(Host).Assembly.Location).Where(u => !u.IsOurs);
}
