using System.Globalization;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>
/// A use as a line of a table: <c>nurse share 2 08:00-10:00</c> is a share of the nurse, on her second unit. Further words, each with its value: <c>course</c>, the enrolment whose visit it is;
/// <c>apart</c>, <c>side</c> and <c>number</c> where they are forged; <c>taking</c>, what is taken where that is not the time of the use.
/// </summary>
internal sealed record UseLine(string Resource, string Manner, long Unit, long From, long? To, long TakenFrom, long? TakenTo, long? Course, long? Apart, string? Side, long Number)
{
    public static UseLine Parse(string line)
    {
        var words = line.Split(' ');
        string? Word(string name) => Array.IndexOf(words, name) is var at and > 0 ? words[at + 1] : null;
        long? Value(string name) => Word(name) is { } word ? long.Parse(word, CultureInfo.InvariantCulture) : null;
        var (from, to) = Times(words[3]);
        var (takenFrom, takenTo) = Times(Word("taking") ?? words[3]);
        return new(words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture), from!.Value, to, takenFrom!.Value, takenTo, Value("course"), Value("apart"), Word("side"), Value("number") ?? 1);
    }

    /// <summary>Minutes from midnight; nothing behind the dash is no end.</summary>
    private static (long? From, long? To) Times(string text) => text.Split('-') is [var from, var to] ? (Minute(from), Minute(to)) : throw new ArgumentException(text, nameof(text));

    private static long? Minute(string text) => text == ""
        ? null
        : (long.Parse(text.AsSpan(0, text.IndexOf(':')), CultureInfo.InvariantCulture) * 60) + long.Parse(text.AsSpan(text.IndexOf(':') + 1), CultureInfo.InvariantCulture);
}
