namespace Scheduler.Core.Planning.Rules;

/// <summary>What the date of one visit allows for the date of another, each lag once however many rules say it.</summary>
/// <param name="visits">How many visits there are.</param>
internal sealed class DayLags(int visits)
{
    private readonly Dictionary<Lag, int> numbers = [];
    private readonly HashSet<(int First, int Second, int Lag)> reaching = [];
    private readonly HashSet<(int First, int Second, int Lag)> bound = [];
    private readonly List<(int First, int Second, Lag Lag)> binding = [];
    private readonly List<(int First, int Second, Lag Lag)> reach = [];
    private (Lag? Lag, int Number) latest;

    /// <summary>Adds a lag, which bounds the horizon in any case.</summary>
    /// <param name="first">The index of the first visit.</param>
    /// <param name="second">The index of the second visit.</param>
    /// <param name="lag">The lag.</param>
    /// <param name="isJudged">Whether calendars must keep it.</param>
    public void Add(int first, int second, Lag lag, bool isJudged)
    {
        var number = NumberOf(lag);
        if (reaching.Add((first, second, number)))
        {
            reach.Add((first, second, lag));
        }

        if (isJudged && bound.Add((first, second, number)))
        {
            binding.Add((first, second, lag));
        }
    }

    /// <summary>The most days from each visit to each other that calendars leave.</summary>
    public DaySpans Spans() => Spans(visits, binding);

    /// <summary>The most days from each visit to each other that count for the horizon.</summary>
    public DaySpans Reach() => Spans(visits, reach, lag => lag.Back);

    /// <summary>The most days from each visit to each other that some lags leave.</summary>
    public static DaySpans Spans(int visits, IEnumerable<(int First, int Second, Lag Lag)> lags) => Spans(visits, lags, lag => -lag.Least);

    /// <summary>The lags between a visit and others that calendars must keep, and whether the visit is the first of the two.</summary>
    public List<(int Other, Lag Lag, bool IsFirst)> Of(int visit) =>
        [.. binding.Where(l => l.First == visit || l.Second == visit).Select(l => l.First == visit ? (l.Second, l.Lag, true) : (l.First, l.Lag, false))];

    /// <summary>The lags that calendars must keep.</summary>
    public IReadOnlyList<(int First, int Second, Lag Lag)> Binding => binding;

    /// <summary>Equal lags have one number. A rule says the same lag of many pairs, so that it need not be compared each time.</summary>
    private int NumberOf(Lag lag)
    {
        if (!ReferenceEquals(lag, latest.Lag))
        {
            if (!numbers.TryGetValue(lag, out var number))
            {
                numbers.Add(lag, number = numbers.Count);
            }

            latest = (lag, number);
        }

        return latest.Number;
    }

    private static DaySpans Spans(int visits, IEnumerable<(int First, int Second, Lag Lag)> of, Func<Lag, int?> back) =>
        new(visits, of.SelectMany(l => new[] { (l.First, l.Second, l.Lag.Most), (l.Second, l.First, back(l.Lag)) }));
}
