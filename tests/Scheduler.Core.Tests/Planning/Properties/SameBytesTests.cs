using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>The same input gives the same bytes: again, elsewhere, and for what lists of resources, bookings or rules mean, in any order.</summary>
public class SameBytesTests
{
    [Fact]
    public void The_same_request_gives_the_same_bytes_again() => Seeds.Hold(60, (request, _) =>
        Difference(Bytes(request, Known.Outcome(request)), Bytes(request, Planner.Plan(request))));

    [Fact]
    public void The_same_request_gives_the_same_bytes_in_every_culture() => Seeds.Hold(40, (request, _) =>
    {
        var here = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign;
            return Difference(Bytes(request, Known.Outcome(request)), Bytes(request, Planner.Plan(request)));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    });

    [Fact]
    public void The_same_request_gives_the_same_bytes_on_several_threads_at_once() => Seeds.Hold(25, (request, _) =>
    {
        var answers = new string[4];
        Parallel.For(0, answers.Length, new() { MaxDegreeOfParallelism = answers.Length }, i => answers[i] = Bytes(request, Planner.Plan(request)));
        return answers.Select(a => Difference(Bytes(request, Known.Outcome(request)), a)).FirstOrDefault(d => d is not null);
    });

    // Ties are broken by visit, start and the ids of resources; visit types count in the protocol's order, so they stay in it.
    [Fact]
    public void The_order_of_resources_bookings_rules_and_wishes_decides_nothing() => Seeds.Hold(100, (request, chance) =>
    {
        var (clinic, protocol, patient) = (request.Clinic, request.Protocol, request.Patient);
        var shuffled = request with
        {
            Clinic = clinic with
            {
                Resources = [.. Shuffled(clinic.Resources, chance).Select(r => r with { Roles = Shuffled(r.Roles, chance), Skills = Shuffled(r.Skills, chance) })],
                Bookings = Shuffled(clinic.Bookings, chance),
                Closures = Shuffled(clinic.Closures, chance),
            },
            Protocol = protocol with { Rules = Shuffled(protocol.Rules, chance), Conditions = Shuffled(protocol.Conditions, chance) },
            Patient = patient with { Preferences = Shuffled(patient.Preferences, chance) },
            Fixed = Shuffled(request.Fixed, chance),
        };
        var (outcome, other) = (Known.Outcome(request), Planner.Plan(shuffled));

        // How far a search gets in its steps may depend on where it begins, and so may which of several reasons is found.
        return outcome is Outcome.Unproved || other is Outcome.Unproved
            ? null
            : Difference(Description.Describe(Said(outcome)), Description.Describe(Said(other)));
    });

    /// <summary>A culture that writes numbers and dates in no usual way; those of the operating system are not part of every build.</summary>
    private static CultureInfo Foreign
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "minus ";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.DateTimeFormat.DateSeparator = "|";
            culture.DateTimeFormat.TimeSeparator = "h";
            culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Saturday;
            culture.DateTimeFormat.AbbreviatedDayNames = ["a", "b", "c", "d", "e", "f", "g"];
            return culture;
        }
    }

    private static Outcome Said(Outcome outcome) => outcome switch
    {
        Outcome.Infeasible infeasible => infeasible with { Conflicts = [], Steps = 0 },
        _ => outcome with { Steps = 0 },
    };

    private static string Bytes(PlanningRequest request, Outcome outcome) =>
        System.Text.Encoding.UTF8.GetString(CalendarJson.Write(new(request, outcome, HasPatient: true)));

    private static string? Difference(string expected, string actual) => expected == actual ? null : $"different: {expected}\nand {actual}";

    private static ImmutableArray<T> Shuffled<T>(ImmutableArray<T> items, Chance chance) => [.. items.OrderBy(_ => chance.From(0, int.MaxValue - 1))];
}
