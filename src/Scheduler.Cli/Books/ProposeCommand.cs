using System.Collections.Immutable;
using System.CommandLine;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler propose ENROLMENT...</c></summary>
internal static class ProposeCommand
{
    public static Command Make(Surroundings around)
    {
        var enrolments = Arguments.Enrolments();
        var from = Values.Date("--from", "The earliest day of what is placed; tomorrow unless said.");
        var usual = new Settings(File: null);
        var within = Values.WholeNumber("--start-within", "The days in which the first visit may fall.", Settings.MostStartWithin, usual.StartWithin, "DAYS");
        var count = Values.WholeNumber("--proposals", "How many calendars to propose, where nothing is booked yet.", Settings.MostProposals, usual.Proposals);
        var deviations = Values.OneOf("--deviations", "How far windows may be stretched.", [.. Texts.LimitNames]);
        return BookOptions.Command(
            "propose",
            "Proposes calendars for what is to be placed of a course, or one for the rests of several courses together, in which as few booked visits move as can be; nothing is booked or moved by that.",
            around,
            [enrolments, from, within, count, deviations],
            async (parsed, book) =>
            {
                if (parsed.GetValue(enrolments) is not [var enrolment])
                {
                    return parsed.GetResult(within) is { Implicit: false } || parsed.GetResult(count) is { Implicit: false }
                        ? throw new WrongUsage(["--start-within and --proposals are for one enrolment; for several there is one proposal, from --from on."])
                        : await Together(book, parsed.GetValue(enrolments)!, parsed.GetValue(from), parsed.GetValue(deviations)!);
                }

                return await book.Answer(
                    new Propose(
                        enrolment,
                        parsed.GetValue(from),
                        (int)Values.Chosen(parsed, within, book.Settings.StartWithin),
                        Texts.ParseLimit(parsed.GetValue(deviations)!)!.Value,
                        (int)Values.Chosen(parsed, count, book.Settings.Proposals))
                    {
                        As = book.As,
                        Clinic = book.Clinic,
                    },
                    proposed => Json(book, proposed),
                    proposed => Print(around, proposed));
            });
    }

    private static async Task<int> Together(OpenBook book, string[] enrolments, LocalDate? from, string deviations)
    {
        var courses = new HitCourses(enrolments, await HitCourses.Repair(book, enrolments, from, deviations));
        book.Print(
            courses,
            _ => new { enrolments, proposal = courses.Proposal, proved = courses.IsProved, courses = courses.Courses(book), without = courses.Without, later = courses.Later },
            _ => courses.Print(book.Around, _ => false));
        return courses.End(book.Around);
    }

    /// <summary>Proposals for programs.</summary>
    public static object Json(OpenBook book, Proposed proposed) => new
    {
        enrolment = proposed.Enrolment,
        version = proposed.Version,
        proposals = proposed.Proposals.Select(p => new
        {
            proposal = p.Proposal,
            proved = p.IsProved,
            cost = p.Cost.Terms.ToArray(),
            visits = Visits(book, p.Calendar),
            unplaced = p.Calendar.Unplaced.Select(v => v.ToString()),
            kept = Names(p.Kept),
        }),
    };

    /// <summary>The visits of a calendar for programs.</summary>
    public static IEnumerable<object> Visits(OpenBook book, TreatmentCalendar calendar) => calendar.Visits.Select(v => new
    {
        visit = v.Id.ToString(),
        start = book.Time(v.Start),
        end = book.Time(v.End),
        resources = v.Uses.Select(u => new { id = u.Resource, role = u.Role }).Distinct(),
    });

    /// <summary>Visits by name.</summary>
    public static IEnumerable<string> Names(ImmutableArray<VisitId> visits) => visits.Select(v => v.ToString());

    /// <summary>Proposals for people.</summary>
    public static void Print(Surroundings around, Proposed proposed)
    {
        foreach (var proposal in proposed.Proposals)
        {
            var proved = proposal.IsProved ? "" : ", not proved the best";
            around.Say(proposal.Kept.IsEmpty
                ? $"{proposal.Proposal} for {proposed.Enrolment}: {Spoken.Count(proposal.Calendar.Visits.Length, "visit")}{proved}."
                : $"{proposal.Proposal} for {proposed.Enrolment}: {Spoken.Count(proposal.Kept.Length, "booked visit")} {(proposal.Kept.Length == 1 ? "stays" : "stay")}{proved}.");
            BookTable.Calendar(around, proposal.Calendar);
            if (!proposal.Calendar.Unplaced.IsEmpty)
            {
                around.Say($"No place was found for these conditional visits: {Spoken.Join(Names(proposal.Calendar.Unplaced))}.");
            }

            around.Say("");
        }

        around.Say($"To book it: scheduler book {proposed.Proposals[0].Proposal}");
    }
}
