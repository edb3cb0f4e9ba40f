namespace Scheduler.Core;

/// <summary>How a segment takes a resource.</summary>
public enum Use
{
    /// <summary>All of it: nothing else may use it meanwhile.</summary>
    Exclusive,

    /// <summary>One unit of its capacity: a nurse who watches two patients.</summary>
    Share,

    /// <summary>One unit of its capacity to supervise, which leaves it free for short uses elsewhere.</summary>
    Supervision,
}
