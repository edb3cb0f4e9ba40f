using System.Data.Common;
using Dapper;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Planning;

namespace Scheduler.App.Tests.Books;

/// <summary>A book of its own for one test, on either store, with the ways around our code that a test wants.</summary>
/// <param name="Store">The book.</param>
/// <param name="Clock">Its time.</param>
/// <param name="Connect">Opens a connection of whoever owns the tables, past all our code.</param>
internal sealed record TestBook(Store Store, SetClock Clock, Func<DbConnection> Connect) : IAsyncDisposable
{
    public const string Clinic = "clinic-small";

    /// <summary>The clinic's id.</summary>
    public string Id { get; private set; } = Clinic;

    /// <summary>What the clinic's clocks show.</summary>
    public LocalDateTime Wall => Clock.Now.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;

    /// <summary>Noon of a Monday at the clinic, long before anything is booked.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 23, 17, 0);

    public Application App { get; } = new(Store, Clock, new CountedSecrets(), DateTimeZoneProviders.Tzdb);

    /// <summary>The text of a file of the repository.</summary>
    public static string Text(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, file));
    }

    /// <summary>Makes the first administrator, as setting up does.</summary>
    public async Task<TestBook> Begun()
    {
        await Store.Migrate();
        _ = await Store.Write<string>(async book =>
        {
            await book.SaveRoles("root", "", null, [Role.Administrator, Role.Scheduler]);
            return "";
        });
        return this;
    }

    /// <summary>A clinic with Feder 2025 in its library, of which nothing is booked unless the file's bookings are wanted.</summary>
    public async Task<TestBook> WithClinic(string file = "protocols/samples/clinic-small.yaml", bool withBookings = false)
    {
        var text = Text(file);
        await Begun();
        Id = Path.GetFileNameWithoutExtension(file);
        _ = Done(await App.Send(new ImportClinic(file, withBookings ? text : text.Split("\nbookings:")[0] + "\n") { As = "root", Clinic = Id }));
        var protocol = Done(await App.Send(new ImportProtocol("feder.yaml", Text("protocols/feder-2025-ketamine-wet.yaml")) { As = "root", Clinic = Id }));
        _ = Done(await App.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = Id }));
        return this;
    }

    /// <summary>A patient with an enrolment on Feder 2025.</summary>
    public async Task<string> Enrol(string patient)
    {
        _ = Done(await App.Send(new RegisterPatient(patient, $"Name of {patient}", "p@example.org", "mail", null, null, true) { As = "root", Clinic = Id }));
        return Done(await App.Send(new Enrol(patient, "feder-2025-ketamine-wet", null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = Id })).Enrolment;
    }

    public Task<Answer<Proposed>> Propose(string enrolment, LocalDate? from = null, int count = 1, DeviationLimit deviations = DeviationLimit.None) =>
        App.Send(new Propose(enrolment, from, 28, deviations, count) { As = "root", Clinic = Id });

    public Task<Answer<Booked>> Accept(string proposal, string key) => App.Send(new Accept(proposal, key) { As = "root", Clinic = Id });

    /// <summary>A course that is booked; its calendar.</summary>
    public async Task<TreatmentCalendar> Book(string enrolment, LocalDate? from = null, DeviationLimit deviations = DeviationLimit.None)
    {
        var proposal = Done(await Propose(enrolment, from, deviations: deviations)).Proposals[0];
        _ = Done(await Accept(proposal.Proposal, $"key of {proposal.Proposal}"));
        return proposal.Calendar;
    }

    /// <summary>What somebody is answered whose request was done.</summary>
    public static T Done<T>(Answer<T> answer)
        where T : class => answer.IsDone ? answer.Value : throw new InvalidOperationException(answer.Refusal.ToString());

    /// <summary>Asks the database past all our code.</summary>
    public async Task<List<T>> Rows<T>(string sql, object? values = null)
    {
        await using var open = Connect();
        return [.. await open.QueryAsync<T>(sql, values)];
    }

    /// <summary>Writes past all our code.</summary>
    public async Task<int> Do(string sql, object? values = null)
    {
        await using var open = Connect();
        return await open.ExecuteAsync(sql, values);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
