using System.Text;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;

namespace Scheduler.Core.Tests.Formats;

/// <summary>What is said of text that is no JSON: what stands there, and what belongs there, in words of our own.</summary>
public sealed class JsonMistakeTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "", "1:1: the file ends here; expected '{'." },
        { "  \n ", "2:2: the file ends here; expected '{'." },
        { "protocol: trial", "1:1: found 'protocol', expected '{'." },
        { "{", "1:2: the file ends here; expected a name in double quotes, or '}'." },
        { "{{", "1:2: found '{', expected a name in double quotes, or '}'." },
        { "{\"a\": 1,}", "1:9: found '}', expected a name in double quotes after the comma." },
        { "{\"a\": [1,]}", "1:10: found ']', expected a value after the comma." },
        { "{\"a\" 1}", "1:6: found '1', expected ':' after the name." },
        { "{\"a\": }", "1:7: found '}', expected a value: a text in double quotes, a number, true, false, null, '{' or '['." },
        { "{\"a\": yes}", "1:7: found 'yes', expected a value: a text in double quotes, a number, true, false, null, '{' or '['." },
        { "{\"a\": nul}", "1:7: found 'nul', expected a value: a text in double quotes, a number, true, false, null, '{' or '['." },
        { "{\"a\": 01}", "1:7: found '01', expected a value: a text in double quotes, a number, true, false, null, '{' or '['." },
        { "{\"a\": 'b'}", "1:7: found ''', expected a value: a text in double quotes, a number, true, false, null, '{' or '['." },
        { "{a: 1}", "1:2: found 'a', expected a name in double quotes, or '}'." },
        { "{\n  \"a\": 1\n  \"b\": 2\n}", "3:3: found '\"', expected ',' or '}'." },
        { "{\"a\": [1 2]}", "1:10: found '2', expected ',' or ']'." },
        { "{\"a\": 1", "1:8: the file ends here; expected ',' or '}'." },
        { "{\"a\": 1} x", "1:10: found 'x', expected nothing more after the end." },
        { "{\"a\": \"open\n}", "1:7: the double quote that opens here is not closed on its line." },
        { "{\"a\": \"C:\\clinics\"}", "1:7: the text that opens here has a backslash that stands for nothing. Write '\\\\' for a backslash, '\\n' for a new line." },
        { "{\"a\": 1} // why", "1:10: found '/', expected nothing more after the end." },
        { "{\"é\": 1,\n \"ä\"; 2}", "2:5: found ';', expected ':' after the name." },
        { new string('[', 40), "1:33: objects and arrays are nested more than 32 deep here." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_no_json_is_told_with_line_column_and_what_was_found(string text, string expected)
    {
        var bag = new DiagnosticBag();

        Assert.Null(JsonSyntaxReader.Read("x.json", Encoding.UTF8.GetBytes(text), "settings", bag));

        var (at, why) = (expected.Split(": ")[0], expected[(expected.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        Assert.Equal($"x.json:{at}: CA002: This is not JSON: {why} The file should be settings.", Assert.Single(bag.ToSorted()).ToString());
    }

    [Fact]
    public void Any_cut_of_a_text_and_any_byte_in_it_is_read_or_told_in_one_line()
    {
        var text = Encoding.UTF8.GetBytes("{\"a\": [1, -2.5e3, \"b\\n\\u00e9\", {\"c\": null, \"é\": true}], \"d\": \"\"}");
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var instead in new byte[] { (byte)'"', (byte)'\\', (byte)'{', (byte)']', (byte)',', (byte)':', (byte)'x', (byte)'0', 10, 0, 127 })
            {
                AssertTold([.. text[..at], instead, .. text[(at + 1)..]]);
                AssertTold(text[..at]);
            }
        }

        static void AssertTold(byte[] utf8)
        {
            var bag = new DiagnosticBag();
            var read = JsonSyntaxReader.Read("x.json", utf8, "settings", bag);
            Assert.True(read is not null || bag.Count == 1);
            Assert.All(bag.ToSorted(), d => Assert.DoesNotContain(d.ToString(), char.IsControl));
        }
    }
}
