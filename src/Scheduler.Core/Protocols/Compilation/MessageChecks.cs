using Scheduler.Core.Diagnostics;
using Scheduler.Core.Messaging;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>What is wrong with messages: words that tell what the patient is treated for or with, and times at which they make no sense.</summary>
/// <param name="protocol">The protocol, every name in it bound.</param>
/// <param name="places">Where its parts are written.</param>
/// <param name="bag">Receives the mistakes.</param>
internal sealed class MessageChecks(Protocol protocol, Places places, DiagnosticBag bag)
{
    /// <summary>Words of titles that tell nothing.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "after", "alone", "before", "between", "call", "clinic", "combined", "course", "daily", "days", "during", "each", "either", "every", "example", "first", "five",
        "follow", "four", "from", "half", "hour", "hours", "last", "long", "more", "month", "months", "most", "once", "only", "open", "over", "part", "phase", "plan",
        "protocol", "repeated", "second", "session", "sessions", "short", "single", "small", "start", "study", "talk", "team", "their", "then", "three", "time", "times",
        "trial", "twice", "until", "usual", "visit", "visits", "week", "weekly", "weeks", "when", "with", "without", "year", "years", "your",
    };

    /// <summary>Reports what is wrong.</summary>
    public void Run()
    {
        var telling = Telling().DistinctBy(t => TellingWords.Stem(t.Word)).ToDictionary(t => TellingWords.Stem(t.Word), t => (t.Of, t.At));
        CheckLanguages();
        foreach (var type in protocol.VisitTypes)
        {
            var first = new Dictionary<MessageTime, Message>();
            foreach (var message in type.Messages)
            {
                CheckWords(type, message, telling);
                CheckTime(type, message);
                if (!first.TryAdd(message.When, message) && first[message.When] is var same)
                {
                    bag.Add(message.When is MessageTime.WhenBooked
                        ? Messages.WhenBookedTwice(At(type, message, "when"), type.Id, At(type, same, "when"))
                        : Messages.MessagesAtOneTime(At(type, message, "when"), type.Id, same.Id, message.Id, At(type, same, "when")));
                }
            }
        }
    }

    private void CheckWords(VisitType type, Message message, Dictionary<string, (string Of, SourceSpan At)> telling)
    {
        foreach (var (language, text) in message.Say?.Texts ?? [])
        {
            var at = language is null ? At(type, message, "say") : At(type, message, "say", language);
            if (TellingWords.Words(text).Select(w => w.Word).FirstOrDefault(w => telling.ContainsKey(TellingWords.Stem(w))) is { } told)
            {
                var (of, source) = telling[TellingWords.Stem(told)];
                bag.Add(Messages.MessageTells(at, told, of, source));
            }
            else if (TellingWords.Find(text) is var (_, word))
            {
                bag.Add(Messages.TellsTreatment(at, word));
            }
        }
    }

    /// <summary>Reports messages that are not said in a language in which another is. A text without a language counts as English.</summary>
    private void CheckLanguages()
    {
        var said =
            (from type in protocol.VisitTypes
             from message in type.Messages
             let say = message.Say
             where say is not null
             select (At: At(type, message, "say"), Languages: say.Texts.Select(t => t.Language ?? Language.English.Tag).ToList())).ToList();
        var all = said.SelectMany(s => s.Languages).Distinct().ToList();
        foreach (var (at, languages) in said.Where(s => s.Languages.Count < all.Count))
        {
            var missing = all.Except(languages).ToList();
            bag.Add(Messages.TranslationMissing(at, missing, said.First(s => s.Languages.Contains(missing[0])).At));
        }
    }

    /// <summary>The words of the protocol's id and title, and of its arms, but for those that anybody uses.</summary>
    private IEnumerable<(string Word, string Of, SourceSpan At)> Telling()
    {
        (string Text, string Of, SourceSpan At)[] sources =
        [
            (protocol.Title, "the protocol's title", places.Of("title")),
            (protocol.Id, "the protocol's id", places.Of("protocol")),
            .. protocol.Arms.Select(a => (a.Title, $"the title of the arm '{a.Id}'", places.Of("arms", a.Id, "title"))),
            .. protocol.Arms.Select(a => (a.Id, $"the arm '{a.Id}'", places.Of("arms", a.Id))),
        ];
        return
            from source in sources
            from word in TellingWords.Words(source.Text).Select(w => w.Word)
            where IsName(word) && !Plain.Contains(word)
            select (word, source.Of, source.At);
    }

    /// <summary>Whether a word may name something: it is long, or an abbreviation.</summary>
    private static bool IsName(string word) =>
        word.Any(char.IsLetter) && (word.Length > 3 || (word.Length == 3 && word.Equals(word.ToUpperInvariant(), StringComparison.Ordinal)));

    private void CheckTime(VisitType type, Message message)
    {
        if (message.When is not MessageTime.DaysBefore time)
        {
            return;
        }

        var at = At(type, message, "when");
        if (protocol.QuietHours is { } quiet && quiet.Cover(time.At))
        {
            bag.Add(Messages.MessageInQuietHours(at, Time(time.At), Time(quiet.From), places.Of("quiet hours")));
        }

        var rule = protocol.Rules.OfType<Rule.TimeOfDay>().FirstOrDefault(r => r.Strength.IsMust && r.StartsTo <= time.At && r.Visits.Any(v => v.Type == type.Id));
        if (time.Days == 0 && rule is not null)
        {
            bag.Add(Messages.MessageAfterStart(at, Time(time.At), type.Id, Time(rule.StartsTo!.Value), rule.Head.Where));
        }
    }

    private static string Time(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private SourceSpan At(VisitType type, Message message, params ReadOnlySpan<string> keys) => places.Of(["visits", type.Id, "messages", message.Id, .. keys]);
}
