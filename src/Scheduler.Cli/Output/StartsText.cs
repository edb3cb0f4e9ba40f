using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Output;

/// <summary>Prints ranked starts for people: the best of them, and how many others there are.</summary>
internal sealed class StartsText(Surroundings around)
{
    /// <summary>More than anybody reads out on the phone; JSON has all.</summary>
    private const int Shown = 12;

    public void Print(PlanningRequest request, ImmutableArray<CourseStart> starts)
    {
        around.Say($"{request.Protocol.Title} ({request.Protocol.Id} {request.Protocol.Version})");
        around.Say($"{request.Clinic.Title}, {request.Clinic.Zone.Id}; start from {Texts.Date(request.From)} to {Texts.Date(request.LastStart)}");
        around.Say("");
        var placed = starts.Where(s => s.Proposal is not null).ToList();
        around.Say(placed.Count == 0 ? "On no day does a calendar begin that was found." : $"A course can begin on {Spoken.Count(placed.Count, "day")}, the best first:");
        for (var i = 0; i < Math.Min(placed.Count, Shown); i++)
        {
            around.Say($"{i + 1,2}. {Day(placed[i].Day)}: {Says(request, placed[i])}");
        }

        if (placed.Count > Shown)
        {
            around.Say($"and {placed.Count - Shown} more, which --format json has.");
        }

        around.Say("");
        var (none, unproved) = (starts.Count(s => s is { Proposal: null, Proved: true }), starts.Count(s => !s.Proved));
        around.Say($"No calendar begins on the other {Spoken.Count(none, "day")}.");
        if (unproved > 0)
        {
            around.Say($"Of {Spoken.Count(unproved, "day")} not all is known within {Spoken.Count(request.StepBudget, "step")}; allow more --steps.");
        }

        if (placed.Count > 0)
        {
            around.Say("'scheduler schedule' with --from DAY and --start-within 1 shows a day's calendar.");
        }
    }

    private static string Says(PlanningRequest request, CourseStart start)
    {
        var visits = start.Proposal!.Calendar.Visits;
        var treatment = visits.Where(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false }).Select(v => v.Date).ToList();
        var cost = start.Cost!.Value;
        string[] price =
        [
            treatment.Count == 0 ? $"until {Day(visits.Max(v => v.Date))}" : $"treatment from {Day(treatment.Min())} to {Day(treatment.Max())}",
            .. cost.Major + cost.Minor > 0 ? [Spoken.Count(cost.Major + cost.Minor, "deviation")] : Array.Empty<string>(),
            .. cost.PersonChanges > 0 ? [Spoken.Count(cost.PersonChanges, "change") + " of person"] : Array.Empty<string>(),
            .. cost.Preferences > 0 ? [Spoken.Count(cost.Preferences, "preference point")] : Array.Empty<string>(),
            .. start.Proved ? Array.Empty<string>() : ["not proved the best"],
        ];
        return string.Join(", ", price) + ".";
    }

    private static string Day(LocalDate date) => date.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);
}
