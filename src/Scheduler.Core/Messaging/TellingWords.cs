using System.Collections.Immutable;

namespace Scheduler.Core.Messaging;

/// <summary>
/// Words that tell what a patient is treated for or with, whatever the protocol: drugs, treatments, diagnoses. Anybody may read a patient's phone. The list is short and no proof; what a protocol is called
/// is looked at besides.
/// </summary>
internal static class TellingWords
{
    /// <summary>How such words begin, in the languages that have them from Latin and Greek.</summary>
    private static readonly ImmutableArray<string> Beginnings =
    [
        "addict", "antidepress", "bipolar", "depress", "depres", "electroconv", "electroshock", "elektrokonv", "elektrokramp", "esketamin", "exposure", "infusi", "ketamin", "midazolam",
        "opioid", "placebo", "psico", "psilocib", "psilocyb", "psiqui", "psych", "schizo", "esquizo", "spravato", "suicid", "suizid", "transcran", "transkran", "trauma",
    ];

    /// <summary>Abbreviations, which are words of their own.</summary>
    private static readonly ImmutableHashSet<string> Abbreviations =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "CBT", "DMT", "ECT", "EMDR", "LSD", "MDMA", "OCD", "PTBS", "PTSD", "RTMS", "TEPT", "TMS");

    /// <summary>The first word of a text that tells, with its offset; null where none does.</summary>
    public static (int Offset, string Word)? Find(string text)
    {
        foreach (var (offset, word) in Words(text))
        {
            if (Beginnings.Any(b => word.StartsWith(b, StringComparison.OrdinalIgnoreCase)) || Abbreviations.Contains(word) || Abbreviations.Contains(word.TrimEnd('s')))
            {
                return (offset, word);
            }
        }

        return null;
    }

    /// <summary>What a word has in common with its plural, in whatever case.</summary>
    public static string Stem(string word) => (word.Length > 3 && word[^1] is 's' or 'S' ? word[..^1] : word).ToUpperInvariant();

    /// <summary>The words of a text with their offsets: runs of letters and digits.</summary>
    public static IEnumerable<(int Offset, string Word)> Words(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var begin = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                i++;
            }

            if (i > begin)
            {
                yield return (begin, text[begin..i]);
            }
        }
    }
}
