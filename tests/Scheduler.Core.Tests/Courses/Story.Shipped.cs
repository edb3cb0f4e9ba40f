using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Courses;

/// <content>Stories of the shipped protocols: each begins with the whole course booked, and says of later calendars only what differs.</content>
internal sealed partial class Story
{
    // A story need not wait long for a proof: the few that find none say so.
    private const int Steps = 1_000_000;

    private static readonly LocalDate Enrolled = new(2027, 3, 1);

    // Booked until the end of February; the stories begin in March.
    private static readonly Clinic Busy = Repository.Clinic("clinic-busy.yaml");

    // Moves of a series; the others follow from the rhythm.
    private const int Shown = 3;

    private static readonly ConcurrentDictionary<string, Outcome> First = new();

    private SeenEvents? seen;
    private string? first;

    /// <summary>What has come of a story of a shipped protocol.</summary>
    /// <param name="protocol">The name of its file, without the ending.</param>
    /// <param name="streams">The streams that the patient chose.</param>
    /// <param name="lines">What happens.</param>
    /// <param name="seen">Receives what of the protocol the story has shown.</param>
    public static string TellShipped(string protocol, string[] streams, IEnumerable<string> lines, SeenEvents seen)
    {
        var course = Course.Enrol("P-1", Enrolled, Repository.Protocol($"{protocol}.yaml"), arm: null, streams).Required;
        var story = new Story(course, Busy, isBrief: true) { seen = seen, first = $"{protocol} {string.Join(' ', streams)}" };
        story.Plan(Enrolled, keptUntil: null);
        story.Happen("all is booked");
        foreach (var line in lines)
        {
            story.Happen(line);
        }

        return story.told.Append(story.planned).ToString();
    }

    /// <summary>The first calendar of a protocol is the same in all its stories.</summary>
    private Outcome Planned(PlanningRequest request)
    {
        return first is not { } name ? Planner.Plan(request)
            : state.Events == 0 ? First.GetOrAdd(name, _ => Planner.Plan(request))
            : Planner.Plan(request with { StepBudget = Steps });
    }

    private IEnumerable<string> BriefStanding()
    {
        foreach (var group in state.Protocol.Visits.Select(state.Find).Where(v => v.Status is not (VisitStatus.Planned or VisitStatus.Booked or VisitStatus.Completed)).GroupBy(v => v.Status).OrderBy(g => g.Key))
        {
            yield return $"{group.Key.ToString().ToLowerInvariant()}: {string.Join(", ", Ranges(group.Select(v => v.Id)))}";
        }

        foreach (var condition in state.Protocol.Conditions.Where(c => state.IsTrue(c.Id) != Truth.Unknown))
        {
            yield return $"{condition.Id}: {state.IsTrue(condition.Id).ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>Visits that lie elsewhere than before, a line for each type.</summary>
    private static IEnumerable<string> Moves(PlanningRequest asked, TreatmentCalendar? before, TreatmentCalendar now)
    {
        var old = (before?.Visits ?? []).ToDictionary(v => v.Id, v => v.Start);
        foreach (var type in now.Visits.Where(v => !asked.Fixed.Any(f => f.Id == v.Id)).GroupBy(v => v.Id.Type))
        {
            var moved = type.Where(v => old.GetValueOrDefault(v.Id) != v.Start).Select(v =>
                $"[{v.Id.Ordinal}] {Day(v.Start)}{(old.TryGetValue(v.Id, out var was) ? $" (was {Day(was)})" : "")}").ToList();
            if (moved.Count > 0)
            {
                var more = moved.Count > Shown ? $", and {moved.Count - Shown} more" : "";
                yield return $"{type.Key}{(asked.Protocol.TypeOf(type.First().Id).IsConditional ? ", if needed" : "")}: {string.Join(", ", moved.Take(Shown))}{more}";
            }
        }
    }

    private static string Day(LocalDateTime time) => time.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Visits, neighbours of a series together.</summary>
    private static IEnumerable<string> Ranges(IEnumerable<VisitId> visits)
    {
        foreach (var type in visits.GroupBy(v => v.Type))
        {
            var ordinals = type.Select(v => v.Ordinal).Order().ToList();
            var runs = ordinals.Select((n, i) => (n, Run: n - i)).GroupBy(p => p.Run, p => p.n);
            yield return string.Join(", ", runs.Select(r => r.First() == r.Last() ? $"{type.Key}[{r.First()}]" : $"{type.Key}[{r.First()} to {r.Last()}]"));
        }
    }
}
