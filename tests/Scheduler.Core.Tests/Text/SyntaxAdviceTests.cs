using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

/// <summary>
/// Each slip is told as what it is, whatever odd but proper text stands before and after it: a diagnosis that claims the wrong slip
/// is worse than none.
/// </summary>
public sealed class SyntaxAdviceTests
{
    private static readonly string[] Keys = ["title", "because", "counts from", "per week", "purpose", "count", "order"];

    /// <summary>A slip, the code that it must get, and the line of the slip on which.</summary>
    private static readonly (string Name, string Text, string Code, int Line)[] Slips =
    [
        ("a tab", "wet:\n\tpurpose: treatment\n", "YA023", 2),
        ("no colon", "wet:\n  purpose treatment\n  count: 5\n", "YA024", 2),
        ("no colon before a block", "wet\n  count: 5\n  order: x\n", "YA024", 1),
        ("no colon at a key of two words", "wet:\n  count: 5\n  counts from enrolment\n  order: x\n", "YA024", 3),
        ("no colon before an address", "wet:\n  count: 5\n  because http://x.org/a\n  order: x\n", "YA024", 3),
        ("neither key nor text", "wet:\n  because: of this\n  and of that\n  order: x\n", "YA025", 3),
        ("no space", "wet:\n  count:5\n  order: x\n", "YA026", 2),
        ("a colon in text", "wet:\n  title: WET: written exposure\n  order: x\n", "YA027", 2),
        ("a colon in braces", "wet:\n  rule: {title: WET: written, count: 5}\n  order: x\n", "YA027", 2),
        ("a colon in braces at the end", "wet:\n  rule: {count: 5, title: WET: written exposure}\n", "YA027", 2),
        ("a colon in braces in brackets", "wet:\n  list: [{title: WET: written}, x]\n", "YA027", 2),
        ("a colon in text behind a time", "wet:\n  title: At 09:00: WET\n", "YA027", 2),
        ("two keys on a line", "wet:\n  rule: order: x before y\n", "YA028", 2),
        ("brackets in a list", "wet:\n  order: [wet[2], caps]\n", "YA029", 2),
        ("brackets in braces", "wet:\n  rule: {order: wet[2] before caps, count: 5}\n", "YA029", 2),
        ("too deep", "wet:\n  count: 5\n   order: x\n", "YA030", 3),
        ("too deep behind a comment", "wet:\n  count: 5 # five: as published\n\n  # and in order\n   order: x\n", "YA030", 5),
        ("less deep", "wet:\n  count: 5\n order: x\n", "YA031", 3),
        ("an open quote", "wet:\n  title: 'WET\n  order: x\n", "YA032", 2),
        ("an open double quote", "wet:\n  title: \"WET\n  order: x\n", "YA032", 2),
        ("an open bracket", "wet:\n  order: [wet, caps\n  count: 5\n", "YA033", 2),
        ("an open brace", "wet:\n  order: {wet: {x: y}\n  count: 5\n", "YA033", 2),
        ("a spare brace", "wet:\n  order: {wet: x}}\n  count: 5\n", "YA034", 2),
        ("an apostrophe in quotes", "wet:\n  title: 'a patient's trial'\n  count: 5\n", "YA035", 2),
        ("text behind a bracket", "wet:\n  title: [1] WET\n  count: 5\n", "YA035", 2),
        ("an at sign", "wet:\n  title: @WET\n", "YA036", 2),
        ("a list beside its key", "wet:\n  order: - x\n    - y\n", "YA037", 2),
        ("a dash without space", "wet:\n  - x\n  -y\n", "YA038", 3),
    ];

    /// <summary>What looks like a slip and is none.</summary>
    private static readonly (string Name, string Text)[] Decoys =
    [
        ("nothing", ""),
        ("an address", "see: http://x.org/a:b?c=[d]\n"),
        ("times in a list", "hours: [09:00, 10:30]\nlater:\n  - 09:00 to 10:00\n  - 11:00\n"),
        ("quoted text with a colon", "quoted: 'so: it is'\nagain: \"and: so\"\n"),
        ("an apostrophe in plain text", "plain: the patient's own [1] {x}\n"),
        ("a bracket in a plain name", "visit: wet[2] before caps\n"),
        ("brackets over two lines", "wide: [a,\n  b]\n"),
        ("text over two lines", "long: it goes on\n  and on, as text does\n"),
        ("a comment with a tab", "#\there: [is 'nothing\nshort: x # and: [here\n"),
        ("a block of text with a tab", "block: |\n  first: line\n  \tsecond line\n"),
        ("quoted text over two lines", "wrapped: 'so: it goes\n  on'\ntwice: \"so: it goes\n  on\"\n"),
        ("a list of mappings", "list:\n- a: b\n  c: d\n-  e: f\n"),
    ];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var slip in Slips)
            {
                foreach (var decoy in Decoys)
                {
                    cases.Add(slip.Name, decoy.Name, "before");
                    cases.Add(slip.Name, decoy.Name, "after");
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> DecoyNames => [.. Decoys.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_slip_is_told_as_what_it_is_whatever_stands_around_it(string slip, string decoy, string side)
    {
        var (_, text, code, line) = Slips.Single(s => s.Name == slip);
        var other = Decoys.Single(d => d.Name == decoy).Text;
        var bag = new DiagnosticBag();

        Assert.Null(YamlReader.ReadMapping("slip.yaml", side == "before" ? other + text : text + other, bag, keys: Keys));

        var told = Assert.Single(bag.ToSorted());
        Assert.Equal((code, line + (side == "before" ? other.Count(c => c == '\n') : 0)), (told.Code, told.Where.Start.Line));
    }

    [Theory]
    [MemberData(nameof(DecoyNames))]
    public void What_only_looks_like_a_slip_is_read(string decoy)
    {
        var bag = new DiagnosticBag();

        Assert.NotNull(YamlReader.ReadMapping("decoy.yaml", $"first: x\n{Decoys.Single(d => d.Name == decoy).Text}", bag, keys: Keys));

        Assert.Empty(bag.ToSorted());
    }
}
