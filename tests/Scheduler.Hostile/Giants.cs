using System.Collections.Immutable;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Hostile;

/// <summary>The largest files that the limits let through, each large in one way: what they cost is what anybody can make the program do.</summary>
internal static class Giants
{
    private const int Characters = 256 * 1024;

    private const string Head = "protocol: giant\nversion: 1.0.0\ntitle: Giant\nvisits:\n";

    private const string Clinic = "clinic: giant\ntime zone: America/New_York\nslot grid: 30 min\nopening hours: {Monday to Friday: '08:00 to 17:00'}\n";

    private const string Someone = "people: {nurse: {exclusive: whole visit}}";

    private static readonly string TwoSeries = Head
        + $"  a: {{purpose: treatment, count: 200, duration: 20 min, {Someone}}}\n  b: {{purpose: treatment, count: 200, duration: 20 min, people: {{rater: {{exclusive: whole visit}}}}}}\n";

    private static readonly string LongSeries = TwoSeries.Replace("200", "195", StringComparison.Ordinal) + "rules:\n";

    private static readonly string Alternating = string.Join(" before ", Enumerable.Range(1, 200).Select(i => $"a[{i}] before b[{i}]"));

    /// <summary>The files, by what they are large in.</summary>
    public static ImmutableArray<(string Name, HostileFile File)> All { get; } =
    [
        .. Protocols().Concat(Clinics()).Concat(Patients()).Select((g, i) => (g.Name, File(g.Text) with { Number = i + 1 })),
        .. Events().Select((g, i) => (g.Name, File(Step.Events + g.Text) with { Type = FileType.Events, Motion = Step, Number = i + 1 })),
    ];

    /// <summary>The step of a course behind which the largest files of events go on.</summary>
    private static Motion Step => Motions.First(Originals.Eventful)!;

    private static IEnumerable<(string Name, string Text)> Protocols()
    {
        yield return ("orders", Rules(i => $"{{order: 'a[{1 + (i % 200)}] before b', at least: 1 day}}"));
        yield return ("orders-beyond-the-limit", Rules(_ => "{order: a before b, at least: 1 day}"));
        yield return ("orders-in-a-circle", Rules(i => i == 398 ? "{order: 'b[200] before a[1]'}" : $"{{order: 'a[{1 + (i % 200)}] before b', at least: 1 day}}"));
        yield return ("orders-at-most", Rules(_ => "{order: 'a[1 to 10] before b[180 to last]', at most: 120 months}"));
        yield return ("orders-of-single-visits", Rules(_ => $"{{order: '{Alternating}'}}"));
        yield return ("orders-of-groups", Rules(i => $"{{order: 'a[1 to {(i / 2) + 1}], b[1 to {(i / 2) + 1}] before a[{(i / 2) + 2} to last], b[{(i / 2) + 2} to last]'}}", most: 390));
        yield return ("apart", Rules(i => $"{{not on the same day: ['a[{1 + (i % 200)}]', b]}}"));
        yield return ("apart-of-single-visits", Rules(_ => $"{{not on the same day: ['{Alternating.Replace(" before ", "', '", StringComparison.Ordinal)}']}}"));
        yield return ("times-of-day", Rules(i => $"{{time of day for: a and b, starts: '08:00 to {10 + (i % 7)}:00'}}"));
        yield return ("wished-times-of-day", Rules(i => $"{{time of day for: a and b, starts: '08:00 to {10 + (i % 7)}:00', strength: should, weight: 100}}"));
        yield return ("weekdays", Rules(i => "{weekdays for: a and b, days: Monday to Friday}"));
        yield return ("weekdays-none", Rules(i => i % 2 == 0 ? "{weekdays for: a, days: Monday}" : "{weekdays for: a, days: Tuesday}"));
        yield return ("same-person", Rules(_ => "{same person for: a, as: nurse, strength: should}"));
        yield return ("same-and-different", Rules(i => i % 2 == 0 ? "{same person for: a, as: nurse}" : "{different person for: a as nurse, from: 'b[1] as rater'}"));
        yield return ("different-people", Rules(_ => "{different person for: a as nurse, from: 'b[1] as rater', strength: should}"));
        yield return ("windows", Rules(i => $"{{window for: 'a[1 to 10]', counts from: 'start of b[{1 + (i % 200)}]', target: 12 months, ideal: 3000 days before to 3000 days after}}"));
        yield return ("windows-in-a-circle", Rules(i => i == 398 ? "{order: 'b[200] before a[1]'}" : $"{{window for: 'a[1 to 10]', counts from: 'start of b[{1 + (i % 200)}]', target: 120 months, ideal: 3000 days before to 400 days after}}"));
        yield return ("windows-with-weights", Rules(i => $"{{window for: 'a[1 to 10]', counts from: 'start of b[{1 + (i % 200)}]', target: 12 months, allowed: 3000 days before to 3000 days after, ideal: 1 day before to 1 day after, weight: 4}}"));
        yield return ("windows-of-hours", Rules(i => $"{{window for: 'b[1 to 10]', counts from: 'end of a[{1 + (i % 200)}]', target: 24 hours, ideal: 600 hours before to 600 hours after}}"));
        yield return ("same-day", Rules(i => "{same day for: a, with: b, starts: before it}"));
        yield return ("same-day-after-itself", Rules(i => i % 2 == 0 ? "{same day for: a, with: b, starts: 30 to 60 min before its start}" : "{same day for: b, with: a, starts: 30 to 60 min after its start}"));
        yield return ("one-day", Rules(i => i == 0 ? "{cadence of: a, per day: 200 every 5 min}" : i == 1 ? "{cadence of: b, per day: 200 every 5 min}" : "{order: 'a[1] before b[200]'}"));
        yield return ("sixty-a-day", Rules(i => i == 0 ? "{cadence of: a, per day: 60 every 15 min, give or take 5 min}" : i == 1 ? "{same day for: b, with: a}" : "{order: 'a[1] before b[200]'}"));
        yield return ("cadences", Rules(i => $"{{cadence of: {(i % 2 == 0 ? "a" : "b")}, every: {(i % 3) + 2} days, give or take 1 day}}"));
        yield return ("tapers", Rules(i => $"{{cadence of: {(i % 2 == 0 ? "a" : "b")}, per week: [{string.Join(", ", Enumerable.Repeat("1 in each calendar week for 1 week", 18))}, 1 in each calendar week]}}"));
        yield return ("fewer-where-closed", LongSeries + Many(1, _ => "  r: {cadence of: a, per week: '3 in every 8 calendar weeks, fewer where closed'}\n"));
        yield return ("fewer-where-closed-said-often", LongSeries + Many(390, i => $"  r{i}: {{cadence of: {(i % 2 == 0 ? "a" : "b")}, per week: '3 in every 8 course weeks, fewer where closed'}}\n"));
        yield return ("fewer-where-closed-in-many-ways", LongSeries + Many(390, i => $"  r{i}: {{cadence of: {(i % 2 == 0 ? "a" : "b")}, per week: '{1 + (i / 2 % 30)} in every {8 * (1 + (i / 2 % 30))} course weeks, fewer where closed', free days between: at least {1 + (i / 60)}}}\n"));
        yield return ("types", Head + Many(390, i => $"  t{i}: {{purpose: treatment, duration: 20 min, {Someone}}}\n") + "rules:\n" + Many(390, i => i == 0 ? "  r0: {order: t0 before t1}\n" : $"  r{i}: {{order: t{i - 1} before t{i}}}\n"));
        yield return ("conditions", Head + Many(390, i => $"  t{i}: {{purpose: treatment, duration: 20 min, only if: c{i}, {Someone}}}\n")
            + "conditions:\n" + Many(390, i => $"  c{i}: {{means: Something., excludes: [c{(i + 1) % 390}]}}\n") + "rules:\n" + Many(389, i => $"  r{i}: {{order: t{i} before t{i + 1}}}\n"));
        yield return ("exclusions", Head + $"  t: {{purpose: treatment, duration: 20 min, {Someone}}}\nconditions:\n" + Many(90, i => $"  c{i}: {{means: Something., excludes: [{string.Join(", ", Enumerable.Range(0, 90).Where(j => j != i).Select(j => $"c{j}"))}]}}\n"));
        yield return ("needs", Head + Many(300, i => $"  t{i}: {{purpose: treatment, duration: 200 min, people: {{{string.Join(", ", Enumerable.Range(0, 20).Select(j => $"n{j}: {{exclusive: first {5 * (j + 1)} min}}"))}}}}}\n"));
        yield return ("segments", Head + Many(60, i => $"  t{i}: {{purpose: treatment, duration: 1400 min, people: {{n: {{exclusive: '{string.Join(" and ", Enumerable.Range(0, 130).Select(j => $"{10 * j} to {(10 * j) + 5} min"))}'}}}}}}\n"));
        yield return ("parameters", "protocol: giant\nversion: 1.0.0\ntitle: Giant\nparameters:\n" + Many(3_500, i => $"  p{i}: {{value: {1 + (i % 50)}, between: 1 and 50, means: x}}\n") + $"visits:\n  t: {{purpose: treatment, duration: 20 min, count: $p1, {Someone}}}\n");
        yield return ("mistakes", Head + Many(5_000, i => $"  t{i}: {{purpos: treatment, duration: 20}}\n"));
        yield return ("names-nobody-knows", Head + Many(380, i => $"  treatment-number-{i}: {{purpose: treatment, duration: 20 min, {Someone}}}\n") + "rules:\n" + Many(380, i => $"  r{i}: {{order: '{string.Join(" before ", Enumerable.Range(0, 20).Select(j => $"treatmentnumber-{i}{j}"))}'}}\n"));
        yield return ("duplicates", Head + Many(20_000, _ => "  t: 1\n"));
        yield return ("broken-at-the-end", Head + Many(9_000, i => $"  t{i}: {{duration: '20 min'}}\n") + "rules: [\n");
        yield return ("broken-at-the-start", Head + "  x: [\n" + Many(9_000, i => $"  t{i}: {{duration: '20 min'}}\n"));
        yield return ("a-quote-that-stays-open", Head + "  x: '\n" + Many(9_000, i => $"  t{i}: {{duration: 20 min}}\n"));
    }

    private static IEnumerable<(string Name, string Text)> Clinics()
    {
        yield return ("resources", Clinic + "resources:\n" + Many(5_400, i => $"  r{i}: {{kind: person, roles: [{Role(i)}]}}\n"));
        yield return ("resources-with-hours", Clinic + "resources:\n" + Many(2_200, i => $"  r{i}: {{kind: person, roles: [{Role(i)}], hours: {{Monday to Friday: '08:00 to 12:00, 13:00 to 17:00'}}}}\n"));
        yield return ("bookings-of-one-day", Clinic + Resources + "bookings:\n  nurse:\n    2027-01-05: " + Stretches(287, "") + "\n");
        yield return ("shares-of-one-day", Clinic + Resources + "bookings:\n  nurse:\n    2027-01-05: " + string.Join(", ", Enumerable.Repeat("08:00 to 17:00 share", 740)) + "\n");
        yield return ("bookings-of-all-days", Clinic + Resources + "bookings:\n  nurse:\n" + Days(7_000, new(2027, 1, 1), "08:00 to 12:00, 13:00 to 14:00"));
        yield return ("bookings-of-short-stretches", Clinic + Resources + "bookings:\n  nurse:\n" + Days(60, new(2027, 1, 1), Stretches(280, "")));
        yield return ("bookings-in-2200", Clinic + Resources + "bookings:\n  nurse:\n" + Days(7_000, new(2181, 10, 1), "08:00 to 12:00"));
        yield return ("bookings-in-1900-and-2200", Clinic + Resources + "bookings:\n  nurse: {1900-01-01: '08:00 to 12:00', 2200-12-31: '08:00 to 12:00'}\n  rater: {1900-01-01: '08:00 to 12:00', 2200-12-31: '08:00 to 12:00'}\n");
        yield return ("closures", Clinic + Resources + "closures:\n" + Many(9_000, i => $"  c{i}: every 0{1 + (i % 9)}-1{i % 10}\n"));
        yield return ("long-closures", Clinic + Resources + "closures:\n" + Many(6_000, i => $"  c{i}: 1900-01-01 to 2200-12-31\n"));
        yield return ("long-closures-by-the-hour", Clinic + Resources + "closures:\n" + Many(30, i => $"  c{i}: [{string.Join(", ", Days(200, new(2027, 1, 1)).Select(d => $"{d} from 13:00 to 15:00"))}]\n"));
        yield return ("exceptions", Clinic + "resources:\n  nurse:\n    kind: person\n    roles: nurse\n    exceptions:\n" + Many(4_500, i => $"      19{i % 100:00}-{1 + (i / 100 % 12):00}-{1 + (i / 1_200):00} to 2200-12-31: 08:00 to 12:00\n"));
        yield return ("exceptions-of-all-resources", Clinic + "resources:\n" + Many(1_500, i => $"  r{i}: {{kind: person, roles: [{Role(i)}], exceptions: {{1900-01-01 to 2200-12-31: '08:00 to 12:00'}}}}\n")
            + "bookings:\n" + Many(1_500, i => $"  r{i}: {{2027-01-05: '07:00 to 12:00'}}\n"));
        yield return ("roles-and-skills", Clinic + "resources:\n" + Many(20, i => $"  r{i}: {{kind: person, roles: [{string.Join(", ", Enumerable.Range(0, 900).Select(j => $"role-{j}"))}]}}\n"));
        yield return ("supervisions", Clinic + "resources:\n  nurse: {kind: person, roles: nurse, supervises: 50, hands-on: up to 15 min, capacity: 50}\nbookings:\n  nurse:\n"
            + Days(40, new(2027, 1, 1), string.Join(", ", Enumerable.Range(0, 200).Select(i => $"{8 + (i / 50)}:{5 * (i % 12):00} to 17:00 supervision".PadLeft(27, '0')))));
    }

    private static IEnumerable<(string Name, string Text)> Patients()
    {
        yield return ("dated-hours", "patient: p\ndates:\n" + Days(9_000, new(2027, 1, 1), "08:00 to 12:00"));
        yield return ("long-dated-hours", "patient: p\ndates:\n" + Many(6_000, i => $"  19{i % 100:00}-{1 + (i / 100 % 12):00}-{1 + (i / 1_200):00} to 2200-12-31: 08:00 to 18:00\n"));
        yield return ("short-dated-hours", "patient: p\ndates:\n" + Days(60, new(2027, 1, 1), Stretches(280, "")));
        yield return ("preferences", "patient: p\npreferences:\n" + Many(3_500, i => "  - {times: '08:00 to 12:00', for: infusion, weight: 100}\n"));
        yield return ("preferences-of-days", "patient: p\npreferences:\n" + Many(3_500, i => $"  - {{days: Monday, weight: {1 + (i % 100)}}}\n"));
        yield return ("preferences-of-sex", "patient: p\npreferences:\n" + Many(3_500, i => "  - {sex: female, as: therapist, weight: 100}\n"));
        yield return ("authorisations", "patient: p\nauthorisations:\n" + Many(3_000, i => $"  - {{visits: infusion, at most: 6, from: {Day(i)}, to: {Day(i)}}}\n"));
        yield return ("authorisations-that-overlap", "patient: p\nauthorisations:\n" + Many(3_000, _ => "  - {visits: infusion, at most: 6, from: 2026-12-01, to: 2030-12-01}\n"));
        yield return ("authorisations-of-many-types", "patient: p\nauthorisations:\n" + Many(15, i => $"  - {{visits: [{string.Join(", ", Enumerable.Range(0, 1_000).Select(j => $"type-{j}"))}], at most: 6, from: {Day(i)}, to: {Day(i)}}}\n"));
    }

    private static IEnumerable<(string Name, string Text)> Events()
    {
        yield return ("judged-again-and-again", Many(1_950, i => $"  - {{judged: worse, holds: {(i % 2 == 0 ? "yes" : "no")}, at: 2027-01-11 18:00}}\n"));
        yield return ("recorded-again-and-again", Many(1_950, i => $"  - {{recorded: score, measured at: baseline, is: {i % 80}, at: 2027-01-11 18:00}}\n"));
        yield return ("scanned-again-and-again", Many(1_950, i => $"  - {{recorded: growth, measured at: 'scan[1]', is: {i % 30}, at: 2027-01-11 18:00}}\n"));
        yield return ("booked-again-and-again", Many(1_950, i => $"  - {{booked: 'check[3]', for: {Day(50 + (i % 9))} 09:00, at: 2027-01-11 18:00}}\n"));
        yield return ("held-again-and-again", Many(1_950, i => i % 2 == 0
            ? "  - {on hold: 'dose[2]', condition: fasting, at: 2027-01-11 18:00}\n"
            : "  - {booked: 'dose[2]', for: 2027-01-13 10:00, with: {nurse: nurse-ana, physician: dr-osei, chair: chair-1}, at: 2027-01-11 18:00}\n"));
        yield return ("missed-again-and-again", Many(1_950, i => i % 2 == 0
            ? "  - {missed: 'dose[2]', at: 2027-01-11 18:00}\n"
            : "  - {booked: 'dose[2]', for: 2027-01-13 10:00, with: {nurse: nurse-ana, physician: dr-osei, chair: chair-1}, at: 2027-01-11 18:00}\n"));
        yield return ("repeated-again-and-again", Many(1_950, i => (i % 3) switch
        {
            0 => "  - {to be repeated: baseline, at: 2027-01-11 18:00}\n",
            1 => "  - {booked: baseline, for: 2027-01-11 18:00, with: {rater: rater-roth, room: room-1}, at: 2027-01-11 18:00}\n",
            _ => "  - {took place: baseline, at: 2027-01-11 18:00, until: 18:01}\n",
        }));
        yield return ("all-told-again-and-again", Many(1_950, _ => "  - {took place: 'baseline, pe, emdr, dose, scan, rating, check, booster, booster-check, weekly-talk'}\n"));
        yield return ("visits-nobody-knows", Many(300, i => $"  - {{took place: '{string.Join(", ", Enumerable.Range(0, 60).Select(j => $"weeklytalk-{i}{j}"))}'}}\n"));
        yield return ("people-nobody-knows", Many(1_950, i => $"  - {{took place: rating, with: {{rater: rater-rothh-{i}, raterr: rater-roth}}}}\n"));
        yield return ("too-many-events", Many(9_000, _ => "  - {confirmed: pe}\n"));
    }

    private const string Resources = "resources:\n  nurse: {kind: person, roles: nurse, capacity: 50}\n  rater: {kind: person, roles: rater}\n";

    private static HostileFile File(string text) => new(Encoding.UTF8.GetBytes(text), Originals.Anybody);

    private static string Rules(Func<int, string> rule, int most = 399) => TwoSeries + "rules:\n" + Many(most, i => $"  r{i}: {rule(i)}\n", TwoSeries.Length + 10);

    /// <summary>As many lines as asked for, or as the limit of a text leaves room for.</summary>
    private static string Many(int count, Func<int, string> line, int before = 1_000)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count && line(i) is var next && before + text.Length + next.Length < Characters - 1_000; i++)
        {
            text.Append(next);
        }

        return text.ToString();
    }

    private static string Role(int i) => (i % 6) switch { 0 => "nurse", 1 => "physician", 2 => "therapist", 3 => "rater", 4 => "room", _ => "chair" };

    private static string Stretches(int count, string how) =>
        string.Join(", ", Enumerable.Range(0, count).Where(i => i % 2 == 0).Select(i => $"{Clock(5 * i)} to {Clock(5 * (i + 1))}{how}"));

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private static string Days(int count, LocalDate from, string hours)
    {
        var days = Days(count, from).ToList();
        return Many(count, i => $"    {days[i]}: {hours}\n");
    }

    private static IEnumerable<string> Days(int count, LocalDate from) => Enumerable.Range(0, count).Select(i => LocalDatePattern.Iso.Format(from.PlusDays(i)));

    private static string Day(int i) => LocalDatePattern.Iso.Format(new LocalDate(2027, 1, 1).PlusDays(i));
}
