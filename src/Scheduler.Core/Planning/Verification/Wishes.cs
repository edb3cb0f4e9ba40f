using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>Counts how often a visit is otherwise than a patient wishes.</summary>
internal static class Wishes
{
    public static int Breaks(Evidence evidence, Preference wish, PlacedVisit visit)
    {
        if (!wish.VisitTypes.IsEmpty && !wish.VisitTypes.Contains(visit.Id.Type))
        {
            return 0;
        }

        return wish switch
        {
            Preference.Times times => times.Hours.Contains(new(Say.Minute(visit.Start, visit.Date), Say.Minute(visit.End, visit.Date))) ? 0 : 1,
            Preference.Days days => days.Weekdays.Contains(visit.Date.DayOfWeek) ? 0 : 1,
            Preference.Person person => People(evidence, visit, person.Role).Count(r => r != person.Resource),
            Preference.OfSex sex => People(evidence, visit, sex.Role).Count(r => evidence.Clinic.Find(r)?.Sex != sex.Sex),
            _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, "A kind of wish without a judge."),
        };
    }

    public static string Words(Preference wish) => wish switch
    {
        Preference.Times times => times.Hours.ToString(),
        Preference.Days days => string.Join(" or ", days.Weekdays),
        Preference.Person person => $"{person.Resource} as {person.Role}",
        Preference.OfSex sex => $"{sex.Sex.ToString().ToLowerInvariant()} as {sex.Role}",
        _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, "A kind of wish without words."),
    };

    private static IEnumerable<string> People(Evidence evidence, PlacedVisit visit, string role) =>
        evidence.Protocol.TypeOf(visit.Id).Needs
            .Where(n => n.Kind == NeedKind.Person && n.Role == role)
            .Select(n => visit.ResourceFor(n.Id))
            .OfType<string>();
}
