namespace Scheduler.Core.Planning.Search;

/// <summary>The days and crews that are left to each visit at one level of the search.</summary>
internal sealed class Domains
{
    private readonly ulong[] days;
    private readonly ulong[] crews;
    private readonly int crewWords;

    private Domains(ulong[] days, ulong[] crews, int words, int crewWords, ulong[][][] daysByCrew) =>
        (this.days, this.crews, Words, this.crewWords, DaysByCrew) = (days, crews, words, crewWords, daysByCrew);

    /// <summary>Words of a set of days.</summary>
    public int Words { get; }

    /// <summary>For each visit and crew, the days on which they are possible; empty until that is known.</summary>
    public ulong[][][] DaysByCrew { get; }

    /// <summary>All days and crews that the problem leaves.</summary>
    public static Domains Of(SearchProblem problem)
    {
        var words = DaySet.Words(problem.Days);
        var wordsOfCrews = DaySet.Words(Math.Max(1, problem.Visits.Max(v => v.Class.Crews.Length)));
        var domains = new Domains(
            new ulong[words * problem.Visits.Length], new ulong[wordsOfCrews * problem.Visits.Length], words, wordsOfCrews, new ulong[problem.Visits.Length][][]);
        for (var v = 0; v < problem.Visits.Length; v++)
        {
            problem.Visits[v].Days.CopyTo(domains.Days(v));
            DaySet.AddRange(domains.Crews(v), 0, problem.Visits[v].Class.Crews.Length - 1);
        }

        return domains;
    }

    /// <summary>The days left to a visit.</summary>
    public Span<ulong> Days(int visit) => days.AsSpan(visit * Words, Words);

    /// <summary>The crews left to a visit.</summary>
    public Span<ulong> Crews(int visit) => crews.AsSpan(visit * crewWords, crewWords);

    /// <summary>Whether a visit can take place with a crew on a day, as far as that is known.</summary>
    public bool Possible(int visit, int crew, int day) => DaysByCrew[visit] is not { } known || DaySet.Contains(known[crew], day);

    /// <summary>A level of its own with the same content.</summary>
    public Domains Clone() => new([.. days], [.. crews], Words, crewWords, DaysByCrew);

    /// <summary>Takes over the content of another level.</summary>
    public void CopyFrom(Domains other)
    {
        other.days.CopyTo(days, 0);
        other.crews.CopyTo(crews, 0);
    }
}
