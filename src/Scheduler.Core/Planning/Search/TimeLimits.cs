using System.Numerics;

namespace Scheduler.Core.Planning.Search;

/// <summary>The numbers of what limits when clinic, patient and resources can, for sets of them.</summary>
internal static class TimeLimits
{
    /// <summary>The clinic's opening hours and closures.</summary>
    public const int OpeningHours = 0;

    /// <summary>The patient's hours and way.</summary>
    public const int PatientHours = 1;

    private const int PartsEach = 3;

    /// <summary>One part of what keeps visits from a resource, by the index of the resource.</summary>
    public static int Of(int resource, ResourceParts part) => PatientHours + 1 + (resource * PartsEach) + BitOperations.TrailingZeroCount((int)part);

    /// <summary>How many there are.</summary>
    public static int Count(int resources) => PatientHours + 1 + (resources * PartsEach);
}
