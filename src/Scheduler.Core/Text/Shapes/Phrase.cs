using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text.Shapes;

/// <summary>
/// A short text read word by word. Words are runs of letters, digits and <c>- _ : . $ [ ]</c>; a comma stands alone; white
/// space separates. Each <c>Try…</c> method takes the next word when it fits and leaves it otherwise.
/// </summary>
public sealed class Phrase
{
    private readonly string text;
    private readonly List<(int Offset, string Word)> words = [];
    private readonly List<string> tried = [];
    private readonly Dictionary<int, string> parameters = [];
    private int next;
    private int furthest;

    /// <summary>Begins reading <paramref name="text"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="valueOf">What a word such as <c>$name</c> stands for; its words then stand in its place. Null for none.</param>
    public Phrase(string text, Func<string, string?>? valueOf = null)
    {
        this.text = text;
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else if (text[i] == ',')
            {
                words.Add((i++, ","));
            }
            else
            {
                var begin = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] != ',')
                {
                    i++;
                }

                Add(begin, text[begin..i], valueOf);
            }
        }
    }

    /// <summary>The parameter that the next word came from, with its dollar sign; null where it was written as it is.</summary>
    public string? Parameter => AtEnd ? null : parameters.GetValueOrDefault(next);

    /// <summary>Whether every word was taken.</summary>
    public bool AtEnd => next == words.Count;

    /// <summary>The next word and its offset; at the end the empty word behind the text.</summary>
    public (int Offset, string Word) Rest => AtEnd ? (text.Length, "") : words[next];

    /// <summary>The whole text.</summary>
    public string Text => text;

    /// <summary>A place to come back to with <see cref="Return"/>.</summary>
    public int Mark => next;

    /// <summary>Goes back to a <see cref="Mark"/>.</summary>
    public void Return(int mark) => next = mark;

    /// <summary>Takes all that is left, as written.</summary>
    public string TakeAll()
    {
        var all = AtEnd ? "" : text[words[next].Offset..].TrimEnd();
        next = words.Count;
        return all;
    }

    /// <summary>Takes any word but a comma.</summary>
    public bool TryAny(out string word)
    {
        word = AtEnd || words[next].Word == "," ? "" : words[next++].Word;
        return word.Length > 0;
    }

    /// <summary>Takes the next words when they are these, whatever their case; all or none.</summary>
    public bool TryWords(params ReadOnlySpan<string> expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (next + i >= words.Count || !words[next + i].Word.Equals(expected[i], StringComparison.OrdinalIgnoreCase))
            {
                Missed(next + i, expected[i]);
                return false;
            }
        }

        next += expected.Length;
        return true;
    }

    /// <summary>
    /// The word that was probably meant by the furthest one that did not fit: the nearest of those that were tried in its place.
    /// Null where none is near; words of one or two letters are near to too much.
    /// </summary>
    public string? Meant =>
        furthest < words.Count && words[furthest].Word.Length > 2 && NearMatch.Find(words[furthest].Word, tried.Where(t => t.Length > 2)) is { } near
        && !near.Equals(words[furthest].Word, StringComparison.OrdinalIgnoreCase)
            ? near
            : null;

    /// <summary>Takes a comma.</summary>
    public bool TryComma() => TryWords(",");

    /// <summary>Takes a whole number without sign, at most 1,000,000.</summary>
    public bool TryNumber(out int number)
    {
        number = 0;
        if (AtEnd || !int.TryParse(words[next].Word, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > 1_000_000)
        {
            return false;
        }

        next++;
        return true;
    }

    /// <summary>Takes a time of day such as <c>08:30</c>; <c>24:00</c> is the end of the day. The answer is in minutes from midnight.</summary>
    public bool TryTime(out int minutes)
    {
        minutes = 0;
        if (AtEnd)
        {
            return false;
        }

        var parts = words[next].Word.Split(':');
        if (parts is not [{ Length: 1 or 2 }, { Length: 2 }]
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || minute > 59 || (hour * 60) + minute > 24 * 60)
        {
            return false;
        }

        next++;
        minutes = (hour * 60) + minute;
        return true;
    }

    /// <summary>
    /// Takes a date such as <c>2026-11-23</c> in the years 1900 to 2200, so that no sum of a date and a period that can be written
    /// leaves the calendar.
    /// </summary>
    public bool TryDate(out LocalDate date)
    {
        date = default;
        if (AtEnd || !LocalDatePattern.Iso.Parse(words[next].Word).TryGetValue(default, out date) || date.Year is < 1900 or > 2200)
        {
            return false;
        }

        next++;
        return true;
    }

    /// <summary>Takes one of the words in <paramref name="names"/>, whatever its case, and answers its value.</summary>
    public bool TryOneOf<T>(IReadOnlyDictionary<string, T> names, out T value)
    {
        foreach (var (name, named) in names)
        {
            if (TryWords(name.Split(' ')))
            {
                value = named;
                return true;
            }
        }

        value = default!;
        return false;
    }

    /// <summary>
    /// Adds a word, or those of the value that it names; they stand where the name stands. In brackets, the name is a part of its word:
    /// <c>wet[$n]</c>, or <c>wet[$first</c> and <c>$last]</c>.
    /// </summary>
    private void Add(int offset, string word, Func<string, string?>? valueOf)
    {
        var begin = word.StartsWith('$') ? 0 : word.IndexOf('[', StringComparison.Ordinal) + 1;
        var name = word[begin..].TrimEnd('%', ']');
        if (!name.StartsWith('$') || valueOf?.Invoke(name[1..]) is not { } value)
        {
            words.Add((offset, word));
            return;
        }

        foreach (var (_, part) in new Phrase(word[..begin] + value + word[(begin + name.Length)..]).words)
        {
            parameters[words.Count] = name;
            words.Add((offset, part));
        }
    }

    private void Missed(int at, string word)
    {
        if (at > furthest)
        {
            tried.Clear();
        }

        if (at >= furthest)
        {
            furthest = at;
            tried.Add(word);
        }
    }
}
