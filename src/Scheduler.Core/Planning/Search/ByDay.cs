namespace Scheduler.Core.Planning.Search;

/// <summary>Something for each day that is asked about; grows to either side.</summary>
internal sealed class ByDay<T>
{
    private const int Fewest = 64;

    private T[] items = [];
    private int first;

    /// <summary>Where that of a day is kept, empty at first. Ask again after other days were asked about: it may have moved.</summary>
    public ref T this[int day]
    {
        get
        {
            if ((uint)(day - first) >= (uint)items.Length)
            {
                Reach(day);
            }

            return ref items[day - first];
        }
    }

    private void Reach(int day)
    {
        var (from, to) = items.Length == 0 ? (day, day + 1) : (Math.Min(first, day), Math.Max(first + items.Length, day + 1));
        var more = new T[Math.Max(Fewest, Math.Max(to - from, items.Length * 2))];

        // What is asked about lies behind what was, mostly: then there is room behind it, else before it.
        var begin = items.Length > 0 && day < first ? to - more.Length : from;
        items.CopyTo(more, items.Length == 0 ? 0 : first - begin);
        (items, first) = (more, begin);
    }
}
