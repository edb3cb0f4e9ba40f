namespace Scheduler.Core.Planning.Search;

/// <summary>What can keep a visit from a resource. Each can be left out of account by itself.</summary>
[Flags]
internal enum ResourceParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>When it is there: its hours with their exceptions, and its latest start.</summary>
    Hours = 1,

    /// <summary>What is booked already.</summary>
    Bookings = 2,

    /// <summary>How much of the course's own visits it bears at once, and in a day.</summary>
    Capacity = 4,

    /// <summary>Everything.</summary>
    All = Hours | Bookings | Capacity,
}

/// <summary>Which limits of clinic and patient are left out of account, to see what stands in the way of a calendar.</summary>
internal sealed record Waived(bool OpeningHours, bool PatientHours, Func<string, ResourceParts> Resource);
