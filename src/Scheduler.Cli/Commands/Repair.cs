using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Scheduler.Cli.Output;
using Scheduler.Core;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Together;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler repair</c></summary>
internal static class Repair
{
    public static Command Make(Surroundings around)
    {
        var calendars = Values.Paths("--calendar", "The calendar so far of a course: the JSON that 'schedule' or 'continue' wrote, its first proposal; or of several: that which 'repair' wrote. May be repeated.", required: true);
        var protocols = Values.Paths("--protocol", "A protocol's YAML file; repeated where the courses have several.", required: true);
        var clinicFile = Values.Path("--clinic", "The clinic's YAML file, with the bookings of all who are not among the courses.", required: true);
        var patients = Values.Paths("--patient", "A patient's YAML file; repeated for each patient.");
        var events = Values.Paths("--events", "The YAML file that tells what has happened in the course of a patient; none where nothing has.");
        var asOf = Values.Time("--as-of", "The time of asking: what lies before it has happened or was missed, and must be told. A date alone means its morning.");
        var from = Values.Date("--from", "The earliest day of what is placed; the day after --as-of unless stated, or its own day where that has not begun.");
        var deviations = Values.OneOf("--deviations", "How far windows may be stretched; 'minor' unless stated, or as far as in a calendar so far where that is further.", "minor", "none", "major");
        var steps = Values.Steps();
        var format = Values.OneOf("--format", "How to print the result.", "text", "json");
        var command = new Command("repair", "Goes on with several courses at once, after a sick day, a closure or a broken chair: as few as can be of all booked visits move.")
        {
            calendars, protocols, clinicFile, patients, events, asOf, from, deviations, steps, format,
        };
        command.SetAction(parsed =>
        {
            var clinic = around.Use(ClinicReader.Read(parsed.GetValue(clinicFile)!, around.ReadText(parsed.GetValue(clinicFile)!)));
            var time = parsed.GetValue(asOf)!.Value;
            if (!clinic.Exists(time))
            {
                around.Use(new Read<string>(null, [Messages.NoSuchTime(SourceSpan.Whole("--as-of"), GoingCourse.Shown(time))]));
            }

            var limit = parsed.GetResult(deviations) is { Implicit: false } ? Texts.ParseLimit(parsed.GetValue(deviations)!) : null;
            var texts = ByPatient(
                around, "a calendar", parsed.GetValue(calendars)!.SelectMany(file => around.Use(CalendarJsonReader.OpenAll(file, around.ReadBytes(file)))), t => t.Patient ?? new("", t.Root.Span));
            string[] names = [.. texts.Keys];
            var known = ByPatient(
                around, "a file", (parsed.GetValue(patients) ?? []).Select(file => (File: file, Patient: around.Use(PatientReader.Read(file, around.ReadText(file))))), p => new(p.Patient.Id, SourceSpan.Whole(p.File)), names);
            var told = ByPatient(
                around, "a file of events", (parsed.GetValue(events) ?? []).Select(file => (File: file, Events: around.Use(EventsReader.Read(file, around.ReadText(file))))), e => e.Events.Patient, names);
            var files = parsed.GetValue(protocols)!.Select(f => (File: f, Text: around.ReadText(f))).Select(f => (f.File, f.Text, around.Use(ProtocolCompiler.Compile(f.File, f.Text)).Id)).ToList();
            var going = new List<(string Patient, string ProtocolFile, GoingCourse Course)>();
            foreach (var (patient, text) in texts)
            {
                var file = text.Root.Span.File;
                if (!known.ContainsKey(patient))
                {
                    Refuse(around, Messages.NoFileOfPatient(text.Patient!.Value.Span, patient));
                }

                var (protocolFile, source, id) = files.Find(f => f.Id == text.Protocol?.Value);
                if (id is null)
                {
                    Refuse(around, text.Protocol is { } made ? Messages.NoProtocolOfCalendar(made.Span, made.Value, [.. files.Select(f => f.Id)]) : Messages.CalendarOfNoProtocol(text.Root.Span));
                }

                var whole = around.Use(new ChosenValues(protocolFile, text, []).Compile(source));
                var before = around.Use(CalendarJsonReader.Read(text, whole, clinic, known[patient].Patient, rank: 1, goesOn: true));
                var (eventsFile, happened) = told.TryGetValue(patient, out var own) ? own : (file, EventsText.Nothing(patient, file));
                going.Add((patient, protocolFile, GoingCourse.Read(around, file, before, whole, happened, eventsFile, new(time, parsed.GetValue(from), limit), [])));
            }

            var budget = parsed.GetValue(steps);
            var kept = KeepingTogether.Plan([.. going.Select(g => new CourseOfSeveral(g.Course.Told.State, g.Course.Request with { StepBudget = budget }, g.Course.Told.ByHand))], budget);
            var plan = kept.Plan;
            ImmutableArray<PlanningAnswer> answers = [.. plan.Courses.Select((c, i) => Answer(c, going[i].Course, kept.Kept[i]))];
            if (parsed.GetValue(format) == "json")
            {
                around.Output.Write(Encoding.UTF8.GetString(CoursesJson.Write(plan, answers)));
            }
            else
            {
                Tell(around, kept, answers, [.. going]);
            }

            return answers.Any(a => a.Outcome is Outcome.Infeasible) ? ExitCode.Infeasible : plan.Proved && answers.All(a => HasCalendar(a)) ? ExitCode.Done : ExitCode.Unproved;
        });
        return command;
    }

    private static bool HasCalendar(PlanningAnswer answer) => CalendarJson.Proposals(answer.Outcome).Count > 0;

    /// <summary>What files say by the patient whom each is about; one a patient, and of a patient with a calendar.</summary>
    private static Dictionary<string, T> ByPatient<T>(Surroundings around, string what, IEnumerable<T> read, Func<T, Located<string>> patient, IReadOnlyCollection<string>? courses = null)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var value in read)
        {
            var (who, at) = patient(value);
            var wrong = who.Length == 0 ? Messages.CalendarOfNobody(at)
                : courses?.Contains(who) == false ? Messages.NoCourseOfPatient(at, who, courses)
                : !found.TryAdd(who, value) ? Messages.TwiceForPatient(at, what, who, patient(found[who]).Span.File)
                : null;
            if (wrong is not null)
            {
                Refuse(around, wrong);
            }
        }

        return found;
    }

    private static void Refuse(Surroundings around, Diagnostic mistake) => around.Use(new Read<string>(null, [mistake]));

    private static PlanningAnswer Answer(CourseAmongOthers course, GoingCourse going, ImmutableArray<VisitId> kept)
    {
        if (course.Proposal is not { } proposal)
        {
            return new(course.Request, course.Outcome, HasPatient: true) { Course = going.Course };
        }

        // Each passes its judge among the others; what is written down costs what it does at the clinic as it was given.
        Answers.Judge(course.Request, proposal);
        var verdict = Verifier.Judge(going.Request, proposal.Calendar);
        var alone = proposal with { Cost = verdict.Cost, CostWithConditional = verdict.CostWithConditional };
        return new(going.Request, course.Outcome is Outcome.Unproved unproved ? unproved with { Proposals = [alone] } : new Outcome.Placed([alone]) { Steps = course.Outcome.Steps }, HasPatient: true)
        {
            Course = going.Course with { Kept = kept },
            Outside = WhyOutside.Of(course.Request, proposal),
        };
    }

    private static void Tell(Surroundings around, KeptTogether kept, ImmutableArray<PlanningAnswer> answers, ImmutableArray<(string Patient, string ProtocolFile, GoingCourse Course)> going)
    {
        var (plan, placed) = (kept.Plan, answers.Where(HasCalendar).ToList());
        var besides = kept.MadeWay ? " beside what was booked by hand" : "";
        var (booked, moves, putOff) = (placed.Sum(a => a.Request.Booked.Length), plan.Moves, placed.Sum(a => NextRequest.PutOff(a.Course!.State, a.Request).Count()));
        around.Say($"{Spoken.Count(answers.Length, "course")}" + (placed.Count == 0
            ? ", none of which has a calendar."
            : (placed.Count == answers.Length ? "" : $", {answers.Length - placed.Count} of them without a calendar; the others")
            + $" with {Spoken.Count(booked, "booked visit")} still to come{(putOff == 0 ? "" : $", and {putOff} that {(putOff == 1 ? "was" : "were")} put off")}: "
            + (moves.Visits == 0 ? "none moves" : $"{moves.Visits} {(moves.Visits == 1 ? "moves" : "move")}")
            + (moves.People == 0 ? "" : $", {moves.People} {(moves.People == 1 ? "has" : "have")} another person at the same time")
            + (plan.Proved ? $"; fewer cannot{besides}, proved." : $"; that fewer cannot{besides} is not proved.")));
        for (var i = 0; i < answers.Length; i++)
        {
            var (patient, file, course) = going[i];
            around.Say("");
            around.Say($"{patient}: {course.Request.Protocol.Title}");
            if (GoingCourse.End(course.Told.State) is { } end)
            {
                around.Say(end);
            }

            if (answers[i].Outcome is Outcome.Infeasible none)
            {
                around.Say("No calendar exists beside those of the others. Nothing that is booked for it is changed here.");
                foreach (var conflict in none.Conflicts)
                {
                    around.Say($"- {conflict.Message}");
                }

                if (GoingCourse.NoPlaceAdvice(course.Told.State) is { } advice)
                {
                    around.Say(advice);
                }
            }
            else if (CalendarJson.Proposals(answers[i].Outcome) is [])
            {
                around.Say("No calendar was found within the steps, and none was ruled out. Allow more with --steps.");
            }
            else if (CalendarJson.Proposals(answers[i].Outcome) is [var proposal, ..])
            {
                if (answers[i].Outside is { } outside)
                {
                    CalendarTable.Outside(around, outside, proposal);
                }

                foreach (var deviation in Verifier.Judge(answers[i].Request, proposal.Calendar).Deviations)
                {
                    around.Say($"{(deviation.IsMajor ? "Major" : "Minor")} deviation: {deviation.Message}");
                }

                new NewsLines(around, course.Told.State.Protocol, new RuleLines(file, around.ReadText(file)))
                    .Print(CourseNews.Between(course.Before.Calendar.Visits, course.Told, answers[i].Course!, proposal.Calendar));
            }
        }
    }
}
