namespace Scheduler.Core.Planning.Search;

/// <summary>Gives the options of a class for the days from a first to a last.</summary>
internal delegate DayOptions OptionsOf(VisitClass visits, int first, int last);

/// <summary>The options of classes, for searches that share them: of one course for several proposals, or on several days.</summary>
/// <param name="availability">When clinic, patient and resources can.</param>
internal sealed class KnownOptions(Availability availability)
{
    private readonly Dictionary<VisitClass, (int First, int Last, DayOptions Options)> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The options of a class; known are those of which more days were asked before.</summary>
    public DayOptions Of(VisitClass visits, int first, int last)
    {
        if (!known.TryGetValue(visits, out var found) || found.First > first || found.Last < last)
        {
            known[visits] = found = (first, last, new(visits, availability, first, last));
        }

        return found.Options;
    }
}
