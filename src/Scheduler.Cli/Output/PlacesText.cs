using System.Globalization;
using NodaTime;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Cli.Output;

/// <summary>Prints for people where a visit may go: a day a paragraph, its places first, then what is in the way at other times.</summary>
internal sealed class PlacesText(Surroundings around, MovableVisit movable)
{
    private const string OpeningHours = "opening-hours";
    private const string Indent = "                ";

    private readonly PlaceWords words = new(movable.Request, movable.Id);

    public void Print(VisitPlaces places)
    {
        Begin(around, movable, words, places.Now);
        around.Say("Where it may go while every other visit stays, and what the calendar costs then beside now:");
        var (now, lastMonday) = (places.CostWithConditional ?? places.Cost, (LocalDate?)null);
        for (var i = 0; i < places.Days.Length;)
        {
            var (day, lines) = (places.Days[i], LinesOf(places.Days[i], now));
            var monday = day.Date.PlusDays(1 - (int)day.Date.DayOfWeek);
            if (monday != lastMonday)
            {
                around.Say("");
                lastMonday = monday;
            }

            // Days in a row to which the same thing is said are one.
            var next = i + 1;
            while (next < places.Days.Length && day.Places.IsEmpty && LinesOf(places.Days[next], now).SequenceEqual(lines))
            {
                next++;
            }

            Print(next == i + 1 ? Day(day.Date) : $"{Day(day.Date)} to {Day(places.Days[next - 1].Date)}", lines);
            i = next;
        }

        var count = places.Days.Sum(d => d.Places.Count(p => p.Visit.Start != places.Now.Start));
        around.Say("");
        around.Say(count == 0 ? "There is no other place in these days." : $"{Spoken.Count(count, "other start")} in {Spoken.Count(places.Days.Count(d => !d.Places.IsEmpty), "day")}.");
        Tell(around, words, places.Days.SelectMany(d => d.Refused).SelectMany(r => r.Obstacles).SelectMany(RulesOf));
    }

    /// <summary>Says where the visit is, and what is wrong with that.</summary>
    public static void Begin(Surroundings around, MovableVisit movable, PlaceWords words, PlacedVisit now)
    {
        var staff = PlaceWords.Staff(now);
        around.Say($"{movable.Id} is on {Day(now.Date)} from {Clock(now.Start.TimeOfDay)} to {Clock(now.End.TimeOfDay)}{(staff.Length == 0 ? "" : $": {staff}")}.");
        foreach (var breach in movable.Verdict.Breaches)
        {
            around.Say($"There it breaks a rule: {breach.Message}");
        }
    }

    /// <summary>What the rules that were named ask for, and where they come from.</summary>
    public static void Tell(Surroundings around, PlaceWords words, IEnumerable<string> rules)
    {
        string[] named = [.. rules.Distinct()];
        if (named.Length > 0)
        {
            around.Say("");
            around.Say("The rules named:");
            Array.ForEach(named, r => around.Say($"- {r}: {words.Rule(r)}{(words.Source(r) is { } source ? $" [{source}]" : "")}"));
        }
    }

    public static string Day(LocalDate date) => date.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);

    public static string Clock(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private List<string> LinesOf(DayPlaces day, Cost now) => [.. PlaceLines(day, now), .. ObstacleLines(day)];

    private void Print(string days, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            around.Say($"{(i == 0 ? $"{days}  " : Indent)}{lines[i]}");
        }
    }

    /// <summary>Starts in a row that cost the same, with the same people and places, are one line.</summary>
    private static IEnumerable<string> PlaceLines(DayPlaces day, Cost now)
    {
        var refused = day.Refused.Select(r => r.First).Order().ToList();
        var run = new List<VisitPlace>();
        foreach (var place in day.Places)
        {
            if (run.Count > 0 && (SayPlace(place, now) != SayPlace(run[^1], now) || refused.Exists(r => r > run[^1].Visit.Start.TimeOfDay && r < place.Visit.Start.TimeOfDay)))
            {
                yield return SayRun();
            }

            run.Add(place);
        }

        if (run.Count > 0)
        {
            yield return SayRun();
        }

        string SayRun()
        {
            var (first, last) = (run[0].Visit.Start.TimeOfDay, run[^1].Visit.Start.TimeOfDay);
            var said = $"{Clock(first)}{(first == last ? "" : $" to {Clock(last)}")}: {SayPlace(run[0], now)}";
            run.Clear();
            return said;
        }
    }

    private static string SayPlace(VisitPlace place, Cost now)
    {
        var staff = PlaceWords.Staff(place.Visit);
        var deviations = place.Deviations.Select(d => $"{(d.IsMajor ? "major" : "minor")} deviation of '{d.Rule}'{(d.Visit == place.Visit.Id ? "" : $" for {d.Visit}")}").ToList();
        return PlaceWords.Difference(now, place.CostWithConditional ?? place.Cost)
            + (staff.Length == 0 ? "" : $"; {staff}")
            + (deviations.Count == 0 ? "" : $"; {Spoken.Join(deviations)}");
    }

    /// <summary>What is in the way, each once, with when: where a whole day is refused, what refuses all of it is enough.</summary>
    private IEnumerable<string> ObstacleLines(DayPlaces day)
    {
        var runs = day.Places.IsEmpty ? day.Refused : [.. day.Refused.Where(r => !IsClosed(r))];
        var groups = runs.SelectMany(r => r.Obstacles.Select(o => (Key: KeyOf(o), Obstacle: o, Run: r))).GroupBy(o => o.Key).ToList();
        var whole = groups.Where(g => g.Count() == day.Refused.Length && day.Places.IsEmpty).ToList();
        if (whole.Count > 1)
        {
            // That the clinic is closed is the reason where there is no other.
            whole.RemoveAll(g => g.Key == OpeningHours);
        }

        if (whole.Count > 0)
        {
            return [$"no: {string.Join("; ", whole.Select(g => words.SayBriefly(Union(g.Select(o => o.Obstacle)), day.Date)))}"];
        }

        return groups
            .Where(g => g.Key != OpeningHours)
            .Select(g => $"not {Times(day, [.. g.Select(o => o.Run)])}: {words.SayBriefly(Union(g.Select(o => o.Obstacle)), day.Date)}");
    }

    private static bool IsClosed(RefusedStarts run) => run.Obstacles.Any(o => o is Obstacle.OfLaw { Law: OpeningHours });

    /// <summary>When runs are, those in a row as one.</summary>
    private static string Times(DayPlaces day, List<RefusedStarts> runs)
    {
        var times = new List<(LocalTime First, LocalTime Last)>();
        foreach (var run in runs)
        {
            var isNext = times.Count > 0
                && !day.Places.Any(p => p.Visit.Start.TimeOfDay > times[^1].Last && p.Visit.Start.TimeOfDay < run.First)
                && !day.Refused.Any(r => r.First > times[^1].Last && r.Last < run.First);
            times = isNext ? [.. times[..^1], (times[^1].First, run.Last)] : [.. times, (run.First, run.Last)];
        }

        return Spoken.Join(times.Select(t => t.First == t.Last ? $"at {Clock(t.First)}" : $"from {Clock(t.First)} to {Clock(t.Last)}"));
    }

    private static IEnumerable<string> RulesOf(Obstacle obstacle) => obstacle switch
    {
        Obstacle.OfRule rule => [rule.Rule],
        Obstacle.OfNeed need => need.Candidates.SelectMany(c => c.Rules),
        Obstacle.OfNeedsTogether together => together.Rules,
        _ => [],
    };

    private static string KeyOf(Obstacle obstacle) => obstacle switch
    {
        Obstacle.OfRule rule => $"rule {rule.Rule} {rule.PermittedBy}",
        Obstacle.OfLaw law => law.Law,
        Obstacle.OfNeed need => $"need {need.Need}",
        _ => "together",
    };

    /// <summary>Obstacles of one kind as one: of candidates, all that keeps them at one time or another.</summary>
    private static Obstacle Union(IEnumerable<Obstacle> obstacles) => obstacles.Aggregate((one, other) => (one, other) switch
    {
        (Obstacle.OfNeed first, Obstacle.OfNeed second) => first with { Candidates = [.. first.Candidates.Zip(second.Candidates, (a, b) => a with { Hindrance = a.Hindrance | b.Hindrance })] },
        _ => one,
    });
}
