using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Allocations;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.App.Samples;

/// <summary>
/// A book as a clinic has it after ten weeks: its people, the shipped protocols and forty patients in all stages. Everything is asked of the use cases, at times before now by a clock that is moved on; the
/// same moment gives the same book.
/// </summary>
public sealed class SampleBook
{
    /// <summary>The account that may do everything.</summary>
    public const string Administrator = "admin";

    /// <summary>The account that books.</summary>
    public const string Office = "office";

    private const string Pharmacist = "pharmacy";
    private const string Author = "author";
    private const int Days = 76;
    private const int StartWithin = 60;
    private const int ReservedMinutes = 120;

    private readonly SampleClock clock;
    private readonly Application app;
    private readonly Store store;
    private readonly Instant now;
    private readonly Clinic clinic = ClinicReader.Read(SampleTexts.ClinicFile, SampleTexts.Clinic).Required;
    private readonly Dictionary<string, Protocol> protocols = [];
    private readonly Dictionary<string, (SampleStory Story, TreatmentCalendar Calendar)> booked = [];
    private readonly HashSet<(string Enrolment, string Visit)> left = [];
    private readonly HashSet<string> repaired = [];

    private SampleBook(Func<IClock, Store> open, Instant now)
    {
        this.now = now;
        clock = new(now);
        store = open(clock);
        app = new(store, clock, new SampleSecrets(), DateTimeZoneProviders.Tzdb);
    }

    private LocalDateTime Today => now.InZone(clinic.Zone).LocalDateTime;

    /// <summary>Fills an empty book.</summary>
    /// <param name="open">Opens it with a clock; it is closed again.</param>
    /// <param name="now">The moment at which the sample stands.</param>
    /// <returns>What is in it.</returns>
    public static async Task<SampleMade> Make(Func<IClock, Store> open, Instant now)
    {
        var sample = new SampleBook(open, now);
        await using (sample.store)
        {
            await sample.SetUp();
            return await sample.Tell();
        }
    }

    /// <summary>Makes the same in a file of its own, and puts it into a store whole or not at all.</summary>
    /// <param name="store">A store that holds nothing yet: what it holds is replaced.</param>
    /// <param name="now">The moment at which the sample stands.</param>
    /// <returns>What is in it.</returns>
    public static async Task<SampleMade> MakeElsewhere(Store store, Instant now)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-sample-");
        try
        {
            var file = new Stores(folder.FullName);
            var made = await Make(file.Open, now);
            using var backup = new MemoryStream();
            await using (var from = file.Open(new SampleClock(now)))
            {
                _ = await from.Backup(backup);
            }

            backup.Position = 0;
            _ = await store.Restore(backup, Administrator);
            return made;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task SetUp()
    {
        clock.Now = At(Today.Date.PlusDays(-Days) + new LocalTime(12, 0));
        await store.Migrate();
        _ = Done(await FirstAdministrator.Make(store, Administrator));
        _ = await Ask(new ImportClinic(SampleTexts.ClinicFile, SampleTexts.Clinic) { As = Administrator, Clinic = clinic.Id });
        foreach (var (file, yaml) in SampleTexts.Protocols)
        {
            var imported = await Ask(new ImportProtocol(file, yaml) { As = Administrator, Clinic = clinic.Id });
            _ = await Ask(new ActivateProtocol(imported.Protocol, imported.Version) { As = Administrator, Clinic = clinic.Id });
            protocols[imported.Protocol] = ProtocolCompiler.Compile(file, yaml).Required;
        }

        foreach (var (account, role) in new[] { (Office, Role.Scheduler), (Pharmacist, Role.UnblindedPharmacist), (Author, Role.Author) })
        {
            _ = await Ask(new GrantRoles(account, null, [role]) { As = Administrator, Clinic = clinic.Id });
        }

        _ = await Ask(new ImportAllocationList(SampleStory.Blinded, SampleTexts.AllocationList) { As = Pharmacist, Clinic = clinic.Id });
        foreach (var person in clinic.Resources.Where(IsPerson))
        {
            _ = await Ask(new GrantRoles(person.Id, person.Id, [person.Roles.Contains("rater") ? Role.BlindedRater : Role.Clinician]) { As = Administrator, Clinic = clinic.Id });
        }
    }

    private async Task<SampleMade> Tell()
    {
        var stories = SampleStory.All.Select((s, i) => (Story: s, Number: i + 1, Day: s.Weeks == 0 ? Today.Date : Weekday(Today.Date.PlusDays((-7 * s.Weeks) + (i % 5))))).ToList();
        for (var day = Today.Date.PlusDays(1 - Days); day < Today.Date; day = day.PlusDays(1))
        {
            foreach (var (story, number, _) in stories.Where(s => s.Story.Weeks > 0 && s.Day == day))
            {
                clock.Now = At(day + new LocalTime(7, 30)) + Duration.FromMinutes(number);
                await Begin(story, number, day);
            }

            await Pass(day);
        }

        await Pass(Today.Date);
        clock.Now = now;
        foreach (var (story, number, day) in stories.Where(s => s.Story.Weeks == 0))
        {
            await Begin(story, number, day);
        }

        return new SampleMade(clinic.Id, stories.Count, stories.Count(s => s.Story.Stage != SampleStage.Registered), protocols.Count);
    }

    /// <summary>A patient comes, and goes as far as their story says.</summary>
    private async Task Begin(SampleStory story, int number, LocalDate day)
    {
        var patient = FormattableString.Invariant($"P-{number:000}");
        var (contact, channel) = number % 3 == 0 ? (FormattableString.Invariant($"+1 202 555 01{number:00}"), "sms") : ($"{patient.ToLowerInvariant()}@example.org", "mail");
        _ = await Ask(new RegisterPatient(patient, SampleStory.NameOf(number), contact, channel, null, null, number % 5 != 0) { As = Office, Clinic = clinic.Id });
        if (story.Stage == SampleStage.Registered)
        {
            return;
        }

        var enrolled = await Ask(
            new Enrol(patient, story.Protocol, null, day, new Dictionary<string, string>(), [], null) { As = Office, Clinic = clinic.Id, FromList = story.Protocol == SampleStory.Blinded });
        if (story.Stage == SampleStage.Enrolled)
        {
            return;
        }

        var proposed = await Propose(enrolled.Enrolment, story.Stage == SampleStage.Proposed ? 3 : 1);
        switch (story.Stage)
        {
            case SampleStage.Proposed:
                break;
            case SampleStage.Reserved:
                _ = await Ask(new Reserve(proposed.Proposals[0].Proposal, ReservedMinutes) { As = Office, Clinic = clinic.Id });
                break;
            default:
                await Book(enrolled.Enrolment, story, proposed);
                break;
        }
    }

    /// <summary>The visits of a day pass, as far as it is over.</summary>
    private async Task Pass(LocalDate day)
    {
        while (await Next(day) is { } visit)
        {
            clock.Now = At(visit.End);
            var (story, calendar) = booked[visit.Enrolment!];
            var id = calendar.Visits.First(v => v.Id.ToString() == visit.Visit).Id;
            var isLast = !calendar.Visits.Any(v => v.Start > visit.Start && v.End <= Today);
            switch (story.Stage)
            {
                case SampleStage.Missed when visit.Visit == "infusion[2]" && repaired.Add(visit.Enrolment!):
                    await Happens(visit, new CourseEvent.Missed(visit.End, id), Office, "did not come");
                    await Book(visit.Enrolment!, story, await Propose(visit.Enrolment!, 1));
                    break;
                case SampleStage.OnHold when isLast:
                    await Happens(visit, new CourseEvent.Held(visit.End, id, null), Office, "a cold");
                    break;
                case SampleStage.Untold when isLast:
                    _ = left.Add((visit.Enrolment!, visit.Visit!));
                    break;
                default:
                    await Happens(visit, new CourseEvent.Completed(visit.End, id), Who(visit), "");
                    await Measure(visit, id, protocols[story.Protocol]);
                    break;
            }
        }
    }

    /// <summary>The first visit of a day of which something is to be told; null where there is none.</summary>
    private async Task<DayVisit?> Next(LocalDate day) => (await Ask(new ClinicDay(day) { As = Office, Clinic = clinic.Id })).Visits
        .Where(v => v is { Enrolment: { } course, Visit: { } visit, Status: "booked" } && v.End <= Today && !left.Contains((course, visit)))
        .OrderBy(v => v.End).FirstOrDefault();

    /// <summary>What is measured at a visit: patients get better on the whole, each in their own way.</summary>
    private async Task Measure(DayVisit visit, VisitId id, Protocol protocol)
    {
        foreach (var outcome in protocol.Outcomes.Where(o => o.At.Contains(id)))
        {
            var luck = visit.Patient!.Concat(visit.Visit!).Aggregate(17, (seed, letter) => ((seed * 31) + letter) % 1009) % 21;
            var part = outcome.At[0] == id ? 60 + luck : 20 + luck;
            await Happens(
                visit,
                outcome.Range is var (low, high) ? new CourseEvent.ScoreRecorded(visit.End, id, outcome.Id, low + ((high - low) * part / 100)) : new CourseEvent.AnswerRecorded(visit.End, id, outcome.Id, luck > 8),
                Who(visit),
                "");
        }
    }

    private async Task Happens(DayVisit visit, CourseEvent told, string who, string why) => _ = await Ask(new Tell(visit.Enrolment!, told, why) { As = who, Clinic = clinic.Id });

    /// <summary>Whoever was there tells it.</summary>
    private string Who(DayVisit visit) => visit.Uses.Select(u => u.Resource).FirstOrDefault(r => clinic.Find(r) is { } resource && IsPerson(resource)) ?? Office;

    private async Task<Proposed> Propose(string enrolment, int count)
    {
        foreach (var deviations in new[] { DeviationLimit.None, DeviationLimit.Minor })
        {
            var answer = await app.Send(new Propose(enrolment, null, StartWithin, deviations, count) { As = Office, Clinic = clinic.Id });
            if (answer.IsDone)
            {
                return answer.Value;
            }
        }

        return await Ask(new Propose(enrolment, null, StartWithin, DeviationLimit.Major, count) { As = Office, Clinic = clinic.Id });
    }

    private async Task Book(string enrolment, SampleStory story, Proposed proposed)
    {
        var first = proposed.Proposals[0];
        _ = await Ask(new Accept(first.Proposal, $"sample {first.Proposal}") { As = Office, Clinic = clinic.Id });
        booked[enrolment] = (story, first.Calendar);
    }

    private async Task<T> Ask<T>(Ask<T> ask)
        where T : class => Done(await app.Send(ask));

    private static T Done<T>(Answer<T> answer)
        where T : class => answer.IsDone ? answer.Value : throw new InvalidOperationException($"The sample was refused: {answer.Refusal}");

    private Instant At(LocalDateTime time) => time.InZoneLeniently(clinic.Zone).ToInstant();

    private static bool IsPerson(Resource resource) => resource.Kind == ResourceKind.Person;

    private static LocalDate Weekday(LocalDate day) => day.DayOfWeek switch
    {
        IsoDayOfWeek.Saturday => day.PlusDays(-1),
        IsoDayOfWeek.Sunday => day.PlusDays(-2),
        _ => day,
    };
}

/// <summary>What a sample book holds.</summary>
/// <param name="Clinic">The clinic's id.</param>
/// <param name="Patients">How many patients.</param>
/// <param name="Enrolments">How many of them are on a protocol.</param>
/// <param name="Protocols">How many protocols.</param>
public sealed record SampleMade(string Clinic, int Patients, int Enrolments, int Protocols);
