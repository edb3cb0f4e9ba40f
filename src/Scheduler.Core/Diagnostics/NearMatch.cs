namespace Scheduler.Core.Diagnostics;

/// <summary>Finds what an author probably meant by a name that does not exist.</summary>
public static class NearMatch
{
    /// <summary>The longest name for which another is looked for.</summary>
    private const int Longest = 80;

    /// <summary>More characters than that between the lengths of two names, and neither is meant by the other.</summary>
    private const int MostBetweenLengths = 8;

    /// <summary>Letters are told apart by so many kinds, which is enough to see most words to be unlike.</summary>
    private const int LetterKinds = 32;

    /// <summary>Room for what the other name is longer, and for the ends of a row.</summary>
    private const int Slack = MostBetweenLengths + 2;

    /// <summary>
    /// The known name with the fewest edits from <paramref name="found"/>, where that is at most a third of its length
    /// (and at least one edit is allowed); otherwise null. Case does not count. Ties go to the name that was declared first.
    /// </summary>
    public static string? Find(string found, IEnumerable<string> known)
    {
        string? best = null;
        var fewest = Math.Max(1, found.Length / 3) + 1;
        var word = found.ToLowerInvariant();
        Span<int> letters = stackalloc int[LetterKinds];
        foreach (var letter in word)
        {
            letters[letter % LetterKinds]++;
        }

        foreach (var name in known)
        {
            if (Math.Abs(word.Length - name.Length) is var between && (between >= fewest || between > MostBetweenLengths))
            {
                continue;
            }

            var other = name.ToLowerInvariant();
            if (LettersApart(letters, word.Length, other) < fewest && Edits(word, other, fewest) is var edits && edits < fewest)
            {
                (best, fewest) = (name, edits);
            }
        }

        return best;
    }

    /// <summary>The letters that one of two words has and the other has not, whatever their order: there are no fewer edits.</summary>
    private static int LettersApart(Span<int> letters, int length, string other)
    {
        var more = 0;
        foreach (var letter in other)
        {
            more += --letters[letter % LetterKinds] < 0 ? 1 : 0;
        }

        foreach (var letter in other)
        {
            letters[letter % LetterKinds]++;
        }

        return Math.Max(more, length - (other.Length - more));
    }

    /// <summary>The sentence to append to a message: <c> Did you mean 'wet'?</c>, or nothing.</summary>
    public static string Question(string found, IEnumerable<string> known) =>
        Find(found, known) is { } match ? $" Did you mean '{match}'?" : "";

    /// <summary>Edits between two words, where a swap of neighbours counts as one (optimal string alignment); those from <paramref name="enough"/> on are not told apart.</summary>
    private static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int enough)
    {
        if (a.Length > Longest)
        {
            return int.MaxValue;
        }

        // What both begin and end with costs nothing, and names of one file are often alike.
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        return a.Length == 0 || b.Length == 0 ? Math.Max(a.Length, b.Length) : Table(a, b, enough);
    }

    private static int Table(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int enough)
    {
        // Three rows of the table are looked at, and of each only what lies near the diagonal: a file may have thousands of unknown names.
        Span<int> before = stackalloc int[Longest + Slack];
        Span<int> last = stackalloc int[Longest + Slack];
        Span<int> row = stackalloc int[Longest + Slack];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - enough), Math.Min(b.Length, i + enough));
            row[from - 1] = from == 1 ? i : enough;
            var least = row[from - 1];
            for (var j = from; j <= to; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(j == i + enough ? enough : last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            if (least >= enough)
            {
                return least;
            }

            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[b.Length];
    }
}
