namespace Scheduler.Core.Planning.Search;

/// <summary>Something for each day of the clinic, worked out when it is asked for.</summary>
/// <param name="workOut">That of a day.</param>
internal sealed class DayTable<T>(Func<int, T> workOut)
{
    private readonly ByDay<(bool IsKnown, T Value)> known = new();

    /// <summary>That of a day of the clinic. Read it before another day is asked about.</summary>
    public ref readonly T this[int day]
    {
        get
        {
            if (!known[day].IsKnown)
            {
                var value = workOut(day);
                known[day] = (true, value);
            }

            return ref known[day].Value;
        }
    }
}

/// <summary>The same by the days of a request.</summary>
/// <param name="Table">The table by the days of the clinic.</param>
/// <param name="First">The number of the request's first day.</param>
internal readonly record struct RequestDays<T>(DayTable<T> Table, int First)
{
    /// <summary>That of a day of the request.</summary>
    public ref readonly T this[int day] => ref Table[First + day];
}
