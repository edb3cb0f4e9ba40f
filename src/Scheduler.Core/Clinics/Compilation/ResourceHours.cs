using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>Completes resources with their weekly hours and holds these against the clinic's opening hours.</summary>
internal static class ResourceHours
{
    /// <summary>The resource with its weekly hours; weeks alternate as its own key says, else as the clinic's does.</summary>
    public static Resource Complete(Resource resource, Named<string, ResourceDraft> named, Located<LocalDate>? clinicWeekA, DiagnosticBag bag)
    {
        var draft = named.Value.Value;
        if (draft.Hours is { } hours)
        {
            return resource with { Hours = WeeklyFormat.ToWeeklyHours(hours, draft.WeekABegins, clinicWeekA?.Value, bag) };
        }

        if (draft.WeekABegins is { } unused)
        {
            WeeklyFormat.CheckMonday(unused, bag);
            bag.Add(Messages.WeekANotUsed(unused.Span));
        }

        return resource;
    }

    /// <summary>Reports resources that can never be used, and latest starts that forbid everything or nothing.</summary>
    public static void CheckAgainstOpening(Clinic clinic, ClinicDraft draft, DiagnosticBag bag)
    {
        // Two weeks show each weekday in both turns; the clinic and a resource may count weeks A from different Mondays,
        // but only modulo two weeks.
        var fortnight = Enumerable.Range(0, 14).Select(clinic.Opening.WeekABegins.PlusDays).ToList();
        for (var i = 0; i < clinic.Resources.Length; i++)
        {
            var resource = clinic.Resources[i];
            var named = draft.Resources.Value.Entries[i];
            var usual = fortnight
                .SelectMany(date => Hours.Intersect(clinic.Opening.On(date), (resource.Hours ?? clinic.Opening).On(date)))
                .ToList();
            if (usual.Count == 0)
            {
                // Somebody who only comes on single dates has hours in the exceptions.
                if (clinic.Opening.Days.Any(d => !d.Hours.IsEmpty) && resource.Exceptions.All(e => e.Hours.IsEmpty))
                {
                    bag.Add(Messages.NeverAtWork(named.Key.Span, resource.Id));
                }

                continue;
            }

            if (named.Value.Value.LatestStart is not { } latest)
            {
                continue;
            }

            var (from, to) = (usual.Min(h => h.From), usual.Max(h => h.To));
            if (latest.Value < from)
            {
                bag.Add(Messages.LatestStartBeforeHours(latest.Span, resource.Id, latest.Value, from));
            }
            else if (latest.Value >= to)
            {
                bag.Add(Messages.LatestStartAfterHours(latest.Span, resource.Id, latest.Value, to));
            }
        }
    }
}
