using System.Collections.Immutable;
using System.CommandLine;
using Scheduler.Cli.Output;
using Scheduler.Core.Courses;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler continue</c></summary>
internal static class Continue
{
    public static Command Make(Surroundings around)
    {
        var inputs = new Inputs();
        var calendar = Values.Path("--calendar", "The calendar so far: the JSON that 'schedule' or 'continue' wrote.", required: true);
        var rank = Values.WholeNumber("--proposal", "Which of its proposals was booked.", 1_000, 1);
        var events = Values.Path("--events", "The YAML file that tells what has happened since.", required: true);
        var asOf = Values.Time("--as-of", "The time of asking: what lies before it has happened or was missed, and must be told. A date alone means its morning.");
        var from = Values.Date("--from", "The earliest day of what is placed; the day after --as-of unless stated, or its own day where that has not begun.");
        var amended = new Option<string[]>("--amended") { Description = "The YAML file of a version that the events name under 'amended'; may be repeated.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        amended.Validators.Add(result => Values.RefuseNothing(result, "--amended"));
        var deviations = Values.OneOf("--deviations", "How far windows may be stretched; 'minor' unless stated, or as far as in the calendar so far where that is further.", "minor", "none", "major");
        var steps = Values.Steps();
        var format = Answers.Format();
        var command = new Command("continue", "Goes on with a course: from its calendar and what has happened since to the next calendar.")
        {
            calendar, events, asOf, rank, from, amended, deviations, steps, format,
        };
        inputs.AddTo(command);
        command.SetAction(parsed =>
        {
            var (name, eventsFile) = (parsed.GetValue(calendar)!, parsed.GetValue(events)!);
            var time = parsed.GetValue(asOf)!.Value;
            var text = around.Use(CalendarJsonReader.Open(name, around.ReadBytes(name)));
            var input = inputs.Read(parsed, around, text);
            if (!input.Clinic.Exists(time))
            {
                around.Use(new Read<string>(null, [Messages.NoSuchTime(SourceSpan.Whole("--as-of"), GoingCourse.Shown(time))]));
            }

            var versions = (parsed.GetValue(amended) ?? []).Select(f => inputs.ReadVersion(f, parsed, around, text)).ToImmutableArray();
            var before = around.Use(CalendarJsonReader.Read(text, input.Protocol, input.Clinic, input.Patient, (int)parsed.GetValue(rank), goesOn: true));
            var happened = around.Use(EventsReader.Read(eventsFile, around.ReadText(eventsFile)));
            var limit = parsed.GetResult(deviations) is { Implicit: false } ? Texts.ParseLimit(parsed.GetValue(deviations)!) : null;
            var going = GoingCourse.Read(around, name, before, input.Protocol, happened, eventsFile, new(time, parsed.GetValue(from), limit), versions);
            var (told, request) = (going.Told, going.Request with { StepBudget = Values.Chosen(parsed, steps, input.Settings.Steps) });
            var plan = Keeping.Plan(told.State, request, told.ByHand);
            var answer = new PlanningAnswer(request, plan.Outcome, input.Patient is not null) { Course = going.Course with { Kept = plan.Kept, MadeWay = plan.MadeWay } };
            var ends = Answers.Print(around, answer, parsed.GetValue(format)!, () => Tell(around, before, told, answer, input));
            if (ends == ExitCode.Infeasible && parsed.GetValue(format) == "table" && GoingCourse.NoPlaceAdvice(told.State) is { } advice)
            {
                around.Say(advice);
            }

            return ends;
        });
        return command;
    }

    private static void Tell(Surroundings around, CalendarToCheck before, ToldCourse told, PlanningAnswer answer, Given input)
    {
        var lines = new NewsLines(around, told.State.Protocol, new RuleLines(input.ProtocolFile, around.ReadText(input.ProtocolFile)));
        if (GoingCourse.End(told.State) is { } end)
        {
            around.Say("");
            around.Say(end);
        }

        if (CalendarJson.Proposals(answer.Outcome) is [var proposal, ..])
        {
            lines.Print(CourseNews.Between(before.Calendar.Visits, told, answer.Course!, proposal.Calendar));
        }
    }
}
