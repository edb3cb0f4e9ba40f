using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

public sealed class MessageLanguageTests
{
    [Theory]
    [InlineData("Eat nothing.", "de", "Eat nothing.")]
    [InlineData("{en: Eat nothing., de: Bitte nichts essen.}", "de", "Bitte nichts essen.")]
    [InlineData("{en: Eat nothing., pt-BR: Não coma nada.}", "pt", "Não coma nada.")]
    public void A_message_says_one_text_or_one_for_each_language(string say, string reader, string expected)
    {
        var text = Repository.Text("protocols/ect-acute.yaml");
        var begin = text.IndexOf(", say: ", StringComparison.Ordinal) + ", say: ".Length;
        var read = ProtocolCompiler.Compile("ect.yaml", string.Concat(text.AsSpan(0, begin), say, text.AsSpan(text.IndexOf('}', begin))));

        Assert.Equal(expected, read.Required.VisitTypes.SelectMany(t => t.Messages).Select(m => m.Say).OfType<Saying>().First().In(reader));
    }
}
