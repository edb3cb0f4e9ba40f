using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>
/// Random requests in which several treatments, most of them conditional, have stretches of days of their own behind a first one: nothing ties them but the last
/// day of treatment, and the first of their days is seldom the best.
/// </summary>
internal static class SpreadRequest
{
    /// <summary>The request of a seed.</summary>
    public static PlanningRequest Draw(int seed)
    {
        var chance = new Chance(seed);
        var ids = Enumerable.Range(1, chance.From(2, 4)).Select(i => $"t{i}").ToImmutableArray();
        ImmutableArray<VisitType> types = [Treatment("first", [30]), .. ids.Select(id => Later(chance, id))];
        var day = 0;
        List<Rule> rules = [];
        foreach (var type in types.Skip(1))
        {
            // Sooner or later than the one before it; they meet where the steps are small.
            var reach = chance.From(1, 5);
            day += chance.From(reach, 12);
            var (early, late) = (-chance.From(0, reach), chance.From(0, reach));
            rules.Add(new Rule.Window(
                Head($"window-{type.Id}"), [type.Visits[0]], new Anchor.StartOf(Visit("first[1]")), Days(day), new(early, late), new(early - reach, late + 1), chance.From(0, 2)));
            if (type.Count > 1)
            {
                rules.Add(new Rule.Cadence(Head($"rhythm-{type.Id}"), type.Visits, null, new(chance.From(2, 4), chance.From(0, 1)), null, null, null));
            }
        }

        var clinic = TestClinic.Of(TestClinic.Resource("kim", ResourceKind.Person, "therapist"), TestClinic.Resource("lee", ResourceKind.Person, "therapist"));
        clinic = clinic with { GridMinutes = 60, Opening = TestClinic.Weekly(1, chance.From(5, 7), "08:00 to 11:00") };
        var wish = new Preference.Days([], chance.From(1, 4), chance.Some(Enumerable.Range(1, 5).Select(d => (NodaTime.IsoDayOfWeek)d), 2));
        return new(Of([.. types.OrderBy(_ => chance.Percent(50))], [.. rules]), clinic, Patient.Anyone with { Preferences = [wish] }, TestClinic.Date("2026-03-02"))
        {
            StartWithinDays = 1,
            Deviations = DeviationLimit.Minor,
        };
    }

    private static VisitType Later(Chance chance, string id) =>
        Treatment(id, chance.Percent(60) ? [60] : [60, 30], Person("therapist", Throughout(Use.Exclusive))) with
        {
            OnlyIf = chance.One("responder", "responder", "non-responder", null),
            Purpose = chance.Percent(85) ? VisitPurpose.Treatment : VisitPurpose.Assessment,
        };
}
