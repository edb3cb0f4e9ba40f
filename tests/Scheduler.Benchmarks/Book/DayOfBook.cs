using System.Diagnostics;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.Benchmarks.Book;

/// <summary>How long it takes to read a day of one clinic, in a book of a month and in one of ten years.</summary>
internal static class DayOfBook
{
    private const string Clinic = "big";
    private const int Rooms = 40;
    private const int SlotsADay = 7;
    private const int Looks = 400;

    private static readonly LocalDate First = new(2020, 1, 1);

    /// <summary>The median time to read a day, in milliseconds, at some number of bookings.</summary>
    public static async Task<double> Median(Store store, int bookings)
    {
        var app = new Application(store, SystemClock.Instance, new SystemSecrets(), DateTimeZoneProviders.Tzdb);
        await store.Migrate();
        _ = await store.Write<string>(async book =>
        {
            await book.SaveRoles("root", "", null, [Role.Administrator]);
            return "";
        });
        var rooms = string.Join('\n', Enumerable.Range(1, Rooms).Select(r => $"  room-{r}: {{kind: room, roles: room}}"));
        _ = await app.Send(new ImportClinic("big.yaml", $"clinic: {Clinic}\ntitle: Big\ntime zone: UTC\nslot grid: 60 min\nopening hours:\n  Monday to Sunday: 08:00 to 18:00\nresources:\n{rooms}\n") { As = "root", Clinic = Clinic });
        var days = bookings / (Rooms * SlotsADay);
        foreach (var part in Enumerable.Range(0, days).Chunk(100))
        {
            _ = await store.Write<string>(async book =>
            {
                foreach (var day in part)
                {
                    await Fill(book, First.PlusDays(day));
                }

                return "";
            });
        }

        var times = new List<double>();
        var chance = new Random(1);
        for (var look = 0; look < Looks; look++)
        {
            var date = First.PlusDays(chance.Next(days));
            var began = Stopwatch.GetTimestamp();
            var answer = await app.Send(new ClinicDay(date) { As = "root", Clinic = Clinic });
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Value?.Visits.Length != Rooms * SlotsADay)
            {
                throw new InvalidOperationException($"The day has {answer.Value?.Visits.Length} visits, and not {Rooms * SlotsADay}. {answer.Refusal}");
            }
        }

        times.Sort();
        return times[Looks / 2];
    }

    /// <summary>One room after the other, one hour after the other, by statements of many rows each: the guard looks at each all the same.</summary>
    private static async Task Fill(BookTransaction book, LocalDate date)
    {
        var midnight = date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeSeconds();
        var day = Period.DaysBetween(First, date);
        var slots = Enumerable.Range(0, Rooms * SlotsADay).Select(i => (Key: (day * 1_000L) + i + 1, Room: (i % Rooms) + 1, From: 480 + (i / Rooms * 60))).ToList();
        await book.Do("insert into booking (key, clinic, status, date, starts, ends, zone, from_instant, to_instant) values " + string.Join(", ", slots.Select(s =>
            $"({s.Key}, '{Clinic}', 'booked', '{date:uuuu'-'MM'-'dd}', '{date:uuuu'-'MM'-'dd}T{s.From / 60:00}:00', '{date:uuuu'-'MM'-'dd}T{(s.From / 60) + 1:00}:00', 'UTC', {midnight + (s.From * 60)}, {midnight + (s.From * 60) + 3600})")));
        await book.Do("insert into resource_use (booking, number, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, taken_from, taken_to, unit, apart) values " + string.Join(", ", slots.Select(s =>
            $"({s.Key}, 1, {s.Room}, 'room', 'room', 'exclusive', {s.From}, {s.From + 60}, 0, {midnight + (s.From * 60)}, {midnight + (s.From * 60) + 3600}, 1, {(s.Key * 1_000) + 1})")));
    }
}
