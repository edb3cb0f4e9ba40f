using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Cli;

namespace Scheduler.Hostile;

/// <summary>Courses in motion: the calendars that were booked, and the files of what has happened since, each going on where the one before ended.</summary>
internal static class Motions
{
    /// <summary>What happened in each course: files of events, and the visit on whose evening somebody goes on.</summary>
    private static readonly (Beside Course, ImmutableArray<(string Events, string Evening)> Steps)[] Told =
    [
        (Originals.Feder, [("events-feder-1", "infusion[3]"), ("events-feder-2", "wet[2]")]),
        (Originals.Eventful, [("events-eventful-1", "emdr[2]"), ("events-eventful-2", "emdr[3]"), ("events-eventful-3", "check[2]")]),
    ];

    /// <summary>Enough for a calendar of each.</summary>
    private const int StepsOfOriginals = 3_000;

    /// <summary>The steps of all courses.</summary>
    public static Lazy<ImmutableArray<Motion>> All { get; } = new(() => [.. Told.SelectMany(t => Of(t.Course, t.Steps))]);

    /// <summary>A first step of the course of these files, where there is one.</summary>
    public static Motion? First(Beside of) => All.Value.FirstOrDefault(m => m.Course == of);

    /// <summary>What is written of a course and another beside it that go on together.</summary>
    public static string Repaired(Motion motion) => Written("repair", folder => motion.Together(folder, steps: StepsOfOriginals), motion);

    private static IEnumerable<Motion> Of(Beside course, IEnumerable<(string Events, string Evening)> steps)
    {
        var calendar = Originals.Calendar(course, StepsOfOriginals);
        foreach (var (events, evening) in steps)
        {
            var motion = new Motion(course, calendar, File.ReadAllText(Originals.At($"{Originals.OwnFolder}/{events}.yaml")).ReplaceLineEndings("\n"), $"{DayOf(evening, calendar)}T19:00");
            yield return motion;
            calendar = Written("continue", folder => motion.Options(folder, steps: StepsOfOriginals), motion);
        }
    }

    private static string DayOf(string visit, string calendar)
    {
        using var json = JsonDocument.Parse(calendar);
        return json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray()
            .Single(v => v.GetProperty("id").GetString() == visit).GetProperty("start").GetString()![..10];
    }

    /// <summary>What a command writes of a course; an original must have a calendar, or what is spoilt would be spoilt before.</summary>
    private static string Written(string command, Func<string, string[]> options, Motion motion)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-hostile-");
        try
        {
            using var said = new StringWriter();
            using var mistakes = new StringWriter();
            var code = CommandLine.Run([command, .. options(folder.FullName), "--format", "json"], said, mistakes, new StoppedClock(), isTerminal: false, folder.FullName);
            return code is ExitCode.Done or ExitCode.Unproved ? said.ToString() : throw new InvalidOperationException($"The course does not go on, as of {motion.AsOf}, by: {motion.Events}\n{mistakes}{said}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>What <c>continue</c> and <c>repair</c> read besides the files of the course.</summary>
/// <param name="Course">The files of the course.</param>
/// <param name="Calendar">The calendar that was booked, in JSON.</param>
/// <param name="Events">What has happened since, in YAML.</param>
/// <param name="AsOf">The time of asking.</param>
internal sealed record Motion(Beside Course, string Calendar, string Events, string AsOf)
{
    private static readonly Dictionary<(Beside Course, string AsOf), string> Others = [];

    /// <summary>The options of a step, with files written into a folder where no others are given.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="calendar">Another calendar.</param>
    /// <param name="events">Another file of events.</param>
    /// <param name="course">Other files of the course.</param>
    /// <param name="steps">The step budget.</param>
    public string[] Options(string folder, string? calendar = null, string? events = null, Beside? course = null, int steps = 300) =>
    [
        "--calendar", calendar ?? Written(folder, "calendar.json", Calendar),
        "--events", events ?? Written(folder, "events.yaml", Events),
        "--as-of", AsOf, .. (course ?? Course).Options(withPatient: true), "--steps", steps.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The options with which the course goes on beside that of another patient, who begins on the day after.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="calendar">Another calendar of the course.</param>
    /// <param name="calendars">A file with the calendars of both.</param>
    /// <param name="events">Another file of events.</param>
    /// <param name="course">Other files of the course.</param>
    /// <param name="steps">The step budget.</param>
    public string[] Together(string folder, string? calendar = null, string? calendars = null, string? events = null, Beside? course = null, int steps = 300) =>
    [
        .. calendars is null ? ["--calendar", calendar ?? Written(folder, "calendar.json", Calendar), "--calendar", Written(folder, "other.json", OfAnother())] : new[] { "--calendar", calendars },
        "--events", events ?? Written(folder, "events.yaml", Events),
        "--as-of", AsOf, .. (course ?? Course).Options(withPatient: true), "--patient", Another.Patient, "--steps", steps.ToString(CultureInfo.InvariantCulture),
    ];

    private Beside Another => Course with { Patient = Originals.At($"{Originals.OwnFolder}/patient-another.yaml") };

    /// <summary>The calendar of another patient, made as if the course were not there.</summary>
    private string OfAnother()
    {
        if (!Others.TryGetValue((Course, AsOf), out var calendar))
        {
            Others[(Course, AsOf)] = calendar = Originals.Calendar(Another, 3_000, NodaTime.Text.LocalDatePattern.Iso.Parse(AsOf[..10]).Value.PlusDays(1).ToString("uuuu'-'MM'-'dd", CultureInfo.InvariantCulture));
        }

        return calendar;
    }

    private static string Written(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
