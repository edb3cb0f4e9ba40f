using System.Xml;
using System.Xml.Linq;
using Scheduler.Core.Formats.Descriptions;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning;

namespace Scheduler.Core.Tests.Formats.Descriptions;

/// <summary>A description as a whole: what is printed for the shipped protocols, and a page that is safe whatever a file says.</summary>
public sealed class DescriptionTests
{
    public static TheoryData<string> Shipped => [.. ShippedFiles()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_protocol_is_described_in_these_words(string file)
    {
        var found = DescriptionText.Write(Describe(file));
        var golden = Path.Combine(Repository.Root, "tests/Scheduler.Core.Tests/Formats/Descriptions/Golden", Path.GetFileNameWithoutExtension(file) + ".txt");

        // To write what is said now, run the tests once with SCHEDULER_WRITE_GOLDEN=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, found);
        }

        Assert.Equal(File.ReadAllText(golden).ReplaceLineEndings("\n"), found);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_page_of_a_shipped_protocol_is_well_formed_and_needs_nothing_else(string file)
    {
        var html = DescriptionHtml.Write(Describe(file));
        var page = Parse(html);

        Assert.Equal(["svg"], page.Descendants().Where(e => e.Name.LocalName is "svg" or "script" or "img" or "link" or "iframe" or "object").Select(e => e.Name.LocalName));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "src" or "href" or "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_page_says_all_that_the_text_says(string file)
    {
        var description = Describe(file);
        var words = string.Concat(Parse(DescriptionHtml.Write(description)).DescendantNodes().OfType<XText>().Select(t => t.Value));

        Assert.All(description.Sections.SelectMany(s => s.Statements), s => Assert.Contains(s.Text, words, StringComparison.Ordinal));
        Assert.All(description.Assumptions, a => Assert.Contains(a.Provenance.Assumed!.TrimEnd('.'), words, StringComparison.Ordinal));
        Assert.All(CourseWeeks.Rows(description).SelectMany(r => r), cell => Assert.Contains(cell, words, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_picture_is_told_in_words_and_can_be_scrolled_by_keyboard(string file)
    {
        var description = Describe(file);
        var page = Parse(DescriptionHtml.Write(description)).Descendants().ToList();
        var picture = page.Single(e => e.Name.LocalName == "svg");
        var names = picture.Attribute("aria-labelledby")!.Value.Split(' ').Select(id => page.Single(e => e.Attribute("id")?.Value == id).Value).ToList();

        Assert.Equal("img", picture.Attribute("role")!.Value);
        Assert.All(description.Protocol.VisitTypes, t => Assert.Contains($"{t.Id}: week", names[1], StringComparison.Ordinal));
        Assert.Equal("0", picture.Parent!.Attribute("tabindex")!.Value);
        Assert.Single(page, e => e.Name.LocalName == "main");
        Assert.All(page.Where(e => e.Name.LocalName == "table"), t => Assert.Equal("caption", t.Elements().First().Name.LocalName));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("label")]
    [InlineData("allowed")]
    [InlineData("ideal")]
    [InlineData("limit")]
    [InlineData("series")]
    [InlineData("treatment")]
    [InlineData("assessment")]
    [InlineData("treatment.perhaps")]
    [InlineData("assessment.perhaps")]
    public void What_the_picture_draws_stands_out_from_the_page(string kind)
    {
        // WCAG 2.2, 1.4.11: graphics need a contrast of 3 to 1 to what is beside them; here fill or outline to the white page.
        var html = DescriptionHtml.Write(Describe("feder-2021-repeated-ketamine.yaml"));
        var style = html.Split($"svg .{kind} {{")[1].Split('}')[0];
        var colours = style.Split('#').Skip(1).Select(c => string.Concat(c.TakeWhile(char.IsAsciiHexDigit))).Where(c => c.Length == 6);

        Assert.Contains(colours, c => 1.05 / (Luminance(c) + 0.05) >= 3);
    }

    [Fact]
    public void No_text_of_a_file_becomes_markup()
    {
        const string hostile = "</title><script>alert('x')</script>\" onload=\"&amp; \u0001 \ud800 <style></style>";
        var protocol = TestProtocol.FederLike;
        var described = ProtocolDescription.Of(protocol with
        {
            Title = hostile,
            Source = new(hostile, hostile, hostile),
            Rules = [.. protocol.Rules.Take(1)],
            VisitTypes = [.. protocol.VisitTypes.Select(t => t with { Title = hostile, Provenance = new(hostile, hostile) })],
            Arms = [new("arm", hostile, new(hostile, hostile))],
        });
        var page = Parse(DescriptionHtml.Write(described));

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName == "script");
        Assert.Single(page.Descendants("style"));
        Assert.Equal("</title><script>alert('x')</script>\" onload=\"&amp; \ufffd \ufffd <style></style>", page.Descendants("title").First().Value);
    }

    [Fact]
    public void The_table_by_week_names_the_visit_that_it_counts_from()
    {
        // Publications of cell therapy count from the infusion; the first treatment visit is weeks before it.
        const string file = "tests/Scheduler.Core.Tests/Protocols/Outside/cell-therapy.yaml";
        var described = ProtocolDescription.Of(ProtocolCompiler.Compile(file, Repository.Text(file)).Required);

        Assert.StartsWith("Week 1 begins with apheresis, the first treatment visit. Week -1 is the week before. D0 is the day of apheresis, D-1 the day before it. ", CourseWeeks.Legend(described), StringComparison.Ordinal);
        Assert.Contains("Week 1 begins with apheresis, the first treatment visit. The table", DescriptionHtml.Write(described), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_treatment_and_with_arms_of_their_own_the_table_names_what_it_counts_from()
    {
        const string text = """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              check: {purpose: assessment, count: 2, duration: 30 min, people: {rater: {exclusive: whole visit}}}
            rules:
              weekly: {cadence of: check, every: 7 days}
            """;
        const string arms = """
            protocol: trial
            version: 1.0.0
            title: Trial
            arms: {early: {title: Early}, late: {title: Late}}
            visits:
              one: {purpose: treatment, arm: early, duration: 30 min, people: {nurse: {exclusive: whole visit}}}
              other: {purpose: treatment, arm: late, duration: 30 min, people: {nurse: {exclusive: whole visit}}}
            """;

        Assert.Equal("Week 1 begins with check 1.", CourseWeeks.Begins(ProtocolDescription.Of(ProtocolCompiler.Compile("trial.yaml", text).Required)));
        Assert.Equal("Week 1 begins with one or other, the first treatment visit of its arm.", CourseWeeks.Begins(ProtocolDescription.Of(ProtocolCompiler.Compile("trial.yaml", arms).Required)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(-1, -1)]
    [InlineData(-7, -1)]
    [InlineData(-8, -2)]
    public void There_is_no_week_zero(int day, int week) => Assert.Equal(week, Placement.WeekOf(day));

    [Theory]
    [InlineData(new[] { -5, -4, -3, 0 }, "D-5 to D-3, D0")]
    [InlineData(new[] { 2, 1, 4 }, "D1, D2, D4")]
    [InlineData(new[] { 7, 7 }, "D7")]
    public void Days_are_written_as_clinicians_write_them(int[] days, string written) => Assert.Equal(written, Placement.Days(days));

    [Fact]
    public void Numbers_without_a_source_are_counted_and_named()
    {
        var (dose, rating, call) = (TestProtocol.Treatment("dose", [60]), TestProtocol.Assessment("rating", Mode.InPerson, 30), TestProtocol.Assessment("call", Mode.Phone, 20));
        var described = ProtocolDescription.Of(TestProtocol.Of(
            [dose with { Provenance = new("abstract", null) }, rating with { Provenance = new(null, "Ours.") }, call],
            new Rule.Order(TestProtocol.Head("in-turn"), [dose.Visits, rating.Visits], null, null),
            new Rule.Order(TestProtocol.Head("soon"), [rating.Visits, call.Visits], null, TestProtocol.Days(9))));
        const string said = "2 of 4 statements with a number have neither 'cites' nor 'assumed': call, soon.";

        Assert.Equal(said, described.SaysNotSourced);
        Assert.EndsWith($"Not sourced\n-----------\n{said}\n", DescriptionText.Write(described), StringComparison.Ordinal);
        Assert.Contains($"<p>{said}</p>", DescriptionHtml.Write(described).Replace("&#39;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_visits_of_the_main_example_lie_where_its_publication_puts_them()
    {
        var description = ProtocolDescription.Of(Repository.Protocol("feder-2025-ketamine-wet.yaml"));
        var days = description.Course.ToDictionary(p => p.Visit.ToString());

        Assert.Equal([0, 2, 4, 7, 9, 11], Enumerable.Range(1, 6).Select(n => days[$"infusion[{n}]"].Usual));
        Assert.Equal([8, 10, 12, 13, 14], Enumerable.Range(1, 5).Select(n => days[$"wet[{n}]"].Usual));
        Assert.Equal(8 + 84, days["caps5-week12[1]"].Usual);
        Assert.Equal(
            [new Band("caps5-week12", BandKind.Allowed, 8 + 77, 8 + 92), new Band("caps5-week12", BandKind.Ideal, 8 + 81, 8 + 88)],
            description.Bands.Where(b => b.Type == "caps5-week12"));
        Assert.Equal([new Band("infusion", BandKind.Series, 0, 7), new Band("infusion", BandKind.Series, 7, 14)], description.Bands.Where(b => b.Type == "infusion"));
        Assert.Equal([new Band("wet", BandKind.Series, 8, 22)], description.Bands.Where(b => b.Type == "wet"));
        Assert.Equal([new Band("caps5-baseline", BandKind.Limit, -14, 1)], description.Bands.Where(b => b.Type == "caps5-baseline"));
        Assert.Equal((-14, 0), (days["caps5-baseline[1]"].Earliest, days["caps5-baseline[1]"].Latest));
    }

    [Fact]
    public void Every_visit_lies_on_days_that_its_rules_leave()
    {
        foreach (var file in ShippedFiles())
        {
            Assert.All(Describe(file).Course, p => Assert.True((p.Earliest ?? int.MinValue) <= p.Usual && p.Usual <= (p.Latest ?? int.MaxValue), p.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_visit_with_a_window_usually_lies_on_its_ideal_days(string file)
    {
        var description = Describe(file);
        foreach (var window in description.Protocol.Rules.OfType<Rule.Window>())
        {
            Assert.All(window.Visits, v => Assert.Contains(description.Bands, b => b.Type == v.Type && b.Kind == BandKind.Ideal && Usual(description, v) >= b.From && Usual(description, v) < b.To));
        }
    }

    [Fact]
    public void A_window_of_hours_a_limit_and_a_tolerance_have_bands_too()
    {
        var (dose, rating, later) = (TestProtocol.Treatment("dose", [60, 60, 60]), TestProtocol.Assessment("rating", Mode.InPerson, 30), TestProtocol.Assessment("later", Mode.InPerson, 30));
        var bands = ProtocolDescription.Of(TestProtocol.Of(
            [dose, rating, later],
            new Rule.Cadence(TestProtocol.Head("rhythm"), dose.Visits, null, new(14, 2), null, null, null),
            new Rule.HourWindow(TestProtocol.Head("day-after"), rating.Visits, new Anchor.StartOf(dose.Visits[0]), 24 * 60, new(-360, 360), new(-720, 720), 0),
            new Rule.Order(TestProtocol.Head("soon"), [TestProtocol.Visits("dose[3]"), later.Visits], TestProtocol.Days(2), TestProtocol.Days(9)))).Bands;

        Assert.Equal(
            [
                new("rating", BandKind.Allowed, 1, 2), new("rating", BandKind.Ideal, 1.25, 1.75), new("later", BandKind.Limit, 30, 38),
                new("dose", BandKind.Series, 12, 17), new("dose", BandKind.Series, 26, 31),
            ],
            bands.AsEnumerable());
    }

    [Fact]
    public void What_cannot_all_be_as_wished_is_as_wished_as_far_as_it_goes()
    {
        // Both want day 7, and may not both have it: the first does, and the second is ideal still.
        var (dose, first, second) = (TestProtocol.Treatment("dose", [60]), TestProtocol.Assessment("first", Mode.Phone, 20), TestProtocol.Assessment("second", Mode.Phone, 20));
        Rule Week(VisitType type) => new Rule.Window(
            TestProtocol.Head(type.Id), type.Visits, new Anchor.StartOf(dose.Visits[0]), TestProtocol.Days(7), new(0, 2), new(-3, 5), 0);
        var course = ProtocolDescription.Of(TestProtocol.Of(
            [dose, first, second], Week(first), Week(second), new Rule.Order(TestProtocol.Head("o"), [first.Visits, second.Visits], TestProtocol.Days(1), null))).Course;

        Assert.Equal([("dose", 0), ("first", 7), ("second", 8)], course.Select(p => (p.Visit.Type, p.Usual)));
    }

    [Fact]
    public void Each_arm_has_a_first_treatment_of_its_own()
    {
        var (one, other) = (TestProtocol.Treatment("one", [60, 60]) with { Arm = "a" }, TestProtocol.Treatment("other", [60, 60]) with { Arm = "b" });
        var course = ProtocolDescription.Of(
            TestProtocol.Of(
                [one, other],
                new Rule.Cadence(TestProtocol.Head("weekly"), one.Visits, null, new(7, 0), null, null, null),
                new Rule.Cadence(TestProtocol.Head("fortnightly"), other.Visits, null, new(14, 0), null, null, null))
            with { Arms = [new("a", "A", Provenance.None), new("b", "B", Provenance.None)] }).Course;

        Assert.Equal([("one", 0), ("other", 0), ("one", 7), ("other", 14)], course.Select(p => (p.Visit.Type, p.Usual)));
        Assert.Equal([0, 0, 7, 14], course.Select(p => p.Latest));
    }

    [Fact]
    public void What_counts_from_enrolment_alone_lies_where_enrolment_is_day_0()
    {
        var type = TestProtocol.Assessment("call", Mode.Phone, 20);
        var treatment = TestProtocol.Treatment("dose", [60]);
        var window = new Rule.Window(TestProtocol.Head("later"), TestProtocol.Visits("call[1]"), new Anchor.Enrolment(), TestProtocol.Days(30), new(-3, 3), new(-3, 3), 0);
        var placed = ProtocolDescription.Of(TestProtocol.Of([treatment, type], window)).Course.Single(p => p.Visit.Type == "call");

        Assert.Equal((30, null, null), (placed.Usual, placed.Earliest, placed.Latest));
    }

    [Fact]
    public void Visits_of_one_day_lie_on_one_day_and_the_weeks_of_a_taper_follow_each_other()
    {
        var series = TestProtocol.Treatment("tms", [30, 30, 30, 30]);
        var taper = TestProtocol.Treatment("taper", [30, 30, 30, 30, 30]);
        var placed = ProtocolDescription.Of(TestProtocol.Of(
            [series, taper],
            new Rule.Cadence(TestProtocol.Head("bursts"), series.Visits, null, new(1, 0), null, null, null) { PerDay = new(2, 50, 0) },
            new Rule.Order(TestProtocol.Head("after"), [TestProtocol.Visits("tms[4]"), TestProtocol.Visits("taper[1]")], TestProtocol.Days(6), null),
            new Rule.Cadence(TestProtocol.Head("less"), taper.Visits, new(WeekKind.Course, [new(3, 1, 1), new(1, 2, 4)]), null, null, null, null))).Course;

        Assert.Equal([0, 0, 1, 1], placed.Where(p => p.Visit.Type == "tms").Select(p => p.Usual));
        Assert.Equal([1, 1], placed.Where(p => p.Visit.Type == "tms" && p.Visit.Ordinal > 2).Select(p => p.Latest));
        Assert.Equal([7, 9, 11, 14, 28], placed.Where(p => p.Visit.Type == "taper").Select(p => p.Usual));
    }

    /// <summary>The relative luminance of a colour of six hexadecimal digits, as WCAG defines it.</summary>
    private static double Luminance(string colour)
    {
        double Part(int at) => Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }

    private static int Usual(ProtocolDescription description, VisitId visit) => description.Course.Single(p => p.Visit == visit).Usual;

    private static ProtocolDescription Describe(string file) => ProtocolDescription.Of(Repository.Protocol(file));

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static IEnumerable<string> ShippedFiles()
    {
        var folder = Path.Combine(Repository.Root, "protocols");
        return Directory.GetFiles(folder, "*.yaml").Concat(Directory.GetFiles(Path.Combine(folder, "samples"), "protocol-*.yaml"))
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }
}
