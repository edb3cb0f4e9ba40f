using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reports;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Blinding;

/// <summary>
/// The same trial with its arms swapped answers a blinded rater the same, to the byte: every request that there is, errors and counts too. Requests are found by the types, so that a new one must be given a case here.
/// </summary>
public sealed class BlindingTests : IDisposable
{
    private static readonly LocalDate First = new(2027, 1, 4);

    /// <summary>One arm has lessons, which the rater gives, and a questionnaire of its own; the other has more infusions than that. Ratings are for all.</summary>
    private const string Trial = """
        protocol: trial
        version: 1.0.0
        title: A trial of two arms
        arms:
          drug: {}
          talk: {}
        outcomes:
          score: {means: The rating's total score., measured at: 'rating[1], rating[2]', range: 0 to 80}
          insight: {means: What lessons taught., measured at: 'lesson[1]', range: 0 to 10}
        visits:
          rating: {purpose: assessment, count: 3, duration: 30 min, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
          lesson: {purpose: treatment, count: 2, duration: 30 min, arm: talk, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
          infusion: {purpose: treatment, count: 3, duration: 60 min, arm: drug, people: {nurse: {exclusive: whole visit}}, places: {chair: {exclusive: whole visit}}, assumed: All of it.}
        rules:
          ratings-early: {time of day for: rating, starts: "13:00 to 14:00", assumed: All of it.}
          lessons-late: {time of day for: lesson, starts: "14:30 to 15:30", assumed: All of it.}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-blinding-");

    public static TheoryData<Type> Asks => [.. Requests];

    private static IEnumerable<Type> Requests => typeof(IAsk).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IAsk)));

    /// <summary>What a blinded rater asks, by the request; two patients are on courses E-1 and E-2.</summary>
    private static readonly Dictionary<Type, IAsk[]> Cases = new()
    {
        [typeof(ShowCourse)] = [.. Courses.Append("E-9").Select(c => new ShowCourse(c) { As = "rater", Clinic = Clinic })],
        [typeof(ClinicDay)] = [.. Enumerable.Range(0, 30).Select(d => new ClinicDay(First.PlusDays(d)) { As = "rater", Clinic = Clinic })],
        [typeof(OwnSessions)] =
        [
            new OwnSessions(First, First.PlusDays(60)) { As = "rater", Clinic = Clinic },
            new OwnSessions(First, First.PlusDays(-1)) { As = "rater", Clinic = Clinic },
        ],
        [typeof(Tell)] = [.. Courses.SelectMany(c => Told.Select(e => new Tell(c, e, "") { As = "rater", Clinic = Clinic }))],
        [typeof(ImportProtocol)] = [new ImportProtocol("trial.yaml", Trial) { As = "rater", Clinic = Clinic }],
        [typeof(ActivateProtocol)] = [new ActivateProtocol("trial", "1.0.0") { As = "rater", Clinic = Clinic }],
        [typeof(ListProtocols)] = [new ListProtocols { As = "rater", Clinic = Clinic }],
        [typeof(CompareProtocols)] = [new CompareProtocols("trial", "1.0.0", "1.0.0") { As = "rater", Clinic = Clinic }],
        [typeof(RetireProtocol)] = [new RetireProtocol("trial", "1.0.0") { As = "rater", Clinic = Clinic }],
        [typeof(ShowClinic)] = [new ShowClinic { As = "rater", Clinic = Clinic }],
    };

    private static IEnumerable<string> Courses => ["E-1", "E-2"];

    /// <summary>Everything that can be told, of visits of all, of either arm, and of none; the ratings take place at last.</summary>
    private static IEnumerable<CourseEvent> Told
    {
        get
        {
            var at = First.PlusDays(40).At(new(9, 0));
            foreach (var visit in "lesson[1] lesson[2] lesson[3] infusion[1] infusion[3] lessons[1] rating[4] rating[1] rating[2] rating[3]".Split(' ').Select(EventText.Id))
            {
                yield return new CourseEvent.Confirmed(at, visit);
                yield return new CourseEvent.Cancelled(at, visit, Party.Patient);
                yield return new CourseEvent.Held(at, visit, null);
                yield return new CourseEvent.AnswerRecorded(at, visit, "score", true);
                yield return new CourseEvent.Started(First.AtMidnight(), visit);
                yield return new CourseEvent.Arrived(at.PlusDays(100), visit);
                yield return new CourseEvent.Arrived(at, visit);
                yield return new CourseEvent.Arrived(at, visit);
                yield return new CourseEvent.Started(at, visit);
                yield return new CourseEvent.Completed(at, visit);
                yield return new CourseEvent.ScoreRecorded(at, visit, "score", 90);
                yield return new CourseEvent.ScoreRecorded(at, visit, "score", 40);
                yield return new CourseEvent.ScoreRecorded(at, visit, "insight", 4);
                yield return new CourseEvent.ScoreRecorded(at, visit, "insigth", 4);
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Asks))]
    public void Every_request_that_such_an_account_may_ask_is_tried(Type ask) =>
        Assert.True(Cases.ContainsKey(ask) || !ask.GetCustomAttribute<AllowedAttribute>()!.Roles.Any(Blinds.Contains), $"{ask.Name} needs a case: what does a blinded rater ask?");

    [Fact]
    public async Task The_same_trial_with_its_arms_swapped_answers_the_same_to_the_byte()
    {
        var answers = await Answers("talk", "drug");

        Assert.Equal(answers, await Answers("drug", "talk"));
        Assert.Contains(answers, a => a.Contains("rating[1]", StringComparison.Ordinal) && a.StartsWith(nameof(ClinicDay), StringComparison.Ordinal));
        Assert.Contains(answers, a => a.Contains("rating[1]", StringComparison.Ordinal) && a.StartsWith(nameof(OwnSessions), StringComparison.Ordinal));
        Assert.Contains(answers, a => a.Contains("\"ToBePlaced\"", StringComparison.Ordinal));
        Assert.Contains(answers, a => a.Contains("CO007", StringComparison.Ordinal));
        Assert.DoesNotContain(answers, a => a.Contains("\"lesson[1]\"", StringComparison.Ordinal) || a.Contains("\"infusion[1]\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_arms_differ_in_what_others_are_answered()
    {
        var answers = await Answers("talk", "drug", Role.Scheduler);

        Assert.NotEqual(answers, await Answers("drug", "talk", Role.Scheduler));
    }

    /// <summary>Roles that leave an account blinded that has them beside that of a rater.</summary>
    private static IEnumerable<Role> Blinds => [Role.BlindedRater, Role.Author];

    /// <summary>What the rater is answered of a trial in which both patients are treated, and some visits have no place.</summary>
    private async Task<List<string>> Answers(string first, string second, params Role[] more)
    {
        await using var book = await NewBooks.Sqlite(folder.CreateSubdirectory($"{first} and {second}").FullName).WithClinic();
        _ = Done(await book.App.Send(new ImportProtocol("trial.yaml", Trial) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new ActivateProtocol("trial", "1.0.0") { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new GrantRoles("rater", "rater-singh", [Role.BlindedRater, Role.Clinician, Role.Author, .. more]) { As = "root", Clinic = Clinic }));
        var calendars = new List<TreatmentCalendar>();
        foreach (var (patient, arm) in new[] { ("P-001", first), ("P-002", second) })
        {
            _ = Done(await book.App.Send(new Patients.RegisterPatient(patient, patient, null, null, null, null, false) { As = "root", Clinic = Clinic }));
            var course = Done(await book.App.Send(new Enrol(patient, "trial", null, First, new Dictionary<string, string>(), [], arm) { As = "root", Clinic = Clinic })).Enrolment;
            calendars.Add(await book.Book(course, First));
        }

        // Of the lessons one took place and one was called off; the infusions took place, so that with its ratings a course is over in one arm alone.
        foreach (var (calendar, course) in calendars.Zip(Courses))
        {
            foreach (var visit in calendar.Visits.Where(v => v.Id.Type != "rating").OrderBy(v => v.Start))
            {
                book.Clock.Now = visit.End.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
                CourseEvent told = visit.Id switch
                {
                    { Type: "lesson", Ordinal: 2 } => new CourseEvent.Cancelled(visit.End, visit.Id, Party.Clinic),
                    _ => new CourseEvent.Completed(visit.End, visit.Id),
                };
                _ = Done(await book.App.Send(new Tell(course, told, "") { As = "root", Clinic = Clinic }));
            }
        }

        // The last rating of the first patient is called off: it has no place.
        book.Clock.Now = First.PlusDays(40).At(new(8, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        _ = Done(await book.App.Send(new Tell("E-1", new CourseEvent.Cancelled(book.Wall, new("rating", 3), Party.Patient), "") { As = "root", Clinic = Clinic }));
        book.Clock.Now += Duration.FromHours(2);

        var answers = new List<string>();
        foreach (var type in Requests)
        {
            foreach (var ask in Cases.GetValueOrDefault(type) ?? (more.Length == 0 ? [Uninitialized(type)] : []))
            {
                answers.Add($"{type.Name}: {await Sent(book, ask)}");
            }
        }

        // Once more, with all told.
        foreach (var ask in Cases[typeof(ShowCourse)])
        {
            answers.Add($"at the end, {nameof(ShowCourse)}: {await Sent(book, ask)}");
        }

        return answers;
    }

    private static IAsk Uninitialized(Type type)
    {
        var ask = RuntimeHelpers.GetUninitializedObject(type);
        type.GetProperty(nameof(IAsk.As))!.SetValue(ask, "rater");
        type.GetProperty(nameof(IAsk.Clinic))!.SetValue(ask, Clinic);
        return (IAsk)ask;
    }

    private static async Task<string> Sent(TestBook book, IAsk ask)
    {
        var answer = ask.GetType().BaseType!.GetGenericArguments()[0];
        var sent = (Task)typeof(Application).GetMethod(nameof(Application.Send))!.MakeGenericMethod(answer).Invoke(book.App, [ask, CancellationToken.None])!;
        await sent;
        return JsonSerializer.Serialize(sent.GetType().GetProperty("Result")!.GetValue(sent), JsonOptions);
    }

    private static readonly JsonSerializerOptions JsonOptions = new() { Converters = { new WrittenOut() } };

    /// <summary>Dates and times as text: what the rater can tell apart.</summary>
    private sealed class WrittenOut : System.Text.Json.Serialization.JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.Namespace!.StartsWith("NodaTime", StringComparison.Ordinal);

        public override System.Text.Json.Serialization.JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (System.Text.Json.Serialization.JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<T> : System.Text.Json.Serialization.JsonConverter<T>
        {
            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
        }
    }
}
