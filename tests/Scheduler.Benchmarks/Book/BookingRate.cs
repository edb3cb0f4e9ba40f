using System.Data.Common;
using System.Diagnostics;
using Dapper;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Planning;

namespace Scheduler.Benchmarks.Book;

/// <summary>How many courses are booked in a second, beside the bare rows of the same courses in the same transactions.</summary>
internal static class BookingRate
{
    private const string Clinic = "clinic-small";
    private const int Courses = 64;
    private const int Clients = 8;

    /// <summary>Tables into which a booking writes, each after those that it refers to.</summary>
    private static readonly string[] Written = ["course_event", "booking", "resource_use", "asked_once", "audit"];

    /// <summary>Courses a second: by the use case, and bare.</summary>
    /// <param name="store">Makes a book in an empty database, with the way past our code.</param>
    public static async Task<(double Ours, double Bare)> Run(Func<Task<(Store Store, Func<DbConnection> Connect)>> store)
    {
        var (planned, _) = await store();
        await Begin(planned);
        var calendars = await Plan(planned);
        await planned.DisposeAsync();

        var (book, connect) = await store();
        await Begin(book);
        var app = App(book);
        var proposals = new List<string>();
        for (var i = 0; i < Courses; i++)
        {
            var saved = await book.Write<string>(async b => EnrolmentId.OfProposal(await b.SaveProposal(Clinic, "root", 0, [calendars[i] with { Enrolment = i + 1, Version = 1 }])));
            proposals.Add(saved.Value!);
        }

        var ours = await Time(async (i, _) =>
        {
            var answer = await app.Send(new Accept(proposals[i], $"key {i}") { As = "root", Clinic = Clinic });
            if (!answer.IsDone)
            {
                throw new InvalidOperationException(answer.Refusal.ToString());
            }
        }, connect);

        var rows = await Rows(connect);
        var (bare, bareConnect) = await store();
        await Begin(bare);
        var spent = await Time(async (i, open) =>
        {
            await using var work = await open.BeginTransactionAsync();
            foreach (var (sql, row) in rows[i])
            {
                await open.ExecuteAsync(sql, row, work);
            }

            await work.CommitAsync();
        }, bareConnect);
        await bare.DisposeAsync();
        await book.DisposeAsync();
        return (Courses / ours, Courses / spent);
    }

    private static Application App(Store store) => new(store, SystemClock.Instance, new SystemSecrets(), DateTimeZoneProviders.Tzdb);

    private static async Task<double> Time(Func<int, DbConnection, Task> one, Func<DbConnection> connect)
    {
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            await using var open = connect();
            await open.OpenAsync();
            for (int i; (i = Interlocked.Increment(ref next)) < Courses;)
            {
                await one(i, open);
            }
        }));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task Begin(Store store)
    {
        await store.Migrate();
        _ = await store.Write<string>(async book =>
        {
            await book.SaveRoles("root", "", null, [Role.Administrator]);
            return "";
        });
        var app = App(store);
        _ = await app.Send(new ImportClinic("clinic.yaml", File.ReadAllText(Repository.PathOf("protocols/samples/clinic-small.yaml"))) { As = "root", Clinic = Clinic });
        var protocol = (await app.Send(new ImportProtocol("feder.yaml", File.ReadAllText(Repository.PathOf("protocols/feder-2025-ketamine-wet.yaml"))) { As = "root", Clinic = Clinic })).Value!;
        _ = await app.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = Clinic });
        for (var i = 1; i <= Courses; i++)
        {
            _ = await app.Send(new RegisterPatient($"P-{i}", "", null, null, null, null, false) { As = "root", Clinic = Clinic });
            _ = await app.Send(new Enrol($"P-{i}", protocol.Protocol, null, new(2027, 1, 4), new Dictionary<string, string>(), [], null) { As = "root", Clinic = Clinic });
        }
    }

    /// <summary>Calendars that do not meet: each is planned beside those before it.</summary>
    private static async Task<List<ProposalPart>> Plan(Store store)
    {
        var (app, parts) = (App(store), new List<ProposalPart>());
        for (var i = 0; i < Courses; i++)
        {
            var proposed = await app.Send(new Propose(EnrolmentId.Of(i + 1), new LocalDate(2027, 1, 4).PlusWeeks(2 * i), 366, DeviationLimit.Minor, 1) { As = "root", Clinic = Clinic });
            var id = proposed.Value?.Proposals[0].Proposal ?? throw new InvalidOperationException(proposed.Refusal!.ToString());
            parts.Add((await store.Read(book => book.Proposal(Clinic, EnrolmentId.ProposalKey(id)!.Value))).Single());
            _ = await app.Send(new Accept(id, id) { As = "root", Clinic = Clinic });
        }

        return parts;
    }

    /// <summary>What was written for each course, as statements of one row.</summary>
    private static async Task<List<List<(string Sql, DynamicParameters Row)>>> Rows(Func<DbConnection> connect)
    {
        await using var open = connect();
        await open.OpenAsync();
        var all = Enumerable.Range(0, Courses).Select(_ => new List<(string, DynamicParameters)>()).ToList();
        var courses = (await open.QueryAsync<(long Key, long Enrolment)>("select key, enrolment from booking")).ToDictionary(b => b.Key, b => b.Enrolment);
        foreach (var table in Written)
        {
            foreach (IDictionary<string, object?> row in await open.QueryAsync($"select * from {table}{(table == "audit" ? " where act = 'book'" : "")}"))
            {
                row.Remove("taken");
                var course = table switch
                {
                    "resource_use" => courses[(long)row["booking"]!],
                    "asked_once" => 1 + long.Parse(((string)row["key"]!)["key ".Length..], System.Globalization.CultureInfo.InvariantCulture),
                    "audit" => EnrolmentId.Key((string)row["subject"]!)!.Value,
                    _ => (long)row["enrolment"]!,
                };
                var values = new DynamicParameters();
                foreach (var (column, value) in row)
                {
                    values.Add(column, value);
                }

                all[(int)course - 1].Add(($"insert into {table} ({string.Join(", ", row.Keys)}) values ({string.Join(", ", row.Keys.Select(k => $"@{k}"))})", values));
            }
        }

        return all;
    }
}
