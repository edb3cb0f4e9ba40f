using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Planning.Verification.Laws;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What spares the judge work changes no verdict.</summary>
public class VerdictTests
{
    [Fact]
    public void A_prepared_clinic_changes_no_verdict() => Seeds.Hold(100, (request, chance) =>
    {
        var prepared = new PreparedClinic(request.Clinic);
        foreach (var (asked, calendar) in Calendars(request, chance))
        {
            var (alone, after) = (Said(Verifier.Judge(asked, calendar)), Said(Verifier.Judge(asked, calendar, prepared)));
            if (alone != after)
            {
                return $"different: {alone}\nand {after}";
            }
        }

        return null;
    });

    [Fact]
    public void A_calendar_that_shows_by_itself_that_it_ends_in_time_does_so_by_the_spans_too()
    {
        var (shown, late) = (0, 0);
        Seeds.Hold(200, (request, chance) =>
        {
            foreach (var (asked, calendar) in Calendars(request, chance))
            {
                var evidence = new Evidence(asked, calendar);
                var breaches = WithinHorizon.BySpans(evidence).Select(b => b.Message).ToList();
                late += breaches.Count > 0 ? 1 : 0;
                if (Reach.IsKept(evidence))
                {
                    shown++;
                    if (breaches.Count > 0)
                    {
                        return $"kept: {string.Join(' ', breaches)}";
                    }
                }
            }

            return null;
        });

        Assert.True(shown > 100 && late > 100, $"{shown} show it, {late} are late.");
    }

    [Fact]
    public void A_clinic_that_has_changed_is_refused()
    {
        var request = RandomRequest.Large(3);
        var changed = request with { Clinic = request.Clinic with { Bookings = [] } };

        Assert.Throws<ArgumentException>(() => Verifier.Judge(changed, new([], []), new PreparedClinic(request.Clinic)));
    }

    /// <summary>What the planner found, and much that is otherwise: other visits later or earlier, fixed, left out, not placed.</summary>
    private static IEnumerable<(PlanningRequest Request, TreatmentCalendar Calendar)> Calendars(PlanningRequest request, Chance chance)
    {
        foreach (var proposal in Known.Proposals(Known.Outcome(request)).Take(1))
        {
            yield return (request, proposal.Calendar);
            for (var i = 0; i < 12; i++)
            {
                var (visits, days) = (proposal.Calendar.Visits, chance.One(-1, 1, 2, 7, 60, 200, 400));
                var (from, alone) = (chance.From(0, visits.Length - 1), chance.Percent(50));
                TreatmentCalendar calendar = new([.. visits.Select((v, k) => k == from || (k > from && !alone) ? Later(v, days) : v)], proposal.Calendar.Unplaced);
                var asked = i % 4 == 1 ? request with { Fixed = chance.Each(calendar.Visits, 40) } : request;
                if (i % 4 == 2)
                {
                    asked = asked with { LeftOut = [visits[from].Id] };
                    calendar = calendar with { Visits = calendar.Visits.RemoveAt(from) };
                }
                else if (i % 4 == 3)
                {
                    calendar = new(calendar.Visits.RemoveAt(from), calendar.Unplaced.Add(visits[from].Id));
                }

                yield return (asked, calendar);
            }
        }
    }

    private static PlacedVisit Later(PlacedVisit visit, int days) => visit with
    {
        Start = visit.Start.PlusDays(days),
        End = visit.End.PlusDays(days),
        Uses = [.. visit.Uses.Select(u => u with { Start = u.Start.PlusDays(days), End = u.End.PlusDays(days) })],
    };

    private static string Said(Verdict verdict) =>
        string.Join('\n', verdict.Findings.Select(f => $"{f.Rule}: {string.Join(' ', f.Breaches.Select(b => b.Message))}"))
        + $"\n{string.Join(' ', verdict.Deviations)} {verdict.Cost} {verdict.CostWithConditional}";
}
