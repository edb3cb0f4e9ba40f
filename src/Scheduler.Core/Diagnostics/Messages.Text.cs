namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a text before anyone asks what it means.</content>
public static partial class Messages
{
    public static Diagnostic TextTooLong(string file, int found, int limit) => Error(
        "YA001", SourceSpan.Whole(file), $"The file has {found} characters; at most {limit} are read. Split it, or remove what does not belong to it.");

    public static Diagnostic ControlCharacter(SourceSpan at, string text) => Error(
        "YA002", at, $"There is a control character here ({CodeAt(text, at.Start)}); expected plain text. Delete it, or save the file as UTF-8 text.");

    public static Diagnostic NotYaml(SourceSpan at, string why) => Error(
        "YA003", at, $"This is not YAML: {Short(why.TrimEnd('.'))}. Check indentation, quotes and brackets on this line and the one before.");

    public static Diagnostic EmptyText(string file) => Error(
        "YA004", SourceSpan.Whole(file), "The file is empty; expected keys with values. Start from one of the files in protocols/.");

    public static Diagnostic SecondDocument(SourceSpan at) => Error(
        "YA005", at, "A second document begins here ('---'); one file holds one document. Move it to a file of its own.");

    public static Diagnostic RootNotMapping(SourceSpan at, string found) => Error(
        "YA006", at, $"The file begins with {Short(found)}; expected a mapping of keys to values such as 'title: ...'.");

    public static Diagnostic TooDeep(SourceSpan at, int limit) => Error(
        "YA007", at, $"Mappings and lists are nested more than {limit} deep here; no file of this kind needs that. Check the indentation and the brackets.");

    public static Diagnostic TooManyNodes(SourceSpan at, int limit) => Error(
        "YA008", at, $"The file has more than {limit} keys, values and brackets; what follows is not read. Split it, or remove what does not belong to it.");

    public static Diagnostic ValueTooLong(SourceSpan at, int found, int limit) => Error(
        "YA009", at, $"This value has {found} characters; at most {limit} are read. Is a closing quote missing?");

    public static Diagnostic AliasRefused(SourceSpan at) => Error(
        "YA010", at, "Anchors (&name) and aliases (*name) are not read; write the value out where it is used, or put text that begins so in quotes.");

    public static Diagnostic TagRefused(SourceSpan at, string tag) => Error(
        "YA011", at, $"Tags such as '{Short(tag)}' are not read; leave the tag out, or put text that begins with '!' in quotes.");

    public static Diagnostic KeyNotText(SourceSpan at, string found) => Error(
        "YA012", at, $"A key must be a word or a short phrase; found {Short(found)}.");

    public static Diagnostic DuplicateKey(SourceSpan at, string key, SourceSpan first) => Error(
        "YA013", at, $"The key '{Short(key)}' stands twice in the same mapping. Keep one of the two, or give it another name.", first);

    public static Diagnostic WrongKindOfNode(SourceSpan at, string found, string expected) => Error(
        "YA014", at, $"Found {Short(found)}, expected {expected}.");

    public static Diagnostic UnexpectedValue(SourceSpan at, string found, string expected, string? meant = null) => Error(
        "YA015", at, $"Found {Short(found)}, expected {expected}.{DidYouMean(meant)}");

    public static Diagnostic UnexpectedWord(SourceSpan at, string word, string text, string expected, string? meant = null) => Error(
        "YA016", at, $"'{Short(word)}' does not fit in '{Short(text)}'; expected {expected}.{DidYouMean(meant)}");

    public static Diagnostic UnknownKey(SourceSpan at, string key, string owner, IReadOnlyCollection<string> known) => Error(
        "YA017", at, $"Unknown key '{Short(key)}' in {owner}.{(NearMatch.Find(key, known) is { } near ? $" Did you mean '{near}'?" : $" Expected one of {Quoted(known)}.")}");

    public static Diagnostic MissingKey(SourceSpan at, string key, string owner, string expected) => Error(
        "YA018", at, $"The key '{key}' is missing in {owner}; expected {expected}.");

    public static Diagnostic NoKind(SourceSpan at, string owner, IReadOnlyCollection<string> found, IReadOnlyCollection<string> kinds, string? unknown, string? elsewhere)
    {
        // A key that no kind has is the more likely slip than one that some kind has.
        var near = (unknown is null ? found : [unknown]).Select(f => (Found: f, Near: NearMatch.Find(f, kinds))).FirstOrDefault(n => n.Near is not null);
        return Error("YA019", at, near.Near is null && unknown is not null
            ? $"'{Short(unknown)}' is no key of {owner}; its kind is told by one of {Quoted(kinds)}.{(elsewhere is null ? "" : $" {elsewhere}")}"
            : $"The key that tells the kind is missing in {owner}; expected one of {Quoted(kinds)}."
                + (near.Near is null ? "" : $" Did you mean '{near.Near}' by '{Short(near.Found)}'?"));
    }

    public static Diagnostic TwoKinds(SourceSpan at, string owner, string first, string second) => Error(
        "YA020", at, $"'{second}' and '{first}' cannot stand together: each begins {owner} of its own. Make it two.");

    public static Diagnostic UnknownParameter(SourceSpan at, string name, IEnumerable<string> known) => Error(
        "YA021", at, $"There is no parameter '{Short(name)}'.{NearMatch.Question(name, known)} Declare it under 'parameters', or write a value without '$'.");

    public static Diagnostic ParameterDoesNotFit(SourceSpan at, string name, string value, string expected) => Error(
        "YA022", at, $"The parameter '{name}' is '{Short(value)}', which does not fit here; expected {expected}.");

    public static Diagnostic TabIndents(SourceSpan at) => Error(
        "YA023", at, "There is a tab here. Indent with spaces, two for each level.");

    public static Diagnostic NoColon(SourceSpan at, string found, string write) => Error(
        "YA024", at, $"'{Short(found)}' has no colon. Write '{Short(write)}'.");

    public static Diagnostic NeitherKeyNorText(SourceSpan at, string found) => Error(
        "YA025", at, $"'{Short(found)}' has no colon; expected a key, a colon and a value. If it goes on with the text above, indent it further than that text's key.");

    public static Diagnostic NoSpaceAfterColon(SourceSpan at, string write) => Error(
        "YA026", at, $"Put a space after the colon: '{Short(write)}'.");

    public static Diagnostic ColonInText(SourceSpan at) => Error(
        "YA027", at, "This text contains ': '. Put the whole text in quotes.");

    public static Diagnostic KeyInsideLine(SourceSpan at, string outer, string inner) => Error(
        "YA028", at, $"'{Short(inner)}:' stands on the line of '{Short(outer)}:'. Begin a new line with it, indented further. Text that contains ': ' goes in quotes.");

    public static Diagnostic BracketsInName(SourceSpan at, string found) => Error(
        "YA029", at, $"Inside [ ] and {{ }} put names with [ ] in quotes: \"{Short(found)}\".");

    public static Diagnostic IndentedFurther(SourceSpan at, int found, int expected, bool goesOn) => Error(
        "YA030", at, $"This line is indented further than the one above ({Spaces(found)}, expected {expected})."
            + (goesOn ? " If it goes on with the text above, put the whole text in quotes." : ""));

    public static Diagnostic IndentFitsNothing(SourceSpan at, int found, (int Indent, int Line) inner, (int Indent, int Line)? outer) => Error(
        "YA031", at, $"This line is indented by {Spaces(found)}; expected {inner.Indent}, as line {inner.Line}"
            + (outer is { } o ? $", or {o.Indent}, as line {o.Line}." : "."));

    public static Diagnostic QuoteStaysOpen(SourceSpan at) => Error(
        "YA032", at, "The quote that opens here is not closed on this line. Close it where the text ends.");

    public static Diagnostic BracketStaysOpen(SourceSpan at, char open) => Error(
        "YA033", at, $"The '{open}' that opens here is never closed. Add '{(open == '[' ? ']' : '}')}' where it ends.");

    public static Diagnostic BracketClosesNothing(SourceSpan at, char found) => Error(
        "YA034", at, $"This '{found}' closes nothing. Remove it, or open it with '{(found == ']' ? '[' : '{')}' further left.");

    public static Diagnostic TextAfterEnd(SourceSpan at, char end) => Error(
        "YA035", at, $"The text goes on after its closing {end}. Put the whole text in quotes"
            + (end is '\'' or '"' ? "; inside \"...\" an apostrophe is plain text." : "."));

    public static Diagnostic TextBeginsWith(SourceSpan at, char found) => Error(
        "YA036", at, $"Text cannot begin with '{found}'. Put the whole text in quotes.");

    public static Diagnostic ItemBesideKey(SourceSpan at) => Error(
        "YA037", at, "A list begins on the line below its key, each item with '- '. Text that begins with '-' goes in quotes.");

    public static Diagnostic NoSpaceAfterDash(SourceSpan at, string write) => Error(
        "YA038", at, $"Put a space after the dash: '{Short(write)}'.");

    public static Diagnostic OtherKindOfFile(SourceSpan at, string found, string expected) => Error(
        "YA039", at, $"This is {A(found)} file; {A(expected)} file is needed here. Are two files exchanged?");

    public static Diagnostic NotIndented(SourceSpan at, string key, string owner) => Error(
        "YA040", at, $"'{Short(key)}' belongs to '{Short(owner)}' above. Indent it further than '{Short(owner)}', by two spaces.");

    public static Diagnostic TextInsteadOfMapping(SourceSpan at, string found, string write) => Error(
        "YA041", at, $"'{Short(found)}' alone does not say enough. Write '{Short(write)}'.");

    public static Diagnostic CommaInKey(SourceSpan at, string keys) => Error(
        "YA042", at, $"Inside {{ }} a comma begins another key. Put the whole key in quotes: '\"{Short(keys)}\": ...'.");

    public static Diagnostic BehindComma(SourceSpan at, string text, string before) => Error(
        "YA043", at, $"In braces a comma ends the value, so that '{Short(text)}' is a key of its own here. If it belongs to '{Short(before)}', put the whole value in quotes, or write one key a line without braces.");

    public static Diagnostic SaidInAnotherForm(SourceSpan at, string found, string form) => Error(
        "YA044", at, $"Found {Short(found)}. {form}");

    private static string DidYouMean(string? meant) => meant is null ? "" : $" Did you mean '{meant}'?";

    private static string Spaces(int count) => Spoken.Count(count, "space");

    private static string CodeAt(string text, Position at)
    {
        var line = text.Split('\n')[at.Line - 1];
        return $"U+{(int)line[at.Column - 1]:X4}";
    }

    private static string A(string kind) => kind[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? $"an {kind}" : $"a {kind}";
}
