using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Says what conflicts, in the clinic's words.</summary>
internal static class ConflictWords
{
    /// <summary>How a limit begins that is a role which nobody and nothing at the clinic has.</summary>
    public const string RolePrefix = "role ";

    /// <summary>The limit that is the patient's hours and way.</summary>
    public const string PatientHours = "when the patient can come";

    /// <summary>The limit that is the wishes on which the patient insists.</summary>
    public const string PatientWishes = "what the patient insists on";

    /// <summary>So many people are named who can take a role.</summary>
    private const int MostNamed = 6;

    /// <summary>The limit that is the order of a series.</summary>
    public static string InOrder(string visitType) => $"the visits of {visitType} in their order, one a day";

    /// <summary>Needs for which the clinic has nobody at all.</summary>
    public static ImmutableArray<Conflict> Unfillable(PlanningRequest request) =>
    [
        .. from type in request.Protocol.VisitTypes
           from need in type.Needs
           where !request.Clinic.Resources.Any(r => Availability.CanFill(r, need))
           select new Conflict(
               [],
               [],
               [],
               [],
               [RolePrefix + need.Role],
               $"{request.Clinic.Title} has no {(need.Kind == NeedKind.Person ? "person" : "room, chair or device")} with the role '{need.Role}'"
               + (need.Skills.IsEmpty ? "" : $" and the skill {Spoken.Join(need.Skills.Select(s => $"'{s}'"))}")
               + $", which {type.Id} needs. Add one to the clinic's resources, or give the role to one that is there."),
    ];

    /// <summary>A conflict of some constraints.</summary>
    public static Conflict Say(PlanningRequest request, Reason reason)
    {
        var reasons = reason.Constraints;
        ImmutableArray<Rule> rules = [.. reasons.OfType<Waiver.OfRule>().Select(r => request.Protocol.Rules.First(rule => rule.Id == r.Id))];
        var (hours, bookings, capacities) = (Of(ResourceParts.Hours), Of(ResourceParts.Bookings), Of(ResourceParts.Capacity));
        var limits = reasons.Select(r => Limit(request, r)).OfType<string>().ToImmutableArray();
        var parts = rules.Select(r => $"'{r.Id}' ({Said(request, r)})").Concat(limits).ToList();
        AddParts("the hours and bookings of", [.. hours.Intersect(bookings)]);
        AddParts("the hours of", [.. hours.Except(bookings)]);
        AddParts("the bookings of", [.. bookings.Except(hours)]);
        AddParts("how much can be done at once by", capacities);

        // A course that has begun has no start any more that could be another.
        var start = request.Fixed.IsEmpty ? $"a start from {Date(request.From)} to {Date(request.LastStart)}" : $"the rest placed from {Date(request.From)} on";
        var message = parts.Count switch
        {
            0 => $"No calendar exists with {start}, whatever is left out of account.",
            1 => $"No calendar with {start} is possible because of {parts[0]}.",
            _ => $"With {start}, these cannot all hold together: {string.Join("; ", parts)}. {(reason.IsSmallest ? "Without any one of them they could." : "Perhaps not each of them is needed for that: the search for less was ended.")}",
        };
        return new([.. rules.Select(r => r.Id)], hours, bookings, capacities, limits, string.Join(" ", [message, .. People(request, rules)])) { IsSmallest = reason.IsSmallest };

        ImmutableArray<string> Of(ResourceParts part) => [.. reasons.OfType<Waiver.OfResource>().Where(r => r.Part == part).Select(r => r.Id)];

        void AddParts(string what, ImmutableArray<string> resources)
        {
            if (!resources.IsEmpty)
            {
                parts.Add($"{what} {Spoken.Join(resources.Select(id => Name(request, id)))}");
            }
        }
    }

    /// <summary>Who there is for the roles that rules about people speak of.</summary>
    private static IEnumerable<string> People(PlanningRequest request, ImmutableArray<Rule> rules)
    {
        var needs = rules.SelectMany(r => r switch
        {
            Rule.SamePerson same => same.Visits.Select(v => new VisitNeed(v, same.Need)),
            Rule.DifferentPeople different => different.These.Concat(different.Those),
            _ => [],
        });
        foreach (var need in needs.Select(n => request.Protocol.TypeOf(n.Visit).Needs.First(need => need.Id == n.Need)).DistinctBy(n => (n.Role, string.Join(' ', n.Skills))))
        {
            ImmutableArray<Resource> there = [.. request.Clinic.Resources.Where(r => Availability.CanFill(r, need))];
            if (there.Length <= MostNamed)
            {
                yield return $"The role '{need.Role}'{(need.Skills.IsEmpty ? "" : $" with the skill {Spoken.Join(need.Skills.Select(s => $"'{s}'"))}")} is filled by "
                    + $"{(there.Length == 1 ? "one person only" : $"{there.Length} people only")}: {Spoken.Join(there.Select(r => Name(request, r.Id)))}.";
            }
        }
    }

    private static string Name(PlanningRequest request, string id) =>
        request.Clinic.Find(id) is { } resource && resource.Title != id ? $"{resource.Title} ({id})" : id;

    /// <summary>A rule as it stands for the course: whoever knows the day of enrolment is told dates, not how long after it.</summary>
    private static string Said(PlanningRequest request, Rule rule)
    {
        if (rule is not Rule.Window { Anchor: Anchor.Enrolment } window || request.Enrolled is not { } enrolled)
        {
            return RuleBook.Say(rule, request.Protocol);
        }

        return $"{Words.Visits(window.Visits, request.Protocol)} {Dates(window.Ideal)}" + (window.Allowed == window.Ideal ? "" : $" (allowed: {Dates(window.Allowed)})");

        string Dates(Leeway days)
        {
            var target = enrolled + window.Target;
            return days.From == days.To ? $"on {Date(target.PlusDays(days.From))}" : $"from {Date(target.PlusDays(days.From))} to {Date(target.PlusDays(days.To))}";
        }
    }

    private static string Date(LocalDate date) => date.ToString("uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);

    /// <summary>When the clinic is open, and when it is as good as closed for this course alone.</summary>
    private static string OpeningHours(Clinic clinic)
    {
        string[] course = [.. clinic.Closures.Where(c => c.IsOfTheCourse).Select(c => c.Name).Distinct()];
        return "the clinic's opening hours and closures" + (course.Length == 0 ? "" : $", with {Spoken.Join(course)} taken as closed");
    }

    private static string? Limit(PlanningRequest request, Waiver waiver) => waiver switch
    {
        Waiver.OfRule or Waiver.OfResource or Waiver.Costs => null,
        Waiver.OpeningHours => OpeningHours(request.Clinic),
        Waiver.PatientHours => PatientHours,
        Waiver.Authorisations => "what payers have authorised",
        Waiver.PatientWishes => PatientWishes,
        Waiver.SeriesOrder series => InOrder(series.VisitType),
        _ => throw new ArgumentOutOfRangeException(nameof(waiver), waiver, "A kind of waiver without words here."),
    };
}
