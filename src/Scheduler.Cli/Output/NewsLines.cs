using System.Collections.Immutable;
using NodaTime;
using Scheduler.Cli.Commands;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Output;

/// <summary>Says what became of each visit between two calendars of a course, and why, before the table shows where all of it lies.</summary>
internal sealed class NewsLines(Surroundings around, Protocol protocol, RuleLines lines)
{
    private static readonly (VisitNews What, string Head)[] Several =
    [
        (VisitNews.Moved, "Moved"),
        (VisitNews.MadeUp, "To be made up"),
        (VisitNews.OtherResources, "Same time, other people or places"),
        (VisitNews.Added, "Added"),
        (VisitNews.Released, "Released"),
        (VisitNews.Skipped, "Skipped"),
        (VisitNews.WithoutPlace, "In the calendar before, without a place now"),
    ];

    public void Print(ImmutableArray<VisitChange> changes)
    {
        around.Say("");
        Plain("Took place", VisitNews.TookPlace);
        foreach (var (what, head) in Several.Where(s => changes.Any(c => c.What == s.What)))
        {
            around.Say($"{head}:");
            foreach (var change in changes.Where(c => c.What == what))
            {
                around.Say($"- {Name(change.Visit)}{Times(change)}{Why(change)}.");
            }
        }

        Plain("Stays", VisitNews.Stays);

        void Plain(string head, VisitNews what)
        {
            if (changes.Where(c => c.What == what).Select(c => c.Visit).ToList() is { Count: > 0 } visits)
            {
                around.Say($"{head}: {string.Join(", ", visits.GroupBy(v => v.Type).SelectMany(Ranges))}.");
            }
        }
    }

    private static string Times(VisitChange change) => (change.Was, change.Now) switch
    {
        ({ } was, { } now) when was.Start != now.Start => $": {Day(was.Start)}, now {Day(now.Start)}",
        ({ } was, { } now) when was.End != now.End => $": {Day(was.Start)} to {Clock(was.End)}, now to {Clock(now.End)}",
        ({ } was, { } now) => $": {Day(now.Start)}, {string.Join(", ", Others(was, now))}",
        ({ } was, null) => $": was {Day(was.Start)}",
        (null, { } now) => $": {Day(now.Start)}",
        _ => "",
    };

    private static IEnumerable<string> Others(PlacedVisit was, PlacedVisit now) =>
        now.Uses.Select(u => u.Need).Distinct().Where(n => was.ResourceFor(n) != now.ResourceFor(n)).Select(n => $"{was.ResourceFor(n)} becomes {now.ResourceFor(n)}");

    private string Why(VisitChange change)
    {
        var because = (change.Because, change.Rule) switch
        {
            ("", null) => "",
            (var reason, null) => reason,
            ("", var rule) => lines.Of(rule),
            var (reason, rule) => $"{reason} ({lines.Of(rule)})",
        };
        return because.Length == 0 ? "" : $" - {because}";
    }

    private static string Day(LocalDateTime time) => $"{time.DayOfWeek.ToString()[..3]} {Texts.Date(time.Date)} {Clock(time)}";

    private static string Clock(LocalDateTime time) => Hours.Clock((time.Hour * 60) + time.Minute);

    private string Name(VisitId visit) => protocol.VisitTypes.Any(t => t.Id == visit.Type && t.Count == 1) ? visit.Type : visit.ToString();

    /// <summary>Visits of one type, neighbours together: <c>infusion[1 to 3]</c>.</summary>
    private IEnumerable<string> Ranges(IGrouping<string, VisitId> type)
    {
        var runs = type.Select(v => v.Ordinal).Order().Select((n, i) => (n, Run: n - i)).GroupBy(p => p.Run, p => p.n);
        return runs.Select(r => r.First() == r.Last() ? Name(new(type.Key, r.First())) : $"{type.Key}[{r.First()} to {r.Last()}]");
    }
}
