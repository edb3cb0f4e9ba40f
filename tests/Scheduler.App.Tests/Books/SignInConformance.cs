using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Servers;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>Links by which somebody signs in once, on either store.</summary>
public abstract class SignInConformance
{
    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_link_lets_its_account_in_once()
    {
        await using var book = await (await NewBook()).Begun();
        var link = Done(await Links(book).Make("root", "root"));

        Assert.Equal("root", Done(await Links(book).Use(link.Token)).Account);
        Assert.Equal("BK110", (await Links(book).Use(link.Token)).Refusal?.Code);
    }

    [Fact]
    public async Task Of_sixteen_at_once_one_is_let_in()
    {
        await using var book = await (await NewBook()).Begun();
        var link = Done(await Links(book).Make("root", "root"));

        var used = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Links(book).Use(link.Token))));

        Assert.Single(used, u => u.IsDone);
        Assert.All(used.Where(u => !u.IsDone), u => Assert.Equal("BK110", u.Refusal!.Code));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task A_link_ends_after_its_time(int seconds, bool isOpen)
    {
        await using var book = await (await NewBook()).Begun();
        var link = Done(await Links(book).Make("root", "root"));

        book.Clock.Now = link.Until + Duration.FromSeconds(seconds);

        Assert.Equal(isOpen, (await Links(book).Use(link.Token)).IsDone);
    }

    [Fact]
    public async Task Links_whose_time_is_over_go_with_the_next()
    {
        await using var book = await (await NewBook()).Begun();
        _ = Done(await Links(book).Make("root", "root"));
        book.Clock.Now += SignInLinks.Lifetime;

        _ = Done(await Links(book).Make("root", "root"));

        Assert.Single(await book.Rows<string>("select hash from sign_in_link"));
    }

    [Fact]
    public async Task Whoever_has_no_role_gets_no_link_and_a_link_that_they_had_is_void()
    {
        await using var book = await (await NewBook()).Begun();
        _ = Done(await book.App.Send(new GrantRoles("office", null, [Role.Scheduler]) { As = "root", Clinic = "" }));
        var link = Done(await book.App.Send(new MakeSignInLink("office") { As = "root", Clinic = "" }));
        _ = Done(await book.App.Send(new GrantRoles("office", null, []) { As = "root", Clinic = "" }));

        Assert.Equal("BK074", (await Links(book).Make("office", "root")).Refusal?.Code);
        Assert.Equal("BK110", (await Links(book).Use(link.Token)).Refusal?.Code);
    }

    [Fact]
    public async Task An_administrator_of_one_clinic_becomes_nobody_else_by_a_link()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new GrantRoles("here", null, [Role.Administrator]) { As = "root", Clinic = Clinic }));

        Assert.Equal("BK002", (await book.App.Send(new MakeSignInLink("root") { As = "here", Clinic = Clinic })).Refusal?.Code);
    }

    [Fact]
    public async Task That_it_was_made_and_used_stands_in_the_audit_and_the_link_stands_nowhere()
    {
        await using var book = await (await NewBook()).Begun();
        var link = Done(await Links(book).Make("root", "root"));
        _ = Done(await Links(book).Use(link.Token));

        var chain = await book.Store.Read(b => b.Chain(""));

        Assert.Equal([("root", "make sign-in link"), ("root", "sign in")], chain.Select(l => (l.Entry.Subject, l.Entry.Act)).TakeLast(2));
        Assert.DoesNotContain(chain, l => l.ToString().Contains(link.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(link.Token, await book.Rows<string>("select hash from sign_in_link"));
    }

    [Fact]
    public async Task A_book_that_is_restored_has_no_open_link()
    {
        await using var book = await (await NewBook()).Begun();
        var link = Done(await Links(book).Make("root", "root"));
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        _ = Done(await Links(book).Use(link.Token));

        backup.Position = 0;
        _ = await book.Store.Restore(backup, "root");

        Assert.Equal("BK110", (await Links(book).Use(link.Token)).Refusal?.Code);
    }

    private static SignInLinks Links(TestBook book) => new(book.Store, book.Clock, new SystemSecrets());
}

public sealed class SqliteSignInTests : SignInConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresSignInTests(SharedPostgres postgres) : SignInConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
