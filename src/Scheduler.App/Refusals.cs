using System.Collections.Immutable;
using Scheduler.App.Access;
using Scheduler.App.Storage.Backups;
using Scheduler.App.Storage;
using Scheduler.Core;
using Scheduler.Core.Diagnostics;

namespace Scheduler.App;

/// <summary>The one catalogue of refusals.</summary>
public static class Refusals
{
    /// <summary>What is to be booked has been taken meanwhile.</summary>
    public static Refusal SlotTaken(params IEnumerable<string> places) =>
        Of(RefusalKind.Outdated, "BK001", "Somebody has taken what was to be booked. Ask for proposals again.", [.. places]);

    /// <summary>Whoever asks may not.</summary>
    public static Refusal NotAllowed(string account, IEnumerable<Role> allowed) =>
        Of(RefusalKind.Forbidden, "BK002", $"'{account}' may not do this here; it takes the role {Spoken.Join(allowed.Select(r => r.ToString()), "or")}.");

    /// <summary>Whoever asks may not, since it concerns more clinics than theirs.</summary>
    public static Refusal NotAllowedEverywhere(string account, IEnumerable<Role> allowed) =>
        Of(RefusalKind.Forbidden, "BK002", $"'{account}' may not do this: it concerns all clinics, and takes the role {Spoken.Join(allowed.Select(r => r.ToString()), "or")} at all of them.");

    /// <summary>A file has mistakes.</summary>
    public static Refusal Mistakes(IEnumerable<Diagnostic> mistakes) =>
        Of(RefusalKind.Mistaken, "BK003", "There are mistakes in what was given; nothing was changed.", [.. mistakes.Select(m => m.ToString())]);

    /// <summary>What was given of a patient has mistakes. It is not repeated: where each stands is said, and what was expected there unless that may be of the patient's text too.</summary>
    public static Refusal PatientMistakes(IEnumerable<Diagnostic> mistakes, string text) => Of(
        RefusalKind.Mistaken,
        "BK003",
        "There are mistakes in what was given; nothing was changed.",
        [.. mistakes.Select(m => $"line {m.Where.Start.Line}, column {m.Where.Start.Column}: {m.Code}{Expected(m.Message, text)}.")]);

    private static string Expected(string message, string text)
    {
        const string Word = "expected ";
        var at = message.LastIndexOf(Word, StringComparison.Ordinal);
        return at < 0 || text.Contains(Word, StringComparison.Ordinal) ? "" : $": {message[at..].TrimEnd('.')}";
    }

    /// <summary>A file is of another clinic.</summary>
    public static Refusal OtherClinic(string file, string found, string expected) =>
        Of(RefusalKind.Mistaken, "BK004", $"{file} is of the clinic '{found}'; expected '{expected}'.");

    /// <summary>A file has bookings although the book has them.</summary>
    public static Refusal BookingsInFile(string file) =>
        Of(RefusalKind.Mistaken, "BK005", $"{file} has bookings, but this clinic's bookings are in the book already. Take them out of the file.");

    /// <summary>There is no such clinic.</summary>
    public static Refusal NoClinic(string clinic) => Of(RefusalKind.NotFound, "BK006", $"There is no clinic '{clinic}' in the book. Import its file first.");

    /// <summary>A book that has accounts takes no first administrator.</summary>
    public static Refusal HasAdministrator() => Of(RefusalKind.Mistaken, "BK050", "The book has accounts already; an administrator grants roles.");

    /// <summary>The audit is not as it was written.</summary>
    public static Refusal AuditBroken(string clinic, long number, long entries) =>
        Of(RefusalKind.Mistaken, "BK051", $"The audit of {(clinic.Length == 0 ? "all clinics together" : clinic)} is not as it was written, from entry {number} of {entries} on. Keep this book as it is, and compare it with an export or a backup.");

    /// <summary>There is no book in a folder.</summary>
    public static Refusal NoBook(string folder) => Of(RefusalKind.NotFound, "BK052", $"There is no book in the folder '{folder}'. 'scheduler init' makes one; --data names another folder.");

    /// <summary>There is a book in a folder already.</summary>
    public static Refusal HasBook(string folder) => Of(RefusalKind.Mistaken, "BK053", $"There is a book in the folder '{folder}' already; it was left as it is. --data names another folder.");

    /// <summary>What is kept as a book is none, or cannot be read.</summary>
    public static Refusal BookNotReadable(string folder) => Of(RefusalKind.Mistaken, "BK054", $"The book in the folder '{folder}' cannot be read; it was left as it is.");

    /// <summary>A book has no clinic yet.</summary>
    public static Refusal NoClinicYet() => Of(RefusalKind.NotFound, "BK055", "The book has no clinic yet. Import the clinic's file first.");

    /// <summary>A book has several clinics.</summary>
    public static Refusal WhichClinic(IEnumerable<string> known) => Of(RefusalKind.Mistaken, "BK056", $"The book has the clinics {Spoken.Join(known)}. Say which by --clinic.");

    /// <summary>A book that was written by a newer version.</summary>
    public static Refusal BookIsNewer(BookIsNewerException newer) => Of(RefusalKind.Mistaken, "BK057", newer.Message);

    /// <summary>A patient is in the book already.</summary>
    public static Refusal PatientIsKnown(string patient) => Of(RefusalKind.Mistaken, "BK058", $"The clinic has a patient '{patient}' already. 'scheduler patient correct' changes what stands of them.");

    /// <summary>Nothing can be written in a folder.</summary>
    public static Refusal FolderNotWritable(string folder) => Of(RefusalKind.Mistaken, "BK059", $"Nothing can be written in the folder '{folder}'.");

    /// <summary>A file cannot be written.</summary>
    public static Refusal FileNotWritable(string file, bool exists) => Of(RefusalKind.Mistaken, "BK060", exists ? $"There is a file '{file}' already, or it cannot be written; it was left as it is." : $"'{file}' cannot be written.");

    /// <summary>A course has no such visit.</summary>
    public static Refusal NoVisit(string visit, IEnumerable<string> known) => Of(RefusalKind.NotFound, "BK061", $"The course has no visit '{visit}'.{NearMatch.Question(visit, known)}");

    /// <summary>There is no such resource.</summary>
    public static Refusal NoResource(string resource, IEnumerable<string> known) =>
        Of(RefusalKind.NotFound, "BK007", $"The clinic has no resource '{resource}'.{NearMatch.Question(resource, known)}");

    /// <summary>A stretch of days that is none.</summary>
    public static Refusal NoSuchStretch(int most) =>
        Of(RefusalKind.Mistaken, "BK008", $"The last day is before the first, the hours are empty, or there are more than {most} days.");

    /// <summary>Another text under a version that is known.</summary>
    public static Refusal VersionChanged(string file, string protocol, string version) => Of(
        RefusalKind.Mistaken, "BK009", $"{file} differs from version {version} of '{protocol}' as it is in the library. A version never changes: give the file a new one.");

    /// <summary>There is no such version of a protocol.</summary>
    public static Refusal NoProtocol(string protocol, string? version, IEnumerable<string> known) => Of(
        RefusalKind.NotFound, "BK010", $"There is no {(version is null ? "active version" : $"version {version}")} of the protocol '{protocol}' in the library.{NearMatch.Question($"{protocol} {version}".TrimEnd(), known)}");

    /// <summary>A patient's text names another patient.</summary>
    public static Refusal OtherPatient(string expected) => Of(RefusalKind.Mistaken, "BK011", $"The text of the patient names another number; expected '{expected}'.");

    /// <summary>There is no such time zone.</summary>
    public static Refusal NoZone(string zone) => Of(RefusalKind.Mistaken, "BK012", $"'{zone}' is no time zone; expected an id such as America/New_York.");

    /// <summary>There is no such way of sending messages.</summary>
    public static Refusal NoChannel(string channel, IEnumerable<string> known) => Of(RefusalKind.Mistaken, "BK013", $"'{channel}' is no channel; expected {Spoken.Join(known, "or")}.");

    /// <summary>There is no such patient.</summary>
    public static Refusal NoPatient(string patient) => Of(RefusalKind.NotFound, "BK014", $"The clinic has no patient '{patient}'. Register them first.");

    /// <summary>There is no such enrolment.</summary>
    public static Refusal NoEnrolment(string enrolment) => Of(RefusalKind.NotFound, "BK015", $"The clinic has no enrolment '{enrolment}'.");

    /// <summary>There is no such proposal, or not any more.</summary>
    public static Refusal NoProposal(string proposal) =>
        Of(RefusalKind.Outdated, "BK016", $"There is no proposal '{proposal}' any more: it was booked, or something was booked or told since. Ask for proposals again.");

    /// <summary>Something has happened in a course since.</summary>
    public static Refusal CourseHasChanged(string enrolment) => Of(RefusalKind.Outdated, "BK017", $"Something has happened in {enrolment} since. Look at it again, and ask anew.");

    /// <summary>A key has been used for something else.</summary>
    public static Refusal KeyReused(string key) => Of(RefusalKind.Mistaken, "BK018", $"The key '{key}' has been used for something else. Use a new one for each request.");

    /// <summary>No calendar exists.</summary>
    public static Refusal NoCalendar(IEnumerable<string> reasons) => Of(RefusalKind.Impossible, "BK019", "No calendar exists.", [.. reasons]);

    /// <summary>No calendar was found within the steps.</summary>
    public static Refusal NotFoundInTime() => Of(RefusalKind.Impossible, "BK020", "No calendar was found within the steps of the search; whether one exists is not known.");

    /// <summary>What cannot be told of a course.</summary>
    public static Refusal CannotBe(IEnumerable<Diagnostic> mistakes) => Of(RefusalKind.Mistaken, "BK021", "That cannot have happened; nothing was changed.", [.. mistakes.Select(m => $"{m.Code}: {m.Message}")]);

    /// <summary>A visit of a proposal lies in the past by now.</summary>
    public static Refusal Passed(string visit, string time) => Of(RefusalKind.Outdated, "BK022", $"{visit} would begin at {time}, which is over. Ask for proposals again.");

    /// <summary>Arms are given by who knows them.</summary>
    public static Refusal ArmIsNotYours(string account) =>
        Of(RefusalKind.Forbidden, "BK023", $"'{account}' may not give an arm of a protocol that blinds anybody: it is drawn from the allocation list, or given by an {nameof(Role.UnblindedPharmacist)}.");

    /// <summary>An arm is given or drawn.</summary>
    public static Refusal GivenAndDrawn() => Of(RefusalKind.Mistaken, "BK096", "An arm is given, or drawn from the allocation list, and not both. Leave out one.");

    /// <summary>A protocol without arms has no allocation list.</summary>
    public static Refusal NoArms(string protocol) => Of(RefusalKind.Mistaken, "BK038", $"The active version of '{protocol}' has no arms to allocate patients to.");

    /// <summary>A text that is no allocation list.</summary>
    public static Refusal NoAllocationList(int most, IEnumerable<string> mistakes) =>
        Of(RefusalKind.Mistaken, "BK039", $"That is no allocation list; nothing of it was taken. Expected 1 to {most} lines, each a number, a comma and an arm of the protocol.", [.. mistakes.Take(20)]);

    /// <summary>Nothing is left to be drawn.</summary>
    public static Refusal ListIsUsedUp(string protocol) => Of(RefusalKind.Impossible, "BK040", $"The allocation list of '{protocol}' has no entry left. Whoever keeps it has to add some.");

    /// <summary>An arm is given once.</summary>
    public static Refusal HasArm(string enrolment) => Of(RefusalKind.Mistaken, "BK041", $"{enrolment} has an arm already; it is not drawn again.");

    /// <summary>A version of a protocol has not the arm that the book has of an enrolment. Which it is, is not said: whoever reads this may not know it.</summary>
    public static Refusal ArmIsNotThere(string enrolment, string protocol, string version) =>
        Of(RefusalKind.Mistaken, "BK090", $"Version {version} of '{protocol}' has not the arm that {enrolment} has; nothing was changed. Whoever keeps the arms has to look at it.");

    /// <summary>The next entry of a list is of an arm that a version of the protocol has not. Which it is, is not said.</summary>
    public static Refusal DrawnArmIsNotThere(string protocol, IEnumerable<string> versions) => Of(
        RefusalKind.Mistaken,
        "BK091",
        $"The next entry of the allocation list of '{protocol}' is of an arm that version {Spoken.Join(versions)} has not; nothing was drawn. Whoever keeps the list has to look at it.");

    /// <summary>Nobody is unblinded without a reason.</summary>
    public static Refusal UnblindingTakesReason() => Of(RefusalKind.Mistaken, "BK042", "Say why the arm has to be known; it stands in the audit.");

    /// <summary>Only a course of which nothing is booked can have places reserved.</summary>
    public static Refusal AlreadyBooked(string enrolment) => Of(RefusalKind.Mistaken, "BK024", $"{enrolment} has visits booked: accept the proposal, or leave everything as it is. Only a course of which nothing is booked is reserved.");

    /// <summary>A question that makes no sense.</summary>
    public static Refusal NoSuchQuestion() =>
        Of(RefusalKind.Mistaken, "BK025", "Expected a first day that is not over, a start within 1 to 366 days, 1 to 20 proposals, and a reservation of 1 to 120 minutes.");

    /// <summary>Something that is not told in this way, or not yet.</summary>
    public static Refusal NotToBeTold(string now) =>
        Of(RefusalKind.Mistaken, "BK026", $"Only what has happened until now ({now}) can be told; visits are booked by accepting a proposal.");

    /// <summary>Who rates blindly tells of visits in which they take part.</summary>
    public static Refusal NotYourVisit(string account, string visit) => Of(
        RefusalKind.Forbidden, "BK093", $"'{account}' takes no part in visits such as {visit}: who rates blindly tells of those that need a role of theirs. 'scheduler user roles --person' says whose account it is.");

    /// <summary>A version of a protocol that is not in force.</summary>
    public static Refusal NotActive(string protocol, string version, string state) => Of(
        RefusalKind.Mistaken, "BK092", $"Version {version} of '{protocol}' is {(state == "draft" ? "a draft" : state)}: nobody is enrolled on it or moved to it. 'scheduler protocol activate' makes it the active one.");

    /// <summary>A link that nobody here has made, or whose patient is not known any more.</summary>
    public static Refusal NoSuchLink() => Of(RefusalKind.NotFound, "BK045", "This link is none of ours. Copy it whole from the message, or call the clinic.");

    /// <summary>A link to something that is past or has changed.</summary>
    public static Refusal LinkIsOver(string phone) => Of(RefusalKind.Outdated, "BK046", $"This appointment is past or has been changed since that message was sent. Look for a newer message, or call {phone}.");

    /// <summary>Somebody answered otherwise by the same link.</summary>
    public static Refusal AnsweredAlready() => Of(RefusalKind.Outdated, "BK047", "This message has been answered already. To say something else, call the clinic.");

    /// <summary>There is no such reminder.</summary>
    public static Refusal NoReminder(long number) => Of(RefusalKind.NotFound, "BK048", $"The clinic has no reminder {number}.");

    /// <summary>A reminder that is not tried again.</summary>
    public static Refusal NotToBeRetried(long number, string state) => Of(
        RefusalKind.Mistaken, "BK049", $"Reminder {number} is '{state}'. Only what failed, or waits to be tried again, and is still of use goes out again.");

    /// <summary>Reminders have no such state.</summary>
    public static Refusal NoSuchState(string state, IEnumerable<string> known) =>
        Of(RefusalKind.Mistaken, "BK097", $"'{state}' is no state of reminders; expected {Spoken.Join(known, "or")}.{NearMatch.Question(state, known)}");

    /// <summary>More than are listed at once, or none.</summary>
    public static Refusal NoSuchMost(int most) => Of(RefusalKind.Mistaken, "BK098", $"Expected 1 to {most} to be listed.");

    /// <summary>The clinic does not write in a language.</summary>
    public static Refusal NoLanguage(string language, IEnumerable<string> known) => Of(
        RefusalKind.Mistaken, "BK080", known.Any() ? $"The clinic does not write in '{language}'; expected {Spoken.Join(known, "or")}. Its file says in which languages it does, under 'messages'." : "The clinic's file has no 'messages': it writes in no language.");

    /// <summary>A secret that the settings need is not in the environment.</summary>
    public static Refusal NoSecret(string variable, string why) => Of(RefusalKind.Mistaken, "BK081", $"Set the environment variable {variable}: {why}.");

    /// <summary>What the settings say of messages cannot be used.</summary>
    public static Refusal NotToBeSent(string why) => Of(RefusalKind.Mistaken, "BK082", $"What the settings say under 'messages' cannot be used: {why}");

    /// <summary>There is no answer to look at.</summary>
    public static Refusal NoReply(long number) => Of(RefusalKind.NotFound, "BK099", $"The clinic has no answer {number} that waits to be looked at.");

    /// <summary>More offers than are made at once, or none.</summary>
    public static Refusal NoSuchCount(int most) => Of(RefusalKind.Mistaken, "BK044", $"Expected 1 to {most} offers.");

    /// <summary>No enrolment is named, or one twice.</summary>
    public static Refusal NotEachOnce() => Of(RefusalKind.Mistaken, "BK027", "Expected at least one enrolment, and each once.");

    /// <summary>The course has no such visit, or none that can be moved.</summary>
    public static Refusal NotMovable(string visit, IEnumerable<string> known) =>
        Of(RefusalKind.Mistaken, "BK028", $"'{visit}' is no booked visit that can be moved.{NearMatch.Question(visit, known)}");

    /// <summary>A visit has no place at a time.</summary>
    public static Refusal NoPlace(string visit, string time, IEnumerable<string> obstacles) =>
        Of(RefusalKind.Impossible, "BK029", $"{visit} has no place at {time}.", [.. obstacles]);

    /// <summary>A deviation takes a reason.</summary>
    public static Refusal ReasonIsMissing(string visit, string time, IEnumerable<string> rules) =>
        Of(RefusalKind.Mistaken, "BK030", $"{visit} at {time} deviates from {Spoken.Join(rules, "and")}. Say why.");

    /// <summary>A visit is put against a rule by who may.</summary>
    public static Refusal RulesAreNotYours(string account, string visit, string time, IEnumerable<string> rules, IEnumerable<Role> roles) => Of(
        RefusalKind.Forbidden, "BK037", $"{visit} at {time} breaks {Spoken.Join(rules, "and")}, and '{account}' may not decide so; it takes the role {Spoken.Join(roles.Select(r => r.ToString()), "or")}, and a reason.");

    /// <summary>There is no such deviation, or it is signed.</summary>
    public static Refusal NoDeviation(long deviation) => Of(RefusalKind.NotFound, "BK031", $"There is no deviation {deviation} that waits to be signed.");

    /// <summary>An account that is nobody's.</summary>
    public static Refusal NoPerson(string account) => Of(RefusalKind.NotFound, "BK032", $"The account '{account}' is no person of the clinic who takes part in visits.");

    /// <summary>A proposal breaks a rule now, since the clinic has changed.</summary>
    public static Refusal NoLongerFits(IEnumerable<string> breaches) =>
        Of(RefusalKind.Outdated, "BK033", "The clinic has changed since this was proposed, and it no longer fits. Ask for proposals again.", [.. breaches]);

    /// <summary>A course that is over has nothing to be placed.</summary>
    public static Refusal CourseIsOver(string enrolment) => Of(RefusalKind.Mistaken, "BK034", $"{enrolment} is over: there is nothing to be placed.");

    /// <summary>Nobody can have missed a visit that has not begun.</summary>
    public static Refusal NotMissedYet(string visit, string start) =>
        Of(RefusalKind.Mistaken, "BK035", $"{visit} begins at {start}: nobody has missed it yet. Call it off instead, where it is not to take place.");

    /// <summary>A visit cannot be over that has not begun.</summary>
    public static Refusal NotBegunYet(string visit, string start) =>
        Of(RefusalKind.Mistaken, "BK043", $"{visit} begins at {start}: it cannot be over yet. If it was given earlier, tell when it began, and then that it is over.");

    /// <summary>A backup that cannot be made or read.</summary>
    public static Refusal NoBackup(BackupException refused) => Of(RefusalKind.Mistaken, "BK036", $"{refused.Message} Nothing was changed.");

    /// <summary>Nobody says where the database is.</summary>
    public static Refusal NoConnection(string variable) =>
        Of(RefusalKind.Mistaken, "BK062", $"The book is to be in PostgreSQL, but the environment variable {variable} does not say where; expected {ConnectionForm}.");

    /// <summary>What says where the database is says nothing of the kind. It is not repeated, since a password may stand in it.</summary>
    public static Refusal NotAConnection(string variable) => Of(RefusalKind.Mistaken, "BK063", $"The environment variable {variable} is no connection to a database; expected {ConnectionForm}.");

    /// <summary>A server does not answer.</summary>
    public static Refusal ServerNotReached(string host, int port, string why) =>
        Of(RefusalKind.Mistaken, "BK064", $"The server {host}:{port} cannot be reached ({why}). Look whether PostgreSQL runs there, and whether this machine may reach it; then ask again.");

    /// <summary>A server lets nobody in under that name.</summary>
    public static Refusal RoleNotLetIn(string host, int port, string said) =>
        Of(RefusalKind.Mistaken, "BK065", $"The server {host}:{port} does not let this role in. Look at the role's name, its password, and what the server allows.", [said]);

    /// <summary>A server has no such database.</summary>
    public static Refusal NoDatabase(string host, int port, string said) =>
        Of(RefusalKind.Mistaken, "BK066", $"The server {host}:{port} has no such database. Make it, or name another.", [said]);

    /// <summary>A role lacks rights in a database.</summary>
    public static Refusal RoleMayNot(string database, string variable, string said) => Of(
        RefusalKind.Mistaken, "BK067", $"The role lacks rights in the database '{database}'. Tables are made, brought up to date and restored by the role that owns them: where that is another, {variable} says it.", [said]);

    /// <summary>A database has no book.</summary>
    public static Refusal NoBookInDatabase(string database, string host, int port) =>
        Of(RefusalKind.NotFound, "BK068", $"There is no book in the database '{database}' on {host}:{port}. 'scheduler init' makes one there.");

    /// <summary>A database has a book already.</summary>
    public static Refusal HasBookInDatabase(string place) => Of(RefusalKind.Mistaken, "BK069", $"There is a book in {place} already; it was left as it is.");

    /// <summary>A database refuses for a reason of its own.</summary>
    public static Refusal DatabaseRefuses(string database, string state) =>
        Of(RefusalKind.Mistaken, "BK070", $"The database '{database}' refuses this (SQLSTATE {state}); nothing was changed. The server's log says more.");

    /// <summary>There is no such person at a clinic.</summary>
    public static Refusal NoSuchPerson(string person, IEnumerable<string> known) =>
        Of(RefusalKind.NotFound, "BK071", $"The clinic has no person '{person}'.{NearMatch.Question(person, known)}");

    /// <summary>Nobody would be left who may grant roles.</summary>
    public static Refusal LastAdministrator(string account) => Of(RefusalKind.Mistaken, "BK072", $"'{account}' is the last administrator and stays one. Make somebody else one first.");

    /// <summary>An account is known already.</summary>
    public static Refusal AccountIsKnown(string account) => Of(RefusalKind.Mistaken, "BK073", $"There is an account '{account}' already. 'scheduler user roles' says which roles it has.");

    /// <summary>There is no such account.</summary>
    public static Refusal NoAccount(string account, IEnumerable<string> known) => Of(RefusalKind.NotFound, "BK074", $"There is no account '{account}' here.{NearMatch.Question(account, known)} 'scheduler user add' makes one.");

    /// <summary>A folder has nothing that could be imported.</summary>
    public static Refusal NothingToImport(string folder) => Of(RefusalKind.Mistaken, "BK075", $"The folder '{folder}' has no YAML file of a clinic or a protocol.");

    /// <summary>Files of a folder cannot be imported together.</summary>
    public static Refusal FolderHasMistakes(IEnumerable<string> mistakes) => Of(RefusalKind.Mistaken, "BK076", "There are mistakes in the folder; nothing was imported.", [.. mistakes]);

    /// <summary>Something was only tried. It never leaves the use case: it is how the store is told to keep nothing.</summary>
    internal static Refusal OnlyTried() => Of(RefusalKind.Mistaken, "BK077", "This was only tried; nothing was changed.");

    /// <summary>There is no such absence.</summary>
    public static Refusal NoAbsence(long number) => Of(RefusalKind.NotFound, "BK078", $"The clinic has no absence {number}. 'scheduler clinic show' lists them.");

    /// <summary>Two files of a folder hold the same.</summary>
    public static Refusal TwiceInFolder(string what, string other) => Of(RefusalKind.Mistaken, "BK079", $"The {what} is in {other} too. Keep one of the two.");

    /// <summary>The library is that of all clinics.</summary>
    public static Refusal LibraryIsShared(string account) => Of(
        RefusalKind.Forbidden, "BK094", $"'{account}' may not change the library, which is that of all clinics: it takes an {nameof(Role.Author)}, or an {nameof(Role.Administrator)} of all clinics.");

    /// <summary>A proposal for which nothing is reserved.</summary>
    public static Refusal NotReserved(string proposal) => Of(RefusalKind.Mistaken, "BK095", $"Nothing is reserved for {proposal}, or not any more.");

    /// <summary>A link that lets nobody in.</summary>
    public static Refusal LinkNotOpen() => Of(RefusalKind.NotFound, "BK110", "This link has been used, is too old, or is none. Ask for another.");

    /// <summary>Where the page was to be served, something else is.</summary>
    public static Refusal AddressTaken(string address) => Of(RefusalKind.Mistaken, "BK111", $"{address} is taken by another program, or may not be taken. --listen names another address, such as --listen http://localhost:8081.");

    /// <summary>An address at which passwords and links could be read on their way.</summary>
    public static Refusal AddressNotSafe(string address) =>
        Of(RefusalKind.Mistaken, "BK112", $"People would reach the page at {address}, where others can read along. Say as baseAddress an https address of a proxy, or have it reached at http://localhost only.");

    /// <summary>The settings want Hangfire, which this build has not.</summary>
    public static Refusal HangfireIsLeftOut() => Of(
        RefusalKind.Mistaken, "BK113",
        "The settings have Hangfire deliver messages, and this build was made without it. Say \"delivery\": \"quartz\", which delivers them too; or build it anew where its packages can be had, as './build.sh setup' says.");

    /// <summary>The settings want Hangfire, and the book is a file.</summary>
    public static Refusal HangfireNeedsPostgres() => Of(
        RefusalKind.Mistaken, "BK114", "The settings have Hangfire deliver messages, which keeps its jobs in PostgreSQL, and this book is a file. Say \"delivery\": \"quartz\", or keep the book in PostgreSQL (--store postgres).");

    private const string ConnectionForm = "such as 'Host=db.example.org;Database=clinic;Username=scheduler;Password=...'";

    private static Refusal Of(RefusalKind kind, string code, string message, ImmutableArray<string> details = default) => new(kind, code, message, details.IsDefault ? [] : details);
}
