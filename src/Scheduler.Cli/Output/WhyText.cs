using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;

namespace Scheduler.Cli.Output;

/// <summary>Prints for people what holds a visit where it is, and its next best place.</summary>
internal sealed class WhyText(Surroundings around, MovableVisit movable)
{
    private readonly PlaceWords words = new(movable.Request, movable.Id);

    public void Print(WhyHere why)
    {
        PlacesText.Begin(around, movable, words, why.Now);
        var now = why.CostWithConditional ?? why.Cost;
        around.Say("");
        PrintPins([.. why.Holds.Where(h => h.Pins)], now);
        PrintOthers([.. why.Holds.Where(h => !h.Pins)]);
        around.Say("");
        around.Say(why.Next is { } next
            ? $"The next best place while every other visit stays: {Say(next, now)}. It could start at {Spoken.Count(why.Places, "other time")} in all; 'scheduler places' shows them."
            : "It has no other place while every other visit stays.");
        PlacesText.Tell(around, words, why.Holds.Select(h => h.By).OfType<HeldBy.OfRule>().Select(h => h.Rule));
    }

    private void PrintPins(List<Hold> pins, Cost now)
    {
        if (pins.Count == 0)
        {
            around.Say("Nothing alone keeps it from a better place.");
            return;
        }

        around.Say("It would lie better without any one of these:");
        foreach (var pin in pins.Where(p => !IsForGapsOnly(p, now)))
        {
            around.Say($"- {Briefly(pin.By)}: then {Say(pin.Best, now)}.");
        }

        // What only fills a gap in somebody's day is no matter of the patient's.
        var forGaps = pins.FindAll(p => IsForGapsOnly(p, now));
        if (forGaps.Count > 0)
        {
            around.Say($"- for fewer gaps under an hour, and nothing else: {string.Join("; ", forGaps.Select(p => $"{Briefly(p.By)} (then {When(p.Best.Visit)})"))}.");
        }
    }

    private void PrintOthers(List<Hold> others)
    {
        if (others.Count > 0)
        {
            around.Say("");
            around.Say("These alone keep it from places that are no better:");
            foreach (var hold in others)
            {
                around.Say($"- {Briefly(hold.By)}: from {Spoken.Count(hold.Starts, "start")}, the best {When(hold.Best.Visit)}.");
            }
        }
    }

    private string Briefly(HeldBy by) => by is HeldBy.OfRule rule ? $"'{rule.Rule}'" : words.Say(by);

    private static bool IsForGapsOnly(Hold pin, Cost now) => (pin.Best.CostWithConditional ?? pin.Best.Cost) with { Fragments = now.Fragments } == now;

    private static string Say(VisitPlace place, Cost now)
    {
        var staff = PlaceWords.Staff(place.Visit);
        return $"{When(place.Visit)}{(staff.Length == 0 ? "" : $" with {staff}")} ({PlaceWords.Difference(now, place.CostWithConditional ?? place.Cost)})";
    }

    private static string When(PlacedVisit visit) => $"{PlacesText.Day(visit.Date)} {PlacesText.Clock(visit.Start.TimeOfDay)}";
}
