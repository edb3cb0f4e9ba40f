using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules;

/// <summary>
/// A constraint, or a group of them, that can be left out of account to see whether it stands in the way. A closed set.
/// </summary>
internal abstract record Waiver
{
    private Waiver()
    {
    }

    /// <summary>Whether it is about when clinic, patient and resources can: rules, and what ties visits, do not notice it.</summary>
    public bool IsOfTimes => this is OfResource or OpeningHours or PatientHours;

    /// <summary>What the search leaves out of account of when clinic, patient and resources can.</summary>
    public static Waived Times(Predicate<Waiver> isWaived) =>
        new(isWaived(new OpeningHours()), isWaived(new PatientHours()), resource => PartsOf(resource, isWaived));

    private static ResourceParts PartsOf(string resource, Predicate<Waiver> isWaived)
    {
        var parts = ResourceParts.None;
        foreach (var part in new[] { ResourceParts.Hours, ResourceParts.Bookings, ResourceParts.Capacity })
        {
            parts |= isWaived(new OfResource(resource, part)) ? part : ResourceParts.None;
        }

        return parts;
    }

    /// <summary>What calendars cost, where it is only asked whether there is one.</summary>
    public sealed record Costs : Waiver;

    /// <summary>A rule of the protocol.</summary>
    public sealed record OfRule(string Id) : Waiver;

    /// <summary>One part of what keeps visits from a resource.</summary>
    public sealed record OfResource(string Id, ResourceParts Part) : Waiver;

    /// <summary>The clinic's opening hours and closures.</summary>
    public sealed record OpeningHours : Waiver;

    /// <summary>The patient's hours and way.</summary>
    public sealed record PatientHours : Waiver;

    /// <summary>The wishes on which the patient insists.</summary>
    public sealed record PatientWishes : Waiver;

    /// <summary>What payers have authorised.</summary>
    public sealed record Authorisations : Waiver;

    /// <summary>The order of the visits of one series, one a day.</summary>
    public sealed record SeriesOrder(string VisitType) : Waiver;
}
