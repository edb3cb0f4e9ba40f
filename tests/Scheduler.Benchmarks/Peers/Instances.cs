using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Benchmarks.Peers;

/// <summary>One course to place: from a number, always the same.</summary>
/// <param name="Name">Protocol, load and number.</param>
/// <param name="Load">How much of their time is booked, in per cent.</param>
/// <param name="Request">What is asked for.</param>
internal sealed record Instance(string Name, int Load, PlanningRequest Request);

/// <summary>Courses in clinics of their own, made from a seed.</summary>
internal static class Instances
{
    /// <summary>How much of everybody's time is booked, in per cent.</summary>
    public static readonly ImmutableArray<int> Loads = [30, 60, 90];

    /// <summary>The shipped protocols that the models can say.</summary>
    public static readonly ImmutableArray<string> Protocols = ["feder-2025-ketamine-wet", "ketamine-assisted-psychotherapy", "rtms-depression", "ect-acute"];

    private const int LeastBookedWeeks = 2;
    private const int MostBookedWeeks = 13;
    private static readonly LocalDate From = new(2027, 3, 1);

    /// <summary>So many courses, over all protocols and loads in turn.</summary>
    public static IEnumerable<Instance> Of(int seed, int count) => Enumerable.Range(0, count).Select(n => One(seed, n));

    /// <summary>One of them.</summary>
    public static Instance One(int seed, int number)
    {
        var name = Protocols[number % Protocols.Length];
        var load = Loads[number / Protocols.Length % Loads.Length];
        var chance = new Random(HashOf(seed, number));
        var protocol = Shipped(name);
        return new($"{name} {load} % #{number}", load, Request(protocol, Clinic(protocol, load, chance), chance) with { StepBudget = 20_000_000 });
    }

    /// <summary>One request to a clinic.</summary>
    public static PlanningRequest Request(Protocol protocol, Clinic clinic, Random chance) => new(protocol, clinic, Patient(chance), From.PlusDays(chance.Next(7)))
    {
        Deviations = chance.Next(3) == 0 ? DeviationLimit.Minor : DeviationLimit.None,
    };

    /// <summary>A shipped protocol, so that no two visits of a day leave pieces of the same room: what both leave together the models do not say.</summary>
    public static Protocol Shipped(string name)
    {
        var protocol = ProtocolCompiler.Compile($"{name}.yaml", File.ReadAllText(Repository.PathOf($"protocols/{name}.yaml"))).Required;
        return name != "ketamine-assisted-psychotherapy"
            ? protocol
            : protocol with
            {
                Rules = protocol.Rules.Add(new Rule.ApartDays(
                    protocol.Rules[0].Head with { Id = "rated-on-another-day" }, [[new("caps5-before", 1)], [new("preparation", 1)]])),
            };
    }

    // Not HashCode.Combine, which differs from process to process.
    private static int HashOf(int seed, int number) => unchecked((seed * 1_000_003) + (number * 7919) + 17);

    private static Patient Patient(Random chance)
    {
        var anyone = Core.Clinics.Patient.Anyone;
        IsoDayOfWeek[] week = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
        var busy = week[chance.Next(week.Length)];
        return chance.Next(4) switch
        {
            0 => anyone,
            1 => anyone with { Preferences = [new Preference.Times([], 1, new(9 * 60, 15 * 60))] },
            2 => anyone with { Preferences = [new Preference.Days([], 1, [.. week.Where(d => d != busy)])] },
            _ => anyone with { Weekly = new([.. week.Select(d => new WeekdayHours(d, WeekTurn.Every, [d == busy ? new(8 * 60, 14 * 60) : Hours.WholeDay]))], From) },
        };
    }

    /// <summary>A clinic for a protocol, booked for some weeks ahead.</summary>
    public static Clinic Clinic(Protocol protocol, int load, Random chance) => Clinic(protocol, load, chance, chance.Next(LeastBookedWeeks, MostBookedWeeks + 1));

    /// <summary>A clinic for a protocol, booked for so many weeks ahead.</summary>
    public static Clinic Clinic(Protocol protocol, int load, Random chance, int weeks)
    {
        var week = Enumerable.Range(1, 5).Select(d => new WeekdayHours((IsoDayOfWeek)d, WeekTurn.Every, [new(8 * 60, 18 * 60)]));
        var opening = new WeeklyHours([.. week], From);
        var roles = protocol.VisitTypes.SelectMany(t => t.Needs).Select(n => n.Role).ToHashSet();
        ImmutableArray<Resource> resources =
        [
            .. from kind in Kinds()
               where roles.Contains(kind.Role)
               from n in Enumerable.Range(1, kind.Count + chance.Next(2))
               select kind.Make($"{kind.Role}-{n}"),
        ];
        var clinic = new Clinic("generated", "Generated", DateTimeZoneProviders.Tzdb["America/New_York"], 15, opening, [], resources, []);
        return clinic with { Bookings = [.. resources.GroupBy(r => r.Roles[0]).SelectMany(alike => Booked(clinic, [.. alike], weeks, load / 100.0, chance))] };
    }

    private static IEnumerable<(string Role, int Count, Func<string, Resource> Make)> Kinds()
    {
        yield return ("chair", 3, id => Thing(id, ResourceKind.Chair, "chair"));
        yield return ("room", 4, id => Thing(id, ResourceKind.Room, "room"));
        yield return ("tms-chair", 2, id => Thing(id, ResourceKind.Device, "tms-chair"));
        yield return ("ect-suite", 1, id => Thing(id, ResourceKind.Room, "ect-suite"));
        yield return ("recovery-bay", 1, id => Thing(id, ResourceKind.Room, "recovery-bay") with { Capacity = 4 });
        yield return ("nurse", 2, id => Thing(id, ResourceKind.Person, "nurse") with { Skills = ["iv"], Capacity = 2 });
        yield return ("physician", 1, id => Thing(id, ResourceKind.Person, "physician") with { Supervises = 4, HandsOnMinutes = 15 });
        yield return ("therapist", 2, id => Thing(id, ResourceKind.Person, "therapist") with { MaxContactMinutes = 7 * 60 });
        yield return ("rater", 2, id => Thing(id, ResourceKind.Person, "rater") with { Skills = ["caps5", "madrs"] });
        yield return ("psychiatrist", 1, id => Thing(id, ResourceKind.Person, "psychiatrist"));
        yield return ("anaesthetist", 1, id => Thing(id, ResourceKind.Person, "anaesthetist"));
        yield return ("tms-operator", 2, id => Thing(id, ResourceKind.Person, "tms-operator"));
    }

    private static Resource Thing(string id, ResourceKind kind, string role) =>
        new(id, id, kind, [role], [], Sex.Unstated, 1, 0, 0, null, [], 0, null, null);

    /// <summary>
    /// Bookings for some weeks ahead. Those who are alike share a day's load as schedulers deal it out: the first are filled before the last, so that of several one is often free.
    /// Some days are a little fuller than others.
    /// </summary>
    private static IEnumerable<Booking> Booked(Clinic clinic, Resource[] alike, int weeks, double load, Random chance)
    {
        for (var n = 0; n < 7 * weeks; n++)
        {
            var date = From.PlusDays(n);
            foreach (var open in clinic.OpenOn(date))
            {
                // A supervisor and a bay bear several at once; each of their places is filled by itself.
                var places = alike.SelectMany(r => Enumerable.Repeat(r, Math.Max(r.Capacity, r.Supervises))).ToList();
                var left = places.Count * Math.Clamp(load + ((chance.NextDouble() - 0.5) / 5), 0, 1);
                foreach (var resource in places)
                {
                    var share = Math.Min(left, 0.95);
                    left -= share;
                    foreach (var hours in Filled(open, share, resource.Kind == ResourceKind.Chair || resource.Supervises > 0 ? [120, 150, 60] : [60, 45, 30], chance))
                    {
                        yield return new(resource.Id, date, hours, resource.Supervises > 0 ? Use.Supervision : resource.Capacity > 1 ? Use.Share : Use.Exclusive);
                    }
                }
            }
        }
    }

    private static List<Hours> Filled(Hours open, double share, int[] lengths, Random chance)
    {
        var (booked, minutes, wanted) = (new List<Hours>(), 0, share * (open.To - open.From));
        for (var attempt = 0; attempt < 80 && minutes < wanted - 15; attempt++)
        {
            // Towards the end, shorter ones find a place where longer ones do not.
            var length = lengths[attempt < 30 ? chance.Next(lengths.Length) : ^1];
            var start = open.From + (15 * chance.Next((open.To - open.From - length) / 15 + 1));
            var hours = new Hours(start, start + length);
            if (minutes + length <= wanted + 15 && !booked.Exists(b => b.Overlaps(hours)))
            {
                booked.Add(hours);
                minutes += length;
            }
        }

        return booked;
    }
}
