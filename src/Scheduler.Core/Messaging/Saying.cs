using System.Collections.Immutable;

namespace Scheduler.Core.Messaging;

/// <summary>What a message says: one text, or one for each of several languages.</summary>
/// <param name="Texts">The texts in the order of the file; at least one, and each language once.</param>
public sealed record Saying(ImmutableArray<SaidIn> Texts)
{
    /// <summary>A text in the language that the clinic usually writes.</summary>
    public static Saying Of(string text) => new([new(null, text)]);

    /// <summary>
    /// The text for somebody who reads a language: in it, else in the same language of no or another region, else in that which the clinic usually writes, else in English, else the first. There
    /// always is one: an instruction in another language is better than none.
    /// </summary>
    /// <param name="language">A language tag such as <c>de</c> or <c>pt-BR</c>.</param>
    public string In(string language) =>
        (Texts.FirstOrDefault(t => t.Language == language)
            ?? Texts.FirstOrDefault(t => t.Language is { } other && Language.Same(other, language))
            ?? Texts.FirstOrDefault(t => t.Language is null)
            ?? Texts.FirstOrDefault(t => t.Language is { } other && Language.Same(other, Language.English.Tag))
            ?? Texts[0]).Text;
}

/// <summary>A text in a language.</summary>
/// <param name="Language">The language's tag; null for that which the clinic usually writes.</param>
/// <param name="Text">The text.</param>
public sealed record SaidIn(string? Language, string Text);
