using static Scheduler.App.Tests.Books.Guard.GuardedBook;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>What rows cannot be, whoever writes them: each case is a row that can be, but for one thing.</summary>
public abstract class TableCases(GuardedBook book)
{
    /// <summary>What the rows below speak of, beside what a guarded book has.</summary>
    private const string Before =
        """
        insert into account (name) values ('a'), ('b');
        insert into clinic (id, version, zone) values ('d', 1, 'Etc/UTC');
        insert into proposal (key, clinic, made_by, made_at) values (1, 'c', 'a', 0), (2, 'c', 'a', 0);
        insert into reminder (key, clinic, patient, enrolment, subject, version, kind, channel, due_at, useful_until, state, next_try, tries, message_id)
          values (1, 'c', 'patient', 1, 'v[1]', 1, 'first', 'mail', 0, 0, 'waiting', 0, 0, ''), (2, 'c', 'patient', 1, 'v[1]', 1, 'second', 'mail', 0, 0, 'waiting', 0, 0, '');
        """;

    /// <summary>A row for each table: its columns with their values, first the number of one that is numbered.</summary>
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["clinic"] = "id 'e', version 1, zone 'Etc/UTC'",
        ["clinic_version"] = "clinic 'c', version 1, yaml '', imported_at 0, imported_by ''",
        ["resource"] = "key 9, clinic 'c', id 'chair', is_patient 0, capacity 1, supervises 0, hands_on_minutes 0",
        ["absence"] = "key 9, clinic 'c', resource 'room', first_date '2027-01-04', last_date '2027-01-04', from_minute 0, to_minute 1440, reason '', instead null",
        ["protocol_version"] = "protocol 'q', version '1', state 'active', yaml '', imported_at 0, imported_by ''",
        ["patient"] = "clinic 'c', id 'other', availability '', consents_to_messages 1",
        ["enrolment"] = "key 9, clinic 'c', patient 'patient', protocol 'p', protocol_version '1', enrolled '2027-01-01', parameters '', streams '', version 1",
        ["allocation"] = "enrolment 1, arm ''",
        ["course_event"] = "enrolment 1, number 1, at '', kind '', detail ''",
        ["proposal"] = "key 9, clinic 'c', made_by '', made_at 0",
        ["proposal_part"] = "proposal 1, enrolment 1, version 1, asked '', calendar ''",
        ["booking"] = "key 9, clinic 'c', enrolment 1, proposal null, visit 'v[1]', status '', date '', starts '', ends '', zone '', from_instant 0, to_instant 60",
        ["deviation"] = "key 9, enrolment 1, visit '', rule '', tier 'minor', message '', reason '', noted_at 0, noted_by ''",
        ["erasure"] = "clinic 'c', patient 'gone', at 0",
        ["asked_once"] = "clinic 'c', key 'K', digest '', answer '', at 0",
        ["account"] = "name 'c'",
        ["account_role"] = "account 'a', clinic 'c', role 'Scheduler'",
        ["account_person"] = "account 'a', clinic 'c', person 'nurse'",
        ["audit"] = "clinic 'c', number 1, at 0, actor '', act '', subject '', before '', after '', why '', previous '', hash ''",
        ["allocation_entry"] = "clinic 'c', protocol 'p', number 1, arm '', enrolment 1",
        ["announcement"] = "enrolment 1, visit 'v[1]', version 1, starts '', ends '', from_instant 0, mode '', is_on 1, since 0, uid ''",
        ["told_day"] = "clinic 'c', person 'nurse', day '2027-01-04', version 1, list '', since 0",
        ["reminder"] = "key 9, clinic 'c', patient 'patient', person null, enrolment 1, subject 'v[1]', version 1, kind 'k', channel 'mail', due_at 0, useful_until 0, state 'waiting', next_try 0, tries 0, message_id ''",
        ["reply"] = "reminder 1, enrolment 1, visit '', said 'call', said_at 0",
        ["signing_key"] = "purpose 'links', secret ''",
        ["sign_in_link"] = "hash 'h', account 'a', until 0",
    };

    public static TheoryData<string> Tables => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_row_that_can_be_passes(string table) => Assert.Equal(Passes, await book.Trial([], Before + Insert(table)));

    [Theory]
    [InlineData("clinic_version", "clinic 'nowhere'")]
    [InlineData("resource", "clinic 'nowhere'")]
    [InlineData("resource", "is_patient 2")]
    [InlineData("resource", "capacity 0")]
    [InlineData("resource", "supervises -1")]
    [InlineData("resource", "hands_on_minutes -1")]
    [InlineData("resource", "id 'room'")]
    [InlineData("absence", "clinic 'nowhere'")]
    [InlineData("absence", "first_date '2027-01-05'")]
    [InlineData("absence", "from_minute -1")]
    [InlineData("absence", "from_minute 1440")]
    [InlineData("absence", "to_minute 1441")]
    [InlineData("absence", "resource null, instead ''")]
    [InlineData("protocol_version", "state 'lost'")]
    [InlineData("protocol_version", "protocol 'p', version '2'")]
    [InlineData("patient", "clinic 'nowhere'")]
    [InlineData("patient", "consents_to_messages 2")]
    [InlineData("enrolment", "patient 'nobody'")]
    [InlineData("enrolment", "clinic 'd'")]
    [InlineData("enrolment", "protocol 'q'")]
    [InlineData("enrolment", "protocol_version '2'")]
    [InlineData("allocation", "enrolment 99")]
    [InlineData("course_event", "enrolment 99")]
    [InlineData("proposal", "clinic 'nowhere'")]
    [InlineData("proposal_part", "proposal 99")]
    [InlineData("proposal_part", "enrolment 99")]
    [InlineData("booking", "clinic 'nowhere'")]
    [InlineData("booking", "enrolment 99")]
    [InlineData("booking", "proposal 99")]
    [InlineData("booking", "to_instant 0")]
    [InlineData("booking", "visit null")]
    [InlineData("booking", "enrolment null")]
    [InlineData("booking", "enrolment null, visit null, proposal 1")]
    [InlineData("deviation", "enrolment 99")]
    [InlineData("deviation", "tier 'none'")]
    [InlineData("account_role", "account 'nobody'")]
    [InlineData("account_person", "account 'nobody'")]
    [InlineData("account_person", "clinic 'nowhere'")]
    [InlineData("allocation_entry", "clinic 'nowhere'")]
    [InlineData("allocation_entry", "enrolment 99")]
    [InlineData("announcement", "enrolment 99")]
    [InlineData("announcement", "is_on 2")]
    [InlineData("told_day", "clinic 'nowhere'")]
    [InlineData("reminder", "clinic 'nowhere'")]
    [InlineData("reminder", "enrolment 99")]
    [InlineData("reminder", "state 'lost'")]
    [InlineData("reminder", "person 'nurse'")]
    [InlineData("reminder", "patient null, enrolment null")]
    [InlineData("reminder", "enrolment null")]
    [InlineData("reminder", "patient null, person 'nurse'")]
    [InlineData("reply", "reminder 99")]
    [InlineData("reply", "enrolment 99")]
    [InlineData("reply", "said 'perhaps'")]
    [InlineData("sign_in_link", "account 'nobody'")]
    public async Task A_row_that_cannot_be_is_refused(string table, string but) => Assert.Equal(NotSo, await book.Trial([], Before + Insert(table, but)));

    [Theory]
    [InlineData(NotSo, "clinic", "zone 'Etc/GMT'")]
    [InlineData(NotSo, "clinic_version", "yaml 'other'")]
    [InlineData(Passes, "clinic_version", "clinic 'd'")]
    [InlineData(Passes, "clinic_version", "version 2")]
    [InlineData(NotSo, "resource", "capacity 2")]
    [InlineData(Passes, "resource", "is_patient 1")]
    [InlineData(Passes, "resource", "clinic 'd'")]
    [InlineData(NotSo, "protocol_version", "state 'retired'")]
    [InlineData(NotSo, "protocol_version", "version '2'")]
    [InlineData(Passes, "protocol_version", "version '2', state 'draft'")]
    [InlineData(NotSo, "patient", "availability 'other'")]
    [InlineData(Passes, "patient", "clinic 'd'")]
    [InlineData(NotSo, "allocation", "arm 'other'")]
    [InlineData(NotSo, "course_event", "kind 'other'")]
    [InlineData(Passes, "course_event", "enrolment 2")]
    [InlineData(Passes, "course_event", "number 2")]
    [InlineData(NotSo, "proposal_part", "version 2")]
    [InlineData(Passes, "proposal_part", "enrolment 2")]
    [InlineData(Passes, "proposal_part", "proposal 2")]
    [InlineData(NotSo, "booking", "from_instant 30")]
    [InlineData(Passes, "booking", "enrolment 2")]
    [InlineData(Passes, "booking", "visit 'v[2]'")]
    [InlineData(Passes, "booking", "proposal 1")]
    [InlineData(NotSo, "erasure", "at 1")]
    [InlineData(Passes, "erasure", "clinic 'd'")]
    [InlineData(Passes, "erasure", "patient 'other'")]
    [InlineData(NotSo, "asked_once", "digest 'other'")]
    [InlineData(Passes, "asked_once", "clinic 'd'")]
    [InlineData(Passes, "asked_once", "key 'L'")]
    [InlineData(NotSo, "account", "name 'c'")]
    [InlineData(NotSo, "account_role", "role 'Scheduler'")]
    [InlineData(Passes, "account_role", "role 'Author'")]
    [InlineData(Passes, "account_role", "clinic 'd'")]
    [InlineData(Passes, "account_role", "account 'b'")]
    [InlineData(NotSo, "account_person", "person 'doctor'")]
    [InlineData(Passes, "account_person", "clinic 'd'")]
    [InlineData(Passes, "account_person", "account 'b'")]
    [InlineData(NotSo, "audit", "act 'other'")]
    [InlineData(Passes, "audit", "clinic 'd'")]
    [InlineData(Passes, "audit", "number 2")]
    [InlineData(NotSo, "allocation_entry", "enrolment null")]
    [InlineData(NotSo, "allocation_entry", "number 2")]
    [InlineData(Passes, "allocation_entry", "number 2, enrolment 2")]
    [InlineData(Passes, "allocation_entry", "protocol 'q', enrolment 2")]
    [InlineData(Passes, "allocation_entry", "clinic 'd', enrolment 2")]
    [InlineData(NotSo, "announcement", "version 2")]
    [InlineData(Passes, "announcement", "visit 'v[2]'")]
    [InlineData(Passes, "announcement", "enrolment 2")]
    [InlineData(NotSo, "told_day", "version 2")]
    [InlineData(Passes, "told_day", "person 'doctor'")]
    [InlineData(Passes, "told_day", "clinic 'd'")]
    [InlineData(Passes, "told_day", "day '2027-01-05'")]
    [InlineData(NotSo, "reminder", "due_at 1, state 'sent'")]
    [InlineData(Passes, "reminder", "clinic 'd'")]
    [InlineData(Passes, "reminder", "enrolment 2")]
    [InlineData(Passes, "reminder", "patient null, enrolment null, person 'nurse'")]
    [InlineData(Passes, "reminder", "subject 'v[2]'")]
    [InlineData(Passes, "reminder", "version 2")]
    [InlineData(Passes, "reminder", "kind 'other'")]
    [InlineData(Passes, "reminder", "channel 'sms'")]
    [InlineData(NotSo, "reply", "said 'confirm'")]
    [InlineData(NotSo, "signing_key", "secret 'other'")]
    [InlineData(NotSo, "sign_in_link", "account 'b'")]
    public async Task A_row_is_there_once(string expected, string table, string but) => Assert.Equal(expected, await book.Trial([], Before + Insert(table) + Insert(table, $"{Next(table)}{but}")));

    [Theory]
    [InlineData(NotSo, "nurse")]
    [InlineData(Passes, "doctor")]
    public async Task Of_a_day_somebody_is_told_once(string expected, string person) => Assert.Equal(
        expected,
        await book.Trial([], Before + Insert("reminder", "patient null, enrolment null, person 'nurse'") + Insert("reminder", $"{Next("reminder")}patient null, enrolment null, person '{person}'")));

    /// <summary>That a second row is not refused for its number.</summary>
    private static string Next(string table) => Rows[table].StartsWith("key ", StringComparison.Ordinal) ? "key 10, " : "";

    private static string Insert(string table, string but = "")
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in $"{Rows[table]}, {but}".Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            values[pair[..pair.IndexOf(' ')]] = pair[(pair.IndexOf(' ') + 1)..];
        }

        return $"insert into {table} ({string.Join(", ", values.Keys)}) values ({string.Join(", ", values.Values)});";
    }
}
