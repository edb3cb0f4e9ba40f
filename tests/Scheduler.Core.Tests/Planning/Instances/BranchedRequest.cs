using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Small random requests with three or four conditional visits in the same few hours, of which any pairs may exclude each other.</summary>
internal static class BranchedRequest
{
    /// <summary>The request of a seed.</summary>
    public static PlanningRequest Draw(int seed)
    {
        var chance = new Chance(seed);
        if (chance.Percent(50))
        {
            return Crowded(chance);
        }

        var ids = Enumerable.Range(1, chance.From(3, 4)).Select(i => $"c{i}").ToImmutableArray();
        ImmutableArray<Condition> conditions =
            [.. ids.Select((id, i) => new Condition(id, id, chance.Each(ids.Skip(i + 1), 45)))];
        ImmutableArray<VisitType> types = [Assessment("first", Mode.Phone, 30), .. ids.Select(id => Conditional(chance, id))];
        List<Rule> rules = [.. ids.Select(id => Window(chance, id))];
        if (chance.Percent(20))
        {
            rules.Add(new Rule.HourWindow(
                Head("hours"), Visits("c2[1]"), new Anchor.StartOf(Visit("c1[1]")), chance.One(60, 1440), new(-60, 60), new(-120, 120), chance.One(0, 1)));
        }

        var protocol = Of(types, [.. rules]) with { Conditions = conditions };
        return new(protocol, Clinic(chance), Patient.Anyone, TestClinic.Date("2026-03-02")) { StartWithinDays = 1, Deviations = DeviationLimit.Minor };
    }

    // All on one chair in one morning: what each leaves of it depends on who else comes.
    private static PlanningRequest Crowded(Chance chance)
    {
        var ids = Enumerable.Range(1, chance.From(3, 5)).Select(i => $"c{i}").ToImmutableArray();
        ImmutableArray<Condition> conditions = [.. ids.Select((id, i) => new Condition(id, id, chance.Each(ids.Skip(i + 1), 50)))];
        ImmutableArray<VisitType> types =
        [
            Assessment("first", Mode.Phone, 30),
            .. ids.Select(id => Treatment(id, [chance.One(30, 30, 45)], Place("chair", Throughout(Use.Exclusive))) with { OnlyIf = id }),
        ];
        var opening = TestClinic.Weekly(1, 5, chance.One("08:00 to 09:30", "08:00 to 10:00", "08:00 to 10:30"));
        var clinic = TestClinic.Of(TestClinic.Resource("chair-1", ResourceKind.Chair, "chair")) with { GridMinutes = chance.One(15, 30), Opening = opening };
        return new(Of(types, [.. ids.Select(id => Window(chance, id))]) with { Conditions = conditions }, clinic, Patient.Anyone, TestClinic.Date("2026-03-02"))
        {
            StartWithinDays = 1,
            Deviations = DeviationLimit.Minor,
        };
    }

    private static VisitType Conditional(Chance chance, string id)
    {
        ImmutableArray<Need> needs = chance.From(0, 5) switch
        {
            0 => [Person("nurse", Throughout(Use.Share)) with { StartsApartMinutes = chance.One(0, 30) }],
            1 => [Place("chair", Throughout(Use.Exclusive)), Person("nurse", Throughout(Use.Share))],
            _ => [Place("chair", Throughout(Use.Exclusive)) with { CleanUpMinutes = chance.One(0, 0, 15) }],
        };
        return new(
            id, id, chance.Percent(80) ? VisitPurpose.Treatment : VisitPurpose.Assessment, Mode.InPerson, [chance.One(30, 30, 60, 45)], needs, id, Provenance.None);
    }

    private static Rule.Window Window(Chance chance, string id) =>
        new(Head($"window-{id}"), Visits($"{id}[1]"), new Anchor.StartOf(Visit("first[1]")), Days(1), new(0, 0), new(0, chance.One(0, 0, 1)), chance.One(0, 1));

    private static Clinic Clinic(Chance chance)
    {
        var clinic = TestClinic.Of(
            TestClinic.Resource("chair-1", ResourceKind.Chair, "chair"),
            TestClinic.Resource("nurse-1", ResourceKind.Person, "nurse") with { Capacity = 2, MaxContactMinutes = chance.One<int?>(null, 60, 90) });
        clinic = clinic with { GridMinutes = 15, Opening = TestClinic.Weekly(1, 5, chance.One("08:00 to 10:00", "08:00 to 11:00", "08:00 to 10:30")) };
        if (chance.Percent(25))
        {
            clinic = clinic with { Resources = clinic.Resources.Add(TestClinic.Resource("chair-2", ResourceKind.Chair, "chair")) };
        }

        foreach (var hours in chance.Each(["08:15 to 08:30", "08:45 to 09:00", "09:30 to 09:45", "09:15 to 09:30", "10:00 to 10:15"], 30))
        {
            clinic = clinic.Booked("chair-1", chance.One("2026-03-03", "2026-03-03", "2026-03-04"), hours);
        }

        return clinic;
    }
}
