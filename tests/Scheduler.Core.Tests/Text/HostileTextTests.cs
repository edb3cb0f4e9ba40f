using System.Text;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

/// <summary>Texts that are made to hurt a reader of YAML. Each is refused with a diagnostic; none reaches the stack or the memory of the process.</summary>
public sealed class HostileTextTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "20 kB of brackets", new string('[', 20_000), "YA007" },
        { "20 kB of braces", new string('{', 20_000), "YA007" },
        { "nested blocks", string.Concat(Enumerable.Range(0, 100).Select(i => new string(' ', i) + "a:\n")), "YA007" },
        { "nested lists in one line", string.Concat(Enumerable.Repeat("- ", 5_000)) + "a", "YA007" },
        { "aliases that explode", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "YA010" },
        { "an alias of nothing", "a: *b\n", "YA010" },
        { "a tag", "a: !!python/object:os.system ls\n", "YA011" },
        { "too long", "a: " + new string('x', 300_000), "YA001" },
        { "a long value", "a: " + new string('x', 20_000), "YA009" },
        { "too many values", "a: [" + string.Concat(Enumerable.Repeat("x,", 60_000)) + "x]", "YA008" },
        { "a control character", "a: b\u0007\n", "YA002" },
        { "a null character", "a: \0\n", "YA002" },
        { "nothing", "", "YA004" },
        { "white space", "  \n\n  ", "YA004" },
        { "a comment", "# nothing here\n", "YA004" },
        { "a list", "- a\n", "YA006" },
        { "a word", "hello", "YA006" },
        { "two documents", "a: b\n---\nc: d\n", "YA005" },
        { "an open quote", "a: 'b\n", "YA032" },
        { "a tab for indentation", "a:\n\tb: c\n", "YA023" },
        { "a tag that is a bracket, at which the parser throws an ArgumentException", "!!]", "YA003" },
        { "a list after the end of a document, at which the parser throws an InvalidOperationException", "...\n[", "YA003" },
        { "an open brace as a key, at which the scanner throws an InvalidOperationException", "? {a", "YA003" },
        { "a merge key that merges nothing", "a: {<<: *x}\n", "YA010" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_text_is_refused_with_a_diagnostic(string name, string text, string code)
    {
        var bag = new DiagnosticBag();

        Assert.Null(YamlReader.ReadMapping("hostile.yaml", text, bag));

        Assert.Equal((name, code), (name, bag.ToSorted()[0].Code));
    }

    [Theory]
    [InlineData("\uFEFFa: b\r\n")]
    [InlineData("a: b\n...\n")]
    [InlineData("'a': \"b\"\n")]
    [InlineData("a: \ud800\n")]
    public void What_is_merely_odd_is_read(string text)
    {
        var bag = new DiagnosticBag();

        Assert.NotNull(YamlReader.ReadMapping("odd.yaml", text, bag));

        Assert.Empty(bag.ToSorted());
    }

    [Theory]
    [InlineData("protocols/feder-2025-ketamine-wet.yaml")]
    [InlineData("tests/Scheduler.Hostile/Originals/protocol-wide.yaml")]
    public void Two_thousand_broken_protocols_are_answered_with_a_protocol_or_an_error(string file)
    {
        var original = Repository.Text(file);
        var chance = new Random(2025);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Break(original, chance);
            var read = ProtocolCompiler.Compile("broken.yaml", text);

            Assert.True(read.Succeeded || read.Diagnostics.Any(d => d.Severity == Severity.Error), $"Round {round} was answered with neither.");
        }
    }

    /// <summary>What the tests above spoil is whole before.</summary>
    [Fact]
    public void The_protocol_with_every_construct_has_no_mistake() =>
        Assert.Empty(ProtocolCompiler.Compile("wide.yaml", Repository.Text("tests/Scheduler.Hostile/Originals/protocol-wide.yaml")).Diagnostics);

    private static string Break(string original, Random chance)
    {
        const string Sharp = "[]{}:,-&*!|>'\"#%@`$ \n\t0a";
        var text = new StringBuilder(original);
        for (var i = chance.Next(1, 6); i > 0; i--)
        {
            var at = chance.Next(text.Length);
            var length = Math.Min(chance.Next(1, 30), text.Length - at);
            switch (chance.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Sharp[chance.Next(Sharp.Length)]);
                    break;
                case 2:
                    text.Insert(chance.Next(text.Length), text.ToString(at, length));
                    break;
                default:
                    text[at] = Sharp[chance.Next(Sharp.Length)];
                    break;
            }
        }

        return text.ToString();
    }
}
