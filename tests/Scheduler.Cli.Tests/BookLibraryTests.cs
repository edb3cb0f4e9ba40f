namespace Scheduler.Cli.Tests;

/// <summary>What a clinic's administrators and authors do: clinics, protocols, folders of both, and people.</summary>
public sealed class BookLibraryTests(BookOfSample sample) : IClassFixture<BookOfSample>, IDisposable
{
    private static readonly string Ect = File.ReadAllText(Cli.Resolve("protocols/ect-acute.yaml"));
    private static readonly string Lakeside = File.ReadAllText(Cli.Resolve("protocols/samples/clinic-lakeside.yaml"));

    private readonly BookCopy book = sample.Copy();

    public void Dispose() => book.Dispose();

    [Fact]
    public void A_new_book_gets_its_clinic_its_protocols_and_its_people()
    {
        using var scratch = new Scratch();
        Cli Ask(params string[] args) => BookOfSample.Ask(scratch.Folder, [.. args, "--as", "root"]);

        Assert.EndsWith("Import the clinic, and protocols for its library: scheduler clinic import FILE --as root\n", Ask("init").Output, StringComparison.Ordinal);
        Assert.Equal("The book has no clinic yet.\n", Ask("clinic", "list").Output);
        Assert.Equal("The library is empty.\n", Ask("protocol", "list").Output);
        Assert.Equal("clinic-busy is in the book in version 1. No booked visit is hit.\n", Ask("clinic", "import", Cli.Resolve("protocols/samples/clinic-busy.yaml")).Output);
        Assert.Equal("clinic-busy is in the book as the file has it already, in version 1. No booked visit is hit.\n", Ask("clinic", "import", Cli.Resolve("protocols/samples/clinic-busy.yaml")).Output);
        Assert.StartsWith("clinic-busy: Riverside Trauma Clinic, America/New_York, version 1 by root.\n", Ask("clinic", "show").Output, StringComparison.Ordinal);
        Assert.Equal("feder-2025-ketamine-wet 1.0.0 is a draft in the library.\n", Ask("protocol", "import", Cli.Resolve(Cli.Protocol)).Output);
        Assert.Equal("feder-2025-ketamine-wet 1.0.0 is active in the library.\n", Ask("protocol", "activate", "feder-2025-ketamine-wet", "1.0.0").Output);
        Assert.Equal("office is Scheduler at clinic-busy from now on.\n", Ask("user", "add", "office", "--role", "scheduler").Output);
        Cli Office(params string[] args) => BookOfSample.Ask(scratch.Folder, [.. args, "--as", "office"]);
        Assert.Equal(0, Office("patient", "register", "P-1", "--name", "Somebody").ExitCode);
        Assert.Equal(0, Office("enrol", "P-1", "--protocol", "feder-2025-ketamine-wet").ExitCode);
        Assert.Equal(0, Office("propose", "E-1", "--start-within", "90").ExitCode);
    }

    [Fact]
    public void A_second_clinic_is_imported_and_each_command_asks_which()
    {
        Assert.Equal(0, book.AskAs("admin", "clinic", "import", Cli.Resolve("protocols/samples/clinic-small.yaml")).ExitCode);

        Assert.Equal(["clinic-lakeside", "clinic-small"], book.JsonAs("admin", "clinic", "list").GetProperty("clinics").EnumerateArray().Select(c => c.GetProperty("clinic").GetString()));
        Assert.StartsWith("BK056: The book has the clinics clinic-lakeside and clinic-small. Say which by --clinic.", book.Ask("day").Error, StringComparison.Ordinal);
        Assert.Equal(0, book.Ask("day", "--clinic", "clinic-lakeside").ExitCode);

        // What is of the whole book asks for none.
        Assert.Equal(0, book.AskAs("admin", "backup", Path.Combine(book.Folder, "two.backup")).ExitCode);
        Assert.Equal(0, book.AskAs("admin", "protocol", "list").ExitCode);
    }

    [Fact]
    public void A_changed_clinic_names_whose_visits_no_longer_fit_and_what_would_repair_them()
    {
        var file = book.Write("lakeside.yaml", Lakeside.Replace("closures:\n", "closures:\n  painting: 2026-11-30\n", StringComparison.Ordinal));

        var changed = book.JsonAs("admin", "clinic", "import", file, "--deviations", "major");

        Assert.Equal(2, changed.GetProperty("version").GetInt32());
        var hit = changed.GetProperty("enrolments").EnumerateArray().Select(e => e.GetString()).ToList();
        Assert.NotEmpty(hit);
        Assert.Equal(hit.Order(StringComparer.Ordinal), changed.GetProperty("courses").EnumerateArray().Concat(changed.GetProperty("without").EnumerateArray()).Select(c => c.GetProperty("enrolment").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(0, book.Ask("book", changed.GetProperty("proposal").GetString()!).ExitCode);
        book.AssertOnly(changed.GetProperty("without"), "2026-11-30");
    }

    [Fact]
    public void Mistakes_of_a_clinics_file_are_told_where_they_are()
    {
        var file = book.Write("broken.yaml", Lakeside.Replace("slot grid: 15 min", "slot grid: 7 min", StringComparison.Ordinal));

        var run = book.AskAs("admin", "clinic", "import", file);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^BK003: There are mistakes in what was given; nothing was changed\.\n- .*broken\.yaml:6:12: [A-Z]{2}\d{3}: ", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_protocol_has_versions_and_what_changed_between_two_is_told_in_words()
    {
        var newer = Ect.Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal).Replace("title: Acute course of electroconvulsive therapy", "title: Acute course", StringComparison.Ordinal);
        var file = book.Write("ect.yaml", newer);

        Assert.Equal("ect-acute 1.1.0 is a draft in the library.\n", book.AskAs("author", "protocol", "import", file).Output);
        Assert.Equal("ect-acute 1.1.0 is a draft in the library already.\n", book.AskAs("author", "protocol", "import", file).Output);
        Assert.Equal(
            "From ect-acute 1.0.0 to ect-acute 1.1.0\n\nThe protocol\n- The version is 1.1.0 instead of 1.0.0.\n- The title is \"Acute course\" instead of \"Acute course of electroconvulsive therapy\".\n",
            book.AskAs("author", "protocol", "diff", "ect-acute", "1.0.0", "1.1.0").Output);
        Assert.Equal(2, book.JsonAs("author", "protocol", "diff", "ect-acute", "1.0.0", "1.1.0").GetProperty("changes").GetArrayLength());

        File.WriteAllText(file, newer + "# another word\n");
        var changed = book.AskAs("author", "protocol", "import", file);
        Assert.Equal(1, changed.ExitCode);
        Assert.Equal($"BK009: {file} differs from version 1.1.0 of 'ect-acute' as it is in the library. A version never changes: give the file a new one.\n", changed.Error.ReplaceLineEndings("\n"));

        Assert.Equal("ect-acute 1.1.0 is active in the library.\n", book.AskAs("author", "protocol", "activate", "ect-acute", "1.1.0").Output);
        Assert.Equal(["retired", "active"], States("ect-acute"));
        Assert.Equal("ect-acute 1.1.0 is retired in the library.\n", book.AskAs("author", "protocol", "retire", "ect-acute", "1.1.0").Output);
        Assert.Equal(["retired", "retired"], States("ect-acute"));
        Assert.Contains("\nect-acute                        1.1.0    retired  0 ", book.Ask("protocol", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_tried_imported_and_imported_again()
    {
        book.Write("files/clinics/lakeside.yaml", Lakeside.Replace("title: Lakeside Trauma Clinic", "title: Lakeside", StringComparison.Ordinal));
        book.Write("files/ect.yml", Ect.Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));
        book.Write("files/patient.yaml", "patient: P-1\n");
        book.Write("files/notes.txt", "no YAML");
        var folder = Path.Combine(book.Folder, "files");

        Assert.Equal(
            """
            Clinic clinic-lakeside would be in the book in version 2. No booked visit is hit.
            Protocol ect-acute 1.1.0 would be a draft in the library.
            0 files are in the book already, 1 is of another kind. Nothing was changed.

            """,
            book.AskAs("admin", "import", folder, "--dry-run").Output.ReplaceLineEndings("\n"));
        Assert.Equal(["active"], States("ect-acute"));

        var imported = book.JsonAs("admin", "import", folder);
        Assert.Equal((2, true), (imported.GetProperty("clinics")[0].GetProperty("version").GetInt32(), imported.GetProperty("protocols")[0].GetProperty("isNew").GetBoolean()));
        Assert.Equal(["active", "draft"], States("ect-acute"));
        Assert.Equal("2 files are in the book already, 1 is of another kind.\n", book.AskAs("admin", "import", folder).Output);
        Assert.StartsWith("BK002: ", book.Ask("import", folder).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_folder_with_mistakes_all_are_told_and_nothing_is_imported()
    {
        var changed = book.Write("files/a.yaml", Ect.Replace("title: ", "title: Other ", StringComparison.Ordinal));
        var broken = book.Write("files/b.yaml", "protocol: b\nversion: 1.0.0\ncolour: red\n");
        var strange = book.Write("files/c.yaml", "colour: red\n");
        var busy = book.Write("files/d.yaml", Lakeside + "\nbookings:\n  chair-1:\n    2027-03-02: 08:30 to 11:00\n");
        _ = book.Write("files/e.yaml", Ect.Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));

        foreach (var line in new[] { "import {0}", "import {0} --dry-run" })
        {
            var run = book.AskAs("admin", [.. line.Split(' ').Select(w => w == "{0}" ? Path.Combine(book.Folder, "files") : w)]);

            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            var said = run.Error.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            Assert.Equal("BK076: There are mistakes in the folder; nothing was imported.", said[0]);
            Assert.Contains(said, s => s.StartsWith($"- {broken}:3:1: ", StringComparison.Ordinal));
            Assert.Contains(said, s => s.StartsWith($"- {strange}:1:1: RQ006: ", StringComparison.Ordinal));
            Assert.Contains(said, s => s.StartsWith($"- {busy}:{Lakeside.Count(c => c == '\n') + 2}:1: BK005: ", StringComparison.Ordinal));
            Assert.Contains(said, s => s.StartsWith($"- {changed}:{1 + Array.FindIndex(Ect.Split('\n'), l => l.StartsWith("version:", StringComparison.Ordinal))}:1: BK009: ", StringComparison.Ordinal));
            Assert.Equal(["active"], States("ect-acute"));
        }
    }

    [Fact]
    public void A_folder_without_a_file_of_either_kind_and_one_that_is_not_there_are_mistakes()
    {
        Assert.StartsWith("BK075: The folder '", book.AskAs("admin", "import", Path.Combine(book.Folder, "data")).Error, StringComparison.Ordinal);
        Assert.Contains("RQ001", book.AskAs("admin", "import", Path.Combine(book.Folder, "nowhere")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_are_made_listed_and_changed_and_keep_their_person()
    {
        Assert.Equal("zoe is Clinician at clinic-lakeside from now on.\n", book.AskAs("admin", "user", "add", "zoe", "--role", "clinician", "--person", "therapist-kim").Output);
        Assert.Equal("zoe is Scheduler and Author at clinic-lakeside from now on.\n", book.AskAs("admin", "user", "roles", "zoe", "--role", "scheduler", "--role", "Author").Output);
        var zoe = book.JsonAs("admin", "user", "list").GetProperty("accounts").EnumerateArray().Single(a => a.GetProperty("account").GetString() == "zoe");
        Assert.Equal("therapist-kim", zoe.GetProperty("person").GetString());
        Assert.Equal(["Scheduler", "Author"], zoe.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(0, book.AskAs("zoe", "day").ExitCode);
        Assert.Equal(0, book.AskAs("admin", "user", "roles", "zoe", "--none").ExitCode);
        Assert.StartsWith("BK002: ", book.AskAs("zoe", "day").Error, StringComparison.Ordinal);
        Assert.Equal("root is Administrator at all clinics from now on.\n", book.AskAs("admin", "user", "add", "root", "--role", "administrator", "--everywhere").Output);
        Assert.Equal(0, book.AskAs("root", "user", "roles", "admin", "--none", "--everywhere").ExitCode);
        Assert.StartsWith("BK072: 'root' is the last administrator", book.AskAs("root", "user", "roles", "root", "--role", "author", "--everywhere").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user add office --role author", 1, "BK073: There is an account 'office' already.")]
    [InlineData("user roles ofice --role author", 1, "BK074: There is no account 'ofice' here. Did you mean 'office'?")]
    [InlineData("user add zoe --role author --person nurse-an", 1, "BK071: The clinic has no person 'nurse-an'. Did you mean 'nurse-ana'?")]
    [InlineData("user add zoe --role authr", 2, "'authr' does not fit --role; expected Administrator, Scheduler, Clinician, BlindedRater, UnblindedPharmacist or Author. Did you mean 'Author'?")]
    [InlineData("user add zoe", 2, "Option '--role' is required.")]
    [InlineData("user roles office", 2, "Say the roles by --role, or --none for no role any more.")]
    [InlineData("protocol activate ect-acute 2.0.0", 1, "BK010: There is no version 2.0.0 of the protocol 'ect-acute' in the library.")]
    [InlineData("protocol retire ect-acut 1.0.0", 1, "BK010: There is no version 1.0.0 of the protocol 'ect-acut' in the library. Did you mean 'ect-acute 1.0.0'?")]
    [InlineData("protocol diff ect-acute 1.0.0 2.0.0", 1, "BK010: There is no version 2.0.0 of the protocol 'ect-acute' in the library.")]
    [InlineData("protocol import nowhere.yaml", 1, "nowhere.yaml:1:1: RQ001: ")]
    [InlineData("clinic import nowhere.yaml", 1, "nowhere.yaml:1:1: RQ001: ")]
    [InlineData("clinic undo 9", 1, "BK078: The clinic has no absence 9. 'scheduler clinic show' lists them.")]
    [InlineData("clinic undo x", 2, "'x' does not fit NUMBER; expected a whole number.")]
    [InlineData("clinic", 2, "Say what to do: import, list, show, close or undo.")]
    [InlineData("protocol", 2, "Say what to do: import, activate, retire, list or diff.")]
    [InlineData("user", 2, "Say what to do: add, roles or list.")]
    public void A_mistake_says_what_is_in_the_way(string line, int code, string message)
    {
        var run = line.Contains(' ', StringComparison.Ordinal) ? book.AskAs("admin", line.Split(' ')) : BookOfSample.Ask(book.Folder, line);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    private List<string?> States(string protocol) =>
        [.. book.Json("protocol", "list").GetProperty("protocols").EnumerateArray().Where(p => p.GetProperty("protocol").GetString() == protocol).Select(p => p.GetProperty("state").GetString())];
}
