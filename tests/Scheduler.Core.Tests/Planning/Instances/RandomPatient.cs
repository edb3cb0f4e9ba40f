using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>A random patient with limits and wishes.</summary>
internal static class RandomPatient
{
    public static Patient Draw(Chance chance, InstanceSize size, Protocol protocol, Clinic clinic)
    {
        var travel = chance.One(0, 0, 20, 40, 42, 60);
        var around = new Hours(Math.Max(0, size.Hours.From - 90), Math.Min(Hours.MinutesPerDay, size.Hours.To + 90));
        var weekly = chance.Percent(50)
            ? WeeklyHours.Always
            : new WeeklyHours(
                [.. Enumerable.Range(1, 7).Where(_ => chance.Percent(85)).Select(d => new WeekdayHours((IsoDayOfWeek)d, WeekTurn.Every, [Part(chance, around)]))],
                new(2026, 9, 28));
        var dates = Enumerable.Range(0, chance.One(0, 0, 1, 2)).Select(_ =>
        {
            var from = size.From.PlusDays(chance.From(0, size.Length));
            return new DatedHours(from, from.PlusDays(chance.From(0, 5)), chance.Percent(30) ? [Part(chance, around)] : []);
        });
        var preferences = Enumerable.Range(0, chance.One(0, 0, 1, 2, 3)).Select(_ => Wish(chance, size, protocol, clinic));
        return new("P-1", weekly, [.. dates], size.Hours.From < 60 ? 0 : travel, [.. preferences]);
    }

    private static Preference Wish(Chance chance, InstanceSize size, Protocol protocol, Clinic clinic)
    {
        var weight = chance.Percent(14) ? null : (int?)chance.From(1, 6);
        ImmutableArray<string> types = chance.Percent(50) ? [] : [chance.One(protocol.VisitTypes).Id];
        var role = chance.One("nurse", "therapist", "physician");
        return chance.From(0, 3) switch
        {
            0 => new Preference.Times(types, weight, Part(chance, size.Hours)),
            1 => new Preference.Days(types, weight, chance.Some(size.Days, Math.Max(1, size.Days.Count - 1))),
            2 => new Preference.Person(types, weight, role, chance.One(clinic.Resources.Where(r => r.Roles.Contains(role)).ToImmutableArray()).Id),
            _ => new Preference.OfSex(types, weight, role, chance.One(Sex.Female, Sex.Male)),
        };
    }

    private static Hours Part(Chance chance, Hours whole)
    {
        var quarter = (whole.To - whole.From) / 4;
        return new(whole.From + (chance.From(0, quarter) / 5 * 5), whole.To - (chance.From(0, quarter) / 5 * 5));
    }
}
