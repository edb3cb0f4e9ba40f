using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Sqlite;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Planning;
using Scheduler.Core.Tests;

namespace Scheduler.Web.Tests.Served;

/// <summary>A host on a free port of loopback, over a book in a real file with two clinics. Each role has an account of its name at the first of them; <c>root</c> is administrator of both.</summary>
internal sealed class ServedBook : IAsyncDisposable
{
    public const string Own = "clinic-small";

    public const string Foreign = "clinic-north";

    /// <summary>Noon of a Monday at the clinic.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2027, 1, 4, 17, 0);

    /// <summary>The day of which visits are booked.</summary>
    public static readonly LocalDate Monday = new(2027, 1, 4);

    /// <summary>One arm has lessons, which the rater gives; the other has more infusions. Ratings are for all.</summary>
    private const string Trial = """
        protocol: trial
        version: 1.0.0
        title: A trial of two arms
        arms:
          drug: {}
          talk: {}
        visits:
          rating: {purpose: assessment, count: 2, duration: 30 min, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
          lesson: {purpose: treatment, count: 2, duration: 30 min, arm: talk, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
          infusion: {purpose: treatment, count: 3, duration: 60 min, arm: drug, people: {nurse: {exclusive: whole visit}}, places: {chair: {exclusive: whole visit}}, assumed: All of it.}
        rules:
          ratings-early: {time of day for: rating, starts: "13:00 to 14:00", assumed: All of it.}
          lessons-late: {time of day for: lesson, starts: "14:30 to 15:30", assumed: All of it.}
        """;

    private readonly DirectoryInfo folder;

    private ServedBook(DirectoryInfo folder, SqliteStore store, SetClock clock) => (this.folder, Store, Clock, App, Links) =
        (folder, store, clock, new(store, clock, new CountedSecrets(), DateTimeZoneProviders.Tzdb), new(store, clock, new SystemSecrets()));

    public SqliteStore Store { get; }

    public SetClock Clock { get; }

    public Application App { get; }

    public SignInLinks Links { get; }

    public KeptLog Log { get; } = new();

    public WebApplication Web { get; private set; } = null!;

    /// <summary>Where it listens, whatever the address is at which people reach it.</summary>
    public Uri Address => new(Web.Urls.First());

    public string KeysFolder => Path.Combine(folder.FullName, "keys");

    /// <summary>Serves a book.</summary>
    /// <param name="arms">The arms of the patients of the first clinic, who are booked; none for no patients.</param>
    /// <param name="parts">What runs beside the pages.</param>
    /// <param name="settings">What is otherwise about where it is served.</param>
    public static async Task<ServedBook> Start(string[]? arms = null, HostParts? parts = null, Func<WebSettings, WebSettings>? settings = null)
    {
        var scratch = Directory.CreateTempSubdirectory("scheduler-web-");
        var clock = new SetClock(Noon);
        var served = new ServedBook(scratch, new(Path.Combine(scratch.FullName, "book.db"), clock), clock);
        await served.Fill(arms ?? []);
        await served.Serve(parts ?? new(), settings ?? (s => s));
        return served;
    }

    /// <summary>Changes the book behind the host's back.</summary>
    public async Task Do(string sql)
    {
        await using var open = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder.FullName, "book.db")}");
        await open.OpenAsync();
        await using var command = open.CreateCommand();
        command.CommandText = sql;
        _ = await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the host and starts another over the same book, at another port.</summary>
    public async Task Restart()
    {
        await Web.StopAsync();
        await Web.DisposeAsync();
        await Serve(new(), s => s);
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Browser Browse() => new(Address);

    /// <summary>A browser in which an account is signed in, by its link and its button.</summary>
    public async Task<Browser> SignedIn(string account)
    {
        var browser = Browse();
        var used = await browser.Post(await SignInPath(account));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, used.StatusCode);
        return browser;
    }

    /// <summary>The path of a new link by which an account signs in.</summary>
    public async Task<string> SignInPath(string account) => $"/sign-in/{Done(await Links.Make(account, "root")).Token}";

    public async Task Grant(string account, params Role[] roles) => _ = Done(await App.Send(new GrantRoles(account, null, roles) { As = "root", Clinic = Own }));

    public static T Done<T>(Answer<T> answer)
        where T : class => answer.IsDone ? answer.Value : throw new InvalidOperationException(answer.Refusal.ToString());

    public async ValueTask DisposeAsync()
    {
        await Web.StopAsync();
        await Web.DisposeAsync();
        await Store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task Serve(HostParts parts, Func<WebSettings, WebSettings> settings)
    {
        var address = new Uri("http://127.0.0.1:0");
        Web = Host.Build(Store, Clock, new SystemSecrets(), settings(new(address, address, KeysFolder)), parts with { Log = Log });
        await Web.StartAsync();
    }

    private async Task Fill(string[] arms)
    {
        await Store.Migrate();
        _ = Done(await FirstAdministrator.Make(Store, "root"));
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "protocols/samples/clinic-small.yaml"));
        foreach (var id in new[] { Own, Foreign })
        {
            _ = Done(await App.Send(new ImportClinic("clinic.yaml", file.Split("\nbookings:")[0].Replace($"clinic: {Own}", $"clinic: {id}", StringComparison.Ordinal) + "\n") { As = "root", Clinic = id }));
        }

        foreach (var role in Enum.GetValues<Role>())
        {
            await Grant($"{role}", role);
        }

        _ = Done(await App.Send(new ImportProtocol("trial.yaml", Trial) { As = "root", Clinic = Own }));
        _ = Done(await App.Send(new ActivateProtocol("trial", "1.0.0") { As = "root", Clinic = Own }));
        foreach (var (patient, arm) in arms.Select((arm, i) => ($"P-{i + 1:000}", arm)))
        {
            _ = Done(await App.Send(new RegisterPatient(patient, "Ada Brook", "ada@example.org", "mail", null, null, true) { As = "root", Clinic = Own }));
            var course = Done(await App.Send(new Enrol(patient, "trial", null, Monday, ImmutableDictionary<string, string>.Empty, [], arm) { As = "root", Clinic = Own })).Enrolment;
            var proposal = Done(await App.Send(new Propose(course, Monday.PlusDays(1), 28, DeviationLimit.None, 1) { As = "root", Clinic = Own })).Proposals[0].Proposal;
            _ = Done(await App.Send(new Accept(proposal, proposal) { As = "root", Clinic = Own }));
        }
    }
}
