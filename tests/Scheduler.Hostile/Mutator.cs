using System.Text;
using System.Text.RegularExpressions;
using NodaTime.Text;

namespace Scheduler.Hostile;

/// <summary>
/// Spoils a file as a seed says. Half of the seeds only change what the grammar can bear, so that the passes behind the parser get their
/// share; the others change anything.
/// </summary>
internal sealed partial class Mutator(Random chance)
{
    /// <summary>Of so many files two are in JSON, and two tell what happened, one of each such as its grammar can bear.</summary>
    private const int OneOfAKind = 10;

    private static readonly string[] Sharp =
    [
        " ", "\n", "\t", ":", ": ", ",", "- ", "-", "[", "]", "{", "}", "'", "\"", "#", " #", "&a ", "*a", "!t ", "!!int ", "|", ">", "|2-", "%", "@", "`", "?", "? ",
        "<<: *a", "---\n", "...\n", "%YAML 1.2\n", "~", "null", "$", "$x", "\\", "'\\u0000'", "\"\\x07\"", "\"\\N\\_\\L\\P\"",
    ];

    private static readonly string[] SharpInJson =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\u202e", "//", "/*", "null", "true", "NaN", "\"a\": 1, ", "{\"a\": [", "[[[[", "1e400", "-", "\ufeff"];

    private static readonly string[] JsonValues =
        ["null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"\\ud800\"", "[]", "{}", "[[]]", "\"2027-02-30T25:00:00Z\"", "\"9999-12-31T23:59:59+18:00\"", "\"2027-01-04T09:00:00\""];

    private static readonly string[] Odd =
    [
        "\0", "\a", "\r", "\v", "\f", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\ufeff", "\ufffd", "\uffff",
        "é", "e\u0301", "İ", "ı", "ß", "ﬁ", "１２", "٣", "Ⅷ", "½", "−1", "–", "“x”", "日本", "👩‍⚕️", "\U0010ffff", new('\u0301', 300),
    ];

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "3", "7", "10", "12", "24", "28", "31", "50", "60", "99", "100", "199", "200", "201", "365", "400", "1000", "1440", "1441", "3650", "9999", "99999",
        "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "-1", "-0", "00", "007", "1.5", "1e9", "0x10", "1_000", "NaN", "+1",
    ];

    private static readonly string[] Moments =
    [
        "0001-01-01", "1899-12-31", "1900-01-01", "2199-12-31", "2200-12-31", "2201-01-01", "9999-12-31", "-9998-01-01", "2026-02-29", "2028-02-29", "2026-00-10", "2027-10-31", "2027-03-28",
        "2026-12-31", "2027-01-04", "every 02-29", "every 13-01", "every 01-01",
    ];

    private static readonly string[] Times = ["00:00", "24:00", "23:59", "23:55", "12:00", "00:01", "24:01", "99:99", "8:00", "08:00:00", "08:0"];

    private static readonly string[] Zones =
        ["Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll", "Asia/Gaza", "America/Nuuk", "Pacific/Kiritimati", "Etc/GMT+12", "UTC", "EST5EDT", "Europe/Nowhere"];

    private static readonly string[] Lengths =
        ["1 min", "5 min", "7 min", "1440 min", "24 h", "25 h", "23 h 59 min", "0 days", "1 day", "3650 days", "520 weeks", "120 months", "9999 months", "1 week", "24 hours", "2000 hours", "on the day", "on time"];

    private static readonly string[] Words = [.. Originals.All.Select(o => o.Text).Distinct().SelectMany(t => Token().Matches(t)).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The values that the keys of all files have anywhere.</summary>
    private static readonly Dictionary<string, string[]> Values = Originals.All.Select(o => o.Text).Concat(Originals.Mistaken).Distinct()
        .SelectMany(t => Pair().Matches(t))
        .GroupBy(m => m.Groups["key"].Value)
        .ToDictionary(g => g.Key, g => g.Select(m => m.Groups["value"].Value).Distinct().ToArray());

    private static readonly Lazy<string[]> EventWords = new(() => [.. Originals.Events.Value.SelectMany(o => Token().Matches(o.Text)).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)]);

    private static readonly Lazy<string[]> Verbs = new(() => [.. Originals.Events.Value.SelectMany(o => FirstKey().Matches(o.Text)).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)]);

    private static readonly string[] Keys = [.. Values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The file of a seed.</summary>
    public static HostileFile Make(int seed)
    {
        var chance = new Random(seed);
        var originals = (seed % OneOfAKind) switch { 9 or 0 => Originals.Json.Value, 7 or 8 => Originals.Events.Value, _ => Originals.All };
        var original = originals[chance.Next(originals.Length)];
        var bytes = new Mutator(chance).Spoil(original, grammatical: seed % 2 == 0);
        return new(bytes, original.Beside, original.Type) { Motion = original.Motion, Number = seed / OneOfAKind };
    }

    private byte[] Spoil(Original original, bool grammatical)
    {
        var text = original.Text;
        Func<string, string>[] mild = [Number, Number, Number, Moment, Value, Value, Value, Word, DropLine, Block, Multiply, Section, Zone];
        Func<string, string>[] wild = [Cut, Insert, Insert, Copy, OddText, MoveLine, Indent, DropLine, SwapKey, Word, Deepen, Long, Splice, Anchor, Ending];
        if (original.Type == FileType.Events)
        {
            mild = [Number, Number, Moment, Moment, Value, Value, Verb, Verb, Named, Named, Named, DropLine, Block, Block, Multiply, Entries];
        }
        else if (original.Type != FileType.Yaml)
        {
            mild = [Number, Number, Moment, Other, Other, Other, Other, DropLine, Block, Block, Multiply, Zone];
            wild = [Cut, Insert, InsertJson, InsertJson, Copy, OddText, MoveLine, Indent, DropLine, Word, Deepen, Long, Splice, Ending];
        }

        var bag = grammatical ? mild : [.. wild, .. mild];
        for (var change = 1 + chance.Next(chance.Next(2) == 0 ? 2 : 6); change > 0; change--)
        {
            text = One(bag)(text.Length == 0 ? "a" : text);
            text = text.Length > 300_000 ? text[..300_000] : text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var change = !grammatical && chance.Next(6) == 0 ? 1 + chance.Next(4) : 0; change > 0 && bytes.Length > 0; change--)
        {
            bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
        }

        return bytes;
    }

    private T One<T>(IReadOnlyList<T> of) => of[chance.Next(of.Count)];

    private string Cut(string text)
    {
        var at = chance.Next(text.Length);
        return text.Remove(at, Math.Min(chance.Next(1, 30), text.Length - at));
    }

    private string Insert(string text) => text.Insert(chance.Next(text.Length), One(Sharp));

    private string InsertJson(string text) => text.Insert(chance.Next(text.Length), One(SharpInJson));

    /// <summary>Gives a member of a file in JSON the value that another one has.</summary>
    private string Other(string text)
    {
        var values = Member().Matches(text);
        return values.Count == 0 ? text : Replace(text, Member(), _ => chance.Next(6) == 0 ? One(JsonValues) : values[chance.Next(values.Count)].Value);
    }

    private string OddText(string text) => text.Insert(chance.Next(text.Length), One(Odd));

    private string Copy(string text)
    {
        var at = chance.Next(text.Length);
        return text.Insert(chance.Next(text.Length), text.Substring(at, Math.Min(chance.Next(1, 200), text.Length - at)));
    }

    private string Ending(string text) => One<Func<string>>([() => text[..chance.Next(text.Length)], () => text.Replace("\n", "\r\n", StringComparison.Ordinal), () => text.Replace("\n", "\r", StringComparison.Ordinal), () => $"\ufeff{text}", () => text + text])();

    private string Word(string text) => Replace(text, Token(), _ => One(Words));

    /// <summary>Names something else that files of events name.</summary>
    private string Named(string text) => Replace(text, Token(), _ => One(EventWords.Value));

    /// <summary>Makes an event another one.</summary>
    private string Verb(string text) => Replace(text, FirstKey(), _ => One(Verbs.Value));

    /// <summary>Takes the entries of another file of events.</summary>
    private string Entries(string text) => text + string.Concat(FirstEntry().Split(One(Originals.Events.Value).Text).Skip(1));

    private string Number(string text) => Replace(text, Digits(), _ => One(Numbers));

    private string Moment(string text) => Replace(text, Time(), m => One(chance.Next(8) == 0 ? Lengths : m.Value switch { [_, _, ':', ..] => Times, [_, _, _, _, '-', ..] => Moments, _ => Lengths }));

    private string Zone(string text) => Replace(text, ZoneName(), _ => One(Zones));

    /// <summary>Gives a key a value that it has somewhere else.</summary>
    private string Value(string text) => Replace(text, Pair(), m => m.Value[..(m.Groups["value"].Index - m.Index)] + One(Values[m.Groups["key"].Value is var k && Values.ContainsKey(k) ? k : One(Keys)]));

    private string SwapKey(string text) => Replace(text, Pair(), m => m.Value.Replace(m.Groups["key"].Value, One(Keys), StringComparison.Ordinal));

    private string Anchor(string text) => Replace(text, Pair(), m => m.Value.Insert(m.Groups["value"].Index - m.Index, One<string>(["&a ", "*a ", "!!str ", "!x ", "&a [*a] #", "{<<: *a} #"])));

    private string Long(string text)
    {
        var piece = One<string>(["x", "é", " ", "-", ",", "a, ", " and a", "0", "9", "[", "infusion[1], ", "08:00 to 09:00, ", "x:", "'", "first 10 min and ", "Monday, ", "\\", "\u0301"]);
        var longer = string.Concat(Enumerable.Repeat(piece, One<int>([50, 1_000, 5_000, 16_000, 17_000]) / piece.Length));
        return Replace(text, Pair(), m => m.Value[..(m.Groups["value"].Index - m.Index)] + longer);
    }

    private string Deepen(string text)
    {
        var depth = One<int>([5, 20, 28, 31, 33, 100, 5_000]);
        var open = One<string>(["[", "{a: ", "- ", "? ", "[{"]);
        var deep = string.Concat(Enumerable.Repeat(open, depth)) + "a" + (chance.Next(2) == 0 ? "" : string.Concat(Enumerable.Repeat(open[0] == '[' ? "]" : "}", depth)));
        return Replace(text, Pair(), m => m.Value[..(m.Groups["value"].Index - m.Index)] + deep);
    }

    private string MoveLine(string text)
    {
        var lines = text.Split('\n').ToList();
        var line = One(lines);
        if (chance.Next(2) == 0)
        {
            lines.Remove(line);
        }

        lines.Insert(chance.Next(lines.Count + 1), line);
        return string.Join('\n', lines);
    }

    private string DropLine(string text)
    {
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(chance.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private string Indent(string text)
    {
        var lines = text.Split('\n');
        var (at, by) = (chance.Next(lines.Length), chance.Next(-3, 5));
        for (var i = at; i < Math.Min(lines.Length, at + (chance.Next(2) == 0 ? 1 : 6)); i++)
        {
            lines[i] = by < 0 ? lines[i][Math.Min(-by, lines[i].Length - lines[i].TrimStart(' ').Length)..] : new string(' ', by) + lines[i];
        }

        return string.Join('\n', lines);
    }

    /// <summary>Moves an entry with all that belongs to it, or drops it.</summary>
    private string Block(string text)
    {
        var lines = text.Split('\n').ToList();
        var (from, count) = BlockAt(lines, chance.Next(lines.Count));
        var block = lines.GetRange(from, count);
        lines.RemoveRange(from, count);
        if (chance.Next(3) > 0)
        {
            lines.InsertRange(chance.Next(lines.Count + 1), block);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Repeats an entry under other names, and one of a list as it is, up to the limits of a text.</summary>
    private string Multiply(string text)
    {
        var lines = text.Split('\n').ToList();
        var (from, count) = BlockAt(lines, chance.Next(lines.Count));
        var block = lines.GetRange(from, count);
        var times = Math.Min(One<int>([2, 5, 30, 150, 400, 2_000]), 1 + (262_000 - Math.Min(text.Length, 200_000)) / (2 + block.Sum(l => l.Length + 2)));
        lines.InsertRange(from + count, Enumerable.Range(2, times).SelectMany(n => block.Select((l, i) => i > 0 ? l : FirstName().Replace(l, m => Renamed(m.Value, n), 1))));
        return string.Join('\n', lines);
    }

    private static string Renamed(string name, int n) =>
        LocalDatePattern.Iso.Parse(name) is { Success: true, Value: var date } && date.Year is > 1000 and < 3000 ? LocalDatePattern.Iso.Format(date.PlusDays(n)) : $"{name}-{n}";

    /// <summary>Takes a section from another file.</summary>
    private string Section(string text)
    {
        var (own, other) = (Sections(text), Sections(One(Originals.All).Text));
        own[chance.Next(own.Count)] = One(other);
        return string.Concat(own);
    }

    private string Splice(string text)
    {
        var other = chance.Next(2) == 0 ? One(Originals.Mistaken) : One(Originals.All).Text;
        return text[..chance.Next(text.Length)] + other[chance.Next(other.Length)..];
    }

    private static List<string> Sections(string text) => [.. TopLevel().Split(text).Where(s => s.Length > 0).DefaultIfEmpty("a: b\n")];

    private static (int From, int Count) BlockAt(List<string> lines, int from)
    {
        var indent = Depth(lines[from]);
        var to = from + 1;
        while (to < lines.Count && Depth(lines[to]) > indent)
        {
            to++;
        }

        // In JSON a bracket at its own depth ends it.
        to += to > from + 1 && to < lines.Count && lines[to].Trim() is ['}' or ']', ..] ? 1 : 0;
        return (from, to - from);
    }

    private static int Depth(string line) => line.Length - line.TrimStart(' ').Length;

    private string Replace(string text, Regex what, Func<Match, string> with)
    {
        var matches = what.Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[chance.Next(matches.Count)];
        return text[..match.Index] + with(match) + text[(match.Index + match.Length)..];
    }

    [GeneratedRegex(@"[\p{L}$][\p{L}\d-]*(\[[^\]\n]*\])?|\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d|\d\d:\d\d|\d+ (min|h|hours?|days?|weeks?|months?)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[A-Z][a-z]+/[A-Za-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"(?<key>[a-z][a-z0-9 -]*): (?<value>[^\n,}]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"(?<="": )[^\n,\[{]+", RegexOptions.None, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Member();

    [GeneratedRegex(@"(?<=^\s*)[A-Za-z0-9][A-Za-z0-9-]*", RegexOptions.None, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex FirstName();

    [GeneratedRegex(@"(?<=^ *- )[a-z ]+(?=: )", RegexOptions.Multiline, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex FirstKey();

    [GeneratedRegex(@"^(?= *- )", RegexOptions.Multiline, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex FirstEntry();

    [GeneratedRegex(@"^(?=[a-z])", RegexOptions.Multiline, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex TopLevel();
}
