namespace Scheduler.Core.Diagnostics;

/// <summary>Finds what an author probably meant by a name that does not exist.</summary>
public static class NearMatch
{
    /// <summary>The longest name for which another is looked for: as many characters as a word has bits.</summary>
    private const int Longest = 64;

    /// <summary>More characters than that between the lengths of two names, and neither is meant by the other.</summary>
    private const int MostBetweenLengths = 8;

    /// <summary>The characters whose places in a word are looked up; those of others are searched for.</summary>
    private const int UsualCharacters = 128;

    /// <summary>
    /// The known name with the fewest edits from <paramref name="found"/>, where that is at most a third of its length
    /// (and at least one edit is allowed); otherwise null. Case does not count. Ties go to the name that was declared first.
    /// </summary>
    public static string? Find(string found, IEnumerable<string> known) => found.Length switch
    {
        0 => known.FirstOrDefault(name => name.Length == 1),
        > Longest => null,
        _ => Nearest(found.ToLowerInvariant(), known),
    };

    /// <summary>The sentence to append to a message: <c> Did you mean 'wet'?</c>, or nothing.</summary>
    public static string Question(string found, IEnumerable<string> known) =>
        Find(found, known) is { } match ? $" Did you mean '{match}'?" : "";

    private static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var fewest = Math.Max(1, word.Length / 3) + 1;
        Span<ulong> places = stackalloc ulong[UsualCharacters];
        places.Clear();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] < UsualCharacters)
            {
                places[word[i]] |= 1UL << i;
            }
        }

        foreach (var name in known)
        {
            if (Math.Abs(word.Length - name.Length) is var between
                && between < fewest
                && between <= MostBetweenLengths
                && Edits(word, places, name.ToLowerInvariant(), fewest) is var edits
                && edits < fewest)
            {
                (best, fewest) = (name, edits);
            }
        }

        return best;
    }

    /// <summary>
    /// Edits between two words, where a swap of neighbours counts as one (optimal string alignment); those from <paramref name="enough"/> on are not told apart. A file may have thousands of
    /// unknown names, so a column of the table is two words of bits: where it goes up from one row to the next, and where down (Hyyrö 2003, A bit-vector algorithm for computing
    /// Levenshtein and Damerau edit distances).
    /// </summary>
    private static int Edits(ReadOnlySpan<char> word, ReadOnlySpan<ulong> places, ReadOnlySpan<char> other, int enough)
    {
        // What both begin and end with costs nothing, and names of one file are often alike.
        var same = word.CommonPrefixLength(other);
        word = word[same..];
        other = other[same..];
        while (word.Length > 0 && other.Length > 0 && word[^1] == other[^1])
        {
            word = word[..^1];
            other = other[..^1];
        }

        if (word.IsEmpty)
        {
            return other.Length;
        }

        var (up, down, diagonal, before) = (ulong.MaxValue, 0UL, 0UL, 0UL);
        var (edits, last) = (word.Length, 1UL << (word.Length - 1));
        for (var j = 0; j < other.Length; j++)
        {
            var here = other[j] < UsualCharacters ? places[other[j]] >> same : PlacesOf(other[j], word);
            var swapped = ((~diagonal & here) << 1) & before;
            diagonal = (((here & up) + up) ^ up) | here | down | swapped;
            var (right, left) = (down | ~(diagonal | up), diagonal & up);
            edits += (right & last) != 0 ? 1 : (left & last) != 0 ? -1 : 0;
            if (edits - (other.Length - 1 - j) >= enough)
            {
                return enough;
            }

            (right, left) = ((right << 1) | 1, left << 1);
            (up, down, before) = (left | ~(diagonal | right), right & diagonal, here);
        }

        return edits;
    }

    private static ulong PlacesOf(char letter, ReadOnlySpan<char> word)
    {
        var places = 0UL;
        for (var i = 0; i < word.Length; i++)
        {
            places |= word[i] == letter ? 1UL << i : 0;
        }

        return places;
    }
}
