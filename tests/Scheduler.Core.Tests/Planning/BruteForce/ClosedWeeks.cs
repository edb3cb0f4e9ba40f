using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>The weeks of a series that has fewer visits where the clinic is closed, for each date of its first day.</summary>
internal sealed class ClosedWeeks
{
    private const int LastWeek = 520;

    private readonly PlanningRequest request;
    private readonly Rule.Cadence cadence;
    private readonly Dictionary<LocalDate, Dictionary<int, (LocalDate From, LocalDate To)>> known = [];

    public ClosedWeeks(PlanningRequest request, Rule.Cadence cadence)
    {
        (this.request, this.cadence) = (request, cadence);
        Visits = [.. cadence.Series.Chunk(cadence.PerDay?.Times ?? 1).Select(day => day.Where(v => !request.LeftOut.Contains(v)).ToImmutableArray())];
        First = Enumerable.Range(0, Visits.Length).FirstOrDefault(k => !Visits[k].IsEmpty);
    }

    /// <summary>The visits of each day of the series, without those that are left out.</summary>
    public ImmutableArray<ImmutableArray<VisitId>> Visits { get; }

    /// <summary>The day from which weeks are counted.</summary>
    public int First { get; }

    /// <summary>The date of that day where it is fixed.</summary>
    public LocalDate? GivenFirst => Given(First);

    /// <summary>The other days, as far as nothing of them is fixed.</summary>
    public IEnumerable<int> Days => Enumerable.Range(First + 1, Math.Max(0, Visits.Length - First - 1)).Where(k => !Visits[k].IsEmpty && Given(k) is null);

    /// <summary>The dates between which a day lies.</summary>
    public (LocalDate From, LocalDate To) Of(int day, LocalDate first)
    {
        if (!known.TryGetValue(first, out var weeks))
        {
            known[first] = weeks = Deal(first);
        }

        return weeks[day];
    }

    private Dictionary<int, (LocalDate From, LocalDate To)> Deal(LocalDate first)
    {
        var rhythm = cadence.PerWeek!;
        var dealt = new Dictionary<int, (LocalDate From, LocalDate To)>();
        var phases = rhythm.Phases.SelectMany(p => Enumerable.Repeat(p, p.Weeks is { } w ? p.Times * (w / p.EveryWeeks) : Visits.Length)).ToList();
        var begin = rhythm.Week == WeekKind.Course ? first : first.PlusDays(-(((int)first.DayOfWeek) - 1));
        var (week, count, phase) = (0, 0, phases[First]);
        for (var k = First; k < Visits.Length; k++)
        {
            if (Visits[k].IsEmpty)
            {
                continue;
            }

            if (!ReferenceEquals(phases[k], phase))
            {
                (week, count, phase) = (week + phase.EveryWeeks, 0, phases[k]);
            }

            while (k != First && week < LastWeek && !Takes(k))
            {
                (week, count) = (week + phase.EveryWeeks, 0);
            }

            count++;
            dealt[k] = (begin.PlusDays(7 * week), begin.PlusDays((7 * (week + phase.EveryWeeks)) - 1));
        }

        return dealt;

        bool Takes(int k)
        {
            var (from, to) = (begin.PlusDays(7 * week), begin.PlusDays((7 * (week + phase.EveryWeeks)) - 1));
            return Given(k) is { } date ? date <= to : count < (phase.FewerWhereClosed ? Math.Min(phase.Times, Most(from, to, first)) : phase.Times);
        }
    }

    // The greatest number of dates, tried one by one, on which days of the series could lie beside those that are given.
    private int Most(LocalDate from, LocalDate to, LocalDate first)
    {
        var given = Enumerable.Range(0, Visits.Length).Select(Given).OfType<LocalDate>().Where(d => d >= from && d <= to).Distinct().ToList();
        var free = new List<LocalDate>();
        for (var date = from; date <= to; date = date.PlusDays(1))
        {
            if (IsFree(date, first) && given.All(g => AreApart(g, date)))
            {
                free.Add(date);
            }
        }

        return given.Count + Choose(free, 0, null);
    }

    private int Choose(List<LocalDate> free, int next, LocalDate? last)
    {
        if (next == free.Count)
        {
            return 0;
        }

        var without = Choose(free, next + 1, last);
        return last is { } before && !AreApart(before, free[next]) ? without : Math.Max(without, 1 + Choose(free, next + 1, free[next]));
    }

    private bool AreApart(LocalDate a, LocalDate b) => Math.Abs(Period.DaysBetween(a, b)) > (cadence.FreeDaysAtLeast ?? 0);

    private bool IsFree(LocalDate date, LocalDate first)
    {
        var type = request.Protocol.TypeOf(cadence.Series[0]);
        var isPast = GivenFirst is not null && (date < request.From || date < first);
        var isForbidden = request.Protocol.Rules.Any(r =>
            r is Rule.Weekdays { Strength.IsMust: true } w && cadence.Series.All(v => w.Visits.Contains(v)) && !w.Days.Contains(date.DayOfWeek));
        var isOpen = type.Mode == Mode.SelfReport
            || request.Clinic.OpenOn(date).Any(h => h.To - h.From >= cadence.Series.Select(v => type.DurationOf(v.Ordinal)).Min());
        return !isPast && !isForbidden && isOpen;
    }

    private LocalDate? Given(int day) => Visits[day].Select(v => request.Fixed.FirstOrDefault(f => f.Id == v)?.Date).FirstOrDefault(d => d is not null);
}
