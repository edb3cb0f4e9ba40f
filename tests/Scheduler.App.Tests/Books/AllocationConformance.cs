using Scheduler.App.Access;
using Scheduler.App.Allocations;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>Arms drawn from a list that only the pharmacy sees, on either store.</summary>
public abstract class AllocationConformance
{
    private const string Trial = "feder-2021-repeated-ketamine";

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Patients_get_arms_in_the_order_of_the_list_and_nobody_else_learns_them()
    {
        await using var book = await TrialBook();
        Assert.Equal(3, Done(await Import(book, "number,arm\n1,ketamine\n2, midazolam\n\n3,ketamine\n")).Entries);

        var first = await Enrolled(book, "P-001", fromList: true);
        var second = await Enrolled(book, "P-002", fromList: false);
        var number = Done(await book.App.Send(new Allocate(second) { As = "desk", Clinic = book.Id })).Number;

        Assert.Equal(2, number);
        Assert.Equal([("ketamine", first), ("midazolam", second), ("ketamine", null)], Done(await book.App.Send(new ShowAllocations(Trial) { As = "pharmacy", Clinic = book.Id })).Entries.Select(e => (e.Arm, e.Enrolment)));
        Assert.Equal("midazolam", await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, second))!.State.Course.Arm));
        foreach (var other in (string[])["root", "desk", "doctor", "rater"])
        {
            Assert.Equal("BK002", (await book.App.Send(new ShowAllocations(Trial) { As = other, Clinic = book.Id })).Refusal?.Code);
        }

        var audit = await book.Store.Read(b => b.Chain(book.Id));
        Assert.DoesNotContain(audit, l => $"{l.Entry}".Contains("\"ketamine\"", StringComparison.Ordinal) || $"{l.Entry}".Contains("midazolam", StringComparison.Ordinal));
        Assert.Contains(audit, l => l.Entry is { Act: "show allocation list", Actor: "pharmacy" });
    }

    [Fact]
    public async Task Two_who_draw_at_once_draw_two_entries_and_an_empty_list_enrols_nobody()
    {
        await using var book = await TrialBook();
        _ = Done(await Import(book, "1,ketamine\n2,midazolam\n"));
        string[] courses = [await Enrolled(book, "P-001", fromList: false), await Enrolled(book, "P-002", fromList: false)];

        var drawn = await Task.WhenAll(courses.Select(c => Task.Run(() => book.App.Send(new Allocate(c) { As = "desk", Clinic = book.Id }))));

        Assert.Equal([1, 2], drawn.Select(d => Done(d).Number).Order());
        Assert.Equal("BK041", (await book.App.Send(new Allocate(courses[0]) { As = "desk", Clinic = book.Id })).Refusal?.Code);
        _ = Done(await book.App.Send(new RegisterPatient("P-003", "C", "c@example.org", "mail", null, null, true) { As = "root", Clinic = book.Id }));
        var late = await book.App.Send(new Enrol("P-003", Trial, null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "desk", Clinic = book.Id, FromList = true });
        Assert.Equal("BK040", late.Refusal?.Code);
        Assert.Equal(2, (await book.Rows<long>("select count(*) from enrolment")).Single());
    }

    [Fact]
    public async Task A_list_is_taken_whole_or_not_at_all_and_its_mistakes_tell_no_arm()
    {
        await using var book = await TrialBook();

        var refused = (await Import(book, "1,ketamine\n2,placebo\n2;midazolam\n1,midazolam\n")).Refusal!;

        Assert.Equal("BK039", refused.Code);
        Assert.Equal(["line 2: that is no arm of version 1.0.0.", "line 3: expected a number, a comma and an arm.", "line 4: the number 1 is on the list already."], [.. refused.Details]);
        Assert.Empty(await book.Rows<long>("select number from allocation_entry"));
        Assert.Equal("BK039", (await Import(book, "\n")).Refusal?.Code);
        Assert.Equal("BK039", (await Import(book, "number,arm\n")).Refusal?.Code);
        Assert.Equal("BK002", (await book.App.Send(new ImportAllocationList(Trial, "1,ketamine") { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK038", (await book.App.Send(new ImportAllocationList("feder-2025-ketamine-wet", "1,ketamine") { As = "pharmacy", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Where_anybody_is_blinded_only_the_pharmacy_gives_an_arm()
    {
        await using var book = await TrialBook();
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "a@example.org", "mail", null, null, true) { As = "root", Clinic = book.Id }));
        Task<Answer<Enrolled>> Give(string account) => book.App.Send(new Enrol("P-001", Trial, null, new(2026, 11, 23), new Dictionary<string, string>(), [], "ketamine") { As = account, Clinic = book.Id });

        Assert.Equal("BK023", (await Give("root")).Refusal?.Code);
        Assert.Equal("BK023", (await Give("desk")).Refusal?.Code);
        Assert.Equal("E-1", Done(await Give("pharmacy")).Enrolment);
    }

    [Fact]
    public async Task An_arm_is_told_in_an_emergency_with_a_reason_that_stands_in_the_audit()
    {
        await using var book = await TrialBook();
        _ = Done(await Import(book, "1,midazolam\n"));
        var course = await Enrolled(book, "P-001", fromList: true);

        Assert.Equal("BK042", (await book.App.Send(new Unblind(course, " ") { As = "doctor", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK002", (await book.App.Send(new Unblind(course, "curious") { As = "rater", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("midazolam", Done(await book.App.Send(new Unblind(course, "a seizure") { As = "doctor", Clinic = book.Id })).Arm);
        Assert.Contains(await book.Store.Read(b => b.Chain(book.Id)), l => l.Entry is { Act: "unblind", Actor: "doctor", Why: "a seizure" });
    }

    [Theory]
    [InlineData("1;ketamine\n2,midazolam\n")]
    [InlineData("-1,ketamine\n2,midazolam\n")]
    [InlineData("\uFEFF\"1\",ketamine\n2,midazolam\n")]
    public async Task A_bad_first_entry_is_no_heading(string text)
    {
        await using var book = await TrialBook();

        Assert.Equal(["line 1: expected a number, a comma and an arm."], (await Import(book, text)).Refusal?.Details);
        Assert.Equal(2, Done(await Import(book, "\uFEFF1,ketamine\n2,midazolam\n")).Entries);
    }

    [Fact]
    public async Task An_arm_that_the_version_of_a_course_has_not_is_not_drawn_and_not_named()
    {
        await using var book = await TrialBook();
        var course = await Enrolled(book, "P-001", fromList: false);
        await Next(book, "midazolam", "saline");
        _ = Done(await Import(book, "1,saline\n2,ketamine\n"));

        var refused = (await book.App.Send(new Allocate(course) { As = "desk", Clinic = book.Id })).Refusal!;

        Assert.Equal("BK091", refused.Code);
        Assert.DoesNotContain("saline", $"{refused}", StringComparison.Ordinal);
        Assert.All(Done(await book.App.Send(new ShowAllocations(Trial) { As = "pharmacy", Clinic = book.Id })).Entries, e => Assert.Null(e.Enrolment));
        Assert.Empty(await book.Rows<string>("select arm from allocation"));
        _ = Done(await book.App.Send(new Reports.AtRisk(30) { As = "desk", Clinic = book.Id }));

        // Amended, it is still read by the version before.
        _ = Done(await book.App.Send(new Amend(course, "2.0.0", true, "") { As = "desk", Clinic = book.Id }));
        Assert.Equal("BK091", (await book.App.Send(new Allocate(course) { As = "desk", Clinic = book.Id })).Refusal?.Code);

        // The list goes on for others.
        Assert.Equal("E-2", await Enrolled(book, "P-002", fromList: true));
    }

    [Fact]
    public async Task No_refusal_names_an_arm_that_stands_in_the_book()
    {
        await using var book = await TrialBook();
        _ = Done(await Import(book, "1,midazolam\n2,midazolam\n"));
        var course = await Enrolled(book, "P-001", fromList: true);
        await Next(book, "midazolam", "saline");

        var shown = (await book.App.Send(new Amend(course, "2.0.0", false, "") { As = "desk", Clinic = book.Id })).Refusal!;
        var amended = (await book.App.Send(new Amend(course, "2.0.0", true, "") { As = "desk", Clinic = book.Id })).Refusal!;
        _ = Done(await book.App.Send(new RegisterPatient("P-002", "B", null, null, null, null, false) { As = "root", Clinic = book.Id }));
        var enrolled = (await book.App.Send(new Enrol("P-002", Trial, null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "desk", Clinic = book.Id, FromList = true })).Refusal!;

        Assert.Equal(["BK090", "BK090", "BK091"], [shown.Code, amended.Code, enrolled.Code]);
        Assert.All([shown, amended, enrolled], r => Assert.DoesNotContain("midazolam", $"{r}", StringComparison.Ordinal));
        Assert.Equal([1L], await book.Rows<long>("select number from allocation_entry where enrolment is not null"));
    }

    /// <summary>Makes a version active in which an arm is called otherwise.</summary>
    private static async Task Next(TestBook book, string arm, string other)
    {
        var text = Text($"protocols/{Trial}.yaml").Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal).Replace($"  {arm}: ", $"  {other}: ", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportProtocol("next.yaml", text) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(Trial, "2.0.0") { As = "root", Clinic = book.Id }));
    }

    private async Task<TestBook> TrialBook()
    {
        var book = await (await NewBook()).WithClinic();
        var protocol = Done(await book.App.Send(new ImportProtocol("trial.yaml", Text($"protocols/{Trial}.yaml")) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = book.Id }));
        foreach (var (account, role) in ((string, Role)[])[("desk", Role.Scheduler), ("doctor", Role.Clinician), ("rater", Role.BlindedRater), ("pharmacy", Role.UnblindedPharmacist)])
        {
            _ = Done(await book.App.Send(new GrantRoles(account, null, [role]) { As = "root", Clinic = book.Id }));
        }

        return book;
    }

    private static Task<Answer<AllocationListImported>> Import(TestBook book, string text) => book.App.Send(new ImportAllocationList(Trial, text) { As = "pharmacy", Clinic = book.Id });

    private static async Task<string> Enrolled(TestBook book, string patient, bool fromList)
    {
        _ = Done(await book.App.Send(new RegisterPatient(patient, $"Name of {patient}", "p@example.org", "mail", null, null, true) { As = "root", Clinic = book.Id }));
        return Done(await book.App.Send(new Enrol(patient, Trial, null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "desk", Clinic = book.Id, FromList = fromList })).Enrolment;
    }
}
