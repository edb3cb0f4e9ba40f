using Scheduler.Core.Formats.Changes;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning;

namespace Scheduler.Core.Tests.Formats.Changes;

/// <summary>Small edits of a protocol, each with what is said about it.</summary>
public sealed class ProtocolChangesTests
{
    private const string Feder = "feder-2025-ketamine-wet.yaml";

    private static readonly Protocol Plain = TestProtocol.Of(
        [TestProtocol.Treatment("dose", [60, 60], TestProtocol.Person("nurse", TestProtocol.Throughout(Use.Exclusive))), TestProtocol.Assessment("call", Mode.Phone, 20)],
        Hours(24 * 60, new(-240, 240)));

    private static readonly (Func<Protocol, Protocol> Edit, ChangeKind Kind, string Sentence)[] Edits =
    [
        (p => p with { Arms = [new("ketamine", "Ketamine 0.5 mg/kg", Provenance.None)] }, ChangeKind.Course, "New arm ketamine: Ketamine 0.5 mg/kg."),
        (p => p with { Blinded = ["patient"] }, ChangeKind.Course, "New: The arm stays hidden from the patient."),
        (p => p with { Streams = [new("talk", "Talking", Provenance.None)] }, ChangeKind.Course, "New stream talk: Talking."),
        (p => p with { Phases = [new("acute", "Acute", TestProtocol.Visits("dose[1..2]"))] }, ChangeKind.Course, "New phase acute: Acute. Visits: each dose visit."),
        (p => p with { QuietHours = new(1200, 480) }, ChangeKind.Messages, "New: No message is sent between 20:00 and 08:00, by the patient's clock."),
        (p => p with { Outcomes = [new("qids", "Mood.", TestProtocol.Visits("call[1]"), (0, 27), Provenance.None)] }, ChangeKind.Results, "New outcome qids: Mood. Recorded at call, from 0 to 27."),
        (p => p with { ScoreTables = [new("t", "qids", TestProtocol.Visit("call[1]"), [new(0, 27, "responder")], Provenance.None)] }, ChangeKind.Results, "New score table t: The score of qids at call decides: 0 to 27 makes responder true."),
        (p => p with { Conditions = [p.Conditions[0] with { When = new OutcomeTest.Yes("lost") }, p.Conditions[1]] }, ChangeKind.Results, "The condition responder now says: better. It is true when lost is answered yes. It excludes non-responder. Before: better. The clinic judges whether it is true. It excludes non-responder."),
        (p => p with { Conditions = [p.Conditions[0]] }, ChangeKind.Results, "No more condition non-responder: not better. The clinic judges whether it is true."),
        (p => p with { Events = [new EventRule.Missed("e", TestProtocol.Visits("dose[1..2]"), Provenance.None, new Remedy.Skip(), null, null)] }, ChangeKind.Events, "New event e: When any dose visit is missed, the course goes on without it."),
        (p => p with { Events = [new EventRule.Missed("e", TestProtocol.Visits("dose[1..2]").AddRange(TestProtocol.Visits("call[1]")), Provenance.None, new Remedy.Skip(), null, null) { And = "responder" }] }, ChangeKind.Events, "New event e: When any dose visit or call is missed and responder is true, the course goes on without it."),
        (p => p with { Events = [new EventRule.Result("e", "non-responder", [], Provenance.None, ResultRemedy.StopCourse)] }, ChangeKind.Events, "New event e: When non-responder comes true, the course stops and its remaining visits are released."),
        (p => p with { Events = [new EventRule.Result("e", "non-responder", TestProtocol.Visits("dose[1..2]"), Provenance.None, ResultRemedy.ReleaseTheRest)] }, ChangeKind.Events, "New event e: When non-responder comes true, what is left of all dose visits is released."),
        (p => p with { Conditions = [p.Conditions[0] with { Provenance = new("methods", null) }, p.Conditions[1]] }, ChangeKind.Provenance, "condition responder now has the citation \"methods\"."),
        (p => Type(p, t => t with { Arm = "ketamine" }), ChangeKind.Visits, "dose, new: Only in the arm ketamine."),
        (p => Type(p, t => t with { Stream = "talk" }), ChangeKind.Visits, "dose, new: Only for those who choose talk."),
        (p => Type(p, t => t with { OnlyIf = "responder" }), ChangeKind.Visits, "dose, new: Needed only if responder holds."),
        (p => p with { VisitTypes = [p.VisitTypes[0], p.VisitTypes[1] with { Until = "responder" }] }, ChangeKind.Visits, "call, new: The series ends when responder comes true; visits not yet held are released."),
        (p => Type(p, t => t with { NeedsAuthorisation = true }), ChangeKind.Visits, "dose, new: A payer's authorisation must cover each visit."),
        (p => Type(p, t => t with { DayConditions = [new("fasting", "Fasting.", FailedCondition.Hold, Provenance.None)] }), ChangeKind.Events, "New condition of the day of dose, fasting: Fasting. If not, the visit is held, and placed again inside the rules."),
        (p => Type(p, t => t with { Messages = [new("m", new MessageTime.WhenBooked(), [], null, Provenance.None)] }), ChangeKind.Messages, "New message of dose, m: When the visit is booked, by the patient's usual channel: the clinic's usual reminder."),
        (p => Type(p, t => t with { Purpose = VisitPurpose.Assessment }), ChangeKind.Visits, "dose: the purpose is assessment instead of treatment."),
        (p => p with { VisitTypes = [p.VisitTypes[1], p.VisitTypes[0]] }, ChangeKind.Visits, "The visit types are listed in another order, which decides between calendars that are equally good otherwise."),
        (p => p with { Rules = [.. p.Rules, new Rule.AllOrNone(TestProtocol.Head("whole"), [TestProtocol.Visits("call[1]", "dose[1]")])] }, ChangeKind.Rules, "New rule: call and dose 1 are placed together, or neither is. (rule whole)"),
        (p => p with { Rules = [.. p.Rules, new Rule.Rotation(TestProtocol.Head("turns"), TestProtocol.Visits("dose[1..2]"), "nurse", IsMust: true)] }, ChangeKind.Rules, "New rule: Of all dose visits no two in a row may have the same person as nurse. (rule turns)"),
        (p => p with { Rules = [Hours(36 * 60, new(-240, 240))] }, ChangeKind.Rules, "call is due 36 hours instead of 24 hours after the end of dose 1 (rule hours)."),
        (p => p with { Rules = [Hours(24 * 60, new(-240, 360))] }, ChangeKind.Rules, "call may now be up to 6 hours late instead of 4 hours (rule hours)."),
        (p => p with { Rules = [Hours(24 * 60, new(60, 240))] }, ChangeKind.Rules, "call is due 24 hours after the end of dose 1, from 1 hour after that moment to 4 hours after it. Before: call is due 24 hours after the end of dose 1, from 4 hours before that moment to 4 hours after it. (rule hours)"),
        (p => p with { Rules = [Hours(24 * 60, new(-240, 240)) with { Weight = 2 }] }, ChangeKind.Rules, "call is due 24 hours after the end of dose 1, from 4 hours before that moment to 4 hours after it. Each whole hour away from that moment costs 2 points. Before: call is due 24 hours after the end of dose 1, from 4 hours before that moment to 4 hours after it. (rule hours)"),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Edits.Length)];

    [Theory]
    [InlineData("    count: 5\n", "    count: 4\n", "Written exposure therapy (wet): 4 visits instead of 5.")]
    [InlineData("    count: 5\n", "    count: 6\n", "Written exposure therapy (wet): 6 visits instead of 5.")]
    [InlineData("duration: 160 min", "duration: 170 min", "Ketamine infusion, 0.5 mg/kg (infusion): 170 min instead of 160 min.")]
    [InlineData("{1: $wet-first-session, 2 to 5: $wet-later-session}", "{1: $wet-first-session, 2 to 4: $wet-later-session, 5: 90 min}", "Written exposure therapy (wet): 90 min instead of 40 min (visit 5).")]
    [InlineData("title: CAPS-5 at week 12", "title: CAPS-5 after 12 weeks", "caps5-week12 is called \"CAPS-5 after 12 weeks\" instead of \"CAPS-5 at week 12\".")]
    [InlineData("nurse: {share: 0 to 120 min, starts apart: 15 min}", "nurse: {share: 0 to 120 min}", "Ketamine infusion, 0.5 mg/kg (infusion) now needs: Person nurse: shared with others for the first 120 min. Before: Person nurse: shared with others for the first 120 min, starts at least 15 min apart.")]
    [InlineData("      chair: {exclusive: whole visit, clean-up: 15 min}", "      chair: {exclusive: whole visit, clean-up: 15 min}\n      pump: {exclusive: 0 to 40 min}", "Ketamine infusion, 0.5 mg/kg (infusion) now also needs: Place pump: exclusive for the first 40 min.")]
    [InlineData("    allowed: 7 days before to 7 days after", "    allowed: 7 days before to 10 days after", "CAPS-5 at week 12 (caps5-week12) may now be up to 10 days late instead of 7 days (rule week-12).")]
    [InlineData("    allowed: 7 days before to 7 days after", "    allowed: 3 days before to 7 days after", "CAPS-5 at week 12 (caps5-week12) may now be up to 3 days early instead of 7 days (rule week-12).")]
    [InlineData("    ideal: 3 days before to 3 days after", "    ideal: on the day to 3 days after", "CAPS-5 at week 12 (caps5-week12) is ideally not early at all; before, up to 3 days (rule week-12).")]
    [InlineData("    allowed: 28 days before to on the day", "    allowed: 28 days before to 5 days after", "CAPS-5 at month 6 (caps5-month6) may now be up to 5 days late; before, not at all (rule month-6).")]
    [InlineData("    target: 12 weeks", "    target: 10 weeks", "CAPS-5 at week 12 (caps5-week12) is due 10 weeks instead of 12 weeks after the start of wet 1 (rule week-12).")]
    [InlineData("    counts from: start of caps5-baseline", "    counts from: start of infusion[1]", "CAPS-5 at month 6 (caps5-month6) counts from the start of infusion 1 instead of the start of caps5-baseline (rule month-6).")]
    [InlineData("    within: 2 weeks", "    within: 3 weeks", "The 5 wet visits must all lie within 3 weeks, the first day included. Before: The 5 wet visits must all lie within 2 weeks, the first day included. (rule wet-within-two-weeks)")]
    [InlineData("  wet-never-on-an-infusion-day:", "  wet-apart:", "The rule wet-never-on-an-infusion-day is now called wet-apart; it says the same.")]
    [InlineData("    at most: 14 days\n", "", "caps5-baseline must end before infusion 1 starts. Before: caps5-baseline must end before infusion 1 starts; their dates lie at most 14 days apart. (rule baseline-before-treatment)")]
    [InlineData("    strength: should\n    weight: 2\n", "", "Each infusion visit must be on Monday, Wednesday or Friday. Before: Each infusion visit should be on Monday, Wednesday or Friday (a wish; each visit that is not costs 2 points). (rule infusion-days)")]
    [InlineData("    as: therapist\n", "    as: therapist\n    strength: should\n", "All wet visits should have the same person as therapist. Before: All wet visits must have the same person as therapist. (rule one-therapist)")]
    [InlineData("    starts: 08:00 to 11:30", "    starts: 08:00 to 12:00", "Each infusion visit must start between 08:00 and 12:00. Before: Each infusion visit must start between 08:00 and 11:30. (rule infusions-in-the-morning)")]
    [InlineData("version: 1.0.0", "version: 1.1.0", "The version is 1.1.0 instead of 1.0.0.")]
    [InlineData("  wet-after-infusion-4:\n    order: infusion[4] before wet[1]\n    cites: abstract (WET begins after the first four infusions)\n", "", "No longer a rule: infusion 4 must end before wet 1 starts. (rule wet-after-infusion-4)")]
    [InlineData("rules:\n", "rules:\n  ratings-early:\n    time of day for: caps5-week12\n    ends by: 15:00\n", "New rule: caps5-week12 must end by 15:00. (rule ratings-early)")]
    [InlineData("    between: 30 min and 60 min\n", "    between: 35 min and 60 min\n", "wet-later-session may be set from 35 min to 60 min instead of from 30 min to 60 min.")]
    [InlineData("    between: 30 min and 60 min\n", "", "wet-later-session may be set to any value instead of from 30 min to 60 min.")]
    [InlineData("    because: WET builds on one relationship.\n", "", "rule one-therapist no longer has the reason \"WET builds on one relationship.\".")]
    [InlineData("cites: abstract (primary outcome)", "cites: abstract, table 2", "caps5-week12 now has the citation \"abstract, table 2\" instead of \"abstract (primary outcome)\".")]
    [InlineData("    assumed: Usual practice for three a week.\n", "    assumed: Usual practice.\n", "rule infusion-days now has the assumption \"Usual practice.\" instead of \"Usual practice for three a week.\".")]
    [InlineData("  registry: NCT04889664\n", "", "Now: published as Feder A, et al. J Clin Psychiatry 2025;86(2):24m15622, doi 10.4088/JCP.24m15622. Before: published as Feder A, et al. J Clin Psychiatry 2025;86(2):24m15622, doi 10.4088/JCP.24m15622, NCT04889664.")]
    public void A_small_edit_has_its_sentence(string written, string instead, string sentence)
    {
        var text = Repository.Text($"protocols/{Feder}").ReplaceLineEndings("\n");
        Assert.Contains(written, text, StringComparison.Ordinal);
        var at = text.IndexOf(written, StringComparison.Ordinal);
        var edited = text[..at] + instead + text[(at + written.Length)..];
        edited = instead.Contains("count: 4", StringComparison.Ordinal) ? edited.Replace("2 to 5: $wet", "2 to 4: $wet", StringComparison.Ordinal)
            : instead.Contains("count: 6", StringComparison.Ordinal) ? edited.Replace("2 to 5: $wet", "2 to 6: $wet", StringComparison.Ordinal)
            : edited;

        var changes = ProtocolChanges.Between(Compile(text), Compile(edited));

        Assert.Equal([sentence], changes.All.Select(c => c.Sentence));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_edit_of_any_construct_has_its_sentence(int row)
    {
        var (edit, kind, sentence) = Edits[row];
        var change = Assert.Single(ProtocolChanges.Between(Plain, edit(Plain)).All);

        Assert.Equal((kind, sentence), (change.Kind, change.Sentence));
        Assert.Single(ProtocolChanges.Between(edit(Plain), Plain).All);
    }

    [Fact]
    public void A_visit_type_that_came_or_went_is_told_with_what_it_takes()
    {
        var more = Plain with { VisitTypes = Plain.VisitTypes.Add(TestProtocol.Assessment("scan", Mode.InPerson, 45, TestProtocol.Place("scanner", TestProtocol.Throughout(Use.Exclusive)))) };

        Assert.Equal(["New visits: scan, 1 assessment visit of 45 min, in person. Place scanner: exclusive for the whole visit."], ProtocolChanges.Between(Plain, more).All.Select(c => c.Sentence));
        Assert.Equal(["No more visits: scan, 1 assessment visit of 45 min, in person."], ProtocolChanges.Between(more, Plain).All.Select(c => c.Sentence));
    }

    [Fact]
    public void Any_two_of_the_shipped_protocols_can_be_compared()
    {
        Protocol[] all = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "protocols"), "*.yaml").Order(StringComparer.Ordinal).Select(f => Compile(File.ReadAllText(f)))];

        Assert.All(from one in all from other in all where one != other select (one, other), pair => Assert.NotEmpty(ProtocolChanges.Between(pair.one, pair.other).All));
    }

    [Fact]
    public void A_window_that_counts_from_a_new_visit_is_told_as_a_whole()
    {
        var more = Plain with { VisitTypes = Plain.VisitTypes.Add(TestProtocol.Assessment("scan", Mode.InPerson, 45, TestProtocol.Place("scanner", TestProtocol.Throughout(Use.Exclusive)))) };
        var edited = more with { Rules = [.. more.Rules.Select(r => r is Rule.HourWindow window ? window with { Anchor = new Anchor.StartOf(TestProtocol.Visit("scan[1]")) } : r)] };

        var told = ProtocolChanges.Between(Plain, edited).All.Single(c => c.Kind == ChangeKind.Rules).Sentence;

        Assert.Contains("after the start of scan", told, StringComparison.Ordinal);
        Assert.Contains("Before: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_told_with_what_it_sets()
    {
        var old = Compile(Repository.Text($"protocols/{Feder}"));
        var changed = ProtocolCompiler.Compile("new.yaml", Repository.Text($"protocols/{Feder}"), new Dictionary<string, string> { ["wet-later-session"] = "45 min" }).Required;

        Assert.Equal(
            ["Written exposure therapy (wet): 45 min instead of 40 min (visits 2 to 5).", "wet-later-session is set to 45 min instead of the value of the file."],
            ProtocolChanges.Between(old, changed).All.Select(c => c.Sentence));
    }

    [Fact]
    public void Two_that_say_the_same_have_no_changes()
    {
        var text = Repository.Text($"protocols/{Feder}");
        var changes = ProtocolChanges.Between(Compile(text), Compile(text.Replace("count: 6", "count:   '6' # six", StringComparison.Ordinal)));

        Assert.Empty(changes.All);
        Assert.Equal("From feder-2025-ketamine-wet 1.0.0 to feder-2025-ketamine-wet 1.0.0\nNothing changed: the two protocols say the same.\n", ChangesText.Write(changes));
    }

    [Fact]
    public void Changes_of_provenance_stand_at_the_end_and_are_said_to_move_nothing()
    {
        var cited = Plain with { Source = new("A paper", null, null) };
        var both = cited with { Version = "2.0.0" };

        Assert.Equal(
            "From test 1.0.0 to test 1.0.0\n\nReasons, citations and assumptions\n- New: published as A paper.\n\nNo calendar would notice: only reasons, citations or assumptions changed.\n",
            ChangesText.Write(ProtocolChanges.Between(Plain, cited)));
        Assert.Equal([ChangeKind.Course, ChangeKind.Provenance], ProtocolChanges.Between(Plain, both).All.Select(c => c.Kind));
    }

    [Fact]
    public void Every_kind_of_change_has_a_title() =>
        Assert.All(Enum.GetValues<ChangeKind>(), k => Assert.NotEmpty(ChangesText.Title(k)));

    private static Protocol Compile(string text) => ProtocolCompiler.Compile("some.yaml", text).Required;

    private static Protocol Type(Protocol protocol, Func<VisitType, VisitType> edit) => protocol with { VisitTypes = [edit(protocol.VisitTypes[0]), .. protocol.VisitTypes[1..]] };

    private static Rule.HourWindow Hours(int target, Leeway leeway) =>
        new(TestProtocol.Head("hours"), TestProtocol.Visits("call[1]"), new Anchor.EndOf(TestProtocol.Visit("dose[1]")), target, leeway, leeway, 0);
}
