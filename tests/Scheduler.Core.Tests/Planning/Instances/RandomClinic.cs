using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>A random clinic: people, rooms and chairs with hours, limits and bookings.</summary>
internal sealed class RandomClinic(Chance chance, InstanceSize size)
{
    private static readonly LocalDate SomeMonday = new(2026, 9, 28);

    public Clinic Draw()
    {
        var resources = ImmutableArray.CreateBuilder<Resource>();
        foreach (var (role, kind) in new[]
        {
            ("nurse", ResourceKind.Person), ("therapist", ResourceKind.Person), ("physician", ResourceKind.Person),
            ("chair", ResourceKind.Chair), ("room", ResourceKind.Room),
        })
        {
            for (var i = chance.One(1, 2, 2, size.IsLarge ? 3 : 2); i > 0; i--)
            {
                resources.Add(ResourceOf($"{role}-{(char)('a' + i)}", role, kind));
            }
        }

        var opening = Weekly(size.Days, chance.Percent(25) ? WithLunch(size.Hours) : [size.Hours]);
        var clinic = new Clinic(
            "random", "Random clinic", size.Zone, size.Grid, opening, Closures(), resources.ToImmutable(), []);
        return clinic with { Bookings = size.IsLarge ? BookingsOfALoad(clinic) : Bookings(clinic) };
    }

    private Resource ResourceOf(string id, string role, ResourceKind kind)
    {
        var isPerson = kind == ResourceKind.Person;
        ImmutableArray<string> roles = isPerson && chance.Percent(20)
            ? [.. new[] { role, chance.One("nurse", "therapist", "physician") }.Distinct()]
            : [role];
        return new(
            id,
            id,
            kind,
            roles,
            isPerson && chance.Percent(size.IsLarge ? 80 : 60) ? ["iv"] : [],
            isPerson ? chance.One(Sex.Female, Sex.Male, Sex.Unstated) : Sex.Unstated,
            chance.One(1, 1, 2),
            isPerson && (role == "physician" || chance.Percent(15)) ? chance.From(1, 2) : 0,
            chance.One(0, 10, 15),
            OwnHours(),
            Exceptions(),
            chance.Percent(20) ? chance.One(5, 10, 15, 30) : 0,
            chance.Percent(15) ? chance.One(60, 90, 120) * (size.IsLarge ? 3 : 1) : null,
            chance.Percent(15) ? chance.From((size.Hours.From + size.Hours.To) / 2, size.Hours.To - 1) : null);
    }

    private WeeklyHours? OwnHours()
    {
        var draw = chance.From(0, 99);
        if (draw < 60)
        {
            return null;
        }

        var part = PartOf(size.Hours);
        if (draw < 80)
        {
            return Weekly(chance.Each(size.Days, 80), [part]);
        }

        return new(
            [
                .. size.Days.SelectMany(d => new[]
                {
                    new WeekdayHours(d, WeekTurn.A, chance.Percent(80) ? [size.Hours] : []),
                    new WeekdayHours(d, WeekTurn.B, chance.Percent(60) ? [part] : []),
                }),
            ],
            SomeMonday.PlusWeeks(chance.From(-1, 2)));
    }

    private ImmutableArray<DatedHours> Exceptions() =>
        [.. Enumerable.Range(0, chance.One(0, 0, 0, 1, 2)).Select(_ => new DatedHours(SomeDay(), LocalDate.MaxIsoValue, []))
            .Select(e => e with { To = e.From.PlusDays(chance.From(0, 5)), Hours = chance.Percent(40) ? [PartOf(size.Hours)] : [] })];

    private ImmutableArray<Closure> Closures() =>
        [.. Enumerable.Range(0, chance.One(0, 0, 1, 2)).Select(i =>
        {
            var from = SomeDay();
            return chance.From(0, 2) switch
            {
                0 => new Closure($"closure {i}", from, from.PlusDays(chance.From(0, 4)), Hours.WholeDay, Yearly: false),
                1 => new Closure($"closure {i}", from.PlusYears(-3), from.PlusYears(-3), Hours.WholeDay, Yearly: true),
                _ => new Closure($"closure {i}", from, from.PlusDays(chance.From(0, 6)), PartOf(size.Hours), Yearly: false),
            };
        })];

    // Bookings that the clinic could have made: none is beyond what its resource bears, or beyond its contact hours.
    private ImmutableArray<Booking> Bookings(Clinic clinic)
    {
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        for (var i = chance.One(0, 3, 8, 16); i > 0; i--)
        {
            var resource = chance.One(clinic.Resources);
            var shares = resource.Capacity > 1 ? 80 : 20;
            var use = chance.Percent(20) && resource.Supervises > 0 ? Use.Supervision : chance.Percent(shares) ? Use.Share : Use.Exclusive;
            var from = chance.From(size.Hours.From, size.Hours.To - 10) / 5 * 5;
            var length = chance.One(5, 10, 20, 30, 60, 60, 90) - (chance.Percent(10) ? 2 : 0);
            var booking = new Booking(resource.Id, SomeDay(), new(from, Math.Min(size.Hours.To, from + length)), use);
            if (clinic.OpenOn(booking.Date).Length > 0 && IsPossible(resource, [.. bookings, booking], booking.Date))
            {
                bookings.Add(booking);
            }
        }

        return bookings.ToImmutable();
    }

    // Each resource's days are filled to the load, one booking after the other; where a resource bears more, some lie side by side.
    private ImmutableArray<Booking> BookingsOfALoad(Clinic clinic)
    {
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        foreach (var resource in clinic.Resources)
        {
            var busiest = chance.Percent(70) ? size.Load : size.Load / 2;
            foreach (var date in Enumerable.Range(0, size.Length).Select(size.From.PlusDays).Where(d => clinic.OpenOn(d).Length > 0))
            {
                bookings.AddRange(DayOfALoad(resource, date, busiest));
            }
        }

        return bookings.ToImmutable();
    }

    private List<Booking> DayOfALoad(Resource resource, LocalDate date, int load)
    {
        var day = new List<Booking>();
        for (var (at, contact) = (size.Hours.From, 0); ;)
        {
            var length = chance.One(10, 20, 30, 45, 60, 60, 90, 120);
            var end = at + length - (chance.Percent(10) ? 2 : 0);
            if (at + length > size.Hours.To)
            {
                break;
            }

            if (chance.Percent(load) && contact + length <= (resource.MaxContactMinutes ?? int.MaxValue))
            {
                day.Add(new(resource.Id, date, new(at, end), resource.Capacity > 1 && chance.Percent(60) ? Use.Share : Use.Exclusive));
                contact += length;
                length += (resource.CleanUpMinutes + 4) / 5 * 5;
            }

            at += length;
        }

        for (var tries = resource.Capacity > 1 || resource.Supervises > 0 ? 2 * load / 50 : 0; tries > 0; tries--)
        {
            var from = chance.From(size.Hours.From, size.Hours.To - 60) / 5 * 5;
            var use = resource.Supervises > 0 && (resource.Capacity == 1 || chance.Percent(50)) ? Use.Supervision : Use.Share;
            var more = new Booking(resource.Id, date, new(from, from + chance.One(20, 40, 60)), use);
            if (IsPossible(resource, [.. day, more], date))
            {
                day.Add(more);
            }
        }

        return day;
    }

    private static bool IsPossible(Resource resource, IReadOnlyList<Booking> bookings, LocalDate date)
    {
        var held = bookings
            .Where(b => b.Resource == resource.Id && b.Date == date)
            .SelectMany((b, i) => Holding.Of(resource, date, $"{i}", b.Use, b.Hours, resource.CleanUpMinutes))
            .ToList();
        var contact = Enumerable.Range(0, Ticks.PerDay).Count(t => held.Any(h => h.IsContact && h.Covers(t))) * Ticks.Minutes;
        return Enumerable.Range(0, Ticks.PerDay).All(t => Holding.AreBorne(resource, held, t)) && contact <= (resource.MaxContactMinutes ?? int.MaxValue);
    }

    private LocalDate SomeDay()
    {
        // Mostly a day on which the clinic is open: others change nothing.
        var day = size.From.PlusDays(chance.From(0, size.Length));
        return chance.Percent(10) ? day : Enumerable.Range(0, 7).Select(day.PlusDays).First(d => size.Days.Contains(d.DayOfWeek));
    }

    private Hours PartOf(Hours whole)
    {
        var from = whole.From + (chance.From(0, (whole.To - whole.From) / 40) * 10);
        var to = Math.Max(from + 10, whole.To - (chance.From(0, (whole.To - whole.From) / 40) * 10));
        return chance.Percent(10) ? new(from + 2, to + 3) : new(from, to);
    }

    private ImmutableArray<Hours> WithLunch(Hours whole)
    {
        var middle = ((whole.From + whole.To) / 60 * 30) + chance.One(0, 15);
        return middle - whole.From < 60 || whole.To - middle < 90 ? [whole] : [new(whole.From, middle), new(middle + 30, whole.To)];
    }

    private static WeeklyHours Weekly(IEnumerable<IsoDayOfWeek> days, ImmutableArray<Hours> hours) =>
        new([.. days.Select(d => new WeekdayHours(d, WeekTurn.Every, hours))], SomeMonday);
}
