namespace Scheduler.Core.Diagnostics;

/// <summary>Finds what an author probably meant by a name that does not exist.</summary>
public static class NearMatch
{
    /// <summary>
    /// The known name with the fewest edits from <paramref name="found"/>, where that is at most a third of its length
    /// (and at least one edit is allowed); otherwise null. Case does not count. Ties go to the name that was declared first.
    /// </summary>
    public static string? Find(string found, IEnumerable<string> known)
    {
        string? best = null;
        var fewest = Math.Max(1, found.Length / 3) + 1;
        foreach (var name in known)
        {
            var edits = Edits(found.ToLowerInvariant(), name.ToLowerInvariant());
            if (edits < fewest)
            {
                (best, fewest) = (name, edits);
            }
        }

        return best;
    }

    /// <summary>The sentence to append to a message: <c> Did you mean 'wet'?</c>, or nothing.</summary>
    public static string Question(string found, IEnumerable<string> known) =>
        Find(found, known) is { } match ? $" Did you mean '{match}'?" : "";

    /// <summary>Edits between two words, where a swap of neighbours counts as one (optimal string alignment).</summary>
    private static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 80)
        {
            return int.MaxValue;
        }

        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
