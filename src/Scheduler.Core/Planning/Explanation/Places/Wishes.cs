using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>What the patient would like of a visit, in points.</summary>
/// <param name="request">The request.</param>
/// <param name="type">The visit's type.</param>
internal sealed class Wishes(PlanningRequest request, VisitType type)
{
    private readonly Preference[] concerned = [.. request.Patient.Preferences.Where(p => p.VisitTypes.IsEmpty || p.VisitTypes.Contains(type.Id))];

    /// <summary>The points of a date and time.</summary>
    public PackedCost Price(IsoDayOfWeek day, int start, int end)
    {
        var points = 0;
        foreach (var wish in concerned)
        {
            var breaks = wish switch
            {
                Preference.Times times => start < times.Hours.From || end > times.Hours.To,
                Preference.Days days => !days.Weekdays.Contains(day),
                _ => false,
            };
            points += breaks ? wish.Weight ?? 0 : 0;
        }

        return PackedCost.Preference(points);
    }

    /// <summary>The points of somebody who fills a need.</summary>
    public PackedCost Price(Need need, Resource? who, string id) =>
        PackedCost.Preference(concerned.Where(w => w.Weight is not null && Breaks(w, need, who, id)).Sum(w => w.Weight!.Value));

    /// <summary>Whether the patient insists on somebody else.</summary>
    public bool Refuse(Need need, Resource who) => Array.Exists(concerned, w => w.Weight is null && Breaks(w, need, who, who.Id));

    private static bool Breaks(Preference wish, Need need, Resource? who, string id) => need.Kind == NeedKind.Person && wish switch
    {
        Preference.Person person => person.Role == need.Role && person.Resource != id,
        Preference.OfSex sex => sex.Role == need.Role && sex.Sex != who?.Sex,
        _ => false,
    };
}
