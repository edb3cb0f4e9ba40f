using System.Data.Common;
using Dapper;
using NodaTime;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>A book with a clinic in it, all of it written by SQL and past all our code. Each trial is a transaction that leaves nothing behind.</summary>
public abstract class GuardedBook : IAsyncLifetime
{
    /// <summary>What is taken.</summary>
    public const string Taken = "taken";

    /// <summary>What a row says of itself is not so.</summary>
    public const string NotSo = "not so";

    /// <summary>Nothing stands against it.</summary>
    public const string Passes = "passes";

    private static readonly long Midnight = Instant.FromUtc(2027, 1, 4, 0, 0).ToUnixTimeSeconds();
    private TestBook? book;

    public async Task InitializeAsync()
    {
        book = await NewBook();
        await book.Store.Migrate();
        await book.Do(
            """
            insert into clinic (id, version, zone) values ('c', 1, 'Etc/UTC');
            insert into resource (key, clinic, id, is_patient, capacity, supervises, hands_on_minutes) values
              (1, 'c', 'room', 0, 1, 0, 0), (2, 'c', 'other-room', 0, 1, 0, 0), (3, 'c', 'nurse', 0, 2, 0, 0), (4, 'c', 'doctor', 0, 1, 2, 15), (5, 'c', 'patient', 1, 1, 0, 0), (6, 'c', 'other-doctor', 0, 1, 2, 15);
            insert into patient (clinic, id, availability, consents_to_messages) values ('c', 'patient', '', 0);
            insert into protocol_version (protocol, version, state, yaml, imported_at, imported_by) values ('p', '1', 'active', '', 0, '');
            insert into enrolment (key, clinic, patient, protocol, protocol_version, enrolled, parameters, streams, version) values
              (1, 'c', 'patient', 'p', '1', '2027-01-01', '{}', '[]', 1), (2, 'c', 'patient', 'p', '1', '2027-01-01', '{}', '[]', 1);
            """);
    }

    public async Task DisposeAsync() => await book!.DisposeAsync();

    /// <summary>What comes of writing uses, the one after the other, and then of a change; only the last of all that may be refused.</summary>
    /// <param name="uses">Uses, each of a booking of its own: the bookings are 1, 2, 3...</param>
    /// <param name="change">A statement, or nothing.</param>
    public async Task<string> Trial(IReadOnlyList<string> uses, string? change = null)
    {
        await using var open = book!.Connect();
        await open.OpenAsync();
        await using var trial = await open.BeginTransactionAsync();
        var steps = uses.Select((u, i) => Insert(trial, i + 1, UseLine.Parse(u))).Concat(change is null ? [] : [() => open.ExecuteAsync(change, transaction: trial)]).ToList();
        foreach (var step in steps.SkipLast(1))
        {
            await step();
        }

        try
        {
            await steps[^1]();
            await Settle(trial);
            return Passes;
        }
        catch (DbException refused)
        {
            return Meaning(refused);
        }
    }

    internal abstract Task<TestBook> NewBook();

    /// <summary>What a refusal means.</summary>
    protected abstract string Meaning(DbException refused);

    /// <summary>Looks at what was put off to the end of the transaction.</summary>
    protected abstract Task Settle(DbTransaction trial);

    private static Func<Task<int>> Insert(DbTransaction trial, long booking, UseLine use) => async () =>
    {
        var to = use.To > use.From ? use.To.Value : use.From + 60;
        await trial.Connection!.ExecuteAsync(
            """
            insert into booking (key, clinic, enrolment, visit, status, date, starts, ends, zone, from_instant, to_instant)
            values (@booking, 'c', @Course, @visit, 'booked', '2027-01-04', @starts, @ends, 'Etc/UTC', @from, @to)
            """,
            new { booking, use.Course, visit = use.Course is null ? null : $"v[{booking}]", starts = Wall(use.From), ends = Wall(to), from = Midnight + (use.From * 60), to = Midnight + (to * 60) },
            trial);
        return await trial.Connection!.ExecuteAsync(
            """
            insert into resource_use (booking, number, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, starts_apart_minutes, taken_from, taken_to, unit, apart, side)
            values (@booking, @Number, (select key from resource where id = @Resource), '', '', @Manner, @fromMinute, @toMinute, 0, null, @from, @to, @Unit, @apart, @side)
            """,
            new
            {
                booking,
                use.Number,
                use.Resource,
                use.Manner,
                fromMinute = use.From,
                toMinute = use.To,
                from = Midnight + (use.TakenFrom * 60),
                to = Midnight + (use.TakenTo * 60),
                use.Unit,
                apart = use.Apart ?? (booking * 1000) + use.Number,
                side = Side(use),
            },
            trial);
    };

    /// <summary>As it must be, unless it is forged: a doctor's hands are free for fifteen minutes while she supervises.</summary>
    private static long? Side(UseLine use) => use.Side is { } forged
        ? forged == "none" ? null : long.Parse(forged, System.Globalization.CultureInfo.InvariantCulture)
        : !use.Resource.EndsWith("doctor", StringComparison.Ordinal) ? null : use.Manner == "supervision" ? 0 : use.To - use.From > 15 ? 1 : null;

    private static string Wall(long minute) => $"2027-01-04T{minute / 60:00}:{minute % 60:00}";
}
