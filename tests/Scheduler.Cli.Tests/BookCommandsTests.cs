using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Scheduler.Cli.Tests;

/// <summary>The commands of the book, each in text and in JSON, and what they say of mistakes.</summary>
public sealed class BookCommandsTests(BookOfSample sample) : IClassFixture<BookOfSample>, IDisposable
{
    private readonly BookCopy book = sample.Copy();

    public void Dispose() => book.Dispose();

    [Fact]
    public void Making_the_sample_says_what_is_in_it()
    {
        Assert.Equal((0, ""), (sample.Said.ExitCode, sample.Said.Error));
        Assert.Contains("'clinic-lakeside', 10 protocols and 40 patients, 37 of them on a protocol", sample.Said.Output, StringComparison.Ordinal);
        Assert.Equal(["book.db"], Directory.GetFileSystemEntries(Path.Combine(book.Folder, "data")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_day_is_shown_by_time()
    {
        var day = book.Json("day", "2026-11-20");
        var text = book.Ask("day", "2026-11-20");

        var starts = day.GetProperty("visits").EnumerateArray().Select(v => v.GetProperty("start").GetString()).ToList();
        Assert.NotEmpty(starts);
        Assert.Equal(starts.Order(StringComparer.Ordinal), starts);
        Assert.All(starts, s => Assert.StartsWith("2026-11-20T", s, StringComparison.Ordinal));
        Assert.StartsWith($"clinic-lakeside, Fri 2026-11-20: {starts.Count} visits.\n", text.Output, StringComparison.Ordinal);
        Assert.Equal(starts.Count + 2, text.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void A_day_without_visits_says_so() => Assert.Equal("clinic-lakeside, Sun 2030-01-06: nothing is booked.\n", book.Ask("day", "2030-01-06").Output);

    [Fact]
    public void No_answer_but_that_about_patients_holds_a_name()
    {
        var names = book.Json("patient", "show").GetProperty("patients").EnumerateArray().Select(p => p.GetProperty("name").GetString()!).ToList();
        var others = book.Ask("day").Output + book.Ask("day", "2026-11-24", "--json").Output + book.Ask("show", "E-1").Output + book.Ask("show", "E-9", "--json").Output;

        Assert.Equal(40, names.Count);
        Assert.DoesNotContain(names, n => others.Contains(n, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_what_is_known_of_a_patient_does_not_repeat_it()
    {
        var run = book.Ask("patient", "register", "P-041", "--name", "Ada Brook", "--availability", book.Write("ada.yaml", "patient: P-041\navailable:\n  her mother drives: on Frydays\n"));

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^BK003: There are mistakes in what was given; nothing was changed\.\n- line \d+, column \d+: [A-Z]{2}\d{3}", run.Error.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("mother", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Fryday", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_arm_is_given_or_drawn_and_not_both() =>
        Assert.StartsWith("BK096: ", book.AskAs("pharmacy", "enrol", "P-040", "--protocol", "feder-2021-repeated-ketamine", "--arm", "ketamine", "--allocate").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("judge E-19 responder yes", 1, "BK021: That cannot have happened; nothing was changed.")]
    [InlineData("judge E-19 responder maybe", 2, "'maybe' does not fit HOLDS; expected yes or no.")]
    [InlineData("user roles office --role Scheduler --person nurse-ana --everywhere --as admin", 2, "--person is said at a clinic, and so not together with --everywhere.")]
    public void What_is_judged_and_said_of_people_is_understood(string line, int code, string error)
    {
        var asked = BookOfSample.Ask(book.Folder, line.Contains("--as", StringComparison.Ordinal) ? line.Split(' ') : [.. line.Split(' '), "--as", "office"]);

        Assert.Equal(code, asked.ExitCode);
        Assert.StartsWith(error, asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patient_is_registered_enrolled_proposed_reserved_booked_and_shown()
    {
        Assert.Equal("P-041 is in the book.\n", book.Ask("patient", "register", "P-041", "--name", "Ada Brook", "--contact", "ada@example.org", "--channel", "mail", "--messages", "yes").Output);
        Assert.Equal("P-041 is enrolled as E-38 on feder-2025-ketamine-wet 1.0.0.\n", book.Ask("enrol", "P-041", "--protocol", "feder-2025-ketamine-wet").Output);

        var proposed = book.Json("propose", "E-38", "--proposals", "2", "--start-within", "90");
        var second = proposed.GetProperty("proposals")[1];
        var proposal = second.GetProperty("proposal").GetString()!;
        var visits = second.GetProperty("visits").GetArrayLength();
        Assert.Equal(7, second.GetProperty("cost").GetArrayLength());

        Assert.StartsWith($"The places of {proposal} are kept until Mon 2026-11-23 12:15.", book.Ask("reserve", proposal).Output, StringComparison.Ordinal);
        Assert.Equal($"The places of {proposal} are free again.\n", book.Ask("unreserve", proposal).Output);
        Assert.StartsWith("BK095: ", book.Ask("unreserve", proposal).Error, StringComparison.Ordinal);
        Assert.Equal($"Booked: {visits} visits of E-38.\n", book.Ask("book", proposal).Output);

        var shown = book.Json("show", "E-38");
        Assert.Equal(visits, shown.GetProperty("visits").EnumerateArray().Count(v => v.GetProperty("status").GetString() == "booked"));
        Assert.Equal("P-041", shown.GetProperty("patient").GetString());
        var text = book.Ask("show", "E-38").Output;
        Assert.StartsWith("E-38: patient P-041 on Ketamine infusions with written exposure therapy", text, StringComparison.Ordinal);
        Assert.EndsWith("Nothing is to be placed.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Booked_twice_under_one_key_it_is_booked_once_and_another_proposal_under_it_is_refused()
    {
        var (one, other) = (Proposal("E-35"), Proposal("E-36"));

        var once = book.Ask("book", one, "--key", "K");
        var again = book.Ask("book", one, "--key", "K");
        var refused = book.Ask("book", other, "--key", "K");

        Assert.Equal((0, once.Output), (again.ExitCode, again.Output));
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("BK018: The key 'K' has been used for something else.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_the_proposal_is_the_key()
    {
        var proposal = Proposal("E-35");

        Assert.Equal(book.Ask("book", proposal).Output, book.Ask("book", proposal).Output);
    }

    [Fact]
    public void A_proposal_that_is_gone_is_refused_with_1()
    {
        var (first, second) = (Proposal("E-35"), Proposal("E-35"));
        Assert.Equal(0, book.Ask("book", first).ExitCode);

        var late = book.Ask("book", second);

        Assert.Equal((1, ""), (late.ExitCode, late.Output));
        Assert.StartsWith($"BK016: There is no proposal '{second}' any more", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_visit_is_told_and_the_rest_is_proposed_and_booked()
    {
        var (enrolment, visit) = book.With("booked", v => v.GetProperty("visit").GetString()!.StartsWith("infusion", StringComparison.Ordinal) && IsOver(v));

        var told = book.Ask("noshow", enrolment, visit, "--why", "did not come");
        Assert.Equal((0, ""), (told.ExitCode, told.Error));
        Assert.StartsWith($"Noted of {enrolment}: {visit}, ", told.Output, StringComparison.Ordinal);
        Assert.Contains($"For a proposal: scheduler propose {enrolment}\n", told.Output, StringComparison.Ordinal);

        var repair = book.Json("propose", enrolment, "--deviations", "major").GetProperty("proposals")[0].GetProperty("proposal").GetString()!;
        Assert.Equal(0, book.Ask("book", repair).ExitCode);
        Assert.EndsWith("Nothing is to be placed.\n", book.Ask("show", enrolment).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confirm", "confirmed")]
    [InlineData("arrive", "arrived")]
    [InlineData("cancel", "cancelled")]
    [InlineData("hold", "on hold")]
    [InlineData("complete", "completed")]
    public void What_happens_at_a_visit_is_told_and_shown(string command, string status)
    {
        var (enrolment, visit) = book.With("booked", v => command == "complete" == IsOver(v));

        var told = book.Json(command, enrolment, visit);

        Assert.Equal(enrolment, told.GetProperty("enrolment").GetString());
        Assert.Contains(
            book.Json("show", enrolment).GetProperty("visits").EnumerateArray(), v => v.GetProperty("visit").GetString() == visit && v.GetProperty("status").GetString() == status);
    }

    [Fact]
    public void What_was_told_of_a_visit_that_is_over_happened_at_its_end()
    {
        var (enrolment, visit) = book.With("booked", IsOver);
        var end = Visit(enrolment, visit).GetProperty("end").GetString();

        Assert.Equal(0, book.Ask("complete", enrolment, visit).ExitCode);

        Assert.Equal(end, Visit(enrolment, visit).GetProperty("end").GetString());
    }

    [Fact]
    public void A_score_is_recorded_where_it_was_measured_and_refused_elsewhere()
    {
        var enrolment = Of("feder-2021-repeated-ketamine");
        var measured = book.Json("show", enrolment).GetProperty("visits").EnumerateArray().First(v => v.GetProperty("status").GetString() == "completed").GetProperty("visit").GetString()!;

        var refused = book.Ask("outcome", enrolment, measured, "nothing", "20");

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("BK021: That cannot have happened; nothing was changed.\n- ", refused.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("'nothing'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sick_day_lists_who_is_hit_and_proposes_how_all_of_them_go_on_together()
    {
        var sick = book.Json("sick", "therapist-kim", "--from", "2026-11-24", "--to", "2026-11-25", "--deviations", "major");
        var hit = sick.GetProperty("enrolments").EnumerateArray().Select(e => e.GetString()).ToList();
        Assert.NotEmpty(hit);
        Assert.Equal(hit, sick.GetProperty("courses").EnumerateArray().Select(c => c.GetProperty("enrolment").GetString()));

        Assert.Empty(sick.GetProperty("later").EnumerateArray());

        // The same is asked for again by name.
        var again = book.Json("propose", "E-24", "E-29", "--deviations", "major");
        Assert.Equal(["E-24", "E-29"], again.GetProperty("courses").EnumerateArray().Select(c => c.GetProperty("enrolment").GetString()));
        Assert.Contains("are for one enrolment", book.Ask("propose", "E-24", "E-29", "--proposals", "2").Error, StringComparison.Ordinal);

        Assert.Equal(0, book.Ask("book", sick.GetProperty("proposal").GetString()!).ExitCode);
        foreach (var day in new[] { "2026-11-24", "2026-11-25" })
        {
            Assert.DoesNotContain("therapist-kim", book.Ask("day", day).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sick_day_that_hits_nobody_says_so() => Assert.Equal(
        "psychiatrist-haddad is away on Sat 2026-12-05. No booked visit is hit.\n", book.Ask("sick", "psychiatrist-haddad", "--from", "2026-12-05").Output);

    [Fact]
    public void Where_a_visit_may_go_is_shown_before_it_is_moved()
    {
        var (enrolment, visit) = book.With("booked", v => v.GetProperty("visit").GetString()!.StartsWith("caps5", StringComparison.Ordinal) && !IsOver(v));

        var shown = book.Ask("move", enrolment, visit);
        var json = book.Json("move", enrolment, visit, "--from", "2027-01-04", "--until", "2027-01-05");
        var wrong = book.Ask("move", enrolment, visit, "--from", "2027-01-04");

        Assert.StartsWith($"{visit} is on ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Where it may go while every other visit stays", shown.Output, StringComparison.Ordinal);
        Assert.Equal(["2027-01-04", "2027-01-05"], json.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString()));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--from and --until go together", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_is_moved_by_hand_as_a_proposal()
    {
        var (enrolment, visit) = book.With("booked", v => v.GetProperty("visit").GetString()!.StartsWith("caps5", StringComparison.Ordinal) && !IsOver(v));
        var start = Visit(enrolment, visit).GetProperty("start").GetString()![..16];

        var nowhere = book.Ask("move", enrolment, visit, "--to", "2027-01-02T03:00");
        var same = book.Json("move", enrolment, visit, "--to", start);

        Assert.Equal(3, nowhere.ExitCode);
        Assert.StartsWith("BK029: ", nowhere.Error, StringComparison.Ordinal);
        Assert.Equal(1, same.GetProperty("proposals").GetArrayLength());
    }

    [Fact]
    public void A_backup_brings_the_book_back_and_only_what_is_one_is_restored()
    {
        var file = Path.Combine(book.Folder, "book.backup");
        Assert.StartsWith($"The book is in {file}: 40 patients, ", book.AskAs("admin", "backup", file).Output, StringComparison.Ordinal);
        Assert.Equal(1, book.AskAs("admin", "backup", file).ExitCode);
        Assert.StartsWith("BK002: 'office' may not do this: it concerns all clinics", book.Ask("backup", $"{file}2").Error, StringComparison.Ordinal);
        Assert.Equal(["book.backup", "data"], Directory.EnumerateFileSystemEntries(book.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        _ = book.Ask("patient", "register", "P-900", "--name", "Somebody");
        Assert.StartsWith($"The book is as {file} has it: 40 patients, ", book.AskAs("admin", "restore", file).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("P-900", book.Ask("patient", "show").Output, StringComparison.Ordinal);
        Assert.Equal(0, book.AskAs("admin", "audit", "verify").ExitCode);

        File.WriteAllText(file, "something else");
        var refused = book.AskAs("admin", "restore", file);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("BK036: The backup cannot be used: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("P-040", book.Ask("patient", "show").Output, StringComparison.Ordinal);
        Assert.Equal(1, book.AskAs("admin", "restore", $"{file}9").ExitCode);
    }

    [Fact]
    public void With_the_same_zone_data_no_visit_is_at_another_moment()
    {

        Assert.Equal("Every visit to come is at the moment that its clock time means.\n", book.AskAs("admin", "tz-check").Output);
        Assert.Equal(0, JsonDocument.Parse(book.AskAs("admin", "tz-check", "--json").Output).RootElement.GetProperty("shifted").GetArrayLength());
    }

    [Fact]
    public void The_audit_is_verified_with_its_head_and_exported()
    {
        var whole = book.AskAs("admin", "audit", "verify", "--json");
        var head = JsonDocument.Parse(whole.Output).RootElement.GetProperty("head").GetString()!;
        var file = Path.Combine(book.Folder, "audit.jsonl");

        Assert.StartsWith("The audit of clinic-lakeside is as it was written: ", book.AskAs("admin", "audit", "verify", "--head", head).Output, StringComparison.Ordinal);
        Assert.StartsWith("The audit of all clinics together is as it was written: ", book.AskAs("admin", "audit", "verify", "--all-clinics").Output, StringComparison.Ordinal);
        Assert.Contains("The audit of all clinics together is as it was written: ", book.AskAs("admin", "audit", "verify").Output, StringComparison.Ordinal);
        Assert.Equal("", JsonDocument.Parse(whole.Output).RootElement.GetProperty("others")[0].GetProperty("clinic").GetString());
        var other = book.AskAs("admin", "audit", "verify", "--head", $"{int.Parse(head.Split(':')[0], CultureInfo.InvariantCulture) + 1}:{head.Split(':')[1]}");
        Assert.Equal(1, other.ExitCode);
        Assert.StartsWith("BK051: The audit of clinic-lakeside is not as it was written, from entry ", other.Error, StringComparison.Ordinal);

        Assert.Equal(0, book.AskAs("admin", "audit", "export", file).ExitCode);
        var lines = File.ReadAllLines(file);
        Assert.Equal(head, $"{lines.Length}:{JsonDocument.Parse(lines[^1]).RootElement.GetProperty("hash").GetString()}");
        Assert.Equal(1, book.AskAs("admin", "audit", "export", file).ExitCode);
        Assert.Equal(lines, File.ReadAllLines(file));
    }

    [Fact]
    public void A_patient_is_corrected_and_what_is_not_said_stays()
    {
        Assert.Equal("P-040 is corrected.\n", book.Ask("patient", "correct", "P-040", "--contact", "new@example.org").Output);

        var patient = book.Json("patient", "show", "P-040").GetProperty("patients")[0];
        Assert.Equal(("new@example.org", true), (patient.GetProperty("contact").GetString(), patient.GetProperty("name").GetString()!.Length > 0));
        Assert.StartsWith("BK058: The clinic has a patient 'P-040' already.", book.Ask("patient", "register", "P-040", "--name", "X").Error, StringComparison.Ordinal);
        Assert.Equal(1, book.Ask("patient", "correct", "P-900", "--name", "X").ExitCode);
    }

    [Theory]
    [InlineData("show E-900", 1, "BK015: The clinic has no enrolment 'E-900'.")]
    [InlineData("patient show P-900", 1, "BK014: The clinic has no patient 'P-900'. Register them first.")]
    [InlineData("enrol P-900 --protocol ect-acute", 1, "BK014: The clinic has no patient 'P-900'. Register them first.")]
    [InlineData("enrol P-040 --protocol ect-acut", 1, "BK010: There is no active version of the protocol 'ect-acut' in the library.")]
    [InlineData("enrol P-040 --protocol feder-2021-repeated-ketamine --arm ketamine", 1, "BK023: 'office' may not give an arm of a protocol that blinds anybody: ")]
    [InlineData("noshow E-1 infuson[1]", 1, "BK061: The course has no visit 'infuson[1]'.")]
    [InlineData("confirm E-30 infusion[1] --at 2027-03-01T08:00", 1, "BK026: Only what has happened until now (2026-11-23T12:00) can be told")]
    [InlineData("propose E-35 --from 2026-11-01", 1, "BK025: Expected a first day that is not over")]
    [InlineData("sick therapist-kin --from 2026-11-24", 1, "BK007: The clinic has no resource 'therapist-kin'.")]
    [InlineData("sick therapist-kim --from 2026-11-24 --to 2026-11-23", 1, "BK008: The last day is before the first")]
    [InlineData("book P-9000", 1, "BK016: There is no proposal 'P-9000' any more")]
    [InlineData("audit verify", 1, "BK002: 'office' may not do this here; it takes the role Administrator.")]
    [InlineData("day --clinic clinic-elsewhere", 1, "BK006: There is no clinic 'clinic-elsewhere' in the book.")]
    [InlineData("day tomorrow", 2, "'tomorrow' does not fit DATE; expected a date from 1900-01-01 to 2200-12-31 such as 2027-01-04.")]
    [InlineData("reserve P-1 --minutes 121", 2, "'121' does not fit --minutes, which takes a whole number from 1 to 120.")]
    [InlineData("outcome E-1 caps5-before caps5 high", 2, "'high' does not fit VALUE; expected a whole number, or yes or no.")]
    [InlineData("audit verify --head 12", 2, "'12' does not fit --head; expected NUMBER:HASH as 'scheduler audit verify' prints it.")]
    public void A_mistake_says_what_is_in_the_way(string line, int code, string message)
    {
        var run = book.Ask(line.Split(' '));

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient shw", "There is no command 'shw'. Did you mean 'show'?")]
    [InlineData("patient", "Say what to do: register, correct or show.")]
    [InlineData("audit", "Say what to do: verify or export.")]
    public void A_command_of_commands_says_which_it_has(string line, string message)
    {
        var run = BookOfSample.Ask(book.Folder, line.Split(' '));

        Assert.Equal((2, message), (run.ExitCode, run.Error.ReplaceLineEndings("\n").Split('\n')[0]));
    }

    [Fact]
    public void Help_of_a_command_of_a_command_is_named_whole() => Assert.EndsWith("Try 'scheduler patient show --help'.\n", book.Ask("patient", "show", "P-1", "--nme").Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Fact]
    public void Whoever_has_no_role_is_refused_and_who_asks_must_be_said()
    {
        Assert.StartsWith("BK002: 'stranger' may not do this here;", book.AskAs("stranger", "day").Error, StringComparison.Ordinal);
        var nobody = BookOfSample.Ask(book.Folder, "day");
        Assert.Equal((2, "Option '--as' is required, unless the settings say who asks."), (nobody.ExitCode, nobody.Error.Split('\n')[0].TrimEnd()));
    }

    [Fact]
    public void The_settings_name_the_book_and_who_asks()
    {
        var settings = Path.Combine(book.Folder, "settings.json");
        File.WriteAllText(settings, """{"data": "data", "as": "office"}""");

        Assert.Equal(0, BookOfSample.Ask("elsewhere", "day", "--settings", settings).ExitCode);
    }

    [Fact]
    public void A_rater_who_is_blinded_is_answered_the_same_when_the_arms_are_swapped()
    {
        var enrolment = Of("feder-2021-repeated-ketamine");
        string[] Seen() => [.. new[] { "show " + enrolment, "show " + enrolment + " --json", "day 2026-11-20 --json", "day 2026-11-24", "propose " + enrolment, "patient show", "audit verify" }
            .Select(line => book.AskAs("rater-chen", line.Split(' '))).Select(run => $"{run.ExitCode} {run.Output} {run.Error}")];
        var before = Seen();

        using (var open = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(book.Folder, "data", "book.db"), Pooling = false }.ToString()))
        {
            open.Open();
            using var swap = open.CreateCommand();
            swap.CommandText = "update allocation set arm = case arm when 'ketamine' then 'midazolam' else 'ketamine' end";
            Assert.Equal(2, swap.ExecuteNonQuery());
        }

        Assert.Equal(before, Seen());
        Assert.Equal(["0", "0", "0", "0", "1", "1", "1"], before.Select(b => b[..1]));
    }

    [Fact]
    public void A_visit_begins_one_that_no_longer_counts_is_repeated_and_a_patient_stops()
    {
        var (enrolment, visit) = book.With("booked", IsOver);
        var start = Visit(enrolment, visit).GetProperty("start").GetString()![..16];
        Assert.StartsWith($"Noted of {enrolment}: {visit}, ", book.Ask("start", enrolment, visit, "--at", start).Output, StringComparison.Ordinal);
        Assert.Equal("started", Visit(enrolment, visit).GetProperty("status").GetString());

        var (other, rating) = book.With("completed", v => v.GetProperty("visit").GetString()!.StartsWith("caps5-baseline", StringComparison.Ordinal));
        Assert.Contains($"To be placed: {rating}", book.Ask("repeat", other, rating).Output, StringComparison.Ordinal);

        Assert.Equal($"{enrolment} is over. What was booked of it is free.\n", book.Ask("withdraw", enrolment, "--why", "moves away").Output);
        Assert.StartsWith("BK034: ", book.Ask("propose", enrolment).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arms_are_drawn_from_a_list_that_the_pharmacy_alone_sees()
    {
        var list = Path.Combine(book.Folder, "list.csv");
        File.WriteAllText(list, "number,arm\n9,ketamine\n10,midazolam\n");
        var shown = book.AskAs("pharmacy", "allocation", "show", "--protocol", "feder-2021-repeated-ketamine", "--json");
        Assert.Equal(8, JsonDocument.Parse(shown.Output).RootElement.GetProperty("entries").GetArrayLength());
        Assert.Equal("2 entries are on the list of feder-2021-repeated-ketamine now.\n", book.AskAs("pharmacy", "allocation", "import", list, "--protocol", "feder-2021-repeated-ketamine").Output);
        Assert.Equal(1, book.Ask("allocation", "show", "--protocol", "feder-2021-repeated-ketamine").ExitCode);

        Assert.Equal("P-038 is enrolled as E-38 on feder-2021-repeated-ketamine 1.0.0.\n", book.Ask("enrol", "P-038", "--protocol", "feder-2021-repeated-ketamine", "--allocate").Output);
        _ = book.Ask("enrol", "P-039", "--protocol", "feder-2021-repeated-ketamine");
        Assert.Equal("E-39 has entry 4 of the list.\n", book.Ask("allocation", "draw", "E-39").Output);
        Assert.Equal("E-38: midazolam.\n", book.AskAs("pharmacy", "allocation", "unblind", "E-38", "--why", "a seizure").Output);
        Assert.StartsWith("BK042: ", book.AskAs("pharmacy", "allocation", "unblind", "E-38").Error, StringComparison.Ordinal);
    }

    private static bool IsOver(JsonElement visit) => DateTimeOffset.Parse(visit.GetProperty("end").GetString()!, CultureInfo.InvariantCulture) < BookOfSample.Noon.ToDateTimeOffset();

    private JsonElement Visit(string enrolment, string visit) =>
        book.Json("show", enrolment).GetProperty("visits").EnumerateArray().First(v => v.GetProperty("visit").GetString() == visit);

    private string Of(string protocol) => Enumerable.Range(1, 37).Select(e => $"E-{e}").First(e => book.Json("show", e).GetProperty("protocol").GetProperty("id").GetString() == protocol);

    private string Proposal(string enrolment) => book.Json("propose", enrolment, "--start-within", "90").GetProperty("proposals")[0].GetProperty("proposal").GetString()!;
}
